package linnet.sim.dht;

/** Something planned. It is its own entry in the {@link Wheel}, so that planning it costs no other object. */
abstract class Due {
    /** When it happens, in virtual milliseconds. Set by the wheel. */
    long atMillis;

    /** Lets it happen; returns whether it was an event: false for what was cancelled or lost its host. */
    abstract boolean happen();

    /** Returns to whom it happens, and what: part of the hash of the run. */
    abstract int what();
}
