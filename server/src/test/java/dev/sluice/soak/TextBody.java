package dev.sluice.soak;

import dev.sluice.fault.VersionedBody.Identity;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@link dev.sluice.fault.VersionedBody} is, as text that is worth compressing. */
final class TextBody {
    private static final Pattern LINE =
            Pattern.compile("file (\\d+), version (\\d+): line (\\d+) of (\\d+) says the same as all the others");

    private TextBody() {}

    static byte[] of(long file, long version, int lines) {
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < lines; line++) {
            text.append(line(file, version, line, lines)).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String line(long file, long version, long line, long lines) {
        return "file " + file + ", version " + version + ": line " + line + " of " + lines
                + " says the same as all the others";
    }

    /**
     * Checks that a body is one version of one file as a whole.
     *
     * @throws AssertionError naming the first line that is wrong
     */
    static Identity check(byte[] body) {
        String[] lines = new String(body, StandardCharsets.US_ASCII).split("\n", -1);
        Matcher first = LINE.matcher(lines[0]);
        if (!first.matches() || !lines[lines.length - 1].isEmpty()) {
            throw new AssertionError("text begins with " + lines[0] + " and ends with " + lines[lines.length - 1]);
        }
        Identity identity = new Identity(
                Long.parseLong(first.group(1)), Long.parseLong(first.group(2)), Long.parseLong(first.group(4)));
        for (int line = 0; line < lines.length - 1; line++) {
            if (!lines[line].equals(line(identity.file(), identity.version(), line, lines.length - 1L))) {
                throw new AssertionError(identity + ", but line " + line + " is " + lines[line]);
            }
        }
        return identity;
    }
}
