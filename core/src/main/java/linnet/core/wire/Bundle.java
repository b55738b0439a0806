package linnet.core.wire;

import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.crypto.Signed;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;

/**
 * What others need to reach one device and to seal for it, signed by the device key. The highest sequence wins. It names the person
 * as the person's list names it: a device is somebody's only when both say so, and nobody can claim another's.
 *
 * @param devicePublic Ed25519 public key of the device, 32 bytes
 * @param userPublic Ed25519 public key of the person, 32 bytes; none in rows that the first version stored
 * @param linkPublic X25519 public key of its links (Noise static), 32 bytes
 * @param prekeyId which prekey, from 1
 * @param prekeyPublic X25519 public key that envelopes are sealed to (suite 1), 32 bytes
 * @param sequence from 1, higher with every change
 * @param endpoints where it can be dialled, at most {@value #ENDPOINTS_MAX}, best first; may be empty
 * @param raw the bytes as they came, signature included
 */
public record Bundle(
        Bytes devicePublic,
        Bytes userPublic,
        Bytes linkPublic,
        long prekeyId,
        Bytes prekeyPublic,
        long sequence,
        List<Endpoint> endpoints,
        Bytes raw) {
    /** Endpoints of one device: a few networks, IPv4 and IPv6 each. */
    public static final int ENDPOINTS_MAX = 8;

    /** Longest encoding in bytes: 8 endpoints of 256 characters and the keys take 2,300; the rest is for fields to come. */
    public static final int BYTES_MAX = 4_096;

    /** Checks the numbers. */
    public Bundle {
        if (prekeyId < 1 || prekeyId > Limits.COUNTER_MAX) throw new IllegalArgumentException("prekey: " + prekeyId);
        if (sequence < 1 || sequence > Limits.COUNTER_MAX) throw new IllegalArgumentException("sequence: " + sequence);
        if (endpoints.size() > ENDPOINTS_MAX) throw new IllegalArgumentException(endpoints.size() + " endpoints");
        endpoints = List.copyOf(endpoints);
    }

    /** Makes and signs a bundle for the device of {@code identity}. */
    public static Bundle sign(
            Crypto crypto,
            Identity identity,
            long prekeyId,
            Bytes prekeyPublic,
            long sequence,
            List<Endpoint> endpoints) {
        Bytes devicePublic = crypto.signingPublic(identity.deviceSeed());
        Bytes userPublic = crypto.signingPublic(identity.userSeed());
        Bytes linkPublic = crypto.agreementPublic(identity.linkSecret());
        Bundle bundle = new Bundle(
                devicePublic, userPublic, linkPublic, prekeyId, prekeyPublic, sequence, endpoints, Bytes.EMPTY);
        Bytes raw = SignedBody.sign(crypto, identity.deviceSeed(), Signed.Use.BUNDLE, ContactCodec.body(bundle));
        return new Bundle(devicePublic, userPublic, linkPublic, prekeyId, prekeyPublic, sequence, endpoints, raw);
    }

    /** Refuses a bundle that its device key has not signed, with {@code TAMPERED}. */
    public void check(Crypto crypto) {
        SignedBody signed = SignedBody.decode(raw);
        Signed.check(crypto, devicePublic, signed.signature(), Signed.Use.BUNDLE, signed.body());
    }
}
