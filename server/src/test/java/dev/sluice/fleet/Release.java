package dev.sluice.fleet;

import dev.sluice.e2e.TestSite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a release of the site holds: pages that are held in memory, and a film that is too large for that. */
final class Release {
    /** The same in every release. */
    static final String SCRIPT = "/script.js";

    static final String FILM = "/film.bin";

    private static final int PAGES = 8;

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    /**
     * @param number of the release, which its pages tell
     * @param filmSize in bytes
     */
    Release(int number, int filmSize) {
        files.put(SCRIPT, "console.log('always the same')\n".repeat(200).getBytes(StandardCharsets.US_ASCII));
        for (int page = 0; page < PAGES; page++) {
            String text = "<!doctype html><title>page " + page + " of release " + number + "</title>\n";
            files.put("/page" + page + ".html", text.repeat(1 + 10 * page).getBytes(StandardCharsets.US_ASCII));
        }
        byte[] film = TestSite.noise(filmSize);
        film[0] = (byte) number;
        film[filmSize - 1] = (byte) number;
        files.put(FILM, film);
    }

    byte[] content(String path) {
        byte[] content = files.get(path);
        if (content == null) {
            throw new IllegalArgumentException(path);
        }
        return content;
    }

    /** The paths of all but the film. */
    List<String> small() {
        return files.keySet().stream().filter(path -> !path.equals(FILM)).toList();
    }

    List<String> paths() {
        return new ArrayList<>(files.keySet());
    }

    /** Writes it into a new folder. */
    Path writeTo(Path folder) throws IOException {
        Files.createDirectory(folder);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(folder.resolve(file.getKey().substring(1)), file.getValue());
        }
        return folder;
    }
}
