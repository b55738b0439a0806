package linnet.core.wire;

import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;

/**
 * A person as introduced to others: device list and one bundle per device that is known, with the name they give themselves.
 *
 * @param name what the person calls themself, 0 to {@link Limits#NAME_BYTES_MAX} bytes of UTF-8; a hint for display, never an
 *     identity
 * @param devices the signed device list
 * @param bundles 1 to 16, of devices in the list, no two of one device
 */
public record Card(String name, DeviceList devices, List<Bundle> bundles) {
    /** Longest encoding in bytes: with what goes around it, it fits the largest padding size of 16 KiB. */
    public static final int BYTES_MAX = 15_000;

    /** Checks the numbers. */
    public Card {
        if (Utf8.length(name) > Limits.NAME_BYTES_MAX) throw new IllegalArgumentException("name is too long");
        if (bundles.isEmpty() || bundles.size() > DeviceList.DEVICES_MAX)
            throw new IllegalArgumentException(bundles.size() + " bundles");
        bundles = List.copyOf(bundles);
    }

    /** Refuses, with {@code TAMPERED}, a card whose signatures do not hold, or that shows a device that the list or the device itself denies. */
    public void check(Crypto crypto) {
        devices.check(crypto);
        for (Bundle bundle : bundles) {
            if (!devices.devices().contains(bundle.devicePublic()))
                throw new ProtocolViolation(Failure.Code.TAMPERED, "bundle of a device that the person does not list");
            if (!bundle.userPublic().equals(devices.userPublic()))
                throw new ProtocolViolation(Failure.Code.TAMPERED, "bundle of a device of somebody else");
            bundle.check(crypto);
        }
    }
}
