package dev.sluice.plan;

import dev.sluice.http.ContentCoding;
import java.util.List;
import java.util.Optional;

/** Chooses the representation to send by its content coding (RFC 9110 §12.5.3). */
final class Negotiator {
    private Negotiator() {}

    /**
     * Chooses what the client likes best.
     *
     * @param choices the preferred ones first, which decides between equal likings
     * @return the choice, or empty if the client takes none of them
     */
    static Optional<Representation> select(Request request, List<Representation> choices) {
        List<ContentCoding> codings =
                choices.stream().map(Representation::coding).toList();
        return request.codings().best(codings).map(coding -> choices.get(codings.indexOf(coding)));
    }
}
