package dev.sluice.cli.top;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The loop, on a screen of its own whose user presses a key as soon as he sees what he waits for. */
@Timeout(60)
final class LiveViewTest {
    private static final Duration SHORT = Duration.ofMillis(1);

    private final User user = new User();

    @Test
    void run_q_leaves() throws InterruptedException {
        user.seeing(frame -> frame.contains("q quit")).press('q');

        run(SampleReading::later);

        assertEquals(1, user.frames.size());
    }

    @Test
    void run_terminalGone_leaves() throws InterruptedException {
        user.seeing(frame -> true).press(-1);

        run(SampleReading::later);

        assertEquals(1, user.frames.size());
    }

    @Test
    void run_secondReading_isComparedWithTheFirst() throws InterruptedException {
        user.seeing(frame -> frame.contains("250/s")).press('q');

        run(() -> SampleReading.later("\"total\":1000", "\"total\":1500"));

        assertTrue(user.last().contains(" last 2 s"), user.last());
    }

    @Test
    void run_connectionLost_keepsWhatItKnowsAndRecovers() throws InterruptedException {
        Deque<CompletableFuture<Reading>> answers = new ArrayDeque<>();
        for (int i = 0; i < 3; i++) {
            answers.add(CompletableFuture.failedFuture(new CompletionException(new AdminException("refused"))));
        }
        CompletableFuture<Reading> later = CompletableFuture.completedFuture(SampleReading.later());
        user.seeing(frame -> frame.contains("connection lost, trying again: refused") && frame.contains("1,000"))
                .press('x');
        user.seeing(frame -> frame.contains(" last 2 s") && frame.contains("q quit"))
                .press('q');

        view(() -> answers.isEmpty() ? later : answers.remove(), SHORT).run();

        assertTrue(user.isDone());
    }

    @Test
    void run_serverHangs_staysUsable() throws InterruptedException {
        List<CompletableFuture<Reading>> asked = new ArrayList<>();
        user.seeing(frame -> asked.size() == 1).press('s');
        user.seeing(frame -> frame.contains("share of bytes")).press('q');

        view(
                        () -> {
                            asked.add(new CompletableFuture<>());
                            return asked.get(asked.size() - 1);
                        },
                        SHORT)
                .run();

        assertEquals(1, asked.size());
    }

    @Test
    void run_p_asksNothingUntilPressedAgain() throws InterruptedException {
        List<String> asked = new ArrayList<>();
        user.seeing(frame -> frame.contains("p pause")).press('p');
        user.seeing(frame -> frame.contains("paused") && user.frames.size() > 10)
                .press('P');
        user.seeing(frame -> !frame.contains("paused") && frame.contains(" last 2 s"))
                .press('q');

        view(
                        () -> {
                            asked.add(user.last());
                            return CompletableFuture.completedFuture(SampleReading.later());
                        },
                        SHORT)
                .run();

        assertTrue(asked.stream().noneMatch(frame -> frame.contains("paused")), asked::toString);
    }

    @Test
    void run_sizeChanges_drawsInTheNewOne() throws InterruptedException {
        user.seeing(frame -> frame.lines().count() == 24).resize(new Size(60, 30));
        user.seeing(frame -> frame.lines().count() == 30).press('q');

        run(SampleReading::later);

        assertTrue(user.last().lines().allMatch(line -> line.length() <= 60), user.last());
    }

    private void run(Supplier<Reading> source) throws InterruptedException {
        view(() -> CompletableFuture.completedFuture(source.get()), SHORT).run();
        assertTrue(user.isDone());
    }

    private LiveView view(Supplier<CompletableFuture<Reading>> source, Duration interval) {
        Screen screen = new Screen(URI.create("http://127.0.0.1:8081/"));
        return new LiveView(source, screen, user, interval, SampleReading.first());
    }

    /** Acts on what is shown, in the order told. */
    private static final class User implements Display {
        private final List<String> frames = new ArrayList<>();
        private final Deque<Predicate<String>> awaited = new ArrayDeque<>();
        private final Deque<Runnable> acts = new ArrayDeque<>();
        private Size size = new Size(80, 24);
        private IntConsumer keys = key -> {};

        User seeing(Predicate<String> sight) {
            awaited.add(sight);
            return this;
        }

        void press(int key) {
            acts.add(() -> keys.accept(key));
        }

        void resize(Size to) {
            acts.add(() -> size = to);
        }

        boolean isDone() {
            return awaited.isEmpty();
        }

        String last() {
            return frames.get(frames.size() - 1);
        }

        @Override
        public Size size() {
            return size;
        }

        @Override
        public void show(List<Line> lines, Size shown) {
            frames.add(String.join(
                    "\n",
                    lines.stream()
                            .map(line -> line.text(shown.columns(), Style.Palette.NONE))
                            .toList()));
            if (!awaited.isEmpty() && awaited.element().test(last())) {
                awaited.remove();
                acts.remove().run();
            }
        }

        @Override
        public void listen(IntConsumer listener) {
            keys = listener;
        }
    }
}
