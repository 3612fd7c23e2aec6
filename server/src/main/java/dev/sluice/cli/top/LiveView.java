package dev.sluice.cli.top;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The live view: one thread that waits for a key, an answer or its time to ask, whichever comes first, so that no server
 * that hangs can keep its user from leaving.
 */
final class LiveView {
    private final Supplier<CompletableFuture<Reading>> source;
    private final Screen screen;
    private final Display display;
    private final Duration interval;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    private Reading latest;
    private Figures figures;
    private Tables.Order order = Tables.Order.REQUESTS;
    private @Nullable String lost;
    private boolean paused;
    private boolean asking;
    private long due;

    /**
     * @param source takes a reading
     * @param first one that was taken already
     */
    LiveView(
            Supplier<CompletableFuture<Reading>> source,
            Screen screen,
            Display display,
            Duration interval,
            Reading first) {
        this.source = source;
        this.screen = screen;
        this.display = display;
        this.interval = interval;
        this.latest = first;
        this.figures = Figures.of(first, null);
    }

    /** Shows the server until its user leaves. */
    void run() throws InterruptedException {
        display.listen(key -> events.add(new Key(key)));
        due = System.nanoTime() + interval.toNanos();
        boolean goesOn = true;
        while (goesOn) {
            draw();
            @Nullable Event event = events.poll(untilDue(), TimeUnit.NANOSECONDS);
            if (event == null) {
                ask();
            } else {
                goesOn = take(event);
            }
        }
    }

    /** While nothing is to be asked it still looks from time to time whether the window has another size. */
    private long untilDue() {
        return asking || paused ? interval.toNanos() : Math.max(0, due - System.nanoTime());
    }

    private void ask() {
        if (asking || paused) {
            return;
        }
        asking = true;
        due = System.nanoTime() + interval.toNanos();
        // Its own result, the same again, is nobody's concern.
        var unused = source.get().whenComplete((reading, fault) -> events.add(new Answered(reading, fault)));
    }

    /** Whether to go on. */
    private boolean take(Event event) {
        if (event instanceof Key key) {
            return press(key.octet);
        }
        if (event instanceof Answered answered) {
            asking = false;
            answer(answered);
        }
        return true;
    }

    private void answer(Answered answered) {
        if (answered.reading == null) {
            lost = reason(answered.fault);
        } else {
            figures = Figures.of(answered.reading, latest);
            latest = answered.reading;
            lost = null;
        }
    }

    private static String reason(@Nullable Throwable fault) {
        Throwable cause = fault == null || fault.getCause() == null ? fault : fault.getCause();
        return cause == null ? "no reading" : String.valueOf(cause.getMessage());
    }

    private boolean press(int octet) {
        switch (octet) {
            case 'q', 'Q', -1 -> {
                return false;
            }
            case 'p', 'P' -> paused = !paused;
            case 's', 'S' -> order = order.other();
            default -> {
                // Another key does nothing.
            }
        }
        return true;
    }

    private void draw() {
        Size size = display.size();
        display.show(screen.screen(latest, figures, order, size, footer()), size);
    }

    private Line footer() {
        Line footer = new Line();
        if (lost != null) {
            return footer.add(Style.RED, "connection lost, trying again: " + lost);
        }
        footer.add(Style.BOLD, "q").add(" quit  ");
        footer.add(Style.BOLD, "p").add(paused ? " go on  " : " pause  ");
        footer.add(Style.BOLD, "s").add(" by " + order.other().word() + "  ");
        return paused ? footer.add(Style.YELLOW, "paused") : footer;
    }

    /** What the view waits for. */
    private sealed interface Event {}

    private record Key(int octet) implements Event {}

    private record Answered(
            @Nullable Reading reading, @Nullable Throwable fault) implements Event {}
}
