package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.InstalledTool;
import dev.sluice.tls.ToolRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A machine within this one, in which systemd runs and what is installed goes with it: the file system as it is here, whose changes
 * are lost in the end, and the network.
 */
final class SystemdMachine implements AutoCloseable {
    private static final String NAME =
            "sluice-machine-" + ProcessHandle.current().pid();
    private static final String SYSTEMD = "/lib/systemd/systemd";
    private static final Duration BOOT = Duration.ofMinutes(1);
    private static final long SECONDS = 300;

    private final Path folder;
    private final Path boot;
    private final Process process;
    private ProcessHandle systemd;

    private SystemdMachine(Path folder, Path boot) throws IOException {
        this.folder = folder;
        this.boot = boot;
        this.process = new ProcessBuilder(boot.toString(), NAME)
                .redirectErrorStream(true)
                .redirectOutput(console().toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /**
     * Starts it. Where the kernel does not let one be made, the test is skipped, also under continuous integration: no tool is missing.
     *
     * @param folder for what is made on the way
     */
    static SystemdMachine start(Path folder) throws IOException, InterruptedException {
        InstalledTool.requireThat("root".equals(System.getProperty("user.name")), "only root makes a machine");
        InstalledTool.requireThat(Files.isExecutable(Path.of(SYSTEMD)), SYSTEMD + " is missing");
        Path boot = folder.resolve("boot");
        try (InputStream script = SystemdMachine.class.getResourceAsStream("/machine/boot")) {
            Files.copy(script, boot);
        }
        assertEquals(
                0, ToolRun.of(folder, SECONDS, "chmod", "+x", boot.toString()).exitCode());
        ToolRun probe = ToolRun.of(folder, SECONDS, "sh", boot.toString(), NAME, "probe");
        assumeTrue(probe.exitCode() == 0, () -> "no machine can be made here: " + probe.said());
        SystemdMachine machine = new SystemdMachine(folder, boot);
        try {
            machine.systemd = Await.present("systemd", BOOT, machine::find);
            Await.present(
                    "a machine that runs",
                    BOOT,
                    () -> Optional.of(machine.output("systemctl", "is-system-running"))
                            .filter("running"::equals));
            return machine;
        } catch (AssertionError e) {
            String console = Files.readString(machine.console());
            machine.close();
            throw new AssertionError(e.getMessage() + "; " + console, e);
        }
    }

    private Path console() {
        return folder.resolve("console.txt");
    }

    /** The first process of the machine, once it is systemd and no more the script. */
    private Optional<ProcessHandle> find() {
        if (!process.isAlive()) {
            try {
                throw new AssertionError("no machine: " + Files.readString(console()));
            } catch (IOException e) {
                throw new AssertionError("no machine", e);
            }
        }
        return process.children()
                .filter(child -> child.info().command().filter(SYSTEMD::equals).isPresent()
                        || child.info()
                                .command()
                                .filter(("/usr" + SYSTEMD)::equals)
                                .isPresent())
                .findFirst();
    }

    /** Runs a command of the shell in it, which must succeed, and returns what that says. */
    String shell(String command) throws IOException, InterruptedException {
        ToolRun run = run("sh", "-c", command);
        assertEquals(0, run.exitCode(), () -> command + ": " + run.said());
        return run.said().strip();
    }

    /** Runs a program in it. */
    ToolRun run(String... command) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("--target=" + systemd.pid(), "--all"));
        arguments.addAll(List.of(command));
        return ToolRun.of(folder, SECONDS, "nsenter", arguments.toArray(String[]::new));
    }

    private String output(String... command) {
        try {
            return run(command).said().strip();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** A property of a service. */
    String property(String service, String property) throws IOException, InterruptedException {
        return shell("systemctl show --value -p " + property + " " + service);
    }

    /** Copies a file of this machine into it. */
    void put(Path from, String to) throws IOException, InterruptedException {
        Process copy = new ProcessBuilder(
                        "nsenter", "--target=" + systemd.pid(), "--all", "sh", "-c", "cat >\"$0\"", to)
                .redirectInput(from.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("put.out").toFile())
                .start();
        assertEquals(0, copy.waitFor());
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            if (systemd != null) {
                systemd.onExit().get(BOOT.toSeconds(), TimeUnit.SECONDS);
            }
            Await.present("nothing left", () -> swept() ? Optional.of(true) : Optional.empty());
        } catch (Exception e) {
            throw new AssertionError("the machine does not end", e);
        }
    }

    private boolean swept() {
        try {
            return ToolRun.of(folder, SECONDS, "sh", boot.toString(), NAME, "sweep")
                            .exitCode()
                    == 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
