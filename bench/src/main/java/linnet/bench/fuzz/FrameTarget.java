package linnet.bench.fuzz;

import java.util.ArrayList;
import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.id.EnvelopeId;
import linnet.core.id.Key;
import linnet.core.wire.Batch;
import linnet.core.wire.ContactFrame;
import linnet.core.wire.DhtFrame;
import linnet.core.wire.Envelope;
import linnet.core.wire.Frame;
import linnet.core.wire.FrameCodec;
import linnet.core.wire.LinkFrame;
import linnet.core.wire.MessageFrame;
import linnet.core.wire.UnknownFrame;

/** What an authenticated neighbour sends: the plaintext of a link, frames behind their lengths. */
final class FrameTarget implements Target {
    private static final int SEALED_BYTES = 313;
    private static final long EXPIRES_MILLIS = 1_900_000_000_000L;

    /** A frame of a number that nobody uses: field 2000, three bytes long. */
    private static final Bytes UNKNOWN = Bytes.wrap(new byte[] {(byte) 0x82, 0x7d, 3, 1, 2, 3});

    private final Crypto crypto = new QuickCrypto();

    @Override
    public List<Bytes> messages() {
        Person bob = Person.create(crypto, "Bob");
        EnvelopeId id = new EnvelopeId(Key.of(crypto.random(32)));
        List<Frame> frames = List.of(
                new LinkFrame.Ping(7),
                new LinkFrame.Pong(Integer.MAX_VALUE),
                new LinkFrame.Close(new Failure(Failure.Code.STOPPING)),
                new LinkFrame.Unsupported(99),
                new ContactFrame.Introduction(bob.card()),
                Envelope.of(crypto, bob.peer(crypto), Envelope.HOPS_MAX, EXPIRES_MILLIS, crypto.random(SEALED_BYTES)),
                new MessageFrame.Receipt(id, MessageFrame.Stored.KEPT),
                new MessageFrame.Receipt(id, MessageFrame.Stored.UNREADABLE));
        Batch all = new Batch();
        for (Frame frame : frames) all.add(FrameCodec.encode(frame));
        all.add(UNKNOWN);
        List<Bytes> single = new ArrayList<>();
        for (Frame frame : frames) single.add(batch(FrameCodec.encode(frame)));
        single.add(batch(UNKNOWN));
        single.add(all.take());
        return single;
    }

    @Override
    public boolean accepts(Bytes input, boolean raw) {
        try {
            for (Bytes encoded : Batch.split(input)) {
                Frame frame = FrameCodec.decode(crypto, encoded);
                if (frame instanceof UnknownFrame) continue;
                if (frame instanceof DhtFrame dht && !DhtFrameTarget.isKnown(dht)) continue;
                if (!FrameCodec.decode(crypto, FrameCodec.encode(frame)).equals(frame))
                    throw new IllegalStateException("another frame after encoding: " + frame);
            }
            return true;
        } catch (ProtocolViolation refused) {
            return false;
        }
    }

    private static Bytes batch(Bytes frame) {
        Batch batch = new Batch();
        batch.add(frame);
        return batch.take();
    }
}
