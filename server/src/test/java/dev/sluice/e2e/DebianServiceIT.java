package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.InstalledTool;
import dev.sluice.tls.ToolRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The Debian package where systemd runs: its service while the package is upgraded and the configuration changes. */
@EnabledIfSystemProperty(named = "sluice.dist", matches = ".+", disabledReason = "made with -Pdist alone")
final class DebianServiceIT {
    private static final String SERVICE = "sluice.service";
    private static final String PATH = "/page.txt";
    private static final String PAGE = "a page ".repeat(40).strip();
    private static final int CLIENTS = 4;
    private static final int PAUSE = 500;

    /** The first start makes an archive of the classes. */
    private static final Duration START = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private SystemdMachine machine;
    private int port;

    @BeforeEach
    void install() throws Exception {
        machine = SystemdMachine.start(folder);
        machine.put(deb(), "/run/sluice.deb");
        machine.put(new InstalledPackage(folder).successor(deb()), "/run/later.deb");
        machine.shell("dpkg -i /run/sluice.deb");
        port = freePort();
        edit("port: 8080", "port: " + port);
        edit("listen: 127.0.0.1:8081", "listen: 127.0.0.1:0");
        machine.shell("printf %s '" + PAGE + "' >/usr/share/sluice/www" + PATH);
        machine.shell("rm /usr/sbin/policy-rc.d");
        machine.shell("deb-systemd-invoke start " + SERVICE);
        awaitServer();
    }

    private void awaitServer() {
        Await.present("a server", START, () -> accepts() ? Optional.of(true) : Optional.empty());
    }

    @AfterEach
    void stop() {
        if (machine != null) {
            machine.close();
        }
    }

    private static Path deb() throws IOException {
        InstalledTool.required("dpkg-deb");
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("sluice.dist")))) {
            return all.filter(file -> file.toString().endsWith(".deb"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private boolean accepts() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    private void edit(String from, String to) throws Exception {
        machine.shell("sed -i 's/" + from + "/" + to + "/' /etc/sluice/sluice.yaml && grep -q '" + to
                + "' /etc/sluice/sluice.yaml");
    }

    private String upgrade() throws Exception {
        return machine.shell("dpkg --force-confold -i /run/later.deb 2>&1");
    }

    private String process() throws Exception {
        return machine.property(SERVICE, "MainPID");
    }

    private void assertRuns() throws Exception {
        assertEquals("active", machine.property(SERVICE, "ActiveState"));
        assertTrue(accepts());
    }

    @Test
    void upgradeAndReload_underLoad_loseNoMoreThanWhatWaitsToBeAccepted() throws Exception {
        String before = process();
        try (Visitors visitors = new Visitors(CLIENTS, port, PATH, PAGE)) {
            visitors.awaitAnswers(PAUSE);
            upgrade();
            visitors.awaitAnswers(PAUSE);
            String upgraded = process();
            assertNotEquals(before, upgraded);

            edit("hide: true", "hide: false");
            machine.shell("systemctl reload " + SERVICE);
            visitors.awaitAnswers(PAUSE);
            assertEquals(upgraded, process());
            visitors.finish();
            visitors.tell("upgrade of the package");
            visitors.assertNoneLostButInTheQueue(1);
        }
        assertRuns();
        String log = machine.shell("journalctl -u " + SERVICE);
        assertTrue(log.contains("in the place of process " + before), log);
        assertTrue(log.contains("reloaded"), log);

        machine.shell("systemctl stop " + SERVICE);
        assertEquals("success", machine.property(SERVICE, "Result"));
        assertEquals("inactive", machine.property(SERVICE, "ActiveState"));
    }

    @Test
    void upgrade_withAWrongConfiguration_leavesTheOldVersionServing() throws Exception {
        String before = process();
        edit("sites:", "sights:");

        String said = upgrade();

        assertTrue(said.contains("journalctl -u sluice"), said);
        assertEquals(before, process());
        assertRuns();
        String log = machine.shell("journalctl -u " + SERVICE);
        assertTrue(log.contains("sights"), log);
        assertTrue(log.contains("the new version does not run"), log);
        edit("sights:", "sites:");
        machine.shell("systemctl reload " + SERVICE);
        String upgraded = process();
        assertNotEquals(before, upgraded);
        assertRuns();

        machine.shell("kill -9 " + upgraded);
        awaitServer();
        assertNotEquals(upgraded, process());
    }

    /** Where systemd listens itself, nothing at all is lost, and what the administrator has changed in the service stays so. */
    @Test
    void upgrade_onASocketOfSystemdUnderLoad_losesNothingAndKeepsItsArguments() throws Exception {
        machine.shell("systemctl stop " + SERVICE);
        machine.shell("sed 's/^ListenStream=.*/ListenStream=127.0.0.1:" + port
                + "/' /usr/share/doc/sluice/examples/systemd/sluice.socket >/etc/systemd/system/sluice.socket");
        machine.shell("mkdir /etc/systemd/system/sluice.service.d && printf '%s\\n' '[Unit]' Requires=sluice.socket"
                + " After=sluice.socket '[Service]' StandardInput=socket ExecStart="
                + " 'ExecStart=/usr/bin/sluice --config /etc/sluice/sluice.yaml --server-timing'"
                + " >/etc/systemd/system/sluice.service.d/socket.conf");
        machine.shell("systemctl daemon-reload && systemctl enable --now sluice.socket && systemctl start " + SERVICE);
        try (Visitors visitors = new Visitors(CLIENTS, port, PATH, PAGE)) {
            visitors.awaitAnswers(PAUSE);
            String before = process();
            upgrade();
            visitors.awaitAnswers(PAUSE);
            assertNotEquals(before, process());
            visitors.finish();
            visitors.assertNoneLost();
        }
        assertRuns();
        String arguments = machine.shell("tr '\\0' ' ' </proc/" + process() + "/cmdline");
        assertTrue(
                arguments.contains("sluice.jar --config /etc/sluice/sluice.yaml --server-timing --replace "),
                arguments);
    }

    @Test
    void upgrade_whileStopped_startsNothingAndInstallingAnewDoes() throws Exception {
        machine.shell("systemctl stop " + SERVICE);

        upgrade();

        assertEquals("inactive", machine.property(SERVICE, "ActiveState"));
        machine.shell("dpkg -r sluice");
        machine.shell("dpkg --force-confold -i /run/later.deb");
        awaitServer();
        machine.shell("dpkg --purge sluice");
        ToolRun gone = machine.run("systemctl", "is-active", SERVICE);
        assertNotEquals(0, gone.exitCode(), gone.said());
        assertTrue(!accepts());
    }
}
