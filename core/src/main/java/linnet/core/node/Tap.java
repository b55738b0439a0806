package linnet.core.node;

import java.util.function.Consumer;
import linnet.core.env.Failure;
import linnet.core.id.PeerId;
import linnet.core.wire.Frame;

/**
 * Sees every link, and every decrypted frame between links and protocols. The simulator's trace and its faults on envelopes (held back,
 * doubled) use it; a host passes frames straight on.
 */
public interface Tap {
    /** Passes every frame on at once. */
    Tap NONE = new Tap() {
        @Override
        public void onSend(PeerId to, Frame frame) {}

        @Override
        public void onReceive(PeerId from, Frame frame, Consumer<Frame> next) {
            next.accept(frame);
        }
    };

    /** A peer is linked: a contact's device, or a stranger's. */
    default void onUp(PeerId peer) {}

    /** A peer is not linked any more. */
    default void onDown(PeerId peer, Failure why) {}

    /** A protocol hands {@code frame} to a link. */
    void onSend(PeerId to, Frame frame);

    /** A frame came. The tap gives it to {@code next}: now, later as an input of its own, or more than once. */
    void onReceive(PeerId from, Frame frame, Consumer<Frame> next);
}
