package dev.sluice.ledger;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue from many producers to one consumer that blocks, locks and wakes nobody.
 *
 * <p>The JDK's bounded queues take a lock and signal a waiter for every element; an unpark is a system call that each
 * request would pay for.
 *
 * @param <E> what is queued
 */
final class BoundedQueue<E> {
    private final AtomicReferenceArray<E> slots;
    private final int mask;
    private final AtomicLong tail = new AtomicLong();
    private final AtomicLong head = new AtomicLong();

    /**
     * Creates an empty queue.
     *
     * @param capacity 1..2^30, rounded up to a power of two
     */
    BoundedQueue(int capacity) {
        slots = new AtomicReferenceArray<>(PowerOfTwo.atLeast(capacity));
        mask = slots.length() - 1;
    }

    /**
     * Appends an element; from any thread.
     *
     * @return false if the queue is full
     */
    boolean offer(E element) {
        long position;
        do {
            position = tail.get();
            if (position - head.get() > mask) {
                return false;
            }
        } while (!tail.compareAndSet(position, position + 1));
        slots.lazySet((int) position & mask, element);
        return true;
    }

    /**
     * Removes the oldest element; from one thread at a time.
     *
     * @return null if the queue is empty, or if the producer of the oldest element has claimed its slot and not yet
     *     stored into it
     */
    @Nullable
    E poll() {
        long position = head.get();
        int slot = (int) position & mask;
        E element = slots.get(slot);
        if (element != null) {
            // Emptied before the head moves: a producer may store into the slot as soon as it sees the new head.
            slots.lazySet(slot, null);
            head.lazySet(position + 1);
        }
        return element;
    }
}
