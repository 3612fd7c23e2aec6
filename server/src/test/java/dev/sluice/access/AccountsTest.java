package dev.sluice.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AccountsTest {
    private static final String SECRET = "$2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW";
    private static final String OTHER_AT_COST_5 = PasswordHash.of("other", 5).text();

    private final AtomicLong now = new AtomicLong();
    private final List<PasswordHash> checked = new ArrayList<>();
    private final Accounts accounts = new Accounts(
            Map.of("ann", SECRET, "bob", OTHER_AT_COST_5),
            (hash, password) -> {
                checked.add(hash);
                return hash.matches(password);
            },
            now::get);

    @Test
    void knows_usersAndPasswords_onlyTheirOwn() {
        assertTrue(accounts.knows("ann", "secret"));
        assertTrue(accounts.knows("bob", "other"));
        assertFalse(accounts.knows("ann", "other"));
        assertFalse(accounts.knows("bob", "secret"));
        assertFalse(accounts.knows("Ann", "secret"));
        assertFalse(accounts.knows("", ""));
    }

    @Test
    void knows_unknownUser_paysForABcryptOfTheHighestCost() {
        accounts.knows("eve", "secret");

        assertEquals(List.of(5), checked.stream().map(PasswordHash::cost).toList());
    }

    /** The decoy's answer must not count, whatever it is. */
    @Test
    void knows_unknownUserWhoseDecoyMatches_isFalse() {
        Accounts gullible = new Accounts(Map.of("ann", SECRET), (hash, password) -> true, now::get);

        assertFalse(gullible.knows("eve", "x"));
        assertTrue(gullible.knows("ann", "x"));
    }

    @Test
    void knows_rightAgain_costsNoBcryptForFiveMinutes() {
        accounts.knows("ann", "secret");
        pass(Accounts.KEEP_RIGHT.minusNanos(1));
        assertTrue(accounts.knows("ann", "secret"));
        assertEquals(1, checked.size());

        pass(Duration.ofNanos(2));
        assertTrue(accounts.knows("ann", "secret"));
        assertEquals(2, checked.size());
    }

    @Test
    void knows_wrongAgain_isCheckedAfterASecond() {
        accounts.knows("ann", "guess");
        accounts.knows("ann", "guess");
        assertEquals(1, checked.size());

        pass(Accounts.KEEP_WRONG.plusNanos(1));
        assertFalse(accounts.knows("ann", "guess"));
        assertEquals(2, checked.size());
    }

    /** Were the key the mere concatenation, the second would find the result of the first. */
    @Test
    void knows_sameTextCutElsewhere_isAnotherPair() {
        Accounts gullible = new Accounts(Map.of("ann", SECRET), (hash, password) -> true, now::get);
        gullible.knows("ann", "x");

        assertFalse(gullible.knows("an", "nx"));
    }

    @Test
    void knownAlready_beforeAndAfterTheCheck_isEmptyThenTheResult() {
        assertEquals(Optional.empty(), accounts.knownAlready("ann", "secret"));
        assertEquals(0, checked.size());
        accounts.knows("ann", "secret");
        accounts.knows("ann", "guess");

        assertEquals(Optional.of(true), accounts.knownAlready("ann", "secret"));
        assertEquals(Optional.of(false), accounts.knownAlready("ann", "guess"));
        assertEquals(Optional.empty(), accounts.knownAlready("bob", "secret"));
    }

    @Test
    void knows_sameAtTheSameTime_isCheckedOnceAndAnsweredToAll() throws Exception {
        CountDownLatch checking = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger checks = new AtomicInteger();
        Accounts slow = new Accounts(
                Map.of("ann", SECRET),
                (hash, password) -> {
                    checks.incrementAndGet();
                    checking.countDown();
                    await(goOn);
                    return true;
                },
                now::get);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> answers = new ArrayList<>();
            answers.add(threads.submit(() -> slow.knows("ann", "secret")));
            await(checking);
            assertEquals(Optional.empty(), slow.knownAlready("ann", "secret"));
            for (int i = 0; i < 3; i++) {
                answers.add(threads.submit(() -> slow.knows("ann", "secret")));
            }
            goOn.countDown();
            for (Future<Boolean> answer : answers) {
                assertTrue(answer.get(10, TimeUnit.SECONDS));
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(1, checks.get());
    }

    @Test
    void knows_checkFails_isCheckedAgain() {
        AtomicInteger checks = new AtomicInteger();
        Accounts failing = new Accounts(
                Map.of("ann", SECRET),
                (hash, password) -> {
                    if (checks.incrementAndGet() == 1) {
                        throw new IllegalStateException("first");
                    }
                    return true;
                },
                now::get);

        assertThrows(IllegalStateException.class, () -> failing.knows("ann", "secret"));
        assertEquals(Optional.empty(), failing.knownAlready("ann", "secret"));
        assertTrue(failing.knows("ann", "secret"));
    }

    @Test
    void new_badHash_namesTheUserAndNotTheHash() {
        String message = assertThrows(IllegalArgumentException.class, () -> new Accounts(Map.of("ann", "secret")))
                .getMessage();

        assertTrue(message.startsWith("user \"ann\": not a bcrypt hash"), message);
        assertFalse(message.contains("secret"), message);
    }

    @Test
    void new_nobody_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Accounts(Map.of()));
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
