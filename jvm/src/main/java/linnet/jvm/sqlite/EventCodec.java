package linnet.jvm.sqlite;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import linnet.core.env.Failure;
import linnet.core.event.Event;
import linnet.core.event.Stage;
import linnet.core.id.Bytes;
import linnet.core.id.ConversationId;
import linnet.core.id.Key;
import linnet.core.id.MessageId;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import linnet.core.wire.Content;
import org.jspecify.annotations.Nullable;

/**
 * Events and contents as this host keeps them: a version, a kind, then the components in their order. Enums are kept by
 * name, failures by wire number. Not a wire format: nobody else reads it.
 */
final class EventCodec {
    private static final int VERSION = 1;

    private static final int ACCEPTED = 1;
    private static final int RECEIVED = 2;
    private static final int PROGRESS = 3;
    private static final int REACHED = 4;
    private static final int CONTACT_CHANGED = 5;

    private static final int TEXT = 1;
    private static final int UNKNOWN = 2;

    private EventCodec() {}

    static Bytes write(Event event) {
        return Out.bytes(out -> {
            if (event instanceof Event.Accepted accepted) {
                out.kind(ACCEPTED).key(accepted.to().key()).key(accepted.in().key());
                out.message(accepted.id()).number(accepted.sentWallMillis()).content(accepted.content());
            } else if (event instanceof Event.Received received) {
                out.kind(RECEIVED)
                        .key(received.from().key())
                        .key(received.device().key());
                out.key(received.in().key()).message(received.id()).number(received.sequence());
                out.number(received.sentWallMillis()).name(received.order()).content(received.content());
            } else if (event instanceof Event.Progress progress) {
                PeerId at = progress.at();
                out.kind(PROGRESS)
                        .key(progress.to().key())
                        .message(progress.id())
                        .name(progress.stage());
                out.optionalKey(at == null ? null : at.key()).failure(progress.cause());
                out.number(progress.nextTryWallMillis());
            } else if (event instanceof Event.Reached reached) {
                UserId user = reached.user();
                out.kind(REACHED).key(reached.peer().key()).optionalKey(user == null ? null : user.key());
                out.name(reached.reach()).failure(reached.why());
            } else if (event instanceof Event.ContactChanged changed) {
                out.kind(CONTACT_CHANGED).key(changed.user().key()).text(changed.name());
                out.name(changed.state()).failure(changed.why());
            } else {
                throw new AssertionError(event);
            }
        });
    }

    static Event read(Bytes bytes) {
        return In.read(bytes, in -> {
            int kind = in.kind();
            return switch (kind) {
                case ACCEPTED ->
                    new Event.Accepted(
                            new UserId(in.key()),
                            new ConversationId(in.key()),
                            in.message(),
                            in.number(),
                            in.content());
                case RECEIVED ->
                    new Event.Received(
                            new UserId(in.key()),
                            new PeerId(in.key()),
                            new ConversationId(in.key()),
                            in.message(),
                            in.number(),
                            in.number(),
                            Event.Order.valueOf(in.text()),
                            in.content());
                case PROGRESS ->
                    new Event.Progress(
                            new UserId(in.key()),
                            in.message(),
                            Stage.valueOf(in.text()),
                            peer(in.optionalKey()),
                            in.failure(),
                            in.number());
                case REACHED ->
                    new Event.Reached(
                            new PeerId(in.key()), user(in.optionalKey()), Event.Reach.valueOf(in.text()), in.failure());
                case CONTACT_CHANGED ->
                    new Event.ContactChanged(
                            new UserId(in.key()), in.text(), Event.ContactState.valueOf(in.text()), in.failure());
                default -> throw new IllegalStateException("event of kind " + kind);
            };
        });
    }

    static Bytes writeContent(Content content) {
        return Out.bytes(out -> out.kind(0).content(content));
    }

    static Content readContent(Bytes bytes) {
        return In.read(bytes, in -> {
            in.kind();
            return in.content();
        });
    }

    private static @Nullable PeerId peer(@Nullable Key key) {
        return key == null ? null : new PeerId(key);
    }

    private static @Nullable UserId user(@Nullable Key key) {
        return key == null ? null : new UserId(key);
    }

    private interface Writing {
        void to(Out out) throws IOException;
    }

    private interface ReadingFrom<T> {
        T from(In in) throws IOException;
    }

    private static final class Out {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(bytes);

        static Bytes bytes(Writing writing) {
            Out out = new Out();
            try {
                writing.to(out);
            } catch (IOException impossible) {
                throw new IllegalStateException("memory failed", impossible);
            }
            return Bytes.wrap(out.bytes.toByteArray());
        }

        Out kind(int kind) throws IOException {
            out.writeByte(VERSION);
            out.writeByte(kind);
            return this;
        }

        Out key(Key key) throws IOException {
            out.write(key.bytes().shared());
            return this;
        }

        Out optionalKey(@Nullable Key key) throws IOException {
            out.writeBoolean(key != null);
            return key == null ? this : key(key);
        }

        Out message(MessageId id) throws IOException {
            out.write(id.random16().shared());
            return this;
        }

        Out number(long number) throws IOException {
            out.writeLong(number);
            return this;
        }

        Out text(String text) throws IOException {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(utf8.length);
            out.write(utf8);
            return this;
        }

        Out name(Enum<?> constant) throws IOException {
            return text(constant.name());
        }

        Out failure(@Nullable Failure failure) throws IOException {
            out.writeInt(failure == null ? 0 : failure.code().number());
            return failure == null ? this : text(failure.detail());
        }

        Out content(Content content) throws IOException {
            if (content instanceof Content.Text words) {
                out.writeByte(TEXT);
                return text(words.text());
            }
            if (content instanceof Content.Unknown unknown) {
                out.writeByte(UNKNOWN);
                return number(unknown.field());
            }
            throw new IllegalArgumentException("not for people: " + content);
        }
    }

    private static final class In {
        private final DataInputStream in;

        private In(Bytes bytes) {
            in = new DataInputStream(new ByteArrayInputStream(bytes.shared()));
        }

        static <T> T read(Bytes bytes, ReadingFrom<T> reading) {
            try {
                return reading.from(new In(bytes));
            } catch (IOException e) {
                throw new IllegalStateException("an event was cut", e);
            }
        }

        int kind() throws IOException {
            int version = in.readUnsignedByte();
            if (version != VERSION) throw new IllegalStateException("event of version " + version);
            return in.readUnsignedByte();
        }

        Key key() throws IOException {
            return Key.of(bytes(Key.BYTES));
        }

        @Nullable
        Key optionalKey() throws IOException {
            return in.readBoolean() ? key() : null;
        }

        MessageId message() throws IOException {
            return new MessageId(bytes(MessageId.BYTES));
        }

        long number() throws IOException {
            return in.readLong();
        }

        String text() throws IOException {
            int length = in.readInt();
            if (length < 0 || length > in.available()) throw new IOException("text of " + length + " B");
            return bytes(length).text();
        }

        @Nullable
        Failure failure() throws IOException {
            int number = in.readInt();
            return number == 0 ? null : new Failure(Failure.Code.of(number), text());
        }

        Content content() throws IOException {
            int kind = in.readUnsignedByte();
            if (kind == TEXT) return new Content.Text(text());
            if (kind == UNKNOWN) return new Content.Unknown((int) number());
            throw new IllegalStateException("content of kind " + kind);
        }

        private Bytes bytes(int length) throws IOException {
            byte[] bytes = new byte[length];
            in.readFully(bytes);
            return Bytes.wrap(bytes);
        }
    }
}
