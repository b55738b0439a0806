package linnet.core.wire;

import java.util.List;
import linnet.core.id.Bytes;

/**
 * The devices of a person, signed by the user key (SPEC decision 17). The highest sequence wins.
 *
 * @param userPublic Ed25519 public key of the person, 32 bytes
 * @param sequence from 1, higher with every change
 * @param devices 1 to 16 Ed25519 public keys of devices, 32 bytes each
 * @param raw the bytes as they came, kept because re-encoding would drop unknown fields and break the signature
 */
public record DeviceList(Bytes userPublic, long sequence, List<Bytes> devices, Bytes raw) {}
