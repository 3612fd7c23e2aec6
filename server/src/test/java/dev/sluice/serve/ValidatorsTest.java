package dev.sluice.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.http.EntityTag;
import dev.sluice.site.FileFacts;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ValidatorsTest {
    private static final Instant TIME = Instant.parse("2020-01-02T03:04:05.678Z");

    @Test
    void fromContent_equalContent_isOneStrongTag() {
        assertEquals(content("a"), content("a"));
        assertTrue(content("a").strongEquals(content("a")));
        assertNotEquals(content("a"), content("b"));
    }

    /** RFC 9110 §8.8.3: every octet of the digest's alphabet is an etagc. */
    @Test
    void fromContent_anyContent_isShortAndUrlSafe() {
        assertTrue(
                content("").opaque().matches("[A-Za-z0-9_-]{22}"), content("").toString());
    }

    @Test
    void fromFacts_copyWithItsTime_hasTheSameTag() {
        assertEquals(
                Validators.fromFacts(new FileFacts(1, TIME, "dev=1,ino=2")),
                Validators.fromFacts(new FileFacts(1, TIME, "dev=3,ino=4")));
    }

    @Test
    void fromFacts_otherSizeOrTime_isAnotherTag() {
        EntityTag tag = Validators.fromFacts(new FileFacts(1, TIME, "key"));

        assertNotEquals(tag, Validators.fromFacts(new FileFacts(2, TIME, "key")));
        assertNotEquals(tag, Validators.fromFacts(new FileFacts(1, TIME.plusNanos(1), "key")));
    }

    /** Every file of some image builds has the same time, and so may two of the same size that differ. */
    @Test
    void fromFacts_meaninglessTime_isToldByTheFile() {
        FileFacts facts = new FileFacts(1, Instant.EPOCH, "key");

        assertEquals(Validators.fromFacts(facts), Validators.fromFacts(new FileFacts(1, Instant.EPOCH, "key")));
        assertNotEquals(Validators.fromFacts(facts), Validators.fromFacts(new FileFacts(1, Instant.EPOCH, "other")));
    }

    /** Gradle's time for all in an archive that is to be the same each time. */
    @Test
    void fromFacts_timeOfGradle_isToldByTheFile() {
        FileFacts facts = new FileFacts(1, Instant.parse("1980-02-01T00:00:00Z"), "key");
        FileFacts later = new FileFacts(1, Instant.parse("1980-02-01T00:00:01Z"), "key");

        assertNotEquals(Validators.fromFacts(facts), Validators.fromFacts(new FileFacts(1, facts.modified(), "other")));
        assertEquals(Validators.fromFacts(later), Validators.fromFacts(new FileFacts(1, later.modified(), "other")));
    }

    @Test
    void fromFacts_inode_isNotTold() {
        String tag = Validators.fromFacts(new FileFacts(1, Instant.EPOCH, "dev=fd01,ino=1234567"))
                .toString();

        assertFalse(tag.contains("1234567"));
        assertFalse(tag.contains("12d687"));
    }

    @Test
    void lastModified_fraction_isCut() {
        assertEquals(Instant.parse("2020-01-02T03:04:05Z"), lastModified(TIME));
    }

    @Test
    void lastModified_meaninglessOrFuture_isNotSent() {
        assertNull(lastModified(Instant.EPOCH));
        assertNull(lastModified(Instant.parse("1980-01-01T00:00:00Z")));
        assertNull(lastModified(Instant.parse("1980-02-01T00:00:00Z")));
        assertNull(lastModified(Instant.now().plusSeconds(3_600)));
    }

    private static Instant lastModified(Instant modified) {
        return Validators.lastModified(new FileFacts(0, modified, "key"));
    }

    private static EntityTag content(String text) {
        return Validators.fromContent(Validators.digest(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    }
}
