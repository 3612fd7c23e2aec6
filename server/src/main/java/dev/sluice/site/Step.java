package dev.sluice.site;

import java.nio.file.Path;

/**
 * A name that is looked up on the way to a file: what it stands for decides where the way goes.
 *
 * @param directory in which it is looked up, absolute and without links
 * @param name the name, which may stand for nothing
 * @param passage whether it stands for a directory, through which the way goes on
 * @param needed whether the way counts as watched only if this name is; a folder far above the site's root is watched where
 *     that is allowed
 */
record Step(Path directory, String name, boolean passage, boolean needed) {
    /** A name that no file can have: what is said of it is said of whatever comes into a directory or leaves it. */
    static final String ANY = "/";

    /** Whatever comes into a directory or leaves it. */
    static Step anyIn(Path directory) {
        return new Step(directory, ANY, false, true);
    }
}
