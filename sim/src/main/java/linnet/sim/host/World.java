package linnet.sim.host;

import linnet.core.env.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time: what will happen, ordered by time and then by the order in which it was planned. A heap with four children
 * per node, whose fewer levels suit many short-lived timers.
 */
public final class World {
    private static final int CHILDREN = 4;

    /** More than this waits only if something plans without end. */
    private static final int TASKS_MAX = 1 << 20;

    private Task[] heap = new Task[1 << 10];
    private int size;
    private long nowMillis;
    private int planned;
    private long events;

    /** Creates a world in which nothing is planned, at time 0. */
    public World() {}

    /** Returns the virtual time, from 0. */
    public long nowMillis() {
        return nowMillis;
    }

    /** Returns how many things have happened. */
    public long events() {
        return events;
    }

    /** Plans something that belongs to no host. */
    public Timer after(long delayMillis, Runnable what) {
        return plan(delayMillis, null, 0, what);
    }

    /** Plans an input of one life of a host; it is dropped when the host has crashed or stopped by then. */
    Timer after(long delayMillis, SimHost host, int life, Runnable what) {
        return plan(delayMillis, host, life, what);
    }

    /** Lets the next thing happen; returns false if nothing is planned before or at {@code untilMillis}. */
    public boolean step(long untilMillis) {
        while (size > 0) {
            Task next = heap[0];
            if (next.atMillis > untilMillis) break;
            pop();
            Runnable what = next.what;
            if (what == null) continue;
            next.what = null;
            nowMillis = next.atMillis;
            events++;
            if (next.host == null) what.run();
            else next.host.input(next.life, what);
            return true;
        }
        return false;
    }

    /** Moves the time on when nothing more happens before {@code untilMillis}. */
    public void rest(long untilMillis) {
        if (nowMillis < untilMillis) nowMillis = untilMillis;
    }

    private Task plan(long delayMillis, @Nullable SimHost host, int life, Runnable what) {
        if (size == TASKS_MAX) throw new IllegalStateException("more than " + TASKS_MAX + " tasks are planned");
        Task task = new Task(nowMillis + Math.max(0, delayMillis), planned++, host, life, what);
        if (size == heap.length) {
            Task[] larger = new Task[size * 2];
            System.arraycopy(heap, 0, larger, 0, size);
            heap = larger;
        }
        int at = size++;
        while (at > 0) {
            int parent = (at - 1) / CHILDREN;
            if (!task.isBefore(heap[parent])) break;
            heap[at] = heap[parent];
            at = parent;
        }
        heap[at] = task;
        return task;
    }

    @SuppressWarnings("NullAway") // a free slot of the heap is null and never read
    private void pop() {
        Task last = heap[--size];
        heap[size] = null;
        int at = 0;
        while (true) {
            int first = at * CHILDREN + 1;
            if (first >= size) break;
            int least = first;
            int end = Math.min(first + CHILDREN, size);
            for (int child = first + 1; child < end; child++) if (heap[child].isBefore(heap[least])) least = child;
            if (!heap[least].isBefore(last)) break;
            heap[at] = heap[least];
            at = least;
        }
        if (size > 0) heap[at] = last;
    }

    /** One planned thing. */
    private static final class Task implements Timer {
        private final long atMillis;
        private final int order;
        private final @Nullable SimHost host;
        private final int life;
        private @Nullable Runnable what;

        Task(long atMillis, int order, @Nullable SimHost host, int life, Runnable what) {
            this.atMillis = atMillis;
            this.order = order;
            this.host = host;
            this.life = life;
            this.what = what;
        }

        boolean isBefore(Task other) {
            return atMillis != other.atMillis ? atMillis < other.atMillis : order - other.order < 0;
        }

        @Override
        public void cancel() {
            what = null;
        }
    }
}
