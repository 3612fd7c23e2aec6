package dev.sluice.admin;

import dev.sluice.ledger.Served;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code /api/requests}; its component names are the public contract.
 *
 * @param requests the records, newest first
 */
record RequestsView(List<Request> requests) {
    static RequestsView of(List<Served> records) {
        return new RequestsView(records.stream().map(Request::of).toList());
    }

    record Request(
            long id,
            Instant time,
            String site,
            String client,
            String protocol,
            String method,
            String path,
            int status,
            String planned,
            String ioPath,
            String reason,
            boolean fallback,
            long bytes,
            long userCopiedBytes,
            long durationMicros,
            @Nullable String contentCoding,
            boolean complete) {
        static Request of(Served served) {
            return new Request(
                    served.id(),
                    Instant.ofEpochMilli(served.timeMillis()),
                    served.site(),
                    served.client(),
                    served.protocol(),
                    served.method(),
                    served.path(),
                    served.status(),
                    served.planned().label(),
                    served.observed().label(),
                    served.reason(),
                    served.fallback(),
                    served.bytes(),
                    served.userCopiedBytes(),
                    served.durationMicros(),
                    served.contentCoding(),
                    served.complete());
        }
    }
}
