package dev.sluice.plan;

import dev.sluice.http.ContentCoding;
import dev.sluice.http.HeaderFields;
import dev.sluice.http.MediaType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a site says of a path: facts, not statuses.
 *
 * <p>Reasons are for logs and for {@code explain}. They never reach the client, because what is hidden must look like
 * what is missing and because they may quote the request.
 */
public sealed interface Lookup {
    /**
     * There is something to send.
     *
     * @param choices its representations, one for each coding, the preferred ones first; at least one
     * @param sourceLength the length of the file that they represent, in bytes: it decides what is held in regions
     * @param streamable those among the codings that can only be made while they are sent
     * @param packing how the file is kept
     */
    record Found(List<Representation> choices, long sourceLength, Set<ContentCoding> streamable, Packing packing)
            implements Lookup {
        /**
         * Copies the collections.
         *
         * @throws IllegalArgumentException if there is no representation
         */
        public Found {
            choices = List.copyOf(choices);
            streamable = Set.copyOf(streamable);
            if (choices.isEmpty()) {
                throw new IllegalArgumentException("choices: none (expected: at least one)");
            }
        }

        /** A file by itself. */
        public Found(List<Representation> choices, long sourceLength, Set<ContentCoding> streamable) {
            this(choices, sourceLength, streamable, Packing.NONE);
        }

        /** The only representation of a file. */
        public Found(Representation representation) {
            this(List.of(representation), representation.length(), Set.of());
        }

        /** The representation by a coding, or null if there is none. */
        public @Nullable Representation choice(ContentCoding coding) {
            for (Representation choice : choices) {
                if (choice.coding() == coding) {
                    return choice;
                }
            }
            return null;
        }
    }

    /** How a file is kept. */
    enum Packing {
        /** By itself. */
        NONE,
        /** As it is, as a part of an archive. */
        STORED,
        /** As a part of an archive, compressed: its identity has to be inflated. */
        DEFLATED
    }

    /**
     * There is a page into which something is written anew for each response, so that it has no validator and no ranges.
     *
     * @param length its length in bytes
     * @param type its media type
     * @param nonce what is written over each placeholder, in ASCII
     */
    record Templated(long length, MediaType type, String nonce) implements Lookup {}

    /**
     * There is a page into which the server has written something for its author: no validator and no range of the file hold for
     * it.
     *
     * @param length its length in bytes
     * @param type its media type
     */
    record Made(long length, MediaType type) implements Lookup {}

    /**
     * There is a directory to be listed.
     *
     * @param type the media type of the listing
     * @param text all of it, or null if it is made while it is sent
     * @param own fields that this listing has and others have not
     */
    record Listing(MediaType type, @Nullable String text, HeaderFields own) implements Lookup {}

    /**
     * The path is not in canonical form, since its last slash is missing, or is one too many; or it is to be asked for over TLS.
     *
     * @param location the value of {@code Location}, a reference relative to the request or an absolute one, with the query kept
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
     * @param status 404, or the status that the site's {@code tryFiles} ends with
     */
    record Missing(String reason, int status) implements Refused {
        /** Nothing is served there: 404. */
        public Missing(String reason) {
            this(reason, 404);
        }
    }

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
     * It was asked of a host that is none of ours.
     *
     * @param reason why
     * @param malformed whether it is no host at all
     */
    record Misdirected(String reason, boolean malformed) implements Refused {}

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
