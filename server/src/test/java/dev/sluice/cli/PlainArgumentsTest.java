package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sluice.app.StartException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class PlainArgumentsTest {
    private static final String[] WORDS = {
        "www",
        "/srv/site",
        "0",
        "8080",
        "-p",
        "--port",
        "--port=80",
        "-p=80",
        "-p80",
        "-H",
        "--host=::1",
        "--host",
        "--admin",
        "off",
        "--admin=off",
        "127.0.0.1:0",
        "--spa",
        "--spa=true",
        "--cors",
        "--h2c",
        "--listing",
        "html",
        "--access-log",
        "-",
        "--access-log=-",
        "--set",
        "--set=io.workers=1",
        "a=b",
        "-c",
        "--config=x.yaml",
        "x.yaml",
        "--",
        "-h",
        "--help",
        "-V",
        "check",
        "explain",
        "calibrate",
        "hash-password",
        "top",
        "generate-completion",
        "@file",
        "",
        "--set=",
        "'a'",
        "\"a b\"",
        "--tls-cert=a",
        "--unknown",
        "--server-timing",
        "a b",
        "${x}",
        "${sys:user.home}",
        "=",
        "--=",
        "--log-format=json",
        "\\",
        "--host=",
        "#",
        "-spa"
    };

    /** Whatever it reads at all picocli reads as well, and the same. */
    @Property(tries = 3000)
    void read_anyArguments_agreesWithPicocli(@ForAll("arguments") List<String> given) throws StartException {
        String[] args = given.toArray(String[]::new);
        ServeArguments plain = PlainArguments.read(args);
        if (plain != null) {
            CommandLine all = commandLine();
            assertEquals(SluiceCommand.arguments(all.parseArgs(args)), plain);
            assertNull(all.getParseResult().subcommand());
        }
    }

    @Provide
    Arbitrary<List<String>> arguments() {
        return Arbitraries.of(WORDS).list().ofMaxSize(6);
    }

    @Test
    void read_usualStart_isPlain() {
        ServeArguments plain = PlainArguments.read(
                "--admin",
                "off",
                "site",
                "-p",
                "0",
                "--spa",
                "--set",
                "io.workers=1",
                "--set=io.threads=1",
                "-c",
                "a.yaml");

        assertNotNull(plain);
        assertEquals(Path.of("a.yaml"), plain.file());
        assertEquals(List.of("io.workers=1", "io.threads=1"), plain.sets());
        assertEquals(4, plain.overrides().size());
        assertNotNull(PlainArguments.read());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-h",
                "--version",
                "check a",
                "a b",
                "--port",
                "--port=1 --port=2",
                "--spa=true",
                "-p80",
                "--access-log -"
            })
    void read_whatPicocliKnowsBetter_isLeftToIt(String args) {
        assertNull(PlainArguments.read(args.split(" ")));
    }

    @Test
    void commands_all_areThoseOfPicocli() {
        assertEquals(commandLine().getSubcommands().keySet(), PlainArguments.COMMANDS);
    }

    private static CommandLine commandLine() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Launcher none = (configuration, shared, out) -> {};
        PasswordInput unasked = () -> {
            throw new AssertionError("asked for a password");
        };
        return new CommandLineRunner(none, unasked, Path.of(""), Map.of(), () -> false, nowhere, nowhere).commandLine();
    }
}
