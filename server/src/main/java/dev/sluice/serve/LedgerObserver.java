package dev.sluice.serve;

import dev.sluice.ledger.IoPath;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.Served;

/** Enters into the ledger what becomes of a site's connections, and the answers that no handler made. */
public final class LedgerObserver implements Connections.Observer {
    private static final String UNKNOWN = "-";

    private final Ledger ledger;

    public LedgerObserver(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void opened() {
        ledger.connectionOpened();
    }

    @Override
    public void closed() {
        ledger.connectionClosed();
    }

    @Override
    public void refused() {
        ledger.connectionRefused();
    }

    @Override
    public void unplanned(String client, int status) {
        ledger.began();
        ledger.record(new Served(
                ledger.nextId(),
                System.currentTimeMillis(),
                Served.NO_SITE,
                client,
                "HTTP/1.1",
                UNKNOWN,
                UNKNOWN,
                UNKNOWN,
                status,
                IoPath.NONE,
                IoPath.NONE,
                Reasons.REFUSED_BY_PARSER,
                false,
                0,
                0,
                0,
                null,
                null,
                null,
                true));
    }
}
