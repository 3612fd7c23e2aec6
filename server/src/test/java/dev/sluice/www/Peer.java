package dev.sluice.www;

import dev.sluice.InstalledTool;
import dev.sluice.app.Sluice;
import dev.sluice.config.Configuration;
import dev.sluice.config.ConfigurationLoader;
import dev.sluice.e2e.Await;
import dev.sluice.tls.ToolRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The three servers whose configurations stand beside each other, each able to check one and to run by it. */
enum Peer {
    NGINX {
        @Override
        String checked(Path folder, String snippet) throws Exception {
            Path file = Files.writeString(folder.resolve("nginx.conf"), nginxConf(folder, snippet, port(), port()));
            return ToolRun.of(folder, SECONDS, "nginx", "-t", "-q", "-e", "stderr", "-c", file.toString())
                    .said();
        }

        @Override
        Running started(Path folder, String snippet) throws Exception {
            int port = port();
            Path file = Files.writeString(folder.resolve("nginx.conf"), nginxConf(folder, snippet, port, port()));
            return Running.program(
                    folder, port, InstalledTool.required("nginx").toString(), "-e", "stderr", "-c", file.toString());
        }
    },
    CADDY {
        @Override
        String checked(Path folder, String snippet) throws Exception {
            Path file = Files.writeString(folder.resolve("Caddyfile"), caddyfile(snippet, port()));
            ToolRun run = ToolRun.of(
                    folder, SECONDS, "caddy", "validate", "--adapter", "caddyfile", "--config", file.toString());
            return run.exitCode() == 0 ? "" : run.said();
        }

        @Override
        Running started(Path folder, String snippet) throws Exception {
            int port = port();
            Path file = Files.writeString(folder.resolve("Caddyfile"), caddyfile(snippet, port));
            return Running.program(
                    folder,
                    port,
                    InstalledTool.required("caddy").toString(),
                    "run",
                    "--adapter",
                    "caddyfile",
                    "--config",
                    file.toString());
        }
    },
    SLUICE {
        /** Whatever it refuses it throws. */
        @Override
        String checked(Path folder, String snippet) throws Exception {
            load(folder, snippet, List.of());
            return "";
        }

        @Override
        Running started(Path folder, String snippet) throws Exception {
            List<String> second = snippet.contains("port: 443")
                    ? List.of("listeners[1].host=127.0.0.1", "listeners[1].port=0")
                    : List.of();
            List<String> sets = List.of(
                    "listeners[0].host=127.0.0.1", "listeners[0].port=0", "admin.listen=off", "cache.memory=32MiB");
            Sluice sluice = Sluice.start(load(
                    folder,
                    snippet,
                    Stream.concat(sets.stream(), second.stream()).toList()));
            String line = sluice.announcement().get(0);
            return new Running(URI.create(line.substring(line.lastIndexOf(' ') + 1)), sluice::close);
        }
    };

    private static final long SECONDS = 60;

    /** What it has to say against a snippet; nothing if that is right. */
    abstract String checked(Path folder, String snippet) throws Exception;

    /**
     * Starts a server by a snippet, on the loopback address.
     *
     * @param folder for its files
     */
    abstract Running started(Path folder, String snippet) throws Exception;

    /** The end of the ids of its snippets. */
    String suffix() {
        return "-" + name().toLowerCase(Locale.ROOT);
    }

    /** A server that runs until it is closed. */
    record Running(URI uri, Runnable end) implements AutoCloseable {
        private static Running program(Path folder, int port, String... command) throws IOException {
            Path log = folder.resolve("log.txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().put("XDG_DATA_HOME", folder.toString());
            builder.environment().put("XDG_CONFIG_HOME", folder.toString());
            Process process = builder.start();
            Runnable end = () -> {
                process.destroy();
                process.onExit().join();
            };
            try {
                Await.present(command[0], () -> answers(process, log, port));
            } catch (AssertionError e) {
                process.destroyForcibly();
                throw e;
            }
            return new Running(URI.create("http://127.0.0.1:" + port + "/"), end);
        }

        private static Optional<Boolean> answers(Process process, Path log, int port) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return Optional.of(socket.isConnected());
            } catch (IOException e) {
                if (process.isAlive()) {
                    return Optional.empty();
                }
                throw new AssertionError("it ended: " + read(log), e);
            }
        }

        private static String read(Path log) {
            try {
                return Files.readString(log);
            } catch (IOException e) {
                return e.toString();
            }
        }

        @Override
        public void close() {
            end.run();
        }
    }

    static Configuration load(Path folder, String snippet, List<String> sets) throws Exception {
        Path file = Files.writeString(folder.resolve("sluice.yaml"), snippet);
        return new ConfigurationLoader(folder, Map.of()).load(file, List.of(), sets);
    }

    /** One that was free just now. */
    private static int port() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** In one process, which runs as whoever runs the test, and with its temporary files in the folder. */
    private static String nginxConf(Path folder, String snippet, int port, int tlsPort) {
        StringBuilder conf = new StringBuilder();
        conf.append("daemon off; master_process off; pid ").append(folder).append("/nginx.pid;\n");
        conf.append("events {}\nhttp {\naccess_log off;\ninclude /etc/nginx/mime.types;\n");
        for (String each : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            conf.append(each).append("_temp_path ").append(folder).append("/tmp;\n");
        }
        return conf.append(snippet.replace("listen 80;", "listen 127.0.0.1:" + port + ";")
                        .replace("listen 443 ", "listen 127.0.0.1:" + tlsPort + " "))
                .append("\n}\n")
                .toString();
    }

    private static String caddyfile(String snippet, int port) {
        String bound = snippet.replaceFirst("(?m)^:80 \\{$", ":" + port + " {\n\tbind 127.0.0.1")
                .replaceFirst(
                        "(?m)^http://example.org, http://www.example.org \\{$",
                        "http://example.org:" + port + ", http://www.example.org:" + port + " {\n\tbind 127.0.0.1");
        return bound.startsWith("{\n")
                ? bound.replaceFirst("\\{\n", "{\n\tadmin off\n")
                : "{\n\tadmin off\n}\n" + bound;
    }
}
