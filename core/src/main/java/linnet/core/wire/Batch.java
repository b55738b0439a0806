package linnet.core.wire;

import java.util.ArrayList;
import java.util.List;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;

/** The plaintext of one sealed message of a link: encoded frames, each behind its length. Sealing once for many saves a tag each. */
public final class Batch {
    private Writer writer;

    /** Creates an empty batch. */
    public Batch() {
        this(Writer.BYTES_FIRST);
    }

    /** Creates an empty batch for about {@code bytes}, so that it need not grow. */
    public Batch(int bytes) {
        this.writer = new Writer(bytes);
    }

    /** Returns how many bytes a frame of this length takes in a batch. */
    public static int sizeOf(int frameBytes) {
        return Writer.sizeOf(frameBytes) + frameBytes;
    }

    /** Adds an encoded frame. Returns false, and leaves it out, if it does not fit any more. */
    public boolean add(Bytes frame) {
        if (frame.length() == 0 || frame.length() > Limits.FRAME_BYTES_MAX)
            throw new IllegalArgumentException("frame of " + frame.length() + " B");
        if (writer.length() + Writer.sizeOf(frame.length()) + frame.length() > Limits.BATCH_BYTES_MAX) return false;
        writer.sized(frame);
        return true;
    }

    /** Returns whether there is nothing to send. */
    public boolean isEmpty() {
        return writer.length() == 0;
    }

    /** Returns how many bytes there are so far. */
    public int length() {
        return writer.length();
    }

    /** Returns the plaintext and starts anew. */
    public Bytes take() {
        Bytes plain = writer.toBytes();
        writer = new Writer();
        return plain;
    }

    /** Returns the encoded frames of a plaintext, at least one. */
    public static List<Bytes> split(Bytes plain) {
        List<Bytes> frames = new ArrayList<>();
        for (Reader frame : readers(plain)) frames.add(frame.rest());
        return frames;
    }

    /** Returns a reader of each frame of a plaintext, at least one; the frames stay where they are. */
    public static List<Reader> readers(Bytes plain) {
        if (plain.length() == 0) throw new ProtocolViolation(Failure.Code.MALFORMED, "a message without a frame");
        List<Reader> frames = new ArrayList<>();
        Reader reader = new Reader(plain);
        while (reader.hasMore()) {
            Reader frame = reader.sized(Limits.FRAME_BYTES_MAX);
            if (!frame.hasMore()) throw new ProtocolViolation(Failure.Code.MALFORMED, "an empty frame");
            frames.add(frame);
        }
        return frames;
    }
}
