package dev.sluice.plan;

import org.jspecify.annotations.Nullable;

/**
 * What a site says of a path: facts, not statuses.
 *
 * <p>Reasons are for logs and for {@code explain}. They never reach the client, because what is hidden must look like
 * what is missing and because they may quote the request.
 */
public sealed interface Lookup {
    /**
     * There is a representation to send.
     *
     * @param representation the facts about it
     */
    record Found(Representation representation) implements Lookup {}

    /**
     * The path names a directory but lacks its last slash, or is not in canonical form.
     *
     * @param location the value of {@code Location}, a reference relative to the request, with the query kept
     */
    record Redirect(String location) implements Lookup {}

    /** There is nothing to send, and a reason for it. */
    sealed interface Refused extends Lookup {
        /** Why, as a token for the record. */
        String reason();
    }

    /**
     * Nothing is served there, or nothing that may be.
     *
     * @param reason why
     * @param page the site's own page for this case, if it has one
     */
    record Missing(String reason, @Nullable Representation page) implements Refused {}

    /**
     * The path is malformed.
     *
     * @param reason how
     */
    record Rejected(String reason) implements Refused {}

    /**
     * The request's framing is not one that every recipient reads alike, so where the next request begins is in doubt.
     *
     * @param reason how
     */
    record Misframed(String reason) implements Refused {}

    /**
     * It cannot be served right now, but soon: out of file descriptors, or busy.
     *
     * @param reason why
     */
    record Unavailable(String reason) implements Refused {}

    /**
     * It should be served but can't: an I/O error.
     *
     * @param reason what went wrong
     */
    record Failed(String reason) implements Refused {}
}
