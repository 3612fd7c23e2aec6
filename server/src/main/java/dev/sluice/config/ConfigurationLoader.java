package dev.sluice.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads configurations: the defaults, over them a YAML file, over that the options of the command line.
 *
 * <p>Relative paths start from the folder of the file that names them; on the command line, from the working directory.
 */
public final class ConfigurationLoader {
    private final Path workingDirectory;
    private final Map<String, String> environment;

    /**
     * Makes a loader.
     *
     * @param workingDirectory where relative paths of the command line start, and where {@code www} is looked for
     * @param environment the variables that templates may name; those they do name are kept in the configuration
     */
    public ConfigurationLoader(Path workingDirectory, Map<String, String> environment) {
        this.workingDirectory = workingDirectory;
        this.environment = Map.copyOf(environment);
    }

    /**
     * The same as {@link #load}, to be read as often as it is asked for.
     *
     * @param file as there
     * @param options as there
     * @param sets as there
     * @return reads it
     */
    public ConfigurationSource source(@Nullable Path file, List<KeyOverride> options, List<String> sets) {
        return new LoadedAgain(() -> load(file, options, sets), file, workingDirectory);
    }

    /**
     * Reads a configuration.
     *
     * @param file a YAML file of at most 1 MiB, as the user named it; null for the defaults alone
     * @param options keys set by options of their own; they win over the file
     * @param sets the arguments of {@code --set}, each {@code key=value}; they win over everything, the last one most
     * @return the configuration
     * @throws ConfigurationException if anything is wrong with it, with everything that is
     */
    public Configuration load(@Nullable Path file, List<KeyOverride> options, List<String> sets)
            throws ConfigurationException {
        Problems problems = new Problems();
        Node tree = file == null
                ? new Node.Empty(new Place.Assignment())
                : new ConfigurationFile(file, workingDirectory).read(problems);
        Overlay overlay = new Overlay(problems);
        for (KeyOverride option : options) {
            tree = overlay.apply(tree, option);
        }
        for (String set : sets) {
            tree = overlay.apply(tree, set);
        }
        Configuration configuration =
                new ConfigurationBinder(new PathTypes(workingDirectory), environment, problems).bind(tree);
        problems.throwIfAny();
        return configuration;
    }
}
