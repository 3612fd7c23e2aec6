package dev.sluice.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A server whose place another one takes.
 *
 * @param process that it runs in; not this one
 * @param ports on which it listens, at least one
 */
record Predecessor(ProcessHandle process, Set<Integer> ports) {
    /** How proc(5) calls the state of a socket that listens. */
    private static final String LISTEN = "0A";

    private static final int HEXADECIMAL = 16;

    // Columns of /proc/net/tcp.
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    /** Finds it by its process id; empty if the text is none, or of no other process that runs and listens. */
    static Optional<Predecessor> find(String id) {
        try {
            return ProcessHandle.of(Long.parseLong(id))
                    .filter(process -> process.isAlive() && !process.equals(ProcessHandle.current()))
                    .map(process -> new Predecessor(process, portsOf(process)))
                    .filter(found -> !found.ports().isEmpty());
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Those of its sockets that listen (proc(5)); none if it belongs to somebody else. */
    private static Set<Integer> portsOf(ProcessHandle process) {
        Set<Integer> ports = new HashSet<>();
        try {
            Path own = Path.of("/proc", String.valueOf(process.pid()));
            Set<String> open = descriptorsOf(own);
            for (String table : List.of("tcp", "tcp6")) {
                socketsIn(own.resolve("net").resolve(table)).forEach(line -> addPort(line, open, ports));
            }
        } catch (IOException gone) {
            return Set.of();
        }
        return ports;
    }

    /** Lines of a table; none if there is no such table. Not asked for first: access(2) denies what a service with a capability may read. */
    private static List<String> socketsIn(Path table) throws IOException {
        try {
            List<String> lines = Files.readAllLines(table);
            return lines.subList(1, lines.size());
        } catch (NoSuchFileException noneOfThatFamily) {
            return List.of();
        }
    }

    private static Set<String> descriptorsOf(Path process) throws IOException {
        Set<String> open = new HashSet<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                try {
                    open.add(Files.readSymbolicLink(descriptor).toString());
                } catch (NoSuchFileException closed) {
                    // Meanwhile: connections come and go.
                }
            }
        }
        return open;
    }

    private static void addPort(String line, Set<String> open, Set<Integer> ports) {
        String[] columns = line.strip().split("\\s+", -1);
        if (columns[STATE].equals(LISTEN) && open.contains("socket:[" + columns[INODE] + "]")) {
            String address = columns[LOCAL_ADDRESS];
            ports.add(Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), HEXADECIMAL));
        }
    }

    /**
     * Asks it to stop (SIGTERM): it accepts nothing more, and ends when what it sends has been sent, or at its
     * {@code limits.shutdown}.
     *
     * @return what came of it, for the user
     */
    String stop() {
        return process.destroy()
                ? "in the place of process " + process.pid() + ", which stops when it has sent what it is sending"
                : "process " + process.pid() + " cannot be stopped, and goes on serving beside this one";
    }
}
