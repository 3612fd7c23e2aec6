package dev.sluice.serve;

import dev.sluice.http.MediaType;
import dev.sluice.io.PrivateViews;
import dev.sluice.io.RegionSlice;
import dev.sluice.plan.Lookup;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The places of a page where each response gets a nonce of its own.
 *
 * <p>The placeholder and the nonce are of the same length, so that nothing else moves.
 */
final class Template {
    /** Responses of one page that can be under way at once before further ones are copied. */
    private static final int MOST_VIEWS = 64;

    /** Octets of base64 for three octets of randomness. */
    private static final int GROUP = 4;

    private final int length;
    private final int nonceLength;
    private final List<Integer> places;
    private final SecureRandom random = new SecureRandom();
    private @Nullable PrivateViews views;

    private Template(int length, int nonceLength, List<Integer> places) {
        this.length = length;
        this.nonceLength = nonceLength;
        this.places = places;
    }

    /**
     * Finds the places.
     *
     * @param content the page
     * @param placeholder in ASCII
     */
    static Template in(ByteBuffer content, String placeholder) {
        String text = StandardCharsets.ISO_8859_1.decode(content).toString();
        List<Integer> places = new ArrayList<>();
        for (int at = text.indexOf(placeholder); at >= 0; at = text.indexOf(placeholder, at + placeholder.length())) {
            places.add(at);
        }
        return new Template(text.length(), placeholder.length(), List.copyOf(places));
    }

    /** What the planner decides by: each time with another nonce. */
    Lookup.Templated lookup(MediaType type) {
        return new Lookup.Templated(length, type, nonce());
    }

    /**
     * Private views of the page where it stands in a region.
     *
     * @param place leased
     * @return null if the page is about to leave that place: views of it would be made for nobody else
     */
    synchronized @Nullable PrivateViews views(RegionSlice place) {
        if (views != null && views.of(place)) {
            return views;
        }
        if (!place.live()) {
            return null;
        }
        views = new PrivateViews(place, MOST_VIEWS);
        return views;
    }

    /** A nonce nobody can guess: base64 of the placeholder's length. */
    private String nonce() {
        byte[] octets = new byte[(nonceLength + GROUP - 1) / GROUP * (GROUP - 1)];
        random.nextBytes(octets);
        return Base64.getEncoder().encodeToString(octets).substring(0, nonceLength);
    }

    /**
     * Writes a nonce over each placeholder.
     *
     * @return how many bytes that took
     */
    int patch(ByteBuffer page, String nonce) {
        byte[] octets = nonce.getBytes(StandardCharsets.ISO_8859_1);
        for (int place : places) {
            page.put(place, octets);
        }
        return places.size() * octets.length;
    }
}
