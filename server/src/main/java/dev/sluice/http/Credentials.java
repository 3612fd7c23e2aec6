package dev.sluice.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * What a client says of itself by the Basic scheme (RFC 7617).
 *
 * @param user the user-id, without colon, perhaps empty
 * @param password the password, perhaps empty
 */
public record Credentials(String user, String password) {
    private static final String SCHEME = "Basic ";

    /**
     * Parses the value of {@code Authorization}.
     *
     * @param fieldValue the field value
     * @return user and password, or empty if the scheme is another, or what follows is not canonical base64 with padding
     *     (RFC 4648 §3.5), of UTF-8, without control characters, with a colon
     */
    public static Optional<Credentials> parse(String fieldValue) {
        if (!fieldValue.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        return decode(fieldValue.substring(SCHEME.length()).strip()).flatMap(Credentials::split);
    }

    private static Optional<String> decode(String base64) {
        try {
            byte[] given = base64.getBytes(StandardCharsets.UTF_8);
            byte[] bytes = Base64.getDecoder().decode(given);
            // The decoder lets padding be missing, and bits that stand for nothing be set.
            if (!Arrays.equals(Base64.getEncoder().encode(bytes), given)) {
                return Optional.empty();
            }
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<Credentials> split(String text) {
        int colon = text.indexOf(':');
        if (colon < 0 || text.chars().anyMatch(Character::isISOControl)) {
            return Optional.empty();
        }
        return Optional.of(new Credentials(text.substring(0, colon), text.substring(colon + 1)));
    }

    /** Returns a text for people, which tells neither. A user now and then types the password where the name belongs. */
    @Override
    public String toString() {
        return "Credentials[masked]";
    }
}
