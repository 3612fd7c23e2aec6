package dev.sluice.admin;

import java.time.Instant;

/**
 * Which server this is.
 *
 * @param version the version of Sluice
 * @param pid the process id
 * @param startedAt when the server started
 */
public record ServerInfo(String version, long pid, Instant startedAt) {}
