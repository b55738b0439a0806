package linnet.core.wire;

import java.util.ArrayList;
import java.util.List;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.id.ConversationId;
import linnet.core.id.Key;
import linnet.core.id.MessageId;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import org.jspecify.annotations.Nullable;

/** Payloads and their contents: {@code message.proto}. */
public final class PayloadCodec {
    private static final int AROUND_BYTES = 192;

    private static final int TEXT = 1;
    private static final int DELIVERED = 2;
    private static final int READ = 3;
    private static final int CONTACT_REQUEST = 4;
    private static final int CONTACT_ACCEPT = 5;
    private static final int CONTACT_REFUSE = 6;

    private PayloadCodec() {}

    /** Returns the signed bytes. */
    public static Bytes encode(Payload payload) {
        if (payload.raw().length() == 0) throw new IllegalArgumentException("not signed yet");
        return payload.raw();
    }

    /** Reads a signed payload. Form and limits only; the signature is {@link Payload#check}. */
    public static Payload decode(Bytes raw) {
        if (raw.length() > Padding.CONTENT_BYTES_MAX)
            throw new ProtocolViolation(Failure.Code.TOO_LARGE, "payload of " + raw.length() + " B");
        int version = 0;
        @Nullable Bytes id = null;
        @Nullable Key in = null;
        @Nullable Key from = null;
        @Nullable Key device = null;
        long stream = 0;
        long sequence = 0;
        long sentWallMillis = 0;
        @Nullable Content content = null;
        Reader reader = new Reader(SignedBody.decode(raw).body());
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> version = reader.uint(Integer.MAX_VALUE);
                case 2 -> id = reader.bytes(MessageId.BYTES, MessageId.BYTES);
                case 3 -> in = reader.key();
                case 4 -> from = reader.key();
                case 5 -> device = reader.key();
                case 6 -> stream = reader.fixed64();
                case 7 -> sequence = reader.uint64(Limits.COUNTER_MAX);
                case 8 -> sentWallMillis = reader.uint64(Limits.MILLIS_MAX);
                case 9 -> content = content(reader.message(Padding.CONTENT_BYTES_MAX));
                default -> reader.skip();
            }
        }
        if (Reader.positive(version, "version") != Payload.VERSION)
            throw new ProtocolViolation(Failure.Code.UNSUPPORTED, "payload of version " + version);
        return new Payload(
                version,
                new MessageId(Reader.required(id, "id")),
                new ConversationId(Reader.required(in, "conversation")),
                new UserId(Reader.required(from, "sender")),
                new PeerId(Reader.required(device, "device")),
                stream,
                sequence,
                sentWallMillis,
                Reader.required(content, "content"),
                raw);
    }

    /** Returns the bytes of a content, for the store. */
    public static Bytes encode(Content content) {
        return write(new Writer(), content).toBytes();
    }

    /** Reads a content. */
    public static Content decodeContent(Bytes bytes) {
        if (bytes.length() > Padding.CONTENT_BYTES_MAX)
            throw new ProtocolViolation(Failure.Code.TOO_LARGE, "content of " + bytes.length() + " B");
        return content(new Reader(bytes));
    }

    static Bytes body(Payload payload) {
        int expected = expectedBytes(payload.content());
        Writer writer = new Writer(expected + AROUND_BYTES)
                .uint(1, payload.version())
                .bytes(2, payload.id().random16())
                .key(3, payload.in().key())
                .key(4, payload.from().key())
                .key(5, payload.device().key())
                .fixed64(6, payload.stream())
                .uint64(7, payload.sequence())
                .uint64(8, payload.sentWallMillis());
        int start = writer.open(9, expected);
        return write(writer, payload.content()).close(start, expected).toBytes();
    }

    private static Writer write(Writer writer, Content content) {
        int expected = expectedBytes(content);
        if (content instanceof Content.Text text) {
            int start = writer.open(TEXT, expected);
            return writer.text(1, text.text()).close(start, expected);
        }
        if (content instanceof Content.Delivered delivered) return write(writer, DELIVERED, delivered.ids());
        if (content instanceof Content.Read read) return write(writer, READ, read.ids());
        if (content instanceof Content.ContactRequest request) {
            int start = writer.open(CONTACT_REQUEST, expected);
            writer.bytes(1, request.secretHash()).bytes(2, request.proof());
            return ContactCodec.write(writer, 3, request.card()).close(start, expected);
        }
        if (content instanceof Content.ContactAccept accept) {
            int start = writer.open(CONTACT_ACCEPT, expected);
            return ContactCodec.write(writer, 1, accept.card()).close(start, expected);
        }
        if (content instanceof Content.ContactRefuse refuse) {
            int start = writer.open(CONTACT_REFUSE, expected);
            return writer.uint(1, refuse.code()).close(start, expected);
        }
        throw new IllegalArgumentException("a content that is not known cannot be sent");
    }

    private static Writer write(Writer writer, int kind, List<MessageId> ids) {
        int size = ids.size() * (MessageId.BYTES + 2);
        int start = writer.open(kind, size);
        for (MessageId id : ids) writer.item(1, id.random16());
        return writer.close(start, size);
    }

    /** A guess for the room to leave: right for most contents, and never needed for correctness. */
    private static int expectedBytes(Content content) {
        if (content instanceof Content.Text text) return text.text().length() + 3;
        if (content instanceof Content.Delivered delivered)
            return delivered.ids().size() * (MessageId.BYTES + 2);
        return 1;
    }

    private static Content content(Reader reader) {
        @Nullable Content content = null;
        int unknown = 0;
        for (int field = reader.field(); field != 0; field = reader.field()) {
            if (field > CONTACT_REFUSE) {
                if (unknown == 0 && reader.isSized()) unknown = field;
                reader.skip();
                continue;
            }
            if (content != null) throw malformed("two contents in one");
            content = read(field, reader.message(Padding.CONTENT_BYTES_MAX));
        }
        if (content != null) return content;
        if (unknown == 0) throw malformed("no content");
        return new Content.Unknown(unknown);
    }

    private static Content read(int kind, Reader reader) {
        return switch (kind) {
            case TEXT -> text(reader);
            case DELIVERED -> new Content.Delivered(ids(reader));
            case READ -> new Content.Read(ids(reader));
            case CONTACT_REQUEST -> contactRequest(reader);
            case CONTACT_ACCEPT -> contactAccept(reader);
            case CONTACT_REFUSE -> contactRefuse(reader);
            default -> throw new AssertionError(kind);
        };
    }

    private static Content text(Reader reader) {
        String text = "";
        for (int field = reader.field(); field != 0; field = reader.field()) {
            if (field == 1) text = reader.text(1, Content.TEXT_BYTES_MAX);
            else reader.skip();
        }
        if (text.isEmpty()) throw malformed("text is missing");
        return new Content.Text(text);
    }

    private static List<MessageId> ids(Reader reader) {
        List<MessageId> ids = new ArrayList<>();
        for (int field = reader.field(); field != 0; field = reader.field()) {
            if (field == 1)
                ids.add(new MessageId(
                        reader.repeated(ids.size(), Content.IDS_MAX).bytes(MessageId.BYTES, MessageId.BYTES)));
            else reader.skip();
        }
        if (ids.isEmpty()) throw malformed("no ids");
        return ids;
    }

    private static Content contactRequest(Reader reader) {
        int hashBytes = Content.ContactRequest.HASH_BYTES;
        @Nullable Bytes secretHash = null;
        @Nullable Bytes proof = null;
        @Nullable Card card = null;
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> secretHash = reader.bytes(hashBytes, hashBytes);
                case 2 -> proof = reader.bytes(hashBytes, hashBytes);
                case 3 -> card = ContactCodec.card(reader.message(Card.BYTES_MAX));
                default -> reader.skip();
            }
        }
        return new Content.ContactRequest(
                Reader.required(secretHash, "secret hash"),
                Reader.required(proof, "proof"),
                Reader.required(card, "card"));
    }

    private static Content contactAccept(Reader reader) {
        @Nullable Card card = null;
        for (int field = reader.field(); field != 0; field = reader.field()) {
            if (field == 1) card = ContactCodec.card(reader.message(Card.BYTES_MAX));
            else reader.skip();
        }
        return new Content.ContactAccept(Reader.required(card, "card"));
    }

    private static Content contactRefuse(Reader reader) {
        int code = 0;
        for (int field = reader.field(); field != 0; field = reader.field()) {
            if (field == 1) code = reader.uint(Limits.NUMBER_MAX);
            else reader.skip();
        }
        return new Content.ContactRefuse(Reader.positive(code, "code"));
    }

    private static ProtocolViolation malformed(String detail) {
        return new ProtocolViolation(Failure.Code.MALFORMED, detail);
    }
}
