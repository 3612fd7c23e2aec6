package dev.sluice.cli.top;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/** The words for what may go wrong between here and the admin API. */
final class Faults {
    private static final String EXPECTED = " (expected: a running Sluice; --admin URL names another)";
    private static final int LONGEST_DETAIL = 200;

    private final URI admin;
    private final boolean authorized;
    private final Duration patience;

    /**
     * @param authorized whether a token is sent
     */
    Faults(URI admin, boolean authorized, Duration patience) {
        this.admin = admin;
        this.authorized = authorized;
        this.patience = patience;
    }

    /** What to tell of whatever was thrown. */
    AdminException of(Throwable thrown) {
        Throwable fault = thrown;
        while ((fault instanceof CompletionException || fault instanceof ExecutionException)
                && fault.getCause() != null) {
            fault = fault.getCause();
        }
        if (fault instanceof AdminException told) {
            return told;
        }
        return new AdminException("cannot reach the admin API at " + admin + ": " + word(fault) + EXPECTED);
    }

    private String word(Throwable fault) {
        if (fault instanceof TimeoutException || fault instanceof HttpTimeoutException) {
            return "no answer within "
                    + Amounts.micros(patience.toNanos() / 1e3).replaceFirst("\\.00 ", " ");
        }
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "unknown host";
            }
        }
        String message = fault.getMessage();
        if (fault instanceof ConnectException) {
            // The JDK's client leaves the message away.
            return message == null ? "connection refused" : message;
        }
        return message == null ? fault.getClass().getSimpleName() : message;
    }

    /** Throws if the answer is no success; its problem details (RFC 9457) tell why. */
    void requireSuccess(int status, JsonNode answer) {
        if (status == 401) {
            throw told("the admin API at " + admin
                    + (authorized
                            ? " refuses the token (expected: that of the server's admin.tokenFile)"
                            : " asks for a token (expected: --token-file FILE)"));
        }
        if (status != 200) {
            String detail = answer.path("detail").asString("");
            throw told("the admin API at " + admin + " answers " + status
                    + (detail.isEmpty() ? EXPECTED : ": " + shortened(detail)));
        }
        if (answer.isMissingNode()) {
            throw told("the admin API at " + admin + " answers something other than JSON" + EXPECTED);
        }
    }

    /** Throws if the answer is JSON, but not that of Sluice. */
    void requireStats(JsonNode answer) {
        if (!answer.path("server").isObject() || !answer.path("requests").isObject()) {
            throw told("the admin API at " + admin + " answers other JSON than that of /api/stats" + EXPECTED);
        }
    }

    private static String shortened(String detail) {
        return detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL) + "...";
    }

    private static CompletionException told(String message) {
        return new CompletionException(new AdminException(message));
    }
}
