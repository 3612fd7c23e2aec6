package dev.sluice.ledger;

import java.util.Arrays;

/** All pages of a ledger. A writer takes the first that is free, beginning with one of its own, so that hardly any waits. */
final class Pages {
    private static final int LEAST = 4;

    private final Page[] pages =
            new Page[PowerOfTwo.atLeast(Math.max(LEAST, Runtime.getRuntime().availableProcessors()))];

    Pages() {
        Arrays.setAll(pages, i -> new Page());
    }

    void add(Served served) {
        int mask = pages.length - 1;
        int first = (int) Thread.currentThread().getId() & mask;
        for (int i = 0; i < pages.length; i++) {
            if (pages[first + i & mask].offer(served)) {
                return;
            }
        }
        pages[first].add(served);
    }

    /** Adds all but the files to what a reader sums up. */
    void addTo(Totals totals, Fallbacks fallbacks, Latencies latencies) {
        for (Page page : pages) {
            page.addTo(totals, fallbacks, latencies);
        }
    }

    TopFiles topFiles(int limit) {
        HeavyHitters sum = new HeavyHitters(Integer.MAX_VALUE);
        for (Page page : pages) {
            page.addTo(sum);
        }
        return sum.read(limit);
    }
}
