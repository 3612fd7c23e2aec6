package dev.sluice.browser;

import dev.sluice.e2e.Program;
import dev.sluice.e2e.TestSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The packaged jar in a process of its own, for the tests of a class, on ports that it keeps over a restart. */
final class SluiceProcess implements BeforeAllCallback, AfterAllCallback {
    private static final Path WWW = Path.of("..", "www").toAbsolutePath().normalize();

    private final @Nullable TestSite content;
    private final List<String> arguments;
    private @Nullable Program program;
    private @Nullable URI site;
    private @Nullable URI admin;

    private SluiceProcess(@Nullable TestSite content, String... arguments) {
        this.content = content;
        this.arguments = Arrays.asList(arguments);
    }

    /** Serves Sluice's own documentation. */
    static SluiceProcess ofDocumentation() {
        return new SluiceProcess(null);
    }

    static SluiceProcess of(TestSite content, String... arguments) {
        return new SluiceProcess(content, arguments);
    }

    /** The same with a configuration file of that text, which lies beside the site's root. */
    static SluiceProcess configured(TestSite content, String yaml) {
        SluiceProcess process = new SluiceProcess(content, "--config=" + configuration(content));
        process.configure(yaml);
        return process;
    }

    private static Path configuration(TestSite content) {
        return content.root().resolveSibling("sluice.yaml");
    }

    /** Puts that text into the configuration file, and does no more. */
    void configure(String yaml) {
        try {
            Files.writeString(configuration(content), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void start() throws IOException {
        List<String> all = new ArrayList<>(arguments);
        all.add("--port=" + (site == null ? 0 : site.getPort()));
        all.add("--admin=127.0.0.1:" + (admin == null ? 0 : admin.getPort()));
        String root = (content == null ? WWW : content.root()).toString();
        all.add(root);
        Path folder = Files.createDirectories(Path.of("target", "browser").toAbsolutePath());
        program = Program.start(folder, all.toArray(String[]::new));
        site = program.announced("sluice: serving " + root + " at ");
        admin = program.announced("sluice: admin at ");
    }

    void stop() throws InterruptedException {
        program.terminate();
        program.exitCode();
    }

    /** An address of the site. */
    URI site(String path) {
        return site.resolve(path);
    }

    /** An address of the admin side. */
    URI admin(String path) {
        return admin.resolve(path);
    }

    TestSite content() {
        return content;
    }

    Records records() {
        return new Records(admin);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (program != null) {
            program.close();
        }
        if (content != null) {
            content.close();
        }
    }
}
