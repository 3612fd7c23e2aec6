package dev.sluice.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Recognises a file that is open here by one look at where it was found, where such a look can be trusted.
 *
 * <p>What lies there may have been reached by other links than the site allows. That does no harm: it is nothing but
 * compared, and the key of a file that is open cannot be another's. On a network file system a look that opens nothing may
 * see what was true seconds ago, whatever others have written since.
 *
 * <p>Thread-safe.
 */
final class LocalLook {
    private static final String ATTRIBUTES = "unix:dev,size,lastModifiedTime,fileKey";

    private final LocalFileSystems fileSystems = new LocalFileSystems();
    private final Map<Object, Boolean> local = new ConcurrentHashMap<>();

    /**
     * Whether the file lies there, on a file system of this machine, and still has these facts. If not, it may be unchanged all the same.
     *
     * @param before facts of a file that is open
     */
    boolean confirms(Path place, FileFacts before) {
        try {
            Map<String, Object> now = Files.readAttributes(place, ATTRIBUTES);
            return before.key().equals(now.get("fileKey"))
                    && now.get("size") instanceof Long size
                    && size == before.size()
                    && now.get("lastModifiedTime") instanceof FileTime time
                    && time.toInstant().equals(before.modified())
                    && now.get("dev") instanceof Long device
                    && local(device, place);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException cannotTell) {
            return false;
        }
    }

    private boolean local(Object device, Path place) throws IOException {
        Boolean known = local.get(device);
        if (known == null) {
            synchronized (fileSystems) {
                known = fileSystems.hold(place);
            }
            local.put(device, known);
        }
        return known;
    }
}
