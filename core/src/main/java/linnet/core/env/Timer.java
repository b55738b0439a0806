package linnet.core.env;

/** A task that has not run yet. */
public interface Timer {
    /** Forgets the task. Does nothing if it has run or was cancelled before. */
    void cancel();
}
