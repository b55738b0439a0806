package linnet.core.dht;

import linnet.core.env.Failure;
import linnet.core.wire.Whereabouts;

/** Sees each hop of a lookup as it happens: for people who want to know why. Only looks; nothing here changes the lookup. */
public interface LookupTrace {
    /** Nobody looks. */
    LookupTrace NONE = new LookupTrace() {};

    /**
     * A peer is asked.
     *
     * @param hop questions on the way to it, this one counted
     */
    default void onAsked(Whereabouts peer, int hop) {}

    /**
     * It answered.
     *
     * @param named how many peers it named
     * @param records how many records it gave
     */
    default void onAnswered(Whereabouts peer, int hop, int rttMillis, int named, int records) {}

    /** It did not. */
    default void onFailed(Whereabouts peer, int hop, Failure why) {}
}
