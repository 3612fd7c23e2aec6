/**
 * Every parser of what a stranger may send or write, under coverage-guided fuzzing: {@code mvn -Pfuzz verify} gives each of these
 * classes ten minutes in a JVM of its own. Otherwise they run what is kept in their {@code …Inputs} folders, among it whatever
 * fuzzing once found.
 */
package dev.sluice.fuzz;
