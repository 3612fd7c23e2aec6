package dev.sluice.http;

/**
 * A request method as this server tells methods apart (RFC 9110 §9): those it serves, those it knows and refuses, and
 * all the rest.
 *
 * <p>Known are the methods of RFC 9110 §9.3, PATCH (RFC 5789) and those of WebDAV (RFC 4918 §9), because a client that
 * sends one of them should learn that this resource does not allow it (405) rather than that the server has never heard
 * of it (501).
 */
public enum Method {
    /** RFC 9110 §9.3.1. */
    GET,
    /** RFC 9110 §9.3.2. */
    HEAD,
    /** RFC 9110 §9.3.7. */
    OPTIONS,
    /** RFC 9110 §9.3.3. */
    POST,
    /** RFC 9110 §9.3.4. */
    PUT,
    /** RFC 9110 §9.3.5. */
    DELETE,
    /** RFC 9110 §9.3.6. */
    CONNECT,
    /** RFC 9110 §9.3.8. */
    TRACE,
    /** RFC 5789. */
    PATCH,
    /** RFC 4918 §9.1. */
    PROPFIND,
    /** RFC 4918 §9.2. */
    PROPPATCH,
    /** RFC 4918 §9.3. */
    MKCOL,
    /** RFC 4918 §9.8. */
    COPY,
    /** RFC 4918 §9.9. */
    MOVE,
    /** RFC 4918 §9.10. */
    LOCK,
    /** RFC 4918 §9.11. */
    UNLOCK,
    /** Any token that is none of the above. */
    UNKNOWN;

    /**
     * Returns the method that a token of the request line names.
     *
     * @param token the method token; methods are case-sensitive (RFC 9110 §9.1), so {@code get} is unknown
     * @return the method, or {@link #UNKNOWN}
     */
    public static Method of(String token) {
        return switch (token) {
            case "GET" -> GET;
            case "HEAD" -> HEAD;
            case "OPTIONS" -> OPTIONS;
            case "POST" -> POST;
            case "PUT" -> PUT;
            case "DELETE" -> DELETE;
            case "CONNECT" -> CONNECT;
            case "TRACE" -> TRACE;
            case "PATCH" -> PATCH;
            case "PROPFIND" -> PROPFIND;
            case "PROPPATCH" -> PROPPATCH;
            case "MKCOL" -> MKCOL;
            case "COPY" -> COPY;
            case "MOVE" -> MOVE;
            case "LOCK" -> LOCK;
            case "UNLOCK" -> UNLOCK;
            default -> UNKNOWN;
        };
    }
}
