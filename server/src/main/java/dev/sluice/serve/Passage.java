package dev.sluice.serve;

import dev.sluice.access.ClientKey;
import dev.sluice.plan.Gate;
import io.undertow.server.HttpServerExchange;
import java.util.Iterator;
import java.util.function.Consumer;

/** The way of a request through the gates that rules have set up: in the I/O thread, and on a worker from the first one that waits. */
final class Passage {
    private final Visit visit;
    private final Responder responder;
    private final Consumer<Visit> passed;

    Passage(Visit visit, Responder responder, Consumer<Visit> passed) {
        this.visit = visit;
        this.responder = responder;
        this.passed = passed;
    }

    /** Passes gate after gate; answers at the first that refuses. */
    void go() {
        if (visit.entrance().gates().isEmpty()) {
            passed.accept(visit);
        } else {
            Gatekeeper.Visitor visitor = new Gatekeeper.Visitor(
                    ClientKey.of(visit.exchange().getSourceAddress().getAddress()),
                    RequestReader.credentials(visit.exchange().getRequestHeaders()));
            Iterator<Gate> gates = visit.entrance().gates().iterator();
            go(gates, gates.next(), visitor);
        }
    }

    private void go(Iterator<Gate> gates, Gate first, Gatekeeper.Visitor visitor) {
        HttpServerExchange exchange = visit.exchange();
        Gate gate = first;
        while (true) {
            switch (visit.site().gatekeeper().pass(gate, visitor, !exchange.isInIoThread())) {
                case REFUSED -> {
                    responder.answer(visit, Gatekeeper.refusal(gate, visitor));
                    return;
                }
                case UNDECIDED -> {
                    Gate again = gate;
                    exchange.dispatch(() -> go(gates, again, visitor));
                    return;
                }
                case PASSED -> {
                    if (!gates.hasNext()) {
                        passed.accept(visit);
                        return;
                    }
                    gate = gates.next();
                }
            }
        }
    }
}
