package linnet.core.crypto;

import linnet.core.id.Bytes;

/**
 * One direction between two peers that exchange packets: AES-256-GCM under a number that travels with the packet, because packets come in any
 * order or not at all (Noise revision 34, section 11.4). Whoever seals never gives a number twice; whoever opens refuses one that it has seen.
 */
public final class PacketCipher {
    /** How many bytes sealing adds. */
    public static final int TAG_BYTES = 16;

    private final Crypto crypto;
    private final Bytes key;

    PacketCipher(Crypto crypto, Bytes key) {
        this.crypto = crypto;
        this.key = key;
    }

    /** Seals packet {@code number}, from 0; {@code associated} travels in clear beside it. */
    public Bytes seal(int number, Bytes associated, Bytes plain) {
        return crypto.seal(key, NoiseCipher.nonce(number), associated, plain);
    }

    /** Opens packet {@code number}; one that was changed is a violation, {@code TAMPERED}. */
    public Bytes open(int number, Bytes associated, Bytes sealed) {
        return crypto.open(key, NoiseCipher.nonce(number), associated, sealed);
    }
}
