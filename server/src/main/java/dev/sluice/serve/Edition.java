package dev.sluice.serve;

/** What is served, as it was read at one time. Told from others by its identity. */
public final class Edition {
    private final SiteTable sites;
    private final boolean serverTiming;

    /**
     * @param sites what is served under which host
     * @param serverTiming whether each response tells its planned I/O path in {@code Server-Timing}
     */
    public Edition(SiteTable sites, boolean serverTiming) {
        this.sites = sites;
        this.serverTiming = serverTiming;
    }

    /** What is served under which host. */
    public SiteTable sites() {
        return sites;
    }

    /** Whether responses say what only the handler knows. */
    boolean serverTiming() {
        return serverTiming;
    }
}
