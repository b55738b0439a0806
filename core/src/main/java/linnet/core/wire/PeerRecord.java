package linnet.core.wire;

import java.util.List;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.PeerId;

/**
 * What an owner says of one of its devices (SPEC decision 1), inside the seal of a {@link SignedRecord}: readers check the device's
 * signature, whatever carried it.
 *
 * @param devicePublic Ed25519 public key of the device that signed it, 32 bytes; names the peer
 * @param kind which kind of record it was made for
 * @param day which day, days since 1970 by the owner's clock
 * @param sequence that of the record around it
 * @param expiresMillis that of the record around it
 * @param endpoints where it can be dialled, best first, at most {@link Bundle#ENDPOINTS_MAX}; empty unless it broadcasts
 * @param delegates who keeps messages for it, best first, at most {@value #DELEGATES_MAX}
 * @param raw the bytes as they came, signature included
 */
public record PeerRecord(
        Bytes devicePublic,
        SignedRecord.Kind kind,
        long day,
        long sequence,
        long expiresMillis,
        List<Endpoint> endpoints,
        List<PeerId> delegates,
        Bytes raw) {
    /** Delegates and relays of one device (research: three, two tried and one warm). */
    public static final int DELEGATES_MAX = 4;
}
