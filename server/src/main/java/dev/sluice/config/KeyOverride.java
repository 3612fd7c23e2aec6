package dev.sluice.config;

/**
 * A configuration key that a command-line option sets. Unlike the value of {@code --set}, this one is never read as
 * YAML: a directory may be named {@code [old]}.
 *
 * @param option the option as problems shall name it, such as {@code --port}
 * @param key the key that it sets, such as {@code listeners[0].port}; {@code rules[+0]} is a new item before the first
 * @param value the value as the user gave it
 */
public record KeyOverride(String option, String key, String value) {}
