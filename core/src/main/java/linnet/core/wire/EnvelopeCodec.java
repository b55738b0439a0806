package linnet.core.wire;

import linnet.core.crypto.Crypto;
import linnet.core.id.Bytes;
import linnet.core.id.EnvelopeId;
import linnet.core.id.Key;
import linnet.core.id.PeerId;
import org.jspecify.annotations.Nullable;

/** Frames of messages: {@code message.proto}. */
final class EnvelopeCodec {
    private static final int AROUND_BYTES = 64;

    private EnvelopeCodec() {}

    static Writer write(MessageFrame frame) {
        if (frame instanceof Envelope envelope) return write(envelope);
        if (frame instanceof MessageFrame.Receipt receipt) {
            int size = 36;
            Writer writer = new Writer();
            int start = writer.open(FrameCodec.RECEIPT, size);
            return writer.key(1, receipt.id().key())
                    .uint(2, receipt.what().number())
                    .close(start, size);
        }
        throw new AssertionError(frame);
    }

    private static Writer write(Envelope envelope) {
        int size = envelope.sealed().length() + AROUND_BYTES;
        Writer writer = new Writer(size + 4);
        int start = writer.open(FrameCodec.ENVELOPE, size);
        return writer.key(1, envelope.to().key())
                .uint(3, envelope.hopsLeft())
                .uint64(4, envelope.expiresMillis())
                .bytes(5, envelope.sealed())
                .close(start, size);
    }

    static Envelope envelope(Crypto crypto, Reader reader) {
        @Nullable Key to = null;
        int hopsLeft = 0;
        long expiresMillis = 0;
        @Nullable Bytes sealed = null;
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> to = reader.key();
                case 3 -> hopsLeft = reader.uint(Envelope.HOPS_MAX);
                case 4 -> expiresMillis = reader.uint64(Limits.MILLIS_MAX);
                case 5 -> sealed = reader.bytes(1, Envelope.SEALED_BYTES_MAX);
                default -> reader.skip();
            }
        }
        return Envelope.of(
                crypto,
                new PeerId(Reader.required(to, "addressee")),
                hopsLeft,
                Reader.positive(expiresMillis, "expiry"),
                Reader.required(sealed, "sealed copy"));
    }

    static Frame receipt(Reader reader) {
        @Nullable Key envelope = null;
        int what = 0;
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> envelope = reader.key();
                case 2 -> what = reader.uint(Integer.MAX_VALUE);
                default -> reader.skip();
            }
        }
        EnvelopeId id = new EnvelopeId(Reader.required(envelope, "envelope"));
        MessageFrame.@Nullable Stored stored = MessageFrame.Stored.of(Reader.positive(what, "what"));
        return stored == null ? new UnknownFrame(FrameCodec.RECEIPT) : new MessageFrame.Receipt(id, stored);
    }
}
