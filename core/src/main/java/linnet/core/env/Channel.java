package linnet.core.env;

import linnet.core.id.Bytes;

/** Ordered, reliable messages to one host until it breaks, as a WebSocket or a data channel. Not authenticated. */
public interface Channel {
    /** The most bytes of one channel message: one Noise message. */
    int MESSAGE_BYTES_MAX = 65_535;

    /**
     * Queues one message of at most {@value #MESSAGE_BYTES_MAX} bytes.
     *
     * @return false if the channel is closed or more than its high-water mark waits; then nothing was queued and
     *     {@link Listener#onRoom} follows when there is room again
     */
    boolean send(Bytes bytes);

    /** Returns the bytes that wait in this process. */
    int queuedBytes();

    /**
     * Closes after what is queued has left, or at once when it does not leave within seconds. The other side hears {@code onClosed} with the
     * same code (an unauthenticated hint); this side's listener hears nothing more.
     */
    void close(Failure why);

    /** Hears of one channel, on the node's thread. Between {@code onOpen} and {@code onClosed} come messages, then nothing. */
    interface Listener {
        /** The channel can be used. */
        void onOpen(Channel channel);

        /** A message came. */
        void onBytes(Bytes bytes);

        /** There is room again after {@code send} returned false. */
        void onRoom();

        /** The channel broke, was closed by the other side, or could not be opened. */
        void onClosed(Failure why);
    }
}
