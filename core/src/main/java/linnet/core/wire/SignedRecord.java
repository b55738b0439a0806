package linnet.core.wire;

import linnet.core.id.Bytes;
import linnet.core.id.Key;

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
 * @param expiresMillis when holders drop it; at most {@link Kind#lifeMillis} and the grace after {@code issuedMillis}
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
