package linnet.core.crypto;

import linnet.core.id.Bytes;
import linnet.core.id.Key;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;

/**
 * The private keys of one device of one person. The host keeps them (0600, sealed under a passphrase when there is one)
 * and gives them to the node at the start.
 *
 * @param userSeed Ed25519 seed of the person: signs the device list and invites
 * @param deviceSeed Ed25519 seed of the device: names the peer, signs payloads, prekeys and the handshake
 * @param linkSecret X25519 secret of the device: the static key of the Noise handshake
 */
public record Identity(Bytes userSeed, Bytes deviceSeed, Bytes linkSecret) {
    private static final int SEED_BYTES = 32;

    /** Checks the lengths. */
    public Identity {
        if (userSeed.length() != SEED_BYTES || deviceSeed.length() != SEED_BYTES || linkSecret.length() != SEED_BYTES)
            throw new IllegalArgumentException("an identity has three secrets of 32 bytes");
    }

    /** Draws a new identity. */
    public static Identity create(Crypto crypto) {
        return new Identity(crypto.random(SEED_BYTES), crypto.random(SEED_BYTES), crypto.random(SEED_BYTES));
    }

    /** Returns the name of the device with this Ed25519 public key: SHA-256(0x01 ‖ key), SPEC I1. */
    public static PeerId peerId(Crypto crypto, Bytes devicePublic) {
        return new PeerId(Key.of(crypto.sha256(Bytes.concat(Bytes.wrap(new byte[] {1}), devicePublic))));
    }

    /** Returns the name of the person with this Ed25519 public key: SHA-256(0x02 ‖ key). */
    public static UserId userId(Crypto crypto, Bytes userPublic) {
        return new UserId(Key.of(crypto.sha256(Bytes.concat(Bytes.wrap(new byte[] {2}), userPublic))));
    }

    /** Returns nothing secret. */
    @Override
    public String toString() {
        return "Identity";
    }
}
