package linnet.core.wire;

import linnet.core.crypto.Crypto;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import org.jspecify.annotations.Nullable;

/** Frames to bytes and back: {@code frame.proto}. Decoding gives a frame that is right in itself, or a {@link ProtocolViolation}. */
public final class FrameCodec {
    static final int PING = 1;
    static final int PONG = 2;
    static final int CLOSE = 3;
    static final int UNSUPPORTED = 4;
    static final int INTRODUCTION = 5;
    static final int ENVELOPE = 6;
    static final int RECEIPT = 7;
    static final int PROBE = 8;
    static final int ASKED = 9;
    static final int ANSWERED = 10;

    private static final int FIELD_LAST = ANSWERED;

    private FrameCodec() {}

    /** Returns the bytes of a frame, at most {@link Limits#FRAME_BYTES_MAX}. */
    public static Bytes encode(Frame frame) {
        Writer writer;
        if (frame instanceof LinkFrame link) writer = LinkCodec.write(link);
        else if (frame instanceof MessageFrame message) writer = EnvelopeCodec.write(message);
        else if (frame instanceof ContactFrame.Introduction introduction) writer = ContactCodec.write(introduction);
        else if (frame instanceof DhtFrame dht) writer = DhtCodec.write(dht);
        else if (frame instanceof ProbeFrame probe) writer = LinkCodec.write(probe);
        else throw new IllegalArgumentException("a frame that is not known cannot be sent");
        return writer.toBytes();
    }

    /**
     * Reads a frame.
     *
     * @param crypto names envelopes: their id is a hash
     */
    public static Frame decode(Crypto crypto, Bytes bytes) {
        if (bytes.length() > Limits.FRAME_BYTES_MAX)
            throw new ProtocolViolation(Failure.Code.TOO_LARGE, "frame of " + bytes.length() + " B");
        return decode(crypto, new Reader(bytes));
    }

    /** Reads a frame that a batch has measured. */
    public static Frame decode(Crypto crypto, Reader reader) {
        @Nullable Frame frame = null;
        int unknown = 0;
        for (int field = reader.field(); field != 0; field = reader.field()) {
            if (field > FIELD_LAST) {
                if (unknown == 0 && reader.isSized()) unknown = field;
                reader.skip();
                continue;
            }
            if (frame != null) throw new ProtocolViolation(Failure.Code.MALFORMED, "two frames in one");
            frame = read(crypto, field, reader.message(Limits.FRAME_BYTES_MAX));
        }
        if (frame != null) return frame;
        if (unknown == 0) throw new ProtocolViolation(Failure.Code.MALFORMED, "no frame");
        return new UnknownFrame(unknown);
    }

    private static Frame read(Crypto crypto, int field, Reader reader) {
        return switch (field) {
            case PING -> new LinkFrame.Ping(LinkCodec.number(reader));
            case PONG -> new LinkFrame.Pong(LinkCodec.number(reader));
            case CLOSE -> LinkCodec.close(reader);
            case UNSUPPORTED -> new LinkFrame.Unsupported(LinkCodec.number(reader));
            case INTRODUCTION -> ContactCodec.introduction(reader);
            case ENVELOPE -> EnvelopeCodec.envelope(crypto, reader);
            case RECEIPT -> EnvelopeCodec.receipt(reader);
            case PROBE -> LinkCodec.probe(reader);
            case ASKED -> DhtCodec.asked(reader);
            case ANSWERED -> DhtCodec.answered(reader);
            default -> throw new AssertionError(field);
        };
    }
}
