package linnet.core.link;

import linnet.core.crypto.NoiseCipher;
import linnet.core.env.Channel;
import linnet.core.id.Bytes;
import linnet.core.wire.Frame;
import linnet.core.wire.FrameCodec;
import org.jspecify.annotations.Nullable;

/**
 * The way out of one link: frames wait in a {@link SendQueue}, leave in batches as large as a message allows, and stop when the channel
 * has no room. What was sealed once is sent as it is, however often the channel refuses it: its number in the cipher is taken.
 */
final class SealedSender {
    private final SendQueue queue;
    private @Nullable Channel channel;
    private @Nullable NoiseCipher cipher;
    private @Nullable Bytes refused;
    private long sentBytes;

    SealedSender(SendQueue queue) {
        this.queue = queue;
    }

    /** The channel opened. */
    void open(Channel channel) {
        this.channel = channel;
    }

    /** The handshake gave the key: from now on everything is sealed. */
    void seal(NoiseCipher cipher) {
        this.cipher = cipher;
    }

    boolean canSeal() {
        return cipher != null;
    }

    SendQueue queue() {
        return queue;
    }

    /** Queues a frame, or returns false if its queue is full. */
    boolean offer(Frame frame) {
        return queue.offer(Priority.of(frame), FrameCodec.encode(frame));
    }

    /** Sends bytes of the handshake as they are. Only one message is ever under way there, so there is one place to wait. */
    void sendClear(Bytes message) {
        hand(message);
    }

    /** Sends what waits, as far as the channel takes it. Returns whether the channel is out of room. */
    boolean flush() {
        Bytes first = refused;
        refused = null;
        if (first != null) hand(first);
        while (refused == null && cipher != null && !queue.isEmpty()) {
            hand(cipher.seal(queue.nextRecord()));
        }
        return refused != null;
    }

    /** Returns whether the channel refused a message that still waits. */
    boolean isBlocked() {
        return refused != null;
    }

    /** Returns whether nothing waits here; the channel may still have some. */
    boolean isEmpty() {
        return refused == null && queue.isEmpty();
    }

    /** Returns the bytes that wait here and in the channel. */
    int queuedBytes() {
        return queue.bytes() + (refused == null ? 0 : refused.length()) + channelBytes();
    }

    /** Returns the bytes that wait in the channel. */
    int channelBytes() {
        return channel == null ? 0 : channel.queuedBytes();
    }

    /** Returns the bytes that the channel took. */
    long sentBytes() {
        return sentBytes;
    }

    private void hand(Bytes message) {
        if (channel == null || refused != null)
            throw new IllegalStateException("the channel cannot take a message now");
        if (channel.send(message)) sentBytes += message.length();
        else refused = message;
    }
}
