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

/** Records that others hold: {@code dht.proto}. Form and limits only; signatures and seals are {@link RecordSeal}'s. */
public final class RecordCodec {
    private static final int KEY_BYTES = 32;

    private RecordCodec() {}

    /** Returns the signed bytes. */
    public static Bytes encode(SignedRecord record) {
        if (record.raw().length() == 0) throw new IllegalArgumentException("not signed yet");
        return record.raw();
    }

    /** Reads a signed record; one of a kind that only a newer program knows is a violation, {@code UNSUPPORTED}. */
    public static SignedRecord decode(Bytes raw) {
        SignedRecord record = decodeIfKnown(raw);
        if (record != null) return record;
        throw new ProtocolViolation(Failure.Code.UNSUPPORTED, "record of an unknown kind");
    }

    /** Reads a signed record, or returns null for one of a kind that only a newer program knows. */
    static @Nullable SignedRecord decodeIfKnown(Bytes raw) {
        limit(raw, SignedRecord.BYTES_MAX);
        @Nullable Key key = null;
        int number = 0;
        @Nullable Bytes sealed = null;
        @Nullable Bytes signer = null;
        long sequence = 0;
        long issued = 0;
        long expires = 0;
        Reader reader = new Reader(SignedBody.decode(raw).body());
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> key = reader.key();
                case 2 -> number = reader.uint(Limits.NUMBER_MAX);
                case 3 -> sealed = reader.bytes(SignedRecord.SEALED_BYTES_MIN, SignedRecord.SEALED_BYTES_MAX);
                case 4 -> signer = reader.bytes(KEY_BYTES, KEY_BYTES);
                case 5 -> sequence = reader.uint64(Limits.COUNTER_MAX);
                case 6 -> issued = reader.uint64(Limits.MILLIS_MAX);
                case 7 -> expires = reader.uint64(Limits.MILLIS_MAX);
                default -> reader.skip();
            }
        }
        SignedRecord.Kind kind = SignedRecord.Kind.of(Reader.positive(number, "kind"));
        if (kind == null) return null;
        if (!SignedRecord.lasts(kind, issued, expires)) throw malformed("true from " + issued + " to " + expires);
        return new SignedRecord(
                Reader.required(key, "key"),
                kind,
                Reader.required(sealed, "sealed payload"),
                Reader.required(signer, "signer"),
                Reader.positive(sequence, "sequence"),
                issued,
                expires,
                raw);
    }

    /** Reads what was inside the seal. */
    public static PeerRecord decodePeerRecord(Bytes raw) {
        limit(raw, PeerRecord.BYTES_MAX);
        @Nullable Bytes devicePublic = null;
        int number = 0;
        int day = 0;
        long sequence = 0;
        long expires = 0;
        List<Endpoint> endpoints = new ArrayList<>();
        List<PeerId> delegates = new ArrayList<>();
        Reader reader = new Reader(SignedBody.decode(raw).body());
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> devicePublic = reader.bytes(KEY_BYTES, KEY_BYTES);
                case 2 -> number = reader.uint(Limits.NUMBER_MAX);
                case 3 -> day = reader.uint((int) PeerRecord.DAY_MAX);
                case 4 -> sequence = reader.uint64(Limits.COUNTER_MAX);
                case 5 -> expires = reader.uint64(Limits.MILLIS_MAX);
                case 6 -> endpoints.add(endpoint(reader.repeated(endpoints.size(), Bundle.ENDPOINTS_MAX)));
                case 7 ->
                    delegates.add(new PeerId(reader.repeated(delegates.size(), PeerRecord.DELEGATES_MAX)
                            .key()));
                default -> reader.skip();
            }
        }
        SignedRecord.Kind kind = SignedRecord.Kind.of(Reader.positive(number, "kind"));
        if (kind == null) throw malformed("kind " + number);
        return new PeerRecord(
                Reader.required(devicePublic, "device key"),
                kind,
                Reader.positive(day, "day"),
                Reader.positive(sequence, "sequence"),
                Reader.positive(expires, "expiry"),
                endpoints,
                delegates,
                raw);
    }

    /** Reads an endpoint as the current field. */
    static Endpoint endpoint(Reader reader) {
        String uri = reader.text(1, Endpoint.CHARS_MAX);
        if (!Endpoint.isEndpoint(uri)) throw malformed("an endpoint that is no URI");
        return new Endpoint(uri);
    }

    static Bytes body(SignedRecord record) {
        return new Writer(record.sealed().length() + Writer.BYTES_FIRST)
                .key(1, record.key())
                .uint(2, record.kind().number())
                .bytes(3, record.sealed())
                .bytes(4, record.signer())
                .uint64(5, record.sequence())
                .uint64(6, record.issuedMillis())
                .uint64(7, record.expiresMillis())
                .toBytes();
    }

    static Bytes body(PeerRecord record) {
        Writer writer = new Writer(2 * Writer.BYTES_FIRST)
                .bytes(1, record.devicePublic())
                .uint(2, record.kind().number())
                .uint(3, (int) record.day())
                .uint64(4, record.sequence())
                .uint64(5, record.expiresMillis());
        for (Endpoint endpoint : record.endpoints()) writer.text(6, endpoint.uri());
        for (PeerId delegate : record.delegates()) writer.key(7, delegate.key());
        return writer.toBytes();
    }

    private static void limit(Bytes raw, int max) {
        if (raw.length() > max) throw new ProtocolViolation(Failure.Code.TOO_LARGE, "record of " + raw.length() + " B");
    }

    private static ProtocolViolation malformed(String detail) {
        return new ProtocolViolation(Failure.Code.MALFORMED, detail);
    }
}
