package linnet.core.crypto;

import linnet.core.id.Bytes;

/**
 * One direction of a link: AES-256-GCM under a counter (Noise revision 34, sections 5.1 and 12.4), with a new key from the old one
 * every 2^20 messages (section 11.3). Both sides count, so nothing is sent for it.
 */
public final class NoiseCipher {
    /** Messages under one key. Far below the limits of AES-GCM (2^32 under random nonces; ours are counted). */
    public static final int REKEY_MESSAGES = 1 << 20;

    /** How many bytes sealing adds. */
    public static final int TAG_BYTES = 16;

    private static final int NONCE_BYTES = 12;
    private static final Bytes REKEY_NONCE = nonce(-1L);
    private static final Bytes REKEY_INPUT = Bytes.wrap(new byte[32]);

    private final Crypto crypto;
    private final int rekeyMessages;
    private Bytes key;
    private long count;

    NoiseCipher(Crypto crypto, Bytes key) {
        this(crypto, key, REKEY_MESSAGES);
    }

    NoiseCipher(Crypto crypto, Bytes key, int rekeyMessages) {
        if (rekeyMessages < 1) throw new IllegalArgumentException("rekey after " + rekeyMessages + " messages");
        this.crypto = crypto;
        this.key = key;
        this.rekeyMessages = rekeyMessages;
    }

    /** Seals the next message. */
    public Bytes seal(Bytes plain) {
        return seal(Bytes.EMPTY, plain);
    }

    /** Opens the next message. One that was changed, repeated, left out or moved is a violation, {@code TAMPERED}. */
    public Bytes open(Bytes sealed) {
        return open(Bytes.EMPTY, sealed);
    }

    Bytes seal(Bytes associated, Bytes plain) {
        Bytes sealed = crypto.seal(key, nonce(count), associated, plain);
        next();
        return sealed;
    }

    Bytes open(Bytes associated, Bytes sealed) {
        Bytes plain = crypto.open(key, nonce(count), associated, sealed);
        next();
        return plain;
    }

    private void next() {
        count++;
        if (count % rekeyMessages == 0)
            key = crypto.seal(key, REKEY_NONCE, Bytes.EMPTY, REKEY_INPUT).slice(0, 32);
    }

    /** Four zero bytes, then the counter, big-endian. */
    static Bytes nonce(long count) {
        byte[] nonce = new byte[NONCE_BYTES];
        int high = (int) (count >>> 32);
        int low = (int) count;
        for (int i = 0; i < 4; i++) {
            nonce[4 + i] = (byte) (high >>> (24 - 8 * i));
            nonce[8 + i] = (byte) (low >>> (24 - 8 * i));
        }
        return Bytes.wrap(nonce);
    }
}
