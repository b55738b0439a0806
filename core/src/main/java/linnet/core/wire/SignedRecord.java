package linnet.core.wire;

import linnet.core.crypto.Crypto;
import linnet.core.crypto.Signed;
import linnet.core.id.Bytes;
import linnet.core.id.Key;
import org.jspecify.annotations.Nullable;

/**
 * What a holder keeps for somebody: sealed for those who know the owner, signed by a key of the owner's for this kind and day, so that
 * holders can check it and cannot tell whose it is ({@code dht.proto}). Of one key and signer the highest sequence wins, everywhere, for
 * ever.
 *
 * @param key where in the network it belongs: hides the owner, changes every day
 * @param kind what it is for
 * @param sealed AES-256-GCM of an encoded {@code PeerRecord}, nonce first; 28 to {@value #SEALED_BYTES_MAX} bytes
 * @param signer Ed25519 public key of the owner's day, 32 bytes
 * @param sequence 1 to {@link Limits#COUNTER_MAX}
 * @param issuedMillis when it was signed, 1 to {@link Limits#MILLIS_MAX}
 * @param expiresMillis when it is no longer true; at most {@link Kind#lifeMillis} after {@code issuedMillis}
 * @param raw the bytes as they came, signature included
 */
public record SignedRecord(
        Key key,
        Kind kind,
        Bytes sealed,
        Bytes signer,
        long sequence,
        long issuedMillis,
        long expiresMillis,
        Bytes raw) {
    /** Longest sealed payload in bytes. With the frame around it a record fits into one packet. */
    public static final int SEALED_BYTES_MAX = 768;

    /** Longest encoding in bytes: 1 KiB (the sealed part, keys, signature, numbers; the rest is for fields to come). */
    public static final int BYTES_MAX = 1_024;

    /** Shortest sealed payload in bytes: a nonce and a tag. */
    public static final int SEALED_BYTES_MIN = 28;

    /** Checks lengths and numbers. */
    public SignedRecord {
        if (sealed.length() < SEALED_BYTES_MIN || sealed.length() > SEALED_BYTES_MAX)
            throw new IllegalArgumentException("sealed payload of " + sealed.length() + " B");
        if (signer.length() != 32) throw new IllegalArgumentException("signer of " + signer.length() + " B");
        if (sequence < 1 || sequence > Limits.COUNTER_MAX) throw new IllegalArgumentException("sequence: " + sequence);
        if (!lasts(kind, issuedMillis, expiresMillis))
            throw new IllegalArgumentException("from " + issuedMillis + " to " + expiresMillis);
    }

    /** Refuses, with {@code TAMPERED}, a record that its signer has not signed. Whose it is, a holder cannot know. */
    public void check(Crypto crypto) {
        SignedBody signed = SignedBody.decode(raw);
        Signed.check(crypto, signer, signed.signature(), Signed.Use.HELD, signed.body());
    }

    /** Returns whether a record of this kind may say that it is true from the one time to the other. */
    static boolean lasts(Kind kind, long issuedMillis, long expiresMillis) {
        return issuedMillis >= 1
                && expiresMillis > issuedMillis
                && expiresMillis <= Limits.MILLIS_MAX
                && expiresMillis - issuedMillis <= kind.lifeMillis;
    }

    /** What a record is for; the numbers are wire values. */
    public enum Kind {
        /** Which peers keep messages for the owner and can wake it: lives 48 h (SPEC decision 3). */
        POINTER(1, 48L * 60 * 60 * 1000, 20),
        /** That the owner is there now, and where while it broadcasts: lives 10 min (SPEC decision 3). */
        PRESENCE(2, 10L * 60 * 1000, 8);

        private final int number;
        private final long lifeMillis;
        private final int holders;

        Kind(int number, long lifeMillis, int holders) {
            this.number = number;
            this.lifeMillis = lifeMillis;
            this.holders = holders;
        }

        /** Returns the wire value, from 1. */
        public int number() {
            return number;
        }

        /** Returns what has this wire value, or null for one that only a newer program knows. */
        static @Nullable Kind of(int number) {
            for (Kind kind : values()) if (kind.number == number) return kind;
            return null;
        }

        /** Returns how long a record lives after it was issued, in milliseconds. */
        public long lifeMillis() {
            return lifeMillis;
        }

        /** Returns on how many peers a record is kept. */
        public int holders() {
            return holders;
        }
    }
}
