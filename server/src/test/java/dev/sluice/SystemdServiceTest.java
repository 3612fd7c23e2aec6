package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code conf/systemd/sluice.service}, checked and rated by systemd itself. */
final class SystemdServiceTest {
    private static final Path SERVICE = Path.of("..", "conf", "systemd", "sluice.service");
    private static final Path SOCKET = Path.of("..", "conf", "systemd", "sluice.socket");
    private static final Path SCRIPT = Path.of("bin", "sluice").toAbsolutePath();
    private static final String INSTALLED = "/opt/sluice/bin/sluice";

    /**
     * Tenths. 0 is a service that may do nothing, 100 one that may do everything. Of its 16, most are what a server on the
     * network cannot do without.
     */
    private static final int MOST_EXPOSURE = 20;

    @TempDir
    private Path folder;

    private record Result(int exitCode, String said) {}

    private Result analyze(String service, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(InstalledTool.required("systemd-analyze").toString()));
        command.addAll(List.of(options));
        command.add(Files.writeString(folder.resolve("sluice.service"), service).toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), said);
    }

    /** As installed, with the script where it is here: systemd looks whether it can be run. */
    private static String service() throws IOException {
        String text = Files.readString(SERVICE);
        assertTrue(text.contains("ExecStart=" + INSTALLED + " "), text);
        return text.replace(INSTALLED, SCRIPT.toString());
    }

    private Result verify(String service) throws IOException, InterruptedException {
        return analyze(service, "verify", "--man=no");
    }

    private Result rate(String service) throws IOException, InterruptedException {
        return analyze(service, "security", "--no-pager", "--offline=true", "--threshold=" + MOST_EXPOSURE);
    }

    @Test
    void service_verified_isWithoutAnyRemark() throws Exception {
        assertEquals(new Result(0, ""), verify(service()));
    }

    @Test
    void service_wrongKey_isRemarkedOn() throws Exception {
        Result result = verify(service().replace("ProtectSystem=", "ProtectSytem="));
        assertTrue(result.said().contains("'ProtectSytem'"), result.said());
    }

    @Test
    void socket_verifiedWithAServiceThatTakesIt_isWithoutAnyRemark() throws Exception {
        Path socket = Files.copy(SOCKET, folder.resolve("sluice.socket"));
        String takes = service().replace("[Service]\n", "[Service]\nStandardInput=socket\n");

        assertEquals(new Result(0, ""), analyze(takes, "verify", "--man=no", socket.toString()));
    }

    @Test
    void service_rated_isExposedLittle() throws Exception {
        Result result = rate(service());
        assertEquals(0, result.exitCode(), result.said());
    }

    @Test
    void service_withoutSystemCallFilter_isTooExposed() throws Exception {
        Result result = rate(service().replace("SystemCallFilter=", "#"));
        assertTrue(result.exitCode() != 0, result.said());
    }
}
