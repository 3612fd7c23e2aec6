package dev.sluice.site;

import dev.sluice.http.MalformedPathException;
import dev.sluice.http.MediaTypes;
import dev.sluice.http.SitePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A root to be served, a place beside it that must never be, and what a resolver says of them. */
final class SiteTree {
    static final MediaTypes TYPES = MediaTypes.standard();

    static final String SECRET = "outside";

    private final Path outside;
    private final Path root;

    SiteTree(Path parent) throws IOException {
        this.outside = Files.createDirectory(parent.resolve("outside"));
        this.root = Files.createDirectory(parent.resolve("root"));
        Files.writeString(outside.resolve("secret"), SECRET);
    }

    Path root() {
        return root;
    }

    Path outside() {
        return outside;
    }

    /** Writes a file below the root, with its directories. */
    void file(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    /** Makes a link below the root, with its directories. */
    void link(String name, String target) throws IOException {
        Path link = root.resolve(name);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of(target));
    }

    Resolver resolver(SymlinkPolicy symlinks) {
        return new Resolver(new Site(root, List.of("index.html", "index.htm"), symlinks, true), TYPES);
    }

    /** What is found, as text: a file's content, {@code slash}, or the reason why there is nothing. */
    String find(String path) throws IOException, MalformedPathException {
        return find(resolver(SymlinkPolicy.INSIDE), path);
    }

    static String find(Resolver resolver, String path) throws IOException, MalformedPathException {
        Resolution found = resolver.resolve(SitePath.parse(path));
        if (found instanceof Resolution.File file) {
            return content(file);
        }
        if (found instanceof Resolution.NoIndex) {
            return "missing: no-index";
        }
        return found instanceof Resolution.Missing missing ? "missing: " + missing.reason() : "slash";
    }

    static String content(Resolution.File file) throws IOException {
        try (InputStream in = Channels.newInputStream(file.channel())) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
