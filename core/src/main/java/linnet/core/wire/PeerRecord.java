package linnet.core.wire;

import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.crypto.Signed;
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

    /** Longest encoding in bytes: what a sealed payload holds, less nonce and tag. */
    public static final int BYTES_MAX = SignedRecord.SEALED_BYTES_MAX - SignedRecord.SEALED_BYTES_MIN;

    /** Last day that can be named: 21 bits, in the year 7711. */
    public static final long DAY_MAX = (1 << 21) - 1;

    /** Checks the numbers. */
    public PeerRecord {
        if (day < 1 || day > DAY_MAX) throw new IllegalArgumentException("day: " + day);
        if (sequence < 1 || sequence > Limits.COUNTER_MAX) throw new IllegalArgumentException("sequence: " + sequence);
        if (expiresMillis < 1 || expiresMillis > Limits.MILLIS_MAX)
            throw new IllegalArgumentException("expiry: " + expiresMillis);
        if (endpoints.size() > Bundle.ENDPOINTS_MAX)
            throw new IllegalArgumentException(endpoints.size() + " endpoints");
        if (delegates.size() > DELEGATES_MAX) throw new IllegalArgumentException(delegates.size() + " delegates");
        endpoints = List.copyOf(endpoints);
        delegates = List.copyOf(delegates);
    }

    /** Makes and signs a record of the device of {@code identity}; of endpoints that do not all fit the last ones are left out. */
    static PeerRecord sign(
            Crypto crypto,
            Identity identity,
            SignedRecord.Kind kind,
            long day,
            long sequence,
            long expiresMillis,
            List<Endpoint> endpoints,
            List<PeerId> delegates) {
        Bytes devicePublic = crypto.signingPublic(identity.deviceSeed());
        for (int count = Math.min(endpoints.size(), Bundle.ENDPOINTS_MAX); ; count--) {
            List<Endpoint> best = endpoints.subList(0, count);
            PeerRecord record =
                    new PeerRecord(devicePublic, kind, day, sequence, expiresMillis, best, delegates, Bytes.EMPTY);
            Bytes body = RecordCodec.body(record);
            if (body.length() + SignedBody.OVERHEAD_BYTES > BYTES_MAX) continue;
            Bytes raw = SignedBody.sign(crypto, identity.deviceSeed(), Signed.Use.RECORD, body);
            return new PeerRecord(devicePublic, kind, day, sequence, expiresMillis, best, delegates, raw);
        }
    }

    /** Refuses, with {@code TAMPERED}, a record that its device has not signed. */
    void check(Crypto crypto) {
        SignedBody signed = SignedBody.decode(raw);
        Signed.check(crypto, devicePublic, signed.signature(), Signed.Use.RECORD, signed.body());
    }
}
