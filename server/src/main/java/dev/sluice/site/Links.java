package dev.sluice.site;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text of symbolic links, turned into paths below a root. */
final class Links {
    private Links() {}

    /**
     * Spells a link's target out as components below the root.
     *
     * @param root the site's root
     * @param directory the components of the directory that holds the link, none of them a link
     * @param target the link's text
     * @return the components, free of dot segments, or null if the target leads outside the root
     * @throws IOException if the root's real path cannot be found
     */
    static @Nullable List<String> spellOut(Path root, List<String> directory, Path target) throws IOException {
        List<String> components = new ArrayList<>();
        Path rest = target;
        if (target.isAbsolute()) {
            Path below = below(root, target.normalize());
            if (below == null) {
                return null;
            }
            rest = below;
        } else {
            components.addAll(directory);
        }
        for (Path step : rest) {
            String name = step.toString();
            if (name.equals("..")) {
                if (components.isEmpty()) {
                    return null;
                }
                components.remove(components.size() - 1);
            } else if (!name.equals(".") && !name.isEmpty()) {
                components.add(name);
            }
        }
        return components;
    }

    /** An absolute target may name the root as it was configured or as it really is. */
    private static @Nullable Path below(Path root, Path target) throws IOException {
        for (Path start : List.of(root.toAbsolutePath().normalize(), root.toRealPath())) {
            if (target.startsWith(start)) {
                return start.relativize(target);
            }
        }
        return null;
    }
}
