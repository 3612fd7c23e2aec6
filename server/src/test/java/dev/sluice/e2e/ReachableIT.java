package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.QrPicture;
import dev.sluice.QrPicture.Theme;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The addresses and the QR code that the packaged jar prints for other machines. */
class ReachableIT {
    private static final String REACHABLE = "sluice: reachable at ";
    private static final String CODE = "sluice: QR code of ";

    @TempDir
    private Path directory;

    private Program start(String locale, List<String> jvm, String... arguments) throws Exception {
        List<String> plain = Program.plainJar(Path.of(System.getProperty("sluice.jar")));
        List<String> command = new ArrayList<>(List.of("env", "LC_ALL=" + locale, plain.get(0)));
        command.addAll(jvm);
        command.addAll(plain.subList(1, plain.size()));
        Files.writeString(directory.resolve("a.txt"), "hello\n");
        return Program.start(directory, command, arguments);
    }

    /** The lines of a code, of which the first tells how many there are. */
    private static List<String> code(Program program) throws Exception {
        List<String> lines = new ArrayList<>(List.of(program.nextLine()));
        int columns = QrPicture.columns(lines.get(0));
        int count = isAscii(lines) ? columns / 2 : (columns + 1) / 2;
        while (lines.size() < count) {
            lines.add(program.nextLine());
        }
        return lines;
    }

    private static void stop(Program program) throws Exception {
        program.terminate();
        assertEquals(0, program.exitCode());
    }

    private static Set<String> machine() throws Exception {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .map(InetAddress::getHostAddress)
                .map(text -> text.replaceAll("%.*", ""))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    void wildcardHost_eachAddressOfTheMachine_isToldAndAnswers(String host) throws Exception {
        try (Program program =
                start("C.UTF-8", List.of(), "--host", host, "--port", "0", "--admin", "127.0.0.1:0", ".")) {
            int port = program.announced("sluice: serving . at ").getPort();
            program.announced("sluice: admin at ");
            Set<String> told = new HashSet<>();
            for (int i = 0; i < machine().size(); i++) {
                URI uri = program.announced(REACHABLE);
                assertEquals(port, uri.getPort());
                try (RawClient client = RawClient.to(uri)) {
                    assertEquals(200, client.request("GET", "/a.txt").read().status());
                }
                assertTrue(told.add(uri.getHost().replaceAll("[\\[\\]]", "")));
            }
            assertEquals(machine(), told);
            stop(program);
        }
    }

    @Test
    void qr_onLoopback_isTheListenersOwn() throws Exception {
        try (Program program = start("C.UTF-8", List.of(), "--qr", "--port", "0", "--admin", "off", ".")) {
            URI uri = program.announced("sluice: serving . at ");
            assertEquals(uri, program.announced(CODE));
            List<String> code = code(program);
            assertEquals(Optional.of(uri.toString()), QrPicture.read(code, Theme.DARK));
            assertFalse(isAscii(code));
            stop(program);
        }
    }

    @Test
    void qr_withWildcardHost_isTheFirstAddressForOthers() throws Exception {
        try (Program program =
                start("C.UTF-8", List.of(), "--host", "0.0.0.0", "--qr", "--port", "0", "--admin", "off", ".")) {
            URI first = program.announced("sluice: serving . at ");
            for (int i = 0; i < machine().size(); i++) {
                URI next = program.announced(REACHABLE);
                first = i == 0 ? next : first;
            }
            assertEquals(first, program.announced(CODE));
            assertEquals(Optional.of(first.toString()), QrPicture.read(code(program), Theme.DARK));
        }
    }

    @Test
    void qr_whereOutputIsNotUtf8_isAscii() throws Exception {
        try (Program program = start("C", List.of(), "--qr", "--port", "0", "--admin", "off", ".")) {
            URI uri = program.announced("sluice: serving . at ");
            program.announced(CODE);
            List<String> code = code(program);
            assertTrue(isAscii(code), code::toString);
            assertEquals(Optional.of(uri.toString()), QrPicture.read(code, Theme.DARK));
        }
    }

    private static boolean isAscii(List<String> lines) {
        return StandardCharsets.US_ASCII.newEncoder().canEncode(String.join("", lines));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void zxing_isLoaded_onlyForACode(boolean code) throws Exception {
        Path loaded = directory.resolve("loaded.txt");
        try (Program program = start(
                "C.UTF-8",
                List.of("-Xlog:class+load:file=" + loaded),
                code ? "--qr" : "--spa",
                "--port",
                "0",
                "--admin",
                "off",
                ".")) {
            program.announced("sluice: serving . at ");
            if (code) {
                program.announced(CODE);
                code(program);
            }
            stop(program);
        }
        String classes = Files.readString(loaded);
        assertTrue(classes.contains("dev.sluice.cli.Announcer"));
        assertEquals(code, classes.contains("com.google.zxing"));
    }
}
