package dev.sluice;

import dev.sluice.ledger.Served;
import dev.sluice.serve.GuestHandler;
import dev.sluice.site.Root;
import dev.sluice.site.SymlinkPolicy;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Serves the files of a directory or an archive in an Undertow application: as the server of this project does, but on connections that are
 * the application's.
 *
 * <pre>{@code
 * StaticFiles files = StaticFiles.of(Path.of("www"));
 * Undertow.builder().addHttpListener(8080, "localhost").setHandler(files).build().start();
 * }</pre>
 *
 * <p>Put below a prefix by Undertow's {@code PathHandler}, it serves what is behind the prefix. It may be called in an I/O thread
 * or in a worker; responses are sent from I/O threads in either case, and files are looked for in the application's workers.
 *
 * <p>Over HTTP/1.1 in clear text, small files go from mapped memory to the socket and large ones by sendfile(2), unless another
 * handler has wrapped the response. Set {@code UndertowOptions.BUFFER_PIPELINED_DATA} to false, or a connection that has once
 * carried pipelined requests copies everything from then on. A response of which
 * a client takes nothing for 30 seconds is broken off; what else a slow client may take of the server is the application's to bound
 * ({@code Options.WRITE_TIMEOUT}).
 *
 * <p>Each is independent of every other one. Thread-safe.
 */
public final class StaticFiles implements HttpHandler, AutoCloseable {
    private final GuestHandler handler;

    private StaticFiles(GuestHandler handler) {
        this.handler = handler;
    }

    /**
     * Serves a directory, or a zip or jar archive, with everything as by default.
     *
     * @param root the directory or the archive; it may be a symbolic link, which is followed anew when it is switched. An archive that
     *     is replaced by another is taken at once; one that is damaged leaves the old one
     * @return the handler, to be closed when it is not needed any more
     * @throws IllegalArgumentException if it is neither
     */
    public static StaticFiles of(Path root) {
        return builder(root).build();
    }

    /**
     * Serves a directory of the class path, in a directory or in a jar, with everything as by default.
     *
     * @param loader whose class path it is
     * @param name of the directory, such as {@code static}. Where several have it, the first is served
     * @return the handler, to be closed when it is not needed any more
     * @throws IllegalArgumentException if there is none that can be served
     */
    public static StaticFiles ofClassPath(ClassLoader loader, String name) {
        return classPathBuilder(loader, name).build();
    }

    /**
     * Begins to set up a handler.
     *
     * @param root as for {@link #of}
     * @return a builder with all options as by default
     */
    public static Builder builder(Path root) {
        Objects.requireNonNull(root, "root");
        return new Builder(root.toString(), () -> Root.of(root));
    }

    /**
     * Begins to set up a handler of a directory of the class path.
     *
     * @param loader as for {@link #ofClassPath}
     * @param name as for {@link #ofClassPath}
     * @return a builder with all options as by default
     */
    public static Builder classPathBuilder(ClassLoader loader, String name) {
        Objects.requireNonNull(loader, "loader");
        return new Builder("classpath:" + name, () -> Root.ofClassPath(loader, name));
    }

    /** Where the files are, which is looked for when the handler is made. */
    @FunctionalInterface
    interface Origin {
        Root find() throws IOException;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        handler.handleRequest(exchange);
    }

    /**
     * Answers 503 from now on, breaks off the responses that are under way, and gives back threads, watches, open files and memory,
     * which is unmapped when the garbage collector finds it. To let responses finish, stop the requests first, by Undertow's
     * {@code GracefulShutdownHandler}. A second call does nothing.
     */
    @Override
    public void close() {
        handler.close();
    }

    /** Sets up a {@link StaticFiles}. Every option has a default. Not for use by several threads. */
    public static final class Builder {
        private static final int FIRST_ERROR = 400;
        private static final int LAST_ERROR = 599;

        final String root;
        final Origin origin;
        final Map<Integer, String> errorPages = new HashMap<>();
        List<String> index = List.of("index.html");
        boolean listing;

        @Nullable
        String spa;

        boolean cleanUrls;
        boolean hideDotFiles = true;
        SymlinkPolicy symlinks = SymlinkPolicy.INSIDE;
        boolean compression = true;
        long cacheMemory = 64L << 20;
        long cacheMaxFileSize = 256L << 10;
        Duration revalidate = Duration.ofSeconds(1);
        boolean watch = true;

        @Nullable
        HttpHandler next;

        @Nullable
        Consumer<Served> onServed;

        private Builder(String root, Origin origin) {
            this.root = root;
            this.origin = origin;
        }

        /**
         * Sets which names are tried, in this order, when a directory is asked for.
         *
         * @param names names of files; none for no index at all. By default {@code index.html}
         * @return this
         * @throws IllegalArgumentException if one is no name of a file
         */
        public Builder index(String... names) {
            for (String name : names) {
                check(
                        !name.isEmpty() && name.indexOf('/') < 0 && !name.equals(".") && !name.equals(".."),
                        "index",
                        name,
                        "the name of a file");
            }
            this.index = List.copyOf(Arrays.asList(names));
            return this;
        }

        /**
         * Sets whether a directory without an index is listed: as HTML, or as JSON for a client that prefers it.
         *
         * @param on by default false: such a directory is not found
         * @return this
         */
        public Builder listing(boolean on) {
            this.listing = on;
            return this;
        }

        /**
         * Sets the page of a single-page application, which answers navigations to paths that name no file.
         *
         * @param page its path in the site, such as {@code /index.html}. By default there is none
         * @return this
         * @throws IllegalArgumentException if it does not begin with a slash
         */
        public Builder spa(String page) {
            this.spa = path("spa", page);
            return this;
        }

        /**
         * Sets a page that takes the place of the line of text by which an error is answered.
         *
         * @param status of the error, 400 to 599
         * @param page its path in the site, such as {@code /404.html}. By default there is none
         * @return this
         * @throws IllegalArgumentException if the status is no error's, or the path does not begin with a slash
         */
        public Builder errorPage(int status, String page) {
            check(status >= FIRST_ERROR && status <= LAST_ERROR, "errorPage", status, "a status from 400 to 599");
            errorPages.put(status, path("errorPage", page));
            return this;
        }

        /**
         * Sets whether {@code /about} finds {@code about.html}.
         *
         * @param on by default false
         * @return this
         */
        public Builder cleanUrls(boolean on) {
            this.cleanUrls = on;
            return this;
        }

        /**
         * Sets whether names that begin with a dot are treated as missing, {@code /.well-known/} excepted (RFC 8615).
         *
         * @param on by default true
         * @return this
         */
        public Builder hideDotFiles(boolean on) {
            this.hideDotFiles = on;
            return this;
        }

        /**
         * Sets which symbolic links below the root are followed.
         *
         * @param policy by default {@link SymlinkPolicy#INSIDE}
         * @return this
         */
        public Builder symlinks(SymlinkPolicy policy) {
            this.symlinks = Objects.requireNonNull(policy, "symlinks");
            return this;
        }

        /**
         * Sets whether files are sent compressed to clients that accept it: by files beside them ({@code .br}, {@code .zst},
         * {@code .gz}), and small ones by what is made of them in the background, once. Brotli and Zstandard are used if their
         * libraries (brotli4j, zstd-jni) are on the class path, gzip always.
         *
         * @param on by default true
         * @return this
         */
        public Builder compression(boolean on) {
            this.compression = on;
            return this;
        }

        /**
         * Sets how much memory, mapped and outside of the heap, small files are held in. It is taken as it is needed.
         *
         * @param bytes by default 64 MiB; 0 for none: every file is then read from the page cache
         * @return this
         * @throws IllegalArgumentException if negative
         */
        public Builder cacheMemory(long bytes) {
            this.cacheMemory = notNegative("cacheMemory", bytes);
            return this;
        }

        /**
         * Sets how large a file may be that is held there.
         *
         * @param bytes by default 256 KiB, at most 16 MiB
         * @return this
         * @throws IllegalArgumentException if negative
         */
        public Builder cacheMaxFileSize(long bytes) {
            this.cacheMaxFileSize = notNegative("cacheMaxFileSize", bytes);
            return this;
        }

        /**
         * Sets how old the facts about a held file may grow that is not watched.
         *
         * @param age by default one second; zero to look at each request
         * @return this
         * @throws IllegalArgumentException if negative
         */
        public Builder revalidate(Duration age) {
            check(!age.isNegative(), "revalidate", age, ">= 0");
            this.revalidate = age;
            return this;
        }

        /**
         * Sets whether the directories of held files are watched, by a thread of their own, so that a change shows at once.
         *
         * @param on by default true
         * @return this
         */
        public Builder watch(boolean on) {
            this.watch = on;
            return this;
        }

        /**
         * Sets who answers what is not found here, and every request that is neither GET nor HEAD. It is called in an I/O thread, or
         * in a worker if the exchange was blocking when it came here. Of a GET or HEAD with a body that is still coming, the body is not
         * handed on whole.
         *
         * @param handler by default there is none: such requests are answered here by 404, 405 and so on
         * @return this
         */
        public Builder next(HttpHandler handler) {
            this.next = Objects.requireNonNull(handler, "next");
            return this;
        }

        /**
         * Sets who is told of each response when it has ended: by which path its bytes went, and why. What is handed to
         * {@link #next} is not told.
         *
         * @param listener called in an I/O thread for the most part: it must not block. By default there is none, and nothing is
         *     recorded
         * @return this
         */
        public Builder onServed(Consumer<Served> listener) {
            this.onServed = Objects.requireNonNull(listener, "onServed");
            return this;
        }

        /**
         * Makes the handler. Where no memory can be mapped, it serves without holding files, and the log says so.
         *
         * @return the handler, to be closed when it is not needed any more
         * @throws IllegalArgumentException if the root is neither a directory nor an archive that can be served
         */
        public StaticFiles build() {
            return new StaticFiles(new Assembly(this).handler());
        }

        private static String path(String option, String path) {
            check(path.startsWith("/"), option, path, "a path that begins with /");
            return path;
        }

        private static long notNegative(String option, long value) {
            check(value >= 0, option, value, ">= 0");
            return value;
        }

        static void check(boolean fits, String option, Object value, String expected) {
            if (!fits) {
                throw new IllegalArgumentException(option + ": " + value + " (expected: " + expected + ")");
            }
        }
    }
}
