package linnet.core.wire;

import linnet.core.id.Address;
import linnet.core.id.Bytes;
import linnet.core.id.EnvelopeId;
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

    @Override
    public void deliver(PeerId from, Handler handler) {
        handler.onEnvelope(from, this);
    }
}
