package dev.sluice.listing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.http.SitePath;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Every reference, resolved as RFC 3986 §5.2 says, names what it stands for. */
final class ReferencesTest {
    private static final URI SITE = URI.create("http://localhost");

    @Property
    void to_anyNameInAnyDirectory_resolvesToTheEntry(
            @ForAll @Size(max = 4) List<@net.jqwik.api.From("names") String> directory,
            @ForAll("names") String name,
            @ForAll boolean slash,
            @ForAll boolean isDirectory)
            throws Exception {
        SitePath path = path(directory, slash);
        String reference = new References(path).to(new Entry(name, isDirectory, 0, Instant.EPOCH));

        List<String> expected = new ArrayList<>(directory);
        expected.add(name);
        SitePath resolved = resolve(path, reference);
        assertEquals(expected, resolved.segments());
        assertEquals(isDirectory, resolved.directory());
    }

    @Property
    void above_anyDepth_resolvesToThatDirectory(
            @ForAll @Size(max = 4) List<@net.jqwik.api.From("names") String> directory,
            @ForAll boolean slash,
            @ForAll int seed)
            throws Exception {
        int depth = Math.floorMod(seed, directory.size() + 1);
        SitePath path = path(directory, slash);

        SitePath resolved = resolve(path, new References(path).above(depth));
        assertEquals(directory.subList(0, depth), resolved.segments());
        assertEquals(true, resolved.directory());
    }

    private static SitePath path(List<String> segments, boolean slash) throws Exception {
        Assume.that(segments.stream().noneMatch(segment -> segment.equals(".") || segment.equals("..")));
        SitePath path = SitePath.parse("/");
        for (String segment : segments) {
            path = path.child(segment);
        }
        return path.withSlash(slash);
    }

    private static SitePath resolve(SitePath base, String reference) throws Exception {
        return SitePath.parse(SITE.resolve(base.encoded()).resolve(reference).getRawPath());
    }

    @Provide
    Arbitrary<String> names() {
        Arbitrary<String> nasty =
                Arbitraries.of("a:b", "..a", "...", "%2F", "?", "#x", "javascript:alert(1)", "~", ";v=1");
        return Arbitraries.oneOf(nasty, Arbitraries.strings().ofMinLength(1).ofMaxLength(8))
                .filter(ReferencesTest::isFileName);
    }

    /** What a file system gives: no slash, no control characters, nothing that is no text, no dot segments. */
    private static boolean isFileName(String name) {
        return name.chars().noneMatch(c -> c == '/' || c < 0x20 || c == 0x7f || Character.isSurrogate((char) c))
                && !name.equals(".")
                && !name.equals("..");
    }
}
