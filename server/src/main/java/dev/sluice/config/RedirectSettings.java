package dev.sluice.config;

/**
 * An answer that sends the client elsewhere.
 *
 * @param to a path of the site, or an absolute http or https URL; {@code $1} to {@code $9} stand for what the wildcards
 *     of the rule's path found, {@code $$} for a dollar sign
 * @param status 301, 302, 307 or 308 (RFC 9110 §15.4)
 */
public record RedirectSettings(String to, int status) {
    static final int DEFAULT_STATUS = 308;
}
