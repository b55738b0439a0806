package linnet.core.wire;

import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import org.jspecify.annotations.Nullable;

/** What is inside sealed packets: {@code datagram.proto}. */
public final class PacketCodec {
    private static final int ASKED = 1;
    private static final int PART = 2;
    private static final int HEARD = 3;

    /** No content of a packet is longer than the packet. */
    private static final int BYTES_MAX = 1_200;

    private PacketCodec() {}

    /** Returns the bytes of a packet's content. */
    public static Bytes encode(Packet packet) {
        int size = sizeOfBody(packet);
        Writer writer = new Writer(Writer.sizeOfField(size));
        if (packet instanceof Packet.Question question) {
            int start = writer.open(ASKED, size);
            return DhtCodec.writeBody(writer, question.asked())
                    .close(start, size)
                    .toBytes();
        }
        if (packet instanceof Packet.Part part) return write(writer, PART, part).toBytes();
        if (packet instanceof Packet.Heard)
            return writer.item(HEARD, Bytes.EMPTY).toBytes();
        throw new AssertionError(packet);
    }

    /** Returns how many bytes the content of a packet takes, exactly. */
    public static int sizeOf(Packet packet) {
        return Writer.sizeOfField(sizeOfBody(packet));
    }

    /** Returns how many bytes a piece of an answer takes as the content of a packet, exactly. */
    public static int sizeOfPart(int number, int index, int count, int sliceBytes) {
        return Writer.sizeOfField(sizeOfPartBody(number, index, count, sliceBytes));
    }

    /** Returns how many bytes the payload of the first handshake message takes, exactly. */
    public static int sizeOf(Packet.Opening opening) {
        return Writer.sizeOfField(LinkCodec.encode(opening.hello()).length())
                + Writer.sizeOfField(QuestionCodec.sizeOf(opening.asker()))
                + Writer.sizeOfUint(opening.number())
                + Writer.sizeOfField(DhtCodec.sizeOf(asked(opening)));
    }

    /** Returns the bytes of the first handshake message's payload. */
    public static Bytes encode(Packet.Opening opening) {
        DhtQuestion<?> question = asked(opening);
        Bytes hello = LinkCodec.encode(opening.hello());
        int size = DhtCodec.sizeOf(question);
        Writer writer = new Writer(sizeOf(opening)).item(1, hello);
        QuestionCodec.write(writer, 2, opening.asker()).uint(3, opening.number());
        int start = writer.open(4, size);
        return QuestionCodec.write(writer, question).close(start, size).toBytes();
    }

    /** Returns the bytes of the second handshake message's payload. */
    public static Bytes encode(Packet.Opened opened) {
        Bytes hello = LinkCodec.encode(opened.hello());
        Writer writer = new Writer(BYTES_MAX).item(1, hello).uint(2, opened.session());
        return write(writer, 3, opened.part()).toBytes();
    }

    /** Reads the content of a packet, or returns null for a kind that only a newer program knows. */
    public static @Nullable Packet decode(Bytes bytes) {
        limit(bytes);
        @Nullable Packet packet = null;
        boolean isUnknown = false;
        Reader reader = new Reader(bytes);
        for (int field = reader.field(); field != 0; field = reader.field()) {
            if (field > HEARD) {
                isUnknown |= reader.isSized();
                reader.skip();
                continue;
            }
            if (packet != null) throw malformed("two contents of one packet");
            Reader body = reader.message(BYTES_MAX);
            packet = switch (field) {
                case ASKED -> new Packet.Question(DhtCodec.asked(body));
                case PART -> part(body);
                case HEARD -> heard(body);
                default -> throw new AssertionError(field);
            };
        }
        if (packet == null && !isUnknown) throw malformed("an empty packet");
        return packet;
    }

    /** Reads the payload of the first handshake message. */
    public static Packet.Opening decodeOpening(Bytes bytes) {
        limit(bytes);
        @Nullable Hello hello = null;
        Reachable asker = Reachable.NOWHERE;
        int number = 0;
        boolean isThere = false;
        @Nullable DhtQuestion<?> question = null;
        Reader reader = new Reader(bytes);
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> hello = LinkCodec.decodeHello(reader.bytes(1, BYTES_MAX));
                case 2 -> asker = QuestionCodec.asker(reader.message(Reachable.BYTES_MAX));
                case 3 -> number = reader.uint(Integer.MAX_VALUE);
                case 4 -> {
                    question = QuestionCodec.read(reader.message(DhtQuestion.BYTES_MAX));
                    isThere = true;
                }
                default -> reader.skip();
            }
        }
        if (!isThere) throw malformed("no question");
        return new Packet.Opening(Reader.required(hello, "hello"), asker, number, question);
    }

    /** Reads the payload of the second handshake message. */
    public static Packet.Opened decodeOpened(Bytes bytes) {
        limit(bytes);
        @Nullable Hello hello = null;
        int session = 0;
        Packet.@Nullable Part part = null;
        Reader reader = new Reader(bytes);
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> hello = LinkCodec.decodeHello(reader.bytes(1, BYTES_MAX));
                case 2 -> session = reader.uint(Integer.MAX_VALUE);
                case 3 -> part = part(reader.message(BYTES_MAX));
                default -> reader.skip();
            }
        }
        return new Packet.Opened(Reader.required(hello, "hello"), session, Reader.required(part, "answer"));
    }

    private static int sizeOfBody(Packet packet) {
        if (packet instanceof Packet.Question question) return DhtCodec.sizeOfBody(question.asked());
        if (packet instanceof Packet.Part part) return sizeOfBody(part);
        return 0;
    }

    private static int sizeOfBody(Packet.Part part) {
        return sizeOfPartBody(
                part.number(), part.index(), part.count(), part.slice().length());
    }

    private static int sizeOfPartBody(int number, int index, int count, int sliceBytes) {
        return Writer.sizeOfUint(number)
                + Writer.sizeOfUint(index)
                + Writer.sizeOfUint(count)
                + Writer.sizeOfField(sliceBytes);
    }

    private static Writer write(Writer writer, int field, Packet.Part part) {
        int size = sizeOfBody(part);
        int start = writer.open(field, size);
        return writer.uint(1, part.number())
                .uint(2, part.index())
                .uint(3, part.count())
                .item(4, part.slice())
                .close(start, size);
    }

    private static Packet.Part part(Reader reader) {
        int number = 0;
        int index = 0;
        int count = 0;
        @Nullable Bytes slice = null;
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> number = reader.uint(Integer.MAX_VALUE);
                case 2 -> index = reader.uint(Packet.Part.COUNT_MAX - 1);
                case 3 -> count = reader.uint(Packet.Part.COUNT_MAX);
                case 4 -> slice = reader.bytes(1, Packet.Part.SLICE_BYTES_MAX);
                default -> reader.skip();
            }
        }
        if (index >= count) throw malformed("part " + index + " of " + count);
        return new Packet.Part(number, index, count, Reader.required(slice, "slice"));
    }

    private static Packet.Heard heard(Reader reader) {
        while (reader.field() != 0) reader.skip();
        return new Packet.Heard();
    }

    private static DhtQuestion<?> asked(Packet.Opening opening) {
        DhtQuestion<?> question = opening.question();
        if (question == null) throw new IllegalArgumentException("what is not known cannot be said");
        return question;
    }

    private static void limit(Bytes bytes) {
        if (bytes.length() > BYTES_MAX)
            throw new ProtocolViolation(Failure.Code.TOO_LARGE, "content of " + bytes.length() + " B");
    }

    private static ProtocolViolation malformed(String detail) {
        return new ProtocolViolation(Failure.Code.MALFORMED, detail);
    }
}
