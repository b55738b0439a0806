package linnet.core.wire;

import java.util.List;
import linnet.core.id.Bytes;
import linnet.core.id.MessageId;

/** What people, and their devices on their behalf, say to each other inside the seal. */
public sealed interface Content {
    /** Longest text in UTF-8 bytes: with everything around it, it fits the largest padding size of 16 KiB. */
    int TEXT_BYTES_MAX = 15_000;

    /** Words. @param text 1 to {@value Content#TEXT_BYTES_MAX} bytes of UTF-8 */
    record Text(String text) implements Content {}

    /** These messages are durable at the recipient's device. Not itself acknowledged. @param ids 1 to 64 */
    record Delivered(List<MessageId> ids) implements Content {}

    /** The person has seen these messages. @param ids 1 to 64 */
    record Read(List<MessageId> ids) implements Content {}

    /**
     * A person who holds an invite asks to become a contact.
     *
     * @param secretHash SHA-256 of the invite's secret: which invite
     * @param proof HMAC with the secret over both user keys, see the message document
     * @param card who asks
     */
    record ContactRequest(Bytes secretHash, Bytes proof, Card card) implements Content {}

    /** The answer yes. @param card who accepts */
    record ContactAccept(Card card) implements Content {}

    /** The answer no. @param code why, a wire number of {@code Failure.Code} */
    record ContactRefuse(int code) implements Content {}

    /** A content that only a newer program knows; acknowledged and shown as such. @param field its number */
    record Unknown(int field) implements Content {}
}
