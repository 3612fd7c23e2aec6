package dev.sluice.archive;

/** What a name in an archive stands for. */
public sealed interface ArchiveNode permits ArchiveEntry, ArchiveDirectory {}
