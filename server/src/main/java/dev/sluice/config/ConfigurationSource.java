package dev.sluice.config;

/** Where a configuration comes from. It can be asked again, and gives what is there then. */
@FunctionalInterface
public interface ConfigurationSource {
    /**
     * Reads it. Blocking.
     *
     * @return the configuration, checked
     * @throws ConfigurationException if it cannot be read, or anything is wrong with it
     */
    Configuration load() throws ConfigurationException;
}
