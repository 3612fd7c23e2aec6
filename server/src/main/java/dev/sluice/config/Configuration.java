package dev.sluice.config;

import java.util.List;

/**
 * Everything a user can set, checked and complete: every key has a value. Jackson prints it with the keys and notations
 * of the configuration file. Of the secrets that it holds, the hashes of passwords and the values of environment
 * variables, it prints none, neither so nor by {@link #toString}.
 *
 * @param listeners the addresses on which sites are served, at least one
 * @param admin the admin API
 * @param sites the websites, at least one; no two share a host
 * @param cache the hot set
 * @param compression content coding
 * @param io threads and the sending of large files
 * @param limits what clients may take
 * @param accessLog the access log
 * @param calibration what was measured on this machine
 * @param serverTiming whether each response says, in {@code Server-Timing}, which I/O path carried it
 */
public record Configuration(
        List<ListenerSettings> listeners,
        AdminSettings admin,
        List<SiteSettings> sites,
        CacheSettings cache,
        CompressionSettings compression,
        IoSettings io,
        LimitSettings limits,
        AccessLogSettings accessLog,
        CalibrationSettings calibration,
        boolean serverTiming) {

    /** Copies the lists. */
    public Configuration {
        listeners = List.copyOf(listeners);
        sites = List.copyOf(sites);
    }
}
