package dev.sluice.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The system calls of a process and its threads, in the order in which they returned, as {@code strace -f -yy} wrote them. */
final class Trace {
    private static final Pattern UNFINISHED = Pattern.compile("(\\d+) +(\\w+)\\((.*) <unfinished \\.\\.\\.>");
    private static final Pattern RESUMED = Pattern.compile("(\\d+) +<\\.\\.\\. (\\w+) resumed>(.*)");
    private static final Pattern CALL = Pattern.compile("(\\d+) +(\\w+)\\((.*)\\) += (-?\\d+).*");

    private final List<Call> calls;

    private Trace(List<Call> calls) {
        this.calls = calls;
    }

    /**
     * One call.
     *
     * @param thread that made it
     * @param name of the call, such as {@code writev}
     * @param arguments as written
     * @param result what it returned
     */
    record Call(int thread, String name, String arguments, long result) {
        boolean is(String... names) {
            return List.of(names).contains(name);
        }

        /** Whether its first argument is a TCP connection from that client port. */
        boolean firstIsConnectionFrom(int port) {
            return arguments.matches("\\d+<TCP[^>]*->[^>]*:" + port + "]>.*");
        }

        boolean mentions(String text) {
            return arguments.contains(text);
        }
    }

    static Trace read(Path file) throws IOException {
        Map<String, String> unfinished = new HashMap<>();
        List<Call> calls = new ArrayList<>();
        for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
            Matcher begun = UNFINISHED.matcher(line);
            Matcher resumed = RESUMED.matcher(line);
            if (begun.matches()) {
                unfinished.put(begun.group(1), begun.group(2) + "(" + begun.group(3));
            } else if (resumed.matches()) {
                String start = unfinished.remove(resumed.group(1));
                add(calls, resumed.group(1) + " " + start + resumed.group(3));
            } else {
                add(calls, line);
            }
        }
        return new Trace(calls);
    }

    private static void add(List<Call> calls, String line) {
        Matcher call = CALL.matcher(line);
        if (call.matches()) {
            calls.add(new Call(
                    Integer.parseInt(call.group(1)), call.group(2), call.group(3), Long.parseLong(call.group(4))));
        }
    }

    /** What was called from the first call that mentions a text to the next one that mentions another, both included. */
    Trace between(String first, String next) {
        int from = indexOf(first, 0);
        int to = indexOf(next, from);
        return new Trace(calls.subList(from, Math.min(to + 1, calls.size())));
    }

    private int indexOf(String text, int from) {
        int at = from;
        while (at < calls.size() && !calls.get(at).mentions(text)) {
            at++;
        }
        return at;
    }

    /** What was called on the connection from that client port. */
    Trace onConnectionFrom(int port) {
        return new Trace(
                calls.stream().filter(call -> call.firstIsConnectionFrom(port)).toList());
    }

    Trace named(String... names) {
        return new Trace(calls.stream().filter(call -> call.is(names)).toList());
    }

    Trace mentioning(String text) {
        return new Trace(calls.stream().filter(call -> call.mentions(text)).toList());
    }

    List<Call> calls() {
        return calls;
    }

    int count() {
        return calls.size();
    }

    /** The sum of the bytes that the calls returned; failed ones count nothing. */
    long bytes() {
        return calls.stream().mapToLong(call -> Math.max(0, call.result())).sum();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        calls.forEach(call -> text.append('\n').append(call));
        return text.toString();
    }
}
