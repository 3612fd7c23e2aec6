package dev.sluice.admin;

/**
 * What the hot set tells about itself.
 *
 * @param entries bodies held now
 * @param bytes bytes held now
 * @param capacityBytes bytes that can be held
 * @param hits requests served from the hot set since the start
 * @param misses requests that looked there in vain since the start
 * @param admissions bodies taken in since the start
 * @param evictions bodies let go since the start
 */
public record CacheFigures(
        long entries, long bytes, long capacityBytes, long hits, long misses, long admissions, long evictions) {}
