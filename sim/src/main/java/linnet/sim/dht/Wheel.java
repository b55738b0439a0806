package linnet.sim.dht;

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
        Due due = slot.first;
        slot.first = null;
        slot.last = null;
        while (due != null) {
            Due following = due.next;
            due.next = null;
            place(due);
            due = following;
        }
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

    /** A queue of what is due in one stretch of time. */
    private static final class Slot {
        private @Nullable Due first;
        private @Nullable Due last;

        void add(Due due) {
            if (last == null) first = due;
            else last.next = due;
            last = due;
        }

        @Nullable
        Due take() {
            Due due = first;
            if (due == null) return null;
            first = due.next;
            if (first == null) last = null;
            due.next = null;
            return due;
        }
    }
}
