package dev.sluice.listing;

import java.time.Instant;

/**
 * A file or a directory as a listing shows it.
 *
 * @param name as the file system has it, neither escaped nor encoded
 * @param directory whether it is a directory
 * @param size of a file in bytes; of a directory it says nothing and is not shown
 * @param modified time of the last change of content, or of the last coming and going in a directory
 */
public record Entry(String name, boolean directory, long size, Instant modified) {}
