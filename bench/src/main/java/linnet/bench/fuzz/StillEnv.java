package linnet.bench.fuzz;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import linnet.core.env.Chance;
import linnet.core.env.Env;
import linnet.core.env.Log;
import linnet.core.env.Store;
import linnet.core.env.Timer;

/** A world without disk and network, in which time passes when it is told to. */
final class StillEnv implements Env {
    private static final long WALL_MILLIS = 1_800_000_000_000L;

    private final List<Task> tasks = new ArrayList<>();
    private long nowMillis;

    /** Lets time pass and runs what is due, each as an input of its own. */
    void pass(long millis) {
        nowMillis += millis;
        for (Task task : List.copyOf(tasks)) {
            if (task.atMillis > nowMillis || !tasks.remove(task)) continue;
            task.what.run();
        }
    }

    @Override
    public long nowMillis() {
        return nowMillis;
    }

    @Override
    public long wallMillis() {
        return WALL_MILLIS + nowMillis;
    }

    @Override
    public Chance chance(String component) {
        return new Chance(component.length());
    }

    @Override
    public Timer after(Duration delay, Runnable what) {
        Task task = new Task(nowMillis + delay.toMillis(), what);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    @Override
    public Store store() {
        throw new IllegalStateException("links keep nothing");
    }

    @Override
    public Log log() {
        return (name, keysAndValues) -> {};
    }

    /** What runs later. A class and no record: two equal tasks are two. */
    private static final class Task {
        private final long atMillis;
        private final Runnable what;

        private Task(long atMillis, Runnable what) {
            this.atMillis = atMillis;
            this.what = what;
        }
    }
}
