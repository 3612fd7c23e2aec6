package dev.sluice.serve;

/**
 * What has become of the bodies that an earlier process left.
 *
 * @param found how many have been found in the index, files and coded forms
 * @param claimed those of them whose file was asked for, and was still the same
 * @param damaged those that were not as they had been written
 * @param complete whether all of the index has been looked through
 */
public record WarmStartFigures(long found, long claimed, long damaged, boolean complete) {}
