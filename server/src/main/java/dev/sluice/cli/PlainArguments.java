package dev.sluice.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads those command lines whose meaning is plain, which are nearly all that start a server: a directory, options in full
 * and once, values that look like nothing else. Whatever is not is left to picocli, which knows all the rest, the errors and
 * the help, but takes a start an eighth of its time. Where both read a command line they read the same.
 */
final class PlainArguments {
    /** The first words of command lines that are not about serving. */
    static final Set<String> COMMANDS =
            Set.of("check", "explain", "calibrate", "hash-password", "top", "generate-completion");

    private final Map<String, String> values = new HashMap<>();
    private final List<String> sets = new ArrayList<>();
    private @Nullable String directory;

    private PlainArguments() {}

    /** What they ask of the server, or null if they are not plain. */
    static @Nullable ServeArguments read(String... args) {
        PlainArguments plain = new PlainArguments();
        for (int i = 0; i < args.length; i++) {
            String next = i + 1 < args.length ? args[i + 1] : "";
            int taken = args[i].startsWith("-") ? plain.option(args[i], next) : plain.directory(args[i]);
            if (taken == 0) {
                return null;
            }
            i += taken - 1;
        }
        return plain.arguments();
    }

    private ServeArguments arguments() {
        @Nullable String file = values.get(CommonOptions.CONFIG);
        return ServeArguments.of(
                file == null ? null : Path.of(file),
                directory,
                option -> {
                    @Nullable String value = values.get(option.longName());
                    return value == null ? null : option.set(value);
                },
                sets,
                Greeting.NONE,
                null);
    }

    /** How many arguments it is: one, or none if it is not plain. */
    private int directory(String arg) {
        if (directory != null || !isPlain(arg)) {
            return 0;
        }
        directory = arg;
        return 1;
    }

    /** How many arguments it takes, its value included; none if it is not plain. */
    private int option(String arg, String next) {
        int equals = arg.startsWith("--") ? arg.indexOf('=') : -1;
        String name = equals < 0 ? arg : arg.substring(0, equals);
        String value = equals < 0 ? next : arg.substring(equals + 1);
        int taken = equals < 0 ? 2 : 1;
        if (name.equals(CommonOptions.SET)) {
            return isPlain(value) && sets.add(value) ? taken : 0;
        }
        if (name.equals(CommonOptions.CONFIG) || name.equals(CommonOptions.CONFIG_SHORT)) {
            return put(CommonOptions.CONFIG, value) ? taken : 0;
        }
        for (KeyOption option : ServeArguments.OPTIONS) {
            if (option.names().contains(name)) {
                return option.fixed() == null
                        ? put(option.longName(), value) ? taken : 0
                        : equals < 0 && put(option.longName(), option.fixed()) ? 1 : 0;
            }
        }
        return 0;
    }

    private boolean put(String name, String value) {
        return isPlain(value) && values.putIfAbsent(name, value) == null;
    }

    private static boolean isPlain(String value) {
        return !value.isEmpty()
                && value.charAt(0) != '-'
                && value.indexOf('"') < 0
                && value.indexOf('\'') < 0
                && !COMMANDS.contains(value);
    }
}
