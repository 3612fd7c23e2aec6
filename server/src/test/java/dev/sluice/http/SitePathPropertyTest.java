package dev.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class SitePathPropertyTest {
    @Property
    void parse_anySegments_agreesWithNaiveModel(@ForAll("rawPaths") String raw) throws MalformedPathException {
        assertEquals(naiveSegments(raw), SitePath.parse(raw).segments());
    }

    @Property
    void parse_anySegments_staysUnderTheRoot(@ForAll("rawPaths") String raw) throws MalformedPathException {
        SitePath path = SitePath.parse(raw);
        Path root = Path.of("/srv/www");
        Path file = root;
        for (String segment : path.segments()) {
            assertFalse(List.of("", ".", "..").contains(segment), raw);
            file = file.resolve(segment);
        }
        if (path.servable()) {
            assertTrue(file.normalize().startsWith(root), raw);
            assertEquals(root.getNameCount() + path.segments().size(), file.getNameCount(), raw);
        }
    }

    @Property
    void encoded_anySegments_roundTrips(@ForAll("rawPaths") String raw) throws MalformedPathException {
        SitePath path = SitePath.parse(raw);
        SitePath again = SitePath.parse(path.encoded());
        assertEquals(path, again);
        assertEquals(path.encoded(), again.encoded());
        assertEquals(path.segments(), again.segments());
        assertEquals(path.directory(), again.directory());
        assertEquals(path.directory(), path.encoded().endsWith("/"));
        assertTrue(path.encoded().matches("/([A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-F]{2})*"), path.encoded());
        assertFalse(path.encoded().contains("//"), path.encoded());
    }

    @Property
    void parse_anyString_isCanonicalOrMalformed(@ForAll("noise") String raw) {
        try {
            SitePath path = SitePath.parse("/" + raw);
            assertEquals(path, SitePath.parse(path.encoded()));
        } catch (MalformedPathException e) {
            assertTrue(e.getMessage().chars().allMatch(c -> c >= 0x20 && c < 0x7f), e.getMessage());
        }
    }

    @Provide
    Arbitrary<String> rawPaths() {
        Arbitrary<String> dots = Arbitraries.of("", ".", "..", "%2e", "%2E%2e", ".%2e", "...", "..%2f", "%2e%2e%5c..");
        Arbitrary<String> names = Arbitraries.of(
                "a",
                "b.html",
                "%61",
                "%2f",
                "%2F..",
                "\\",
                "..\\",
                "%5c",
                "x;v=1",
                "a b",
                "%20",
                "%c3%a9",
                "%25",
                "%252e%252e");
        return Arbitraries.oneOf(dots, names).list().ofMaxSize(8).map(segments -> "/" + String.join("/", segments));
    }

    @Provide
    Arbitrary<String> noise() {
        return Arbitraries.of("/", ".", "%", "2", "e", "c", "3", "a", "9", "\\", " ", "\0", "é", "~")
                .list()
                .ofMaxSize(12)
                .map(pieces -> String.join("", pieces));
    }

    private static List<String> naiveSegments(String raw) {
        Deque<String> stack = new ArrayDeque<>();
        for (String segment : List.of(raw.split("/", -1))) {
            String decoded = naiveDecode(segment);
            if (decoded.equals("..")) {
                stack.pollLast();
            } else if (!decoded.isEmpty() && !decoded.equals(".")) {
                stack.addLast(decoded);
            }
        }
        return new ArrayList<>(stack);
    }

    private static String naiveDecode(String segment) {
        StringBuilder bytes = new StringBuilder(segment);
        for (int i = 0; i < bytes.length(); i++) {
            if (bytes.charAt(i) == '%') {
                bytes.replace(i, i + 3, Character.toString(Integer.parseInt(bytes.substring(i + 1, i + 3), 16)));
            }
        }
        return new String(bytes.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
