package dev.sluice.access;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Users and the hashes of their passwords, for basic authentication (RFC 7617).
 *
 * <p>A check by bcrypt takes some 100 ms by design, and a browser sends the password with every request. So results are
 * kept for a while, under keys from which no password can be read: a right one for {@link #KEEP_RIGHT}, a wrong one for
 * {@link #KEEP_WRONG}, which is enough to answer a burst of the same wrong guess once. Equal checks that run at the same
 * time are made once; the others wait for it.
 *
 * <p>An unknown user costs the same time as a known one. Where the costs of the hashes differ, that is the highest of
 * them: users with cheaper hashes can then be told from unknown ones, so give all the same cost.
 *
 * <p>Every different guess costs a bcrypt and holds the calling thread meanwhile: who serves the open Internet bounds the
 * guesses, with a {@link RateLimiter} in front.
 */
public final class Accounts {
    /** How long a right password needs no new check. */
    static final Duration KEEP_RIGHT = Duration.ofMinutes(5);

    /** How long a wrong one is known to be wrong. */
    static final Duration KEEP_WRONG = Duration.ofSeconds(1);

    private static final int MOST_RESULTS = 10_000;

    private final Map<String, PasswordHash> hashes;
    private final PasswordHash decoy;
    private final PasswordCheck check;
    private final CredentialKey keys = new CredentialKey();
    private final AsyncCache<ByteBuffer, Boolean> results;

    /**
     * @param hashes the users and their bcrypt hashes, as {@link PasswordHash} reads them; at least one
     * @throws IllegalArgumentException if there is none, or a hash is none, with a message that names the user
     */
    public Accounts(Map<String, String> hashes) {
        this(hashes, PasswordHash::matches, Ticker.systemTicker());
    }

    Accounts(Map<String, String> hashes, PasswordCheck check, Ticker ticker) {
        this.hashes = read(hashes);
        this.decoy = PasswordHash.decoy(this.hashes.values().stream()
                .mapToInt(PasswordHash::cost)
                .max()
                .orElseThrow(() -> new IllegalArgumentException("users: none (expected: at least one)")));
        this.check = check;
        this.results = Caffeine.newBuilder()
                .maximumSize(MOST_RESULTS)
                .expireAfter(Expiry.<ByteBuffer, Boolean>creating((key, right) -> right ? KEEP_RIGHT : KEEP_WRONG))
                .ticker(ticker)
                .executor(Runnable::run)
                .buildAsync();
    }

    /** How a password is checked. */
    @FunctionalInterface
    interface PasswordCheck {
        boolean matches(PasswordHash hash, String password);
    }

    /**
     * Whether this is a user with this password. Blocks for as long as bcrypt takes, unless the result is known already:
     * not for I/O threads.
     *
     * @param password one longer than {@link PasswordHash#MAX_BYTES} in UTF-8 is never right
     */
    public boolean knows(String user, String password) {
        ByteBuffer key = keys.of(user, password);
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        @Nullable CompletableFuture<Boolean> others = results.asMap().putIfAbsent(key, mine);
        if (others != null) {
            return others.join();
        }
        try {
            boolean right = check(user, password);
            mine.complete(right);
            return right;
        } finally {
            // Does nothing after a result. After a fault the cache drops the entry and those who wait fail too.
            mine.cancel(false);
        }
    }

    /**
     * Whether this is a user with this password, if that is known without a check. Never blocks and costs some
     * microseconds: for I/O threads, which hand the request to a worker and {@link #knows} when this is empty.
     */
    public Optional<Boolean> knownAlready(String user, String password) {
        @Nullable CompletableFuture<Boolean> result = results.getIfPresent(keys.of(user, password));
        return result == null || !result.isDone() || result.isCompletedExceptionally()
                ? Optional.empty()
                : Optional.of(result.join());
    }

    /**
     * The same as {@link #knows}, but nothing is remembered: for one who only asks what would be. Blocks for as long as bcrypt
     * takes.
     */
    public boolean wouldKnow(String user, String password) {
        return knownAlready(user, password).orElseGet(() -> check(user, password));
    }

    private boolean check(String user, String password) {
        @Nullable PasswordHash hash = hashes.get(user);
        boolean matches = check.matches(hash == null ? decoy : hash, password);
        return matches && hash != null;
    }

    private static Map<String, PasswordHash> read(Map<String, String> hashes) {
        Map<String, PasswordHash> read = new HashMap<>();
        hashes.forEach((user, text) -> {
            try {
                read.put(user, new PasswordHash(text));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("user \"" + user + "\": " + e.getMessage(), e);
            }
        });
        return Map.copyOf(read);
    }
}
