package linnet.core.wire;

import linnet.core.id.PeerId;

/** Frames about who somebody is. Sent to contacts only: a stranger at the other end learns the device, not the person. */
public sealed interface ContactFrame extends Frame {
    @Override
    default void dispatch(PeerId from, Frame.Handler handler) {
        handler.onContactFrame(from, this);
    }

    /**
     * Said by each side when a link to a contact comes up, so that prekeys and addresses stay fresh.
     *
     * @param card its own
     */
    record Introduction(Card card) implements ContactFrame {}
}
