package dev.sluice.serve;

import dev.sluice.http.ContentCoding;
import dev.sluice.http.EntityTag;
import dev.sluice.site.FileFacts;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Validators of files (RFC 9110 §8.8). */
final class Validators {
    /** 128 bits of SHA-256: no two versions of a file will ever share a tag by accident. */
    private static final int TAG_BYTES = 16;

    private Validators() {}

    /**
     * A strong tag of the content itself, so that replicas agree and the time stamp does not matter.
     *
     * @param sha256 the content's digest
     */
    static EntityTag fromContent(byte[] sha256) {
        return tag("", sha256);
    }

    /** The SHA-256 of what is left in a buffer, which is read to its end. */
    static byte[] digest(ByteBuffer content) {
        MessageDigest sha256 = sha256();
        sha256.update(content);
        return sha256.digest();
    }

    /**
     * A strong tag of what tells a file's content without reading it, for files too large to be read through. Digested, since an
     * inode number is nobody's business; and marked, since a file must not keep a tag when it moves from one kind to the other.
     */
    static EntityTag fromFacts(FileFacts facts) {
        return tag("f-", digest(ByteBuffer.wrap(facts.content().getBytes(StandardCharsets.UTF_8))));
    }

    /**
     * A weak tag of what is compressed anew for each response: another version of the compressor may write other bytes for the
     * same content (RFC 9110 §8.8.1).
     */
    static EntityTag compressed(EntityTag of, ContentCoding coding) {
        return new EntityTag(true, of.opaque() + '-' + coding.token());
    }

    private static EntityTag tag(String mark, byte[] sha256) {
        byte[] start = Arrays.copyOf(sha256, TAG_BYTES);
        return new EntityTag(
                false, mark + Base64.getUrlEncoder().withoutPadding().encodeToString(start));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The date to be sent, in whole seconds; null if it is meaningless or would lie after the response's Date. */
    static @Nullable Instant lastModified(FileFacts facts) {
        Instant modified = facts.modified().truncatedTo(ChronoUnit.SECONDS);
        boolean sensible = facts.isDated() && !modified.isAfter(Instant.now());
        return sensible ? modified : null;
    }
}
