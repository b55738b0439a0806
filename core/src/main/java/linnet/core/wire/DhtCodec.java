package linnet.core.wire;

import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import org.jspecify.annotations.Nullable;

/** Questions about the network and their answers: {@code dht.proto}. */
public final class DhtCodec {
    private DhtCodec() {}

    /** Returns the bytes of a question, at most {@link DhtQuestion#BYTES_MAX}. */
    public static Bytes encode(DhtQuestion<?> question) {
        return QuestionCodec.write(new Writer(sizeOf(question)), question).toBytes();
    }

    /** Returns the bytes of an answer, at most {@link DhtAnswer#BYTES_MAX}; see {@link #fitted}. */
    public static Bytes encode(DhtAnswer answer) {
        return AnswerCodec.write(new Writer(sizeOf(answer)), answer).toBytes();
    }

    /** Reads a question, or returns null for one that only a newer program knows. */
    public static @Nullable DhtQuestion<?> decodeQuestion(Bytes bytes) {
        limit(bytes, DhtQuestion.BYTES_MAX, "question");
        return QuestionCodec.read(new Reader(bytes));
    }

    /** Reads an answer, or returns null for one that only a newer program knows. */
    public static @Nullable DhtAnswer decodeAnswer(Bytes bytes) {
        limit(bytes, DhtAnswer.BYTES_MAX, "answer");
        return AnswerCodec.read(new Reader(bytes));
    }

    /** Returns the answer without as many of its farthest peers as it takes to be no longer than an answer may be. */
    public static DhtAnswer fitted(DhtAnswer answer) {
        DhtAnswer fitted = answer;
        while (sizeOf(fitted) > DhtAnswer.BYTES_MAX) {
            fitted = withoutFarthest(fitted);
            if (fitted == null) throw new AssertionError(answer);
        }
        return fitted;
    }

    /** Returns the answer without the farthest peer that it names, or null if it names none. */
    public static @Nullable DhtAnswer withoutFarthest(DhtAnswer answer) {
        return AnswerCodec.withoutFarthest(answer);
    }

    /** Returns how many bytes the question takes, exactly. */
    public static int sizeOf(DhtQuestion<?> question) {
        return QuestionCodec.sizeOf(question);
    }

    /** Returns how many bytes the answer takes, exactly. */
    public static int sizeOf(DhtAnswer answer) {
        return AnswerCodec.sizeOf(answer);
    }

    /** Returns how many bytes the frame takes, exactly. */
    public static int sizeOf(DhtFrame frame) {
        return Writer.sizeOfField(sizeOfBody(frame));
    }

    static Writer write(DhtFrame frame) {
        int body = sizeOfBody(frame);
        Writer writer = new Writer(Writer.sizeOfField(body));
        if (frame instanceof DhtFrame.Asked asked) {
            int start = writer.open(FrameCodec.ASKED, body);
            return writeBody(writer, asked).close(start, body);
        }
        if (frame instanceof DhtFrame.Answered answered) {
            int start = writer.open(FrameCodec.ANSWERED, body);
            return writeBody(writer, answered).close(start, body);
        }
        throw new AssertionError(frame);
    }

    static Writer writeBody(Writer writer, DhtFrame.Asked asked) {
        DhtQuestion<?> question = known(asked.question());
        int size = sizeOf(question);
        writer.uint(1, asked.number());
        int start = writer.open(2, size);
        QuestionCodec.write(writer, question).close(start, size);
        Reachable asker = asked.asker();
        return asker == null ? writer : QuestionCodec.write(writer, 3, asker);
    }

    private static Writer writeBody(Writer writer, DhtFrame.Answered answered) {
        DhtAnswer answer = known(answered.answer());
        int size = sizeOf(answer);
        writer.uint(1, answered.number());
        int start = writer.open(2, size);
        return AnswerCodec.write(writer, answer).close(start, size);
    }

    static DhtFrame.Asked asked(Reader reader) {
        int number = 0;
        boolean isThere = false;
        @Nullable DhtQuestion<?> question = null;
        @Nullable Reachable asker = null;
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> number = reader.uint(Integer.MAX_VALUE);
                case 2 -> {
                    question = QuestionCodec.read(reader.message(DhtQuestion.BYTES_MAX));
                    isThere = true;
                }
                case 3 -> asker = QuestionCodec.asker(reader.message(Reachable.BYTES_MAX));
                default -> reader.skip();
            }
        }
        if (!isThere) throw new ProtocolViolation(Failure.Code.MALFORMED, "no question");
        return new DhtFrame.Asked(number, question, asker);
    }

    static DhtFrame.Answered answered(Reader reader) {
        int number = 0;
        boolean isThere = false;
        @Nullable DhtAnswer answer = null;
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> number = reader.uint(Integer.MAX_VALUE);
                case 2 -> {
                    answer = AnswerCodec.read(reader.message(DhtAnswer.BYTES_MAX));
                    isThere = true;
                }
                default -> reader.skip();
            }
        }
        if (!isThere) throw new ProtocolViolation(Failure.Code.MALFORMED, "no answer");
        return new DhtFrame.Answered(number, answer);
    }

    static int sizeOfBody(DhtFrame frame) {
        if (frame instanceof DhtFrame.Asked asked) {
            Reachable asker = asked.asker();
            int more = asker == null ? 0 : Writer.sizeOfField(QuestionCodec.sizeOf(asker));
            return Writer.sizeOfUint(asked.number()) + Writer.sizeOfField(sizeOf(known(asked.question()))) + more;
        }
        if (frame instanceof DhtFrame.Answered answered)
            return Writer.sizeOfUint(answered.number()) + Writer.sizeOfField(sizeOf(known(answered.answer())));
        throw new AssertionError(frame);
    }

    private static <T> T known(@Nullable T said) {
        if (said == null) throw new IllegalArgumentException("what is not known cannot be said");
        return said;
    }

    private static void limit(Bytes bytes, int max, String what) {
        if (bytes.length() > max)
            throw new ProtocolViolation(Failure.Code.TOO_LARGE, what + " of " + bytes.length() + " B");
    }
}
