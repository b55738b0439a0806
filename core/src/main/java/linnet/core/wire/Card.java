package linnet.core.wire;

import java.util.List;

/**
 * A person as introduced to others: device list and one bundle per device that is known, with the name they give themselves.
 *
 * @param name what the person calls themself, 0 to 64 characters; a hint for display, never an identity
 * @param devices the signed device list
 * @param bundles one per device, at most 16
 */
public record Card(String name, DeviceList devices, List<Bundle> bundles) {}
