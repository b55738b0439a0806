package linnet.core.wire;

import linnet.core.env.Failure;
import linnet.core.id.PeerId;
import org.jspecify.annotations.Nullable;

/** Questions about the network, and answers, over a link that is up. */
public sealed interface DhtFrame extends Frame {
    @Override
    default void dispatch(PeerId from, Frame.Handler handler) {
        handler.onDhtFrame(from, this);
    }

    /**
     * A question.
     *
     * @param number drawn by the asker, from 0; the answer repeats it
     * @param question what is asked; null for what only a newer program knows
     * @param asker where the asker can be asked; null if it was said before
     */
    record Asked(
            int number,
            @Nullable DhtQuestion<?> question,
            @Nullable Reachable asker) implements DhtFrame {
        /** Returns the answer that says no. */
        public Answered refused(Failure.Code code) {
            return new Answered(number, new DhtAnswer.Refused(new Failure(code)));
        }
    }

    /**
     * An answer.
     *
     * @param number that of the question
     * @param answer what is answered; null for what only a newer program knows
     */
    record Answered(int number, @Nullable DhtAnswer answer) implements DhtFrame {}
}
