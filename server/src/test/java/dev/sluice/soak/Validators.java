package dev.sluice.soak;

import dev.sluice.fault.VersionedBody.Identity;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which body each entity tag stood for: a strong one stands for one, wherever and however it is sent (RFC 9110 §8.8.3). */
final class Validators {
    private final Map<String, Identity> byTag = new ConcurrentHashMap<>();

    /**
     * Takes an answer down.
     *
     * @param tag its entity tag
     * @param identity what its body turned out to be
     * @throws AssertionError if another body had the same tag
     */
    void check(String tag, Identity identity) {
        Identity known = byTag.putIfAbsent(tag, identity);
        if (known != null && !known.equals(identity)) {
            throw new AssertionError(tag + " stands for " + known + " and for " + identity);
        }
    }
}
