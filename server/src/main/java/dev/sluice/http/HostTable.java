package dev.sluice.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What each host stands for. The most specific pattern decides: a host with a port, a host, {@code *.} with a port,
 * {@code *.}, and at last {@code default}; among several {@code *.} of a kind the longest. Immutable.
 *
 * @param <T> what hosts stand for
 */
public final class HostTable<T> {
    /**
     * By the text of the pattern, the same for all that mean the same. The records themselves would do, but the first hash
     * code of a record has the JVM make methods for it, which takes a start 4 % of its time.
     */
    private final Map<String, T> targets;

    private final boolean wildcards;
    private final Optional<T> fallback;

    private HostTable(Map<String, T> targets, boolean wildcards) {
        this.targets = Map.copyOf(targets);
        this.wildcards = wildcards;
        this.fallback = Optional.ofNullable(targets.get(HostPattern.DEFAULT));
    }

    /** Returns a builder without hosts. */
    public static <T> Builder<T> builder() {
        return new Builder<>();
    }

    /**
     * Finds what a request is for.
     *
     * @param hostField the value of {@code Host}
     * @param localPort the port that a value without one means: that of the scheme
     * @return the target, or empty if the value is malformed or no pattern fits
     */
    public Optional<T> find(String hostField, int localPort) {
        return HostName.parse(hostField).flatMap(host -> find(host, localPort));
    }

    /** Returns the target of {@code default}, which is also that of a request without {@code Host}. */
    public Optional<T> fallback() {
        return fallback;
    }

    private Optional<T> find(HostName host, int localPort) {
        OptionalInt port = host.port().isPresent() ? host.port() : OptionalInt.of(localPort);
        OptionalInt any = OptionalInt.empty();
        T target = targets.get(new HostPattern.Exact(new HostName(host.name(), port)).text());
        if (target == null) {
            target = targets.get(new HostPattern.Exact(new HostName(host.name(), any)).text());
        }
        if (target == null && wildcards) {
            target = above(host.name(), port);
        }
        if (target == null && wildcards) {
            target = above(host.name(), any);
        }
        return target == null ? fallback : Optional.of(target);
    }

    /** Finds the pattern of the longest domain above a name. */
    private @Nullable T above(String name, OptionalInt port) {
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            T target = targets.get(new HostPattern.Below(new HostName(name.substring(dot + 1), port)).text());
            if (target != null) {
                return target;
            }
        }
        return null;
    }

    /**
     * Collects hosts. Not for use by several threads.
     *
     * @param <T> what hosts stand for
     */
    public static final class Builder<T> {
        private final Map<String, T> targets = new HashMap<>();
        private final Map<String, String> spellings = new HashMap<>();
        private boolean wildcards;

        private Builder() {}

        /**
         * Adds a host.
         *
         * @param pattern as in {@link HostPattern#parse}
         * @param target what it stands for
         * @throws IllegalArgumentException if the pattern is malformed, or the same host is there already, however it was
         *     written
         */
        public Builder<T> add(String pattern, T target) {
            HostPattern host = HostPattern.parse(pattern);
            String earlier = spellings.putIfAbsent(host.text(), pattern);
            if (earlier != null) {
                throw new IllegalArgumentException(
                        "host: " + pattern + " (expected: each host once; " + earlier + " is the same)");
            }
            targets.put(host.text(), target);
            wildcards |= host instanceof HostPattern.Below;
            return this;
        }

        /** Returns the table of the hosts added so far. */
        public HostTable<T> build() {
            return new HostTable<>(targets, wildcards);
        }
    }
}
