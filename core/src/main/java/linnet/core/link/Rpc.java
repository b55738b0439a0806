package linnet.core.link;

import java.time.Duration;
import linnet.core.env.Failure;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.Whereabouts;

/**
 * Questions to other peers, by whatever carries them: sealed packets in one round trip, else a link that is up (SPEC decision 16). Which
 * of these is its business.
 */
public interface Rpc {
    /**
     * Asks. The answer is called exactly once, as an input of its own, never from within this call.
     *
     * @param timeout the upper bound; a lost packet is sent again within it, by the round trips measured so far
     */
    <A extends DhtAnswer> void ask(Whereabouts to, DhtQuestion<A> question, Duration timeout, Answer<A> answer);

    /** Returns whether this host can ask such a peer at all: not every peer can be reached from everywhere. */
    boolean canAsk(Whereabouts to);

    /**
     * What becomes of a question.
     *
     * @param <A> what answers it
     */
    interface Answer<A extends DhtAnswer> {
        /**
         * The peer answered, and has proved who it is.
         *
         * @param rttMillis from the last sending to the answer
         */
        void onAnswer(A answer, int rttMillis);

        /** There is no answer, or it is a refusal. */
        void onFailure(Failure why);
    }

    /** Who answers the questions of others. */
    interface Served {
        /**
         * A question came from a peer that proved who it is. Answered once, now or later (after a sync).
         *
         * @param from who asks
         */
        void onQuestion(Asker from, DhtQuestion<?> question, Reply reply);

        /**
         * A peer that asked before is now known to be where it says it is; until then its {@link Asker#serves} was false, because its first
         * packet could have been repeated by somebody else, from anywhere.
         */
        default void onProven(Asker from) {}
    }

    /** Takes the answer to one question, once. */
    interface Reply {
        /** Sends the answer back the way the question came; {@link DhtAnswer.Refused} refuses. */
        void answer(DhtAnswer answer);
    }

    /**
     * Who asks.
     *
     * @param where the asker, at the address that it was heard from
     * @param serves whether it says that it answers questions itself, and was heard at its address; others do not belong into a routing table
     */
    record Asker(Whereabouts where, boolean serves) {}
}
