package linnet.core.wire;

import linnet.core.id.PeerId;

/**
 * A well-formed frame that only a newer program knows; answered with {@code Unsupported}.
 *
 * @param field its number in the frame's oneof
 */
public record UnknownFrame(int field) implements Frame {
    @Override
    public void dispatch(PeerId from, Frame.Handler handler) {
        handler.onUnknownFrame(from, this);
    }
}
