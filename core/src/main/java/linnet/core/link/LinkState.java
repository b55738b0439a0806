package linnet.core.link;

/**
 * The life of one link. (What people see of reaching a peer is another machine.)
 * <pre>
 *   OPENING ──open──► HANDSHAKE ──proof──► UP ──drain──► DRAINING
 *      │                  │                │                │
 *      └──────end─────────┴──────end───────┴──────end───────┴──► CLOSED
 * </pre>
 * A link that is UP can still be refused by the pool; a DRAINING one takes no new frames, sends what waits, and hears what the other
 * side still sends.
 */
enum LinkState {
    /** The channel is on its way. */
    OPENING,
    /** The channel is open; nobody has proved anything. */
    HANDSHAKE,
    /** Both sides have proved who they are. */
    UP,
    /** Another link took over, or the owner closes: what waits still leaves. */
    DRAINING,
    /** Over, whatever the channel still says. */
    CLOSED;

    /** What happens to a link. */
    enum Input {
        /** The channel opened. */
        OPEN,
        /** The handshake is complete and confirmed. */
        PROOF,
        /** No new frames. */
        DRAIN,
        /** Broken, refused, timed out, or drained. */
        END
    }

    /** Returns the state after {@code input}; an input that a state does not know changes nothing. */
    LinkState on(Input input) {
        return switch (input) {
            case OPEN -> this == OPENING ? HANDSHAKE : this;
            case PROOF -> this == HANDSHAKE ? UP : this;
            case DRAIN -> this == UP ? DRAINING : this;
            case END -> CLOSED;
        };
    }
}
