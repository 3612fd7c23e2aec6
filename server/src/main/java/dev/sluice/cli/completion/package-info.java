/** What shells offer while a command line is typed: scripts for them, made from picocli's model of it. */
@NullMarked
package dev.sluice.cli.completion;

import org.jspecify.annotations.NullMarked;
