package dev.sluice.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A configuration's file into which the group {@code calibration} is written; all else in it, comments too, stays as it is, octet by
 * octet. An earlier group is replaced where it stands, a first one goes to the end.
 */
public final class CalibrationFile {
    private static final String GROUP = "calibration";
    private static final Pattern GROUP_LINE = Pattern.compile("[\"']?" + GROUP + "[\"']?\\s*:.*");

    private static final Pattern LINE_STARTS = Pattern.compile("(?<=\n)");

    private final ConfigurationFile file;
    private final Path path;
    private final String before;

    private CalibrationFile(ConfigurationFile file, Path path, String before) {
        this.file = file;
        this.path = path;
        this.before = before;
    }

    /**
     * Opens a file, and makes sure that it can be edited: before anything is measured.
     *
     * @param named the file as the user named it
     * @param workingDirectory where a relative name starts
     * @throws ConfigurationException if it cannot be read, or is not written key by key, each at the start of a line
     */
    public static CalibrationFile open(Path named, Path workingDirectory) throws ConfigurationException {
        ConfigurationFile file = new ConfigurationFile(named, workingDirectory);
        CalibrationFile opened = new CalibrationFile(file, workingDirectory.resolve(named), file.text());
        opened.with(CalibrationSettings.none());
        return opened;
    }

    /**
     * Writes the group: into a file beside it, which then replaces it, so that no reader sees half of it.
     *
     * @throws IOException if it cannot be written
     * @throws ConfigurationException as {@link #open}
     */
    public void write(CalibrationSettings settings) throws IOException, ConfigurationException {
        Path real = path.toRealPath();
        Path next = Files.createTempFile(real.getParent(), "." + real.getFileName(), ".new");
        try {
            Files.writeString(next, with(settings));
            keepRights(real, next);
            Files.move(next, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private static void keepRights(Path from, Path to) throws IOException {
        PosixFileAttributes attributes = Files.readAttributes(from, PosixFileAttributes.class);
        PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        view.setPermissions(attributes.permissions());
        if (!view.readAttributes().owner().equals(attributes.owner())) {
            view.setOwner(attributes.owner());
        }
        if (!view.readAttributes().group().equals(attributes.group())) {
            view.setGroup(attributes.group());
        }
    }

    /** The text with the group in it. */
    private String with(CalibrationSettings settings) throws ConfigurationException {
        String after = replaced(before, group(settings));
        Set<String> expected = new LinkedHashSet<>(keys(before));
        expected.add(GROUP);
        if (!Set.copyOf(keys(after)).equals(expected)) {
            throw notEditable();
        }
        return after;
    }

    private ConfigurationException notEditable() {
        return new ConfigurationException(List.of(
                file.file() + ": cannot be edited (expected: a YAML mapping with each key at the start of a line)"));
    }

    /** The keys at the top. */
    private Set<String> keys(String text) throws ConfigurationException {
        Problems problems = new Problems();
        try {
            Node root =
                    YamlReader.read(text, "", (line, column) -> new Place.InFile(file.file(), line, column), problems);
            if (root instanceof Node.Mapping mapping) {
                return mapping.entries().keySet();
            }
            if (root instanceof Node.Empty) {
                return Set.of();
            }
        } catch (SyntaxException e) {
            // As good as another kind of node: the edit has broken it, or it was broken.
        }
        throw notEditable();
    }

    private static String group(CalibrationSettings settings) {
        Map<String, @Nullable ByteSize> values = new LinkedHashMap<>();
        values.put("maxFileSize", settings.maxFileSize());
        values.put("sendfileChunk", settings.sendfileChunk());
        values.put("directMinSize", settings.directMinSize());
        StringBuilder text =
                new StringBuilder(GROUP + ":\n  # Written by sluice calibrate, for the keys that say auto.\n");
        values.forEach((key, value) -> text.append("  ")
                .append(key)
                .append(": ")
                .append(value == null ? "none" : value)
                .append('\n'));
        return text.toString();
    }

    /** A group ends where another line begins at the margin; blank lines and comments before that line are not the group's. */
    private static String replaced(String text, String group) {
        StringBuilder before = new StringBuilder();
        StringBuilder blank = new StringBuilder();
        StringBuilder after = new StringBuilder();
        boolean seen = false;
        boolean within = false;
        for (String line : LINE_STARTS.split(text, -1)) {
            boolean margin = !line.isBlank() && !Character.isWhitespace(line.charAt(0));
            if (!seen && GROUP_LINE.matcher(line.stripTrailing()).matches()) {
                seen = true;
                within = true;
            } else if (within && line.isBlank()) {
                blank.append(line);
            } else if (within && !margin) {
                blank.setLength(0);
            } else {
                within = false;
                (seen ? after.append(blank) : before).append(line);
                blank.setLength(0);
            }
        }
        if (!seen && !before.isEmpty()) {
            before.append(before.charAt(before.length() - 1) == '\n' ? "\n" : "\n\n");
        }
        return before + group + blank + after;
    }
}
