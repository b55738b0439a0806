package linnet.core.wire;

import linnet.core.env.Failure;

/** Frames of the link itself: keep-alive, good-bye, and "I do not know this". */
public sealed interface LinkFrame extends Frame {
    @Override
    default void dispatch(linnet.core.id.PeerId from, Frame.Handler handler) {
        handler.onLinkFrame(from, this);
    }

    /**
     * Asks for a sign of life.
     *
     * @param number repeated in the answer
     */
    record Ping(int number) implements LinkFrame {}

    /**
     * Answers a ping.
     *
     * @param number that of the ping
     */
    record Pong(int number) implements LinkFrame {}

    /**
     * The sender closes the link after this frame.
     *
     * @param why the typed reason
     */
    record Close(Failure why) implements LinkFrame {}

    /**
     * Answers a frame that is not known here.
     *
     * @param field its number in the frame's oneof
     */
    record Unsupported(int field) implements LinkFrame {}
}
