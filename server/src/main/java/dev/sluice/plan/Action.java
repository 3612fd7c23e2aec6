package dev.sluice.plan;

import dev.sluice.http.CaptureTemplate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Rule} does. Some actions are decided before anybody looks for a file ({@link Before}), the others dress the
 * response when it is known what will be sent ({@link After}).
 */
public sealed interface Action {
    /** Decided by method and path alone. */
    sealed interface Before extends Action {}

    /** Decided by the file that was found, too. */
    sealed interface After extends Action {}

    /**
     * Sends the client elsewhere.
     *
     * @param status 301, 302, 307 or 308
     * @param target where
     */
    record Redirect(int status, RedirectTarget target) implements Before {}

    /**
     * Goes on with another path of the site; the rules behind this one see that path.
     *
     * @param target the path, with the captures of the rule's glob
     */
    record Rewrite(CaptureTemplate target) implements Before {}

    /**
     * Refuses.
     *
     * @param status 403, 404 or 410
     */
    record Deny(int status) implements Before {}

    /**
     * Refuses for now, by 503.
     *
     * @param retryAfterSeconds what {@code Retry-After} says, from 0
     */
    record Maintenance(long retryAfterSeconds) implements Before {}

    /**
     * Asks for a name and a password (RFC 7617).
     *
     * @param realm what the browser shows
     */
    record Authenticate(String realm) implements Before {}

    /** Asks that the client does not come too often. */
    record LimitRate() implements Before {}

    /**
     * Lets pages of other origins read the answer.
     *
     * @param cors which, and what
     */
    record Share(Cors cors) implements Before {}

    /**
     * Puts a field in the place of all of that name.
     *
     * @param name of the field
     * @param value of the field
     */
    record SetField(String name, String value) implements After {}

    /**
     * Adds a field beside those of that name.
     *
     * @param name of the field
     * @param value of the field
     */
    record AddField(String name, String value) implements After {}

    /**
     * Takes a field out.
     *
     * @param name of the field
     */
    record RemoveField(String name) implements After {}

    /**
     * Tells caches what to do, on success only.
     *
     * @param value of {@code Cache-Control}
     */
    record CacheControl(String value) implements After {}

    /**
     * Has the client save the file.
     *
     * @param fileName the name to save it under; null for its own
     */
    record Download(@Nullable String fileName) implements After {}

    /**
     * Slows each response down.
     *
     * @param bytesPerSecond at least 1
     */
    record LimitBandwidth(long bytesPerSecond) implements After {}

    /**
     * Fills placeholders in.
     *
     * @param nonce the placeholder for a nonce that is another one in each response, or null
     * @param env values by placeholder, written in when the file is loaded
     */
    record Template(@Nullable String nonce, Map<String, String> env) implements After {
        /** Copies the map. */
        public Template {
            env = Map.copyOf(env);
        }
    }
}
