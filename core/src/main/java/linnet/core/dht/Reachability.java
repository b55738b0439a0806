package linnet.core.dht;

/**
 * Whether others can reach this node without being asked first: only such nodes serve, because a table full of peers that nobody can reach
 * is what breaks networks (SPEC L10). Several peers that this node never wrote to are asked to try; two of the last three decide, so that
 * one liar or one lost packet does not.
 *
 * <pre>
 *   UNKNOWN ──2 of 3 reached──► SERVES
 *      │                       ▲      │
 *      └──2 of 3 failed──► CLIENT ◄───┘
 * </pre>
 */
public final class Reachability {
    private static final int WINDOW = 3;
    private static final int MAJORITY = 2;

    private int tries;

    /** The last tries, one bit each, the newest lowest. */
    private int reached;

    private Mode mode = Mode.UNKNOWN;

    Reachability() {}

    /** What a node is for others. */
    public enum Mode {
        /** Too few have tried yet. */
        UNKNOWN,
        /** Others do not reach it: it asks, and is not asked. */
        CLIENT,
        /** Others reach it, and it serves them. */
        SERVES
    }

    Mode mode() {
        return mode;
    }

    /** Somebody tried. Returns the mode now. */
    Mode onTried(boolean wasReached) {
        reached = (reached << 1 | (wasReached ? 1 : 0)) & ((1 << WINDOW) - 1);
        if (tries < WINDOW) tries++;
        int yes = Integer.bitCount(reached);
        if (yes >= MAJORITY) mode = Mode.SERVES;
        else if (tries - yes >= MAJORITY) mode = Mode.CLIENT;
        return mode;
    }

    /** The address changed: what was found out is worth nothing, but the node goes on as it was until somebody tried again. */
    void onAddressChanged() {
        tries = 0;
        reached = 0;
    }

    /** Returns whether more tries are needed. */
    boolean isOpen() {
        return tries < WINDOW && Integer.bitCount(reached) < MAJORITY && tries - Integer.bitCount(reached) < MAJORITY;
    }
}
