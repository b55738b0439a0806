package linnet.core.wire;

import java.util.List;
import linnet.core.id.Bytes;
import linnet.core.id.MessageId;

/** What people, and their devices on their behalf, say to each other inside the seal. */
public sealed interface Content {
    /** Longest text in UTF-8 bytes: with everything around it, it fits the largest padding size of 16 KiB. */
    int TEXT_BYTES_MAX = 15_000;

    /** Ids in one content: all that a lane has in flight. */
    int IDS_MAX = 64;

    /**
     * Words.
     *
     * @param text 1 to {@value Content#TEXT_BYTES_MAX} bytes of UTF-8, see {@link #fits}
     */
    record Text(String text) implements Content {
        /** Checks the length. */
        public Text {
            if (!fits(text)) throw new IllegalArgumentException("text is empty or too long");
        }

        /** Returns whether a text can be sent as one message. */
        public static boolean fits(String text) {
            return !text.isEmpty() && text.length() <= TEXT_BYTES_MAX && Utf8.length(text) <= TEXT_BYTES_MAX;
        }
    }

    /**
     * These messages are durable at the recipient's device. Not itself acknowledged.
     *
     * @param ids 1 to 64
     */
    record Delivered(List<MessageId> ids) implements Content {
        /** Checks the number. */
        public Delivered {
            ids = few(ids);
        }
    }

    /**
     * The person has seen these messages.
     *
     * @param ids 1 to 64
     */
    record Read(List<MessageId> ids) implements Content {
        /** Checks the number. */
        public Read {
            ids = few(ids);
        }
    }

    /**
     * A person who holds an invite asks to become a contact.
     *
     * @param secretHash SHA-256 of the invite's secret, 32 bytes: which invite
     * @param proof HMAC with the secret over both user keys, 32 bytes, see the message document
     * @param card who asks
     */
    record ContactRequest(Bytes secretHash, Bytes proof, Card card) implements Content {
        /** Length of hash and proof in bytes. */
        public static final int HASH_BYTES = 32;

        /** Checks the lengths. */
        public ContactRequest {
            if (secretHash.length() != HASH_BYTES || proof.length() != HASH_BYTES)
                throw new IllegalArgumentException("hash and proof have 32 bytes");
        }
    }

    /**
     * The answer yes.
     *
     * @param card who accepts
     */
    record ContactAccept(Card card) implements Content {}

    /**
     * The answer no.
     *
     * @param code why, a wire number of {@code Failure.Code}
     */
    record ContactRefuse(int code) implements Content {
        /** Checks the range. */
        public ContactRefuse {
            if (code < 1 || code > Limits.NUMBER_MAX) throw new IllegalArgumentException("code: " + code);
        }
    }

    /**
     * A content that only a newer program knows; acknowledged and shown as such.
     *
     * @param field its number
     */
    record Unknown(int field) implements Content {}

    private static List<MessageId> few(List<MessageId> ids) {
        if (ids.isEmpty() || ids.size() > IDS_MAX) throw new IllegalArgumentException(ids.size() + " ids");
        return List.copyOf(ids);
    }
}
