package linnet.core.wire;

import java.util.ArrayList;
import java.util.List;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.Key;
import linnet.core.id.PeerId;
import org.jspecify.annotations.Nullable;

/** {@code Answer} of {@code dht.proto}. */
final class AnswerCodec {
    private static final int PONG = 1;
    private static final int NEAREST = 2;
    private static final int HELD = 3;
    private static final int KEPT = 4;
    private static final int LACKING = 5;
    private static final int DIALLED_BACK = 6;
    private static final int REFUSED = 7;

    private static final int KEY_BYTES = 32;

    /** Longest detail of a refusal in bytes of UTF-8. A sentence, not a stack trace. */
    private static final int DETAIL_BYTES_MAX = 200;

    private AnswerCodec() {}

    static int sizeOf(DhtAnswer answer) {
        return Writer.sizeOfField(sizeOfBody(answer));
    }

    static int sizeOfWhereabouts(List<Endpoint> endpoints) {
        int size = 2 * Writer.KEY_FIELD_BYTES;
        for (int i = 0; i < endpoints.size(); i++) size += sizeOf(endpoints.get(i));
        return size;
    }

    static int sizeOf(Endpoint endpoint) {
        return Writer.sizeOfField(endpoint.uri().length());
    }

    private static int sizeOfBody(DhtAnswer answer) {
        if (answer instanceof DhtAnswer.Pong pong) return sizeOf(pong.seenAs());
        if (answer instanceof DhtAnswer.Nearest nearest) return sizeOf(nearest.peers());
        if (answer instanceof DhtAnswer.Held held) {
            int size = sizeOf(held.peers());
            for (SignedRecord record : held.records())
                size += Writer.sizeOfField(record.raw().length());
            return size;
        }
        if (answer instanceof DhtAnswer.Kept kept) return Writer.sizeOfUint64(kept.sequence());
        if (answer instanceof DhtAnswer.Lacking lacking) return Writer.sizeOfUint(lacking.bits());
        if (answer instanceof DhtAnswer.DialledBack back) return back.reached() ? 2 : 0;
        if (answer instanceof DhtAnswer.Refused refused) {
            int detail = Utf8.length(detail(refused));
            int code = Writer.sizeOfUint(refused.why().code().number());
            return detail == 0 ? code : code + Writer.sizeOfField(detail);
        }
        throw new AssertionError(answer);
    }

    private static int sizeOf(List<Whereabouts> peers) {
        int size = 0;
        for (int i = 0; i < peers.size(); i++)
            size += Writer.sizeOfField(peers.get(i).encodedBytes());
        return size;
    }

    static @Nullable DhtAnswer withoutFarthest(DhtAnswer answer) {
        if (answer instanceof DhtAnswer.Nearest nearest && !nearest.peers().isEmpty())
            return new DhtAnswer.Nearest(withoutLast(nearest.peers()));
        if (answer instanceof DhtAnswer.Held held && !held.peers().isEmpty())
            return new DhtAnswer.Held(held.records(), withoutLast(held.peers()));
        return null;
    }

    private static List<Whereabouts> withoutLast(List<Whereabouts> peers) {
        return peers.subList(0, peers.size() - 1);
    }

    static Writer write(Writer writer, DhtAnswer answer) {
        int size = sizeOfBody(answer);
        int start = writer.open(number(answer), size);
        if (answer instanceof DhtAnswer.Pong pong) {
            writer.text(1, pong.seenAs().uri());
        } else if (answer instanceof DhtAnswer.Nearest nearest) {
            write(writer, 1, nearest.peers());
        } else if (answer instanceof DhtAnswer.Held held) {
            for (SignedRecord record : held.records()) writer.item(1, RecordCodec.encode(record));
            write(writer, 2, held.peers());
        } else if (answer instanceof DhtAnswer.Kept kept) {
            writer.uint64(1, kept.sequence());
        } else if (answer instanceof DhtAnswer.Lacking lacking) {
            writer.uint(1, lacking.bits());
        } else if (answer instanceof DhtAnswer.DialledBack back) {
            writer.uint(1, back.reached() ? 1 : 0);
        } else if (answer instanceof DhtAnswer.Refused refused) {
            writer.uint(1, refused.why().code().number()).text(2, detail(refused));
        }
        return writer.close(start, size);
    }

    private static void write(Writer writer, int field, List<Whereabouts> peers) {
        for (Whereabouts where : peers) {
            int size = where.encodedBytes();
            int start = writer.open(field, size);
            write(writer, where);
            writer.close(start, size);
        }
    }

    static void write(Writer writer, Whereabouts where) {
        writer.key(1, where.peer().key()).bytes(2, where.linkPublic());
        for (Endpoint endpoint : where.endpoints()) writer.text(3, endpoint.uri());
    }

    private static String detail(DhtAnswer.Refused refused) {
        return Utf8.cut(refused.why().detail(), DETAIL_BYTES_MAX);
    }

    private static int number(DhtAnswer answer) {
        if (answer instanceof DhtAnswer.Pong) return PONG;
        if (answer instanceof DhtAnswer.Nearest) return NEAREST;
        if (answer instanceof DhtAnswer.Held) return HELD;
        if (answer instanceof DhtAnswer.Kept) return KEPT;
        if (answer instanceof DhtAnswer.Lacking) return LACKING;
        if (answer instanceof DhtAnswer.DialledBack) return DIALLED_BACK;
        if (answer instanceof DhtAnswer.Refused) return REFUSED;
        throw new AssertionError(answer);
    }

    /** Reads an answer, or returns null for one that only a newer program knows. */
    static @Nullable DhtAnswer read(Reader reader) {
        @Nullable DhtAnswer answer = null;
        boolean isKnown = false;
        boolean isUnknown = false;
        for (int field = reader.field(); field != 0; field = reader.field()) {
            if (field > REFUSED) {
                isUnknown |= reader.isSized();
                reader.skip();
                continue;
            }
            if (isKnown) throw malformed("two answers in one");
            isKnown = true;
            Reader body = reader.message(DhtAnswer.BYTES_MAX);
            answer = switch (field) {
                case PONG -> pong(body);
                case NEAREST -> new DhtAnswer.Nearest(peers(body));
                case HELD -> held(body);
                case KEPT -> kept(body);
                case LACKING -> new DhtAnswer.Lacking(number(body, DhtAnswer.Lacking.BITS_MAX));
                case DIALLED_BACK -> new DhtAnswer.DialledBack(number(body, 1) == 1);
                case REFUSED -> refused(body);
                default -> throw new AssertionError(field);
            };
        }
        if (!isKnown && !isUnknown) throw malformed("no answer");
        return answer;
    }

    private static DhtAnswer.Pong pong(Reader reader) {
        @Nullable Endpoint seenAs = null;
        for (int field = reader.field(); field != 0; field = reader.field()) {
            if (field == 1) seenAs = RecordCodec.endpoint(reader);
            else reader.skip();
        }
        return new DhtAnswer.Pong(Reader.required(seenAs, "address"));
    }

    private static List<Whereabouts> peers(Reader reader) {
        List<Whereabouts> peers = new ArrayList<>();
        for (int field = reader.field(); field != 0; field = reader.field()) {
            if (field == 1) peers.add(peer(reader, peers.size()));
            else reader.skip();
        }
        return peers;
    }

    private static DhtAnswer.Held held(Reader reader) {
        List<SignedRecord> records = new ArrayList<>();
        List<Whereabouts> peers = new ArrayList<>();
        int count = 0;
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> {
                    Bytes raw = reader.repeated(count++, DhtAnswer.RECORDS_MAX).bytes(1, SignedRecord.BYTES_MAX);
                    SignedRecord record = RecordCodec.decodeIfKnown(raw);
                    if (record != null) records.add(record);
                }
                case 2 -> peers.add(peer(reader, peers.size()));
                default -> reader.skip();
            }
        }
        return new DhtAnswer.Held(records, peers);
    }

    private static Whereabouts peer(Reader reader, int have) {
        return whereabouts(reader.repeated(have, DhtAnswer.PEERS_MAX).message(Whereabouts.BYTES_MAX));
    }

    static Whereabouts whereabouts(Reader reader) {
        @Nullable Key peer = null;
        @Nullable Bytes linkPublic = null;
        List<Endpoint> endpoints = new ArrayList<>(2);
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> peer = reader.key();
                case 2 -> linkPublic = reader.bytes(KEY_BYTES, KEY_BYTES);
                case 3 ->
                    endpoints.add(RecordCodec.endpoint(reader.repeated(endpoints.size(), Whereabouts.ENDPOINTS_MAX)));
                default -> reader.skip();
            }
        }
        return new Whereabouts(
                new PeerId(Reader.required(peer, "peer")), Reader.required(linkPublic, "link key"), endpoints);
    }

    private static DhtAnswer.Kept kept(Reader reader) {
        long sequence = 0;
        for (int field = reader.field(); field != 0; field = reader.field()) {
            if (field == 1) sequence = reader.uint64(Limits.COUNTER_MAX);
            else reader.skip();
        }
        return new DhtAnswer.Kept(Reader.positive(sequence, "sequence"));
    }

    private static int number(Reader reader, int max) {
        int number = 0;
        for (int field = reader.field(); field != 0; field = reader.field()) {
            if (field == 1) number = reader.uint(max);
            else reader.skip();
        }
        return number;
    }

    private static DhtAnswer.Refused refused(Reader reader) {
        int code = 0;
        String detail = "";
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> code = reader.uint(Limits.NUMBER_MAX);
                case 2 -> detail = reader.text(0, DETAIL_BYTES_MAX);
                default -> reader.skip();
            }
        }
        return new DhtAnswer.Refused(new Failure(Failure.Code.of(Reader.positive(code, "code")), detail));
    }

    private static ProtocolViolation malformed(String detail) {
        return new ProtocolViolation(Failure.Code.MALFORMED, detail);
    }
}
