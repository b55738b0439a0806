package linnet.core.crypto;

import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;

/**
 * Signatures that hold for one use only: what is signed is {@code "linnet/<use>/1"} and then every field behind its length in
 * four bytes, big-endian. So no signature of one kind passes for another, and no byte can move from one field to the next.
 */
public final class Signed {
    /** Length of a signature in bytes. */
    public static final int SIGNATURE_BYTES = 64;

    private static final int LENGTH_BYTES = 4;

    private Signed() {}

    /** What a signature is for. */
    public enum Use {
        /** By the user key: which devices a person has. */
        DEVICE_LIST("device-list"),
        /** By the device key: how to reach one device and seal for it. */
        BUNDLE("bundle"),
        /** By the user key: an invite. */
        INVITE("invite"),
        /** By the device key: the recipient's peer id, then the payload. */
        PAYLOAD("payload"),
        /** By the device key: the static key of its handshakes. */
        LINK("link"),
        /** By the device key: what an owner says of the device to those who know it. */
        RECORD("record"),
        /** By the key of an owner's day: a record as its holders see it. */
        HELD("held");

        private final Bytes domain;

        Use(String name) {
            this.domain = Bytes.utf8("linnet/" + name + "/1");
        }
    }

    /** Signs with the Ed25519 seed. */
    public static Bytes sign(Crypto crypto, Bytes seed, Use use, Bytes... fields) {
        return crypto.sign(seed, message(use, fields));
    }

    /** Returns whether the signature holds. */
    public static boolean holds(Crypto crypto, Bytes publicKey, Bytes signature, Use use, Bytes... fields) {
        return crypto.verify(publicKey, message(use, fields), signature);
    }

    /** Refuses a signature that does not hold with {@code TAMPERED}. */
    public static void check(Crypto crypto, Bytes publicKey, Bytes signature, Use use, Bytes... fields) {
        if (holds(crypto, publicKey, signature, use, fields)) return;
        throw new ProtocolViolation(Failure.Code.TAMPERED, "signature does not hold: " + use.domain.text());
    }

    /** Returns the bytes that are signed. */
    static Bytes message(Use use, Bytes... fields) {
        int length = use.domain.length();
        for (Bytes field : fields) length += LENGTH_BYTES + field.length();
        byte[] message = new byte[length];
        System.arraycopy(use.domain.shared(), 0, message, 0, use.domain.length());
        int at = use.domain.length();
        for (Bytes field : fields) {
            message[at] = (byte) (field.length() >>> 24);
            message[at + 1] = (byte) (field.length() >>> 16);
            message[at + 2] = (byte) (field.length() >>> 8);
            message[at + 3] = (byte) field.length();
            System.arraycopy(field.shared(), 0, message, at + LENGTH_BYTES, field.length());
            at += LENGTH_BYTES + field.length();
        }
        return Bytes.wrap(message);
    }
}
