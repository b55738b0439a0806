package linnet.core.wire;

import linnet.core.crypto.Crypto;
import linnet.core.id.Address;
import linnet.core.id.Bytes;
import linnet.core.id.EnvelopeId;
import linnet.core.id.Key;
import linnet.core.id.PeerId;

/**
 * One sealed copy of one message for one device. The sender is inside the seal.
 *
 * @param id SHA-256 of {@code sealed}; not on the wire, computed by who reads
 * @param to the device it is for
 * @param hopsLeft 0 to {@value #HOPS_MAX}, lowered by every peer that passes it on
 * @param expiresMillis wall clock after which nobody keeps it; also inside the seal's associated data
 * @param sealed suite byte (1 = HPKE to a signed prekey), prekey id, encapsulated key, ciphertext of the padded payload
 */
public record Envelope(EnvelopeId id, Address to, int hopsLeft, long expiresMillis, Bytes sealed)
        implements MessageFrame {
    /** Law of the network: an envelope passes at most this many peers. */
    public static final int HOPS_MAX = 16;

    /** Longest sealed copy in bytes: suite 1 needs 16,441, the rest is for the headers of suites to come. */
    public static final int SEALED_BYTES_MAX = 32_768;

    /** Checks the numbers. */
    public Envelope {
        if (hopsLeft < 0 || hopsLeft > HOPS_MAX) throw new IllegalArgumentException("hops: " + hopsLeft);
        if (expiresMillis < 1 || expiresMillis > Limits.MILLIS_MAX)
            throw new IllegalArgumentException("expiry: " + expiresMillis);
        if (sealed.length() == 0 || sealed.length() > SEALED_BYTES_MAX)
            throw new IllegalArgumentException("sealed copy of " + sealed.length() + " B");
    }

    /** Creates an envelope for sealed bytes. */
    public static Envelope of(Crypto crypto, Address to, int hopsLeft, long expiresMillis, Bytes sealed) {
        return new Envelope(new EnvelopeId(Key.of(crypto.sha256(sealed))), to, hopsLeft, expiresMillis, sealed);
    }

    @Override
    public void deliver(PeerId from, Handler handler) {
        handler.onEnvelope(from, this);
    }
}
