package linnet.core.wire;

import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.crypto.Signed;
import linnet.core.id.Bytes;

/**
 * The devices of a person, signed by the user key (SPEC decision 17). The highest sequence wins.
 *
 * @param userPublic Ed25519 public key of the person, 32 bytes
 * @param sequence from 1, higher with every change
 * @param devices 1 to {@value #DEVICES_MAX} Ed25519 public keys of devices, 32 bytes each, no two the same
 * @param raw the bytes as they came, signature included, kept because re-encoding would drop unknown fields and break the signature
 */
public record DeviceList(Bytes userPublic, long sequence, List<Bytes> devices, Bytes raw) {
    /** Devices of one person: phones, computers and a few forgotten ones. */
    public static final int DEVICES_MAX = 16;

    /** Longest encoding in bytes: 16 devices take 620; the rest is for fields to come. */
    public static final int BYTES_MAX = 4_096;

    /** Checks the numbers. */
    public DeviceList {
        if (sequence < 1 || sequence > Limits.COUNTER_MAX) throw new IllegalArgumentException("sequence: " + sequence);
        if (devices.isEmpty() || devices.size() > DEVICES_MAX)
            throw new IllegalArgumentException(devices.size() + " devices");
        devices = List.copyOf(devices);
    }

    /** Makes and signs a list. */
    public static DeviceList sign(Crypto crypto, Identity identity, long sequence, List<Bytes> devices) {
        Bytes userPublic = crypto.signingPublic(identity.userSeed());
        DeviceList list = new DeviceList(userPublic, sequence, devices, Bytes.EMPTY);
        Bytes raw = SignedBody.sign(crypto, identity.userSeed(), Signed.Use.DEVICE_LIST, ContactCodec.body(list));
        return new DeviceList(userPublic, sequence, devices, raw);
    }

    /** Refuses a list that its user key has not signed, with {@code TAMPERED}. */
    public void check(Crypto crypto) {
        SignedBody signed = SignedBody.decode(raw);
        Signed.check(crypto, userPublic, signed.signature(), Signed.Use.DEVICE_LIST, signed.body());
    }
}
