package linnet.core.wire;

import java.util.List;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;

/**
 * What others need to reach one device and to seal for it, signed by the device key. The highest sequence wins.
 *
 * @param devicePublic Ed25519 public key of the device, 32 bytes
 * @param linkPublic X25519 public key of its links (Noise static), 32 bytes
 * @param prekeyId which prekey, from 1
 * @param prekeyPublic X25519 public key that envelopes are sealed to (suite 1), 32 bytes
 * @param sequence from 1, higher with every change
 * @param endpoints where it can be dialled, at most 8, best first; may be empty
 * @param raw the signed bytes as they came, signature included
 */
public record Bundle(
        Bytes devicePublic,
        Bytes linkPublic,
        long prekeyId,
        Bytes prekeyPublic,
        long sequence,
        List<Endpoint> endpoints,
        Bytes raw) {}
