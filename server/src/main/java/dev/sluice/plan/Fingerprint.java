package dev.sluice.plan;

import dev.sluice.http.MediaType;
import java.util.regex.Pattern;

/**
 * Tells a file name into which a bundler wrote a digest of the content, such as {@code app.3f2a91c8.js}: under such a name
 * there is never anything else, so it may be kept for ever.
 *
 * <p>To err here is to have browsers keep a stale file for a year, so what a person might have written does not count: it
 * takes eight hexadecimal digits, letters among them. Where a bundler writes other digests, a rule says so.
 */
final class Fingerprint {
    private static final Pattern HEXADECIMAL =
            Pattern.compile(".*[.-](?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{8,64}(\\.[a-z0-9]{1,11}){1,2}");

    private Fingerprint() {}

    static boolean in(String fileName, MediaType type) {
        return !type.essence().equals("text/html")
                && HEXADECIMAL.matcher(fileName).matches();
    }
}
