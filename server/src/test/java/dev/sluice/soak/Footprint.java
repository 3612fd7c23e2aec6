package dev.sluice.soak;

import dev.sluice.metrics.Scrape;

/**
 * What a server holds, by its own metrics.
 *
 * @param heap bytes in use
 * @param direct bytes of buffers outside of the heap
 * @param mapped bytes of mapped regions
 * @param files open file descriptors
 * @param threads all of them
 * @param leases responses that read from a region
 * @param active requests that are being answered
 * @param connections of clients
 */
record Footprint(
        long heap, long direct, long mapped, long files, long threads, long leases, long active, long connections) {
    static Footprint of(Scrape metrics) {
        return new Footprint(
                metrics.value("jvm_memory_used_bytes", "area", "heap"),
                metrics.value("jvm_buffer_pool_used_bytes", "pool", "direct"),
                metrics.value("jvm_buffer_pool_used_bytes", "pool", "mapped"),
                metrics.value("process_open_fds"),
                metrics.value("jvm_threads_current"),
                metrics.value("sluice_cache_region_leases"),
                metrics.value("sluice_requests_active"),
                metrics.value("sluice_connections_open"));
    }

    /** Whether nobody is being served. */
    boolean isIdle() {
        return leases == 0 && active == 0 && connections == 0;
    }
}
