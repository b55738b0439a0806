package linnet.core.env;

import java.time.Duration;

/**
 * The world as one node sees it: time, chance, timers, disk and a log. A JVM, a browser and the simulator each implement
 * it once. Every call happens on the node's single thread, and nothing here calls back into the node before the current
 * input is finished (docs/ARCHITECTURE.md, invariants 1 and 2).
 */
public interface Env {
    /** Returns milliseconds since some moment. Never goes back: for timers and limits. */
    long nowMillis();

    /** Returns milliseconds since 1970 as the device believes. May jump either way: for expiry dates and display only. */
    long wallMillis();

    /** Returns the stream of chance of one component, so that a draw in one place does not shift all others. */
    Chance chance(String component);

    /** Runs {@code task} once, {@code delay} from now, as an input of its own. */
    Timer after(Duration delay, Runnable task);

    /** Returns what survives a restart. */
    Store store();

    /** Returns the structured log. */
    Log log();
}
