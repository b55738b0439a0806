package linnet.core.wire;

import linnet.core.crypto.Crypto;
import linnet.core.crypto.Hpke;
import linnet.core.crypto.Identity;
import linnet.core.crypto.KeyPair;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.id.PeerId;

/**
 * Envelopes of suite 1: a signed payload, padded, sealed with HPKE to a prekey of the recipient's device. Who changes the
 * addressee, the expiry or the prekey id of an envelope breaks its seal; hops may change.
 */
public final class Suite1 {
    /** The first byte of the sealed copy. */
    public static final int SUITE = 1;

    private static final int HEADER_BYTES = 9;
    private static final Bytes INFO = Bytes.utf8("linnet/envelope/1");

    private Suite1() {}

    /**
     * Seals a signed payload for the device of {@code to}.
     *
     * @param payload signed for that very device
     */
    public static Envelope seal(Crypto crypto, Payload payload, Bundle to, int hopsLeft, long expiresMillis) {
        PeerId peer = Identity.peerId(crypto, to.devicePublic());
        Bytes header = header(to.prekeyId());
        Bytes plain = Padding.pad(PayloadCodec.encode(payload));
        Bytes sealed = Hpke.seal(crypto, to.prekeyPublic(), INFO, associated(header, peer, expiresMillis), plain);
        return Envelope.of(crypto, peer, hopsLeft, expiresMillis, Bytes.concat(header, sealed));
    }

    /** Returns which prekey an envelope is sealed to. Another suite is a violation, {@code UNSUPPORTED}. */
    public static long prekeyId(Envelope envelope) {
        Bytes sealed = envelope.sealed();
        if (sealed.at(0) != SUITE)
            throw new ProtocolViolation(Failure.Code.UNSUPPORTED, "envelope of suite " + sealed.at(0));
        if (sealed.length() < HEADER_BYTES + Hpke.OVERHEAD_BYTES)
            throw new ProtocolViolation(Failure.Code.MALFORMED, "sealed copy of " + sealed.length() + " B");
        long id = 0;
        for (int i = 1; i < HEADER_BYTES; i++) id = id << 8 | sealed.at(i);
        if (id < 1 || id > Limits.COUNTER_MAX)
            throw new ProtocolViolation(Failure.Code.MALFORMED, "prekey id out of range");
        return id;
    }

    /**
     * Opens an envelope. The payload's signature is not checked yet, as its key follows from the payload: {@link Payload#check}.
     *
     * @param prekey that of {@link #prekeyId}
     */
    public static Payload open(Crypto crypto, Envelope envelope, KeyPair prekey) {
        Bytes header = header(prekeyId(envelope));
        Bytes sealed = envelope.sealed();
        Bytes associated = associated(header, envelope.to().key().bytes(), envelope.expiresMillis());
        Bytes plain = Hpke.open(crypto, prekey, INFO, associated, sealed.slice(HEADER_BYTES, sealed.length()));
        return PayloadCodec.decode(Padding.unpad(plain));
    }

    private static Bytes header(long prekeyId) {
        return Bytes.concat(Bytes.wrap(new byte[] {SUITE}), eightBytes(prekeyId));
    }

    private static Bytes associated(Bytes header, PeerId to, long expiresMillis) {
        return associated(header, to.key().bytes(), expiresMillis);
    }

    private static Bytes associated(Bytes header, Bytes to, long expiresMillis) {
        return Bytes.concat(header, to, eightBytes(expiresMillis));
    }

    private static Bytes eightBytes(long value) {
        byte[] bytes = new byte[8];
        for (int i = 0; i < 8; i++) bytes[i] = (byte) (value >>> (56 - 8 * i));
        return Bytes.wrap(bytes);
    }
}
