package dev.sluice.config;

import java.nio.file.Path;

/** Where a part of the configuration was written, so that a problem can point there. */
sealed interface Place {
    /** How a problem with {@code key} begins; the key is empty for a problem that concerns none. */
    String at(String key);

    /** The folder, relative to the working directory, from which relative paths written here start. */
    default Path folder() {
        return Path.of("");
    }

    /** The line, from 1; the command line, which is read first, is 0. */
    default int line() {
        return 0;
    }

    private static String join(String place, String key) {
        return key.isEmpty() ? place : place + ": " + key;
    }

    /** In a file as the user named it; line and column count from 1, and line 0 is the file as a whole. */
    record InFile(Path file, int line, int column) implements Place {
        @Override
        public String at(String key) {
            return join(line == 0 ? file.toString() : file + ":" + line + ":" + column, key);
        }

        @Override
        public Path folder() {
            Path parent = file.getParent();
            return parent == null ? Path.of("") : parent;
        }
    }

    /** In the argument of {@code --set}, which names its key. */
    record Assignment() implements Place {
        @Override
        public String at(String key) {
            return join("--set", key);
        }
    }

    /** In an option of its own, whose name tells more to whoever typed it than the key behind it. */
    record Option(String name) implements Place {
        @Override
        public String at(String key) {
            return name;
        }
    }
}
