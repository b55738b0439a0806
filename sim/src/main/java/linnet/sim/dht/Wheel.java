package linnet.sim.dht;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What will happen, ordered by time and then by the order in which it was planned: a hierarchical timing wheel (Varghese and
 * Lauck 1987) with slots of 1 ms, slots of 4 s, and a list for what comes later than 4.6 hours. Planning and taking cost the same
 * however much waits, where a heap of 100,000 entries costs a miss of the cache per level.
 */
final class Wheel {
    private static final int BITS = 12;
    private static final int SLOTS = 1 << BITS;
    private static final int MASK = SLOTS - 1;

    private final Slot[] near = slots();
    private final Slot[] far = slots();
    private final Slot beyond = new Slot();
    private long nowMillis;
    private long size;

    /** Returns the time of what happened last, from 0. */
    long nowMillis() {
        return nowMillis;
    }

    /** Returns how much is planned. */
    long size() {
        return size;
    }

    /** Plans something; the past is now. */
    void plan(Due due, long atMillis) {
        due.atMillis = Math.max(atMillis, nowMillis);
        size++;
        place(due);
    }

    /** Takes what happens next and moves the time there; null, and the time moves to {@code untilMillis}, if nothing does before or at it. */
    @Nullable
    Due poll(long untilMillis) {
        while (true) {
            Due due = near[(int) nowMillis & MASK].take();
            if (due != null) {
                size--;
                return due;
            }
            if (nowMillis >= untilMillis) return null;
            nowMillis++;
            if (((int) nowMillis & MASK) == 0) turn();
        }
    }

    /** Begins a block of slots of 1 ms. What was planned for it long ago comes before what is planned from now on, as it should. */
    private void turn() {
        if (((int) (nowMillis >>> BITS) & MASK) == 0) spread(beyond);
        spread(far[(int) (nowMillis >>> BITS) & MASK]);
    }

    private void spread(Slot slot) {
        Slot all = slot.takeAll();
        for (Due due = all.take(); due != null; due = all.take()) place(due);
    }

    private void place(Due due) {
        long at = due.atMillis;
        if (at >>> BITS == nowMillis >>> BITS) near[(int) at & MASK].add(due);
        else if (at >>> (2 * BITS) == nowMillis >>> (2 * BITS)) far[(int) (at >>> BITS) & MASK].add(due);
        else beyond.add(due);
    }

    private static Slot[] slots() {
        Slot[] slots = new Slot[SLOTS];
        for (int i = 0; i < SLOTS; i++) slots[i] = new Slot();
        return slots;
    }

    /** A queue of what is due in one stretch of time: an array, because a list through the entries is a miss of the cache for each. */
    private static final class Slot {
        private static final @Nullable Due[] NONE = {};
        private static final int FIRST = 16;
        private @Nullable Due[] dues = NONE;
        private int first;
        private int end;

        void add(Due due) {
            if (end == dues.length) dues = Arrays.copyOf(dues, Math.max(FIRST, 2 * end));
            dues[end++] = due;
        }

        @Nullable
        Due take() {
            if (first < end) return dues[first++];
            Arrays.fill(dues, 0, end, null);
            first = 0;
            end = 0;
            return null;
        }

        /** Takes everything, and gives the room back. */
        Slot takeAll() {
            Slot all = new Slot();
            all.dues = dues;
            all.end = end;
            dues = NONE;
            end = 0;
            return all;
        }
    }
}
