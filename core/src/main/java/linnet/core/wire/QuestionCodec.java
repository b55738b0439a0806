package linnet.core.wire;

import java.util.ArrayList;
import java.util.List;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.Key;
import org.jspecify.annotations.Nullable;

/** {@code Question} of {@code dht.proto}. */
final class QuestionCodec {
    private static final int PING = 1;
    private static final int FIND = 2;
    private static final int GET = 3;
    private static final int PUT = 4;
    private static final int COMPARE = 5;
    private static final int DIAL_BACK = 6;
    private static final int ON_BEHALF = 7;

    private QuestionCodec() {}

    static int sizeOf(DhtQuestion<?> question) {
        return Writer.sizeOfField(sizeOfBody(question));
    }

    private static int sizeOfBody(DhtQuestion<?> question) {
        if (question instanceof DhtQuestion.Ping) return 0;
        if (question instanceof DhtQuestion.Find find) return Writer.KEY_FIELD_BYTES + Writer.sizeOfUint(find.wanted());
        if (question instanceof DhtQuestion.Get get)
            return Writer.KEY_FIELD_BYTES + Writer.sizeOfUint(get.kind().number());
        if (question instanceof DhtQuestion.Put put)
            return Writer.sizeOfField(put.record().raw().length());
        if (question instanceof DhtQuestion.Compare compare) {
            int size = 0;
            for (DhtQuestion.Digest digest : compare.digests()) size += Writer.sizeOfField(sizeOf(digest));
            return size;
        }
        if (question instanceof DhtQuestion.DialBack back)
            return Writer.sizeOfField(back.endpoint().uri().length());
        if (question instanceof DhtQuestion.OnBehalf<?> errand)
            return Writer.sizeOfField(errand.to().encodedBytes()) + Writer.sizeOfField(sizeOf(errand.question()));
        throw new AssertionError(question);
    }

    private static int sizeOf(DhtQuestion.Digest digest) {
        return Writer.KEY_FIELD_BYTES
                + Writer.sizeOfField(DhtQuestion.Digest.HASH_BYTES)
                + Writer.sizeOfUint64(digest.sequence());
    }

    static Writer write(Writer writer, DhtQuestion<?> question) {
        int size = sizeOfBody(question);
        int start = writer.open(number(question), size);
        if (question instanceof DhtQuestion.Find find) {
            writer.key(1, find.target()).uint(2, find.wanted());
        } else if (question instanceof DhtQuestion.Get get) {
            writer.key(1, get.key()).uint(2, get.kind().number());
        } else if (question instanceof DhtQuestion.Put put) {
            writer.item(1, RecordCodec.encode(put.record()));
        } else if (question instanceof DhtQuestion.Compare compare) {
            for (DhtQuestion.Digest digest : compare.digests()) {
                int inner = sizeOf(digest);
                int from = writer.open(1, inner);
                writer.key(1, digest.key())
                        .bytes(2, digest.hash())
                        .uint64(3, digest.sequence())
                        .close(from, inner);
            }
        } else if (question instanceof DhtQuestion.DialBack back) {
            writer.text(1, back.endpoint().uri());
        } else if (question instanceof DhtQuestion.OnBehalf<?> errand) {
            int there = errand.to().encodedBytes();
            int from = writer.open(1, there);
            AnswerCodec.write(writer, errand.to());
            writer.close(from, there);
            int inner = sizeOf(errand.question());
            from = writer.open(2, inner);
            write(writer, errand.question()).close(from, inner);
        }
        return writer.close(start, size);
    }

    private static int number(DhtQuestion<?> question) {
        if (question instanceof DhtQuestion.Ping) return PING;
        if (question instanceof DhtQuestion.Find) return FIND;
        if (question instanceof DhtQuestion.Get) return GET;
        if (question instanceof DhtQuestion.Put) return PUT;
        if (question instanceof DhtQuestion.Compare) return COMPARE;
        if (question instanceof DhtQuestion.DialBack) return DIAL_BACK;
        if (question instanceof DhtQuestion.OnBehalf<?>) return ON_BEHALF;
        throw new AssertionError(question);
    }

    /** Reads a question, or returns null for one that only a newer program knows. */
    static @Nullable DhtQuestion<?> read(Reader reader) {
        return read(reader, true);
    }

    private static @Nullable DhtQuestion<?> read(Reader reader, boolean isOuter) {
        @Nullable DhtQuestion<?> question = null;
        boolean isKnown = false;
        boolean isUnknown = false;
        for (int field = reader.field(); field != 0; field = reader.field()) {
            if (field > ON_BEHALF) {
                isUnknown |= reader.isSized();
                reader.skip();
                continue;
            }
            if (isKnown) throw malformed("two questions in one");
            isKnown = true;
            Reader body = reader.message(DhtQuestion.BYTES_MAX);
            question = switch (field) {
                case PING -> ping(body);
                case FIND -> find(body);
                case GET -> get(body);
                case PUT -> put(body);
                case COMPARE -> compare(body);
                case DIAL_BACK -> dialBack(body);
                case ON_BEHALF -> {
                    if (!isOuter) throw malformed("an errand within an errand");
                    yield onBehalf(body);
                }
                default -> throw new AssertionError(field);
            };
        }
        if (!isKnown && !isUnknown) throw malformed("no question");
        return question;
    }

    static int sizeOf(Reachable asker) {
        return sizeOf(asker.endpoints(), asker.serves());
    }

    static int sizeOf(List<Endpoint> endpoints, boolean serves) {
        int size = serves ? 2 : 0;
        for (Endpoint endpoint : endpoints) size += AnswerCodec.sizeOf(endpoint);
        return size;
    }

    static Writer write(Writer writer, int field, Reachable asker) {
        int size = sizeOf(asker);
        int start = writer.open(field, size);
        for (Endpoint endpoint : asker.endpoints()) writer.text(1, endpoint.uri());
        return writer.uint(2, asker.serves() ? 1 : 0).close(start, size);
    }

    static Reachable asker(Reader reader) {
        List<Endpoint> endpoints = new ArrayList<>(2);
        boolean serves = false;
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 ->
                    endpoints.add(RecordCodec.endpoint(reader.repeated(endpoints.size(), Whereabouts.ENDPOINTS_MAX)));
                case 2 -> serves = reader.uint(1) == 1;
                default -> reader.skip();
            }
        }
        return new Reachable(endpoints, serves);
    }

    private static DhtQuestion.Ping ping(Reader reader) {
        while (reader.field() != 0) reader.skip();
        return new DhtQuestion.Ping();
    }

    private static DhtQuestion.Find find(Reader reader) {
        @Nullable Key target = null;
        int wanted = 0;
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> target = reader.key();
                case 2 -> wanted = reader.uint(DhtAnswer.PEERS_MAX);
                default -> reader.skip();
            }
        }
        return new DhtQuestion.Find(Reader.required(target, "target"), Reader.positive(wanted, "count"));
    }

    private static DhtQuestion.@Nullable Get get(Reader reader) {
        @Nullable Key key = null;
        int number = 0;
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> key = reader.key();
                case 2 -> number = reader.uint(Limits.NUMBER_MAX);
                default -> reader.skip();
            }
        }
        Key wanted = Reader.required(key, "key");
        SignedRecord.Kind kind = SignedRecord.Kind.of(Reader.positive(number, "kind"));
        return kind == null ? null : new DhtQuestion.Get(wanted, kind);
    }

    private static DhtQuestion.@Nullable Put put(Reader reader) {
        @Nullable Bytes raw = null;
        for (int field = reader.field(); field != 0; field = reader.field()) {
            if (field == 1) raw = reader.bytes(1, SignedRecord.BYTES_MAX);
            else reader.skip();
        }
        SignedRecord record = RecordCodec.decodeIfKnown(Reader.required(raw, "record"));
        return record == null ? null : new DhtQuestion.Put(record);
    }

    private static DhtQuestion.Compare compare(Reader reader) {
        List<DhtQuestion.Digest> digests = new ArrayList<>();
        for (int field = reader.field(); field != 0; field = reader.field()) {
            if (field == 1)
                digests.add(digest(reader.repeated(digests.size(), DhtQuestion.Compare.DIGESTS_MAX)
                        .message(DhtQuestion.BYTES_MAX)));
            else reader.skip();
        }
        if (digests.isEmpty()) throw malformed("no digest");
        return new DhtQuestion.Compare(digests);
    }

    private static DhtQuestion.Digest digest(Reader reader) {
        @Nullable Key key = null;
        @Nullable Bytes hash = null;
        long sequence = 0;
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> key = reader.key();
                case 2 -> hash = reader.bytes(DhtQuestion.Digest.HASH_BYTES, DhtQuestion.Digest.HASH_BYTES);
                case 3 -> sequence = reader.uint64(Limits.COUNTER_MAX);
                default -> reader.skip();
            }
        }
        return new DhtQuestion.Digest(
                Reader.required(key, "key"), Reader.required(hash, "hash"), Reader.positive(sequence, "sequence"));
    }

    private static DhtQuestion.DialBack dialBack(Reader reader) {
        @Nullable Endpoint endpoint = null;
        for (int field = reader.field(); field != 0; field = reader.field()) {
            if (field == 1) endpoint = RecordCodec.endpoint(reader);
            else reader.skip();
        }
        return new DhtQuestion.DialBack(Reader.required(endpoint, "endpoint"));
    }

    private static @Nullable DhtQuestion<?> onBehalf(Reader reader) {
        @Nullable Whereabouts to = null;
        @Nullable DhtQuestion<?> question = null;
        boolean isAsked = false;
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> to = AnswerCodec.whereabouts(reader.message(Whereabouts.BYTES_MAX));
                case 2 -> {
                    if (isAsked) throw malformed("two questions in one");
                    isAsked = true;
                    Reader body = reader.message(DhtQuestion.BYTES_MAX);
                    question = readInner(body);
                }
                default -> reader.skip();
            }
        }
        Whereabouts there = Reader.required(to, "peer");
        if (!isAsked) throw malformed("no question");
        return question == null ? null : new DhtQuestion.OnBehalf<>(there, question);
    }

    /** An errand within an errand would be read without end. */
    private static @Nullable DhtQuestion<?> readInner(Reader reader) {
        DhtQuestion<?> question = read(reader, false);
        if (question instanceof DhtQuestion.DialBack) throw malformed("asked back on behalf of another");
        return question;
    }

    private static ProtocolViolation malformed(String detail) {
        return new ProtocolViolation(Failure.Code.MALFORMED, detail);
    }
}
