package linnet.core.message;

import linnet.core.event.Stage;
import linnet.core.id.Bytes;
import linnet.core.id.EnvelopeId;
import linnet.core.id.Key;
import linnet.core.id.MessageId;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import linnet.core.wire.Reader;
import linnet.core.wire.Writer;
import org.jspecify.annotations.Nullable;

/** One content on its way to one device: what is stored of it, and what is known of its flight in this life of the node. */
final class Waiting {
    /** Rows of the first version have a date (6) where others have an age (9); they are taken as accepted when it ended. */
    private static final int ROW_VERSION = 1;

    final long number;
    final UserId to;
    final PeerId device;
    final MessageId id;

    /** How old the device was when it was accepted. */
    final long acceptedMillis;

    final int bytes;

    Kind kind;

    /** How far it is; never goes back. */
    Stage stage = Stage.QUEUED;

    /** Whether the row would survive a power cut: only then may it leave. */
    boolean durable;

    /** Whether it left over the present link and is not acknowledged. */
    boolean inFlight;

    /** When it left last. */
    long sentMillis;

    /** How often it left over the present link. */
    int sends;

    /** Which prekey the last copy was sealed to. */
    long prekeyId;

    /** Whether the recipient could not open the last copy. */
    boolean unreadable;

    /** Whether the recipient's clock says that it is too old. */
    boolean tooOld;

    /** Whether the person was told a cause that has to be taken back. */
    boolean hasToldCause;

    /** The last sealed copy. */
    @Nullable
    EnvelopeId copy;

    /** What it is. */
    enum Kind {
        /** A contact request: the only thing that a person who has not answered yet is sent. It waits for their answer. */
        REQUEST(1),
        /** The answer yes, in homes of the first version. It is no longer kept: who did not hear it asks again. */
        ACCEPT(2),
        /** What the person has seen. */
        READ(3),
        /** A message: has a place in the conversation, and its stages are told. */
        MESSAGE(4),
        /** A message that another device of the person has already: it still goes to this one, and nothing is told. */
        COPY(5);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        private static Kind of(int number) {
            for (Kind kind : values()) if (kind.number == number) return kind;
            throw new IllegalStateException("outbox row of kind " + number);
        }
    }

    Waiting(long number, Kind kind, UserId to, PeerId device, MessageId id, long acceptedMillis, int bytes) {
        this.number = number;
        this.kind = kind;
        this.to = to;
        this.device = device;
        this.id = id;
        this.acceptedMillis = acceptedMillis;
        this.bytes = bytes;
    }

    /** Returns whether stages are told for it. */
    boolean isMessage() {
        return kind == Kind.MESSAGE;
    }

    /** Notes that the present link is gone, and with it all that was in it. */
    void forgetFlight() {
        inFlight = false;
        sends = 0;
    }

    Bytes encode() {
        return new Writer(160)
                .uint(1, ROW_VERSION)
                .uint(2, kind.number)
                .key(3, to.key())
                .key(4, device.key())
                .bytes(5, id.random16())
                .uint(7, bytes)
                .uint(8, stage == Stage.STORED ? 2 : stage == Stage.SENT ? 1 : 0)
                .uint64(9, acceptedMillis)
                .toBytes();
    }

    static Waiting decode(long number, Bytes row) {
        int version = 0;
        int kind = 0;
        int stage = 0;
        int bytes = 0;
        long accepted = 0;
        @Nullable Key to = null;
        @Nullable Key device = null;
        @Nullable Bytes id = null;
        Reader reader = new Reader(row);
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> version = reader.uint(ROW_VERSION);
                case 2 -> kind = reader.uint(Kind.values().length);
                case 3 -> to = reader.key();
                case 4 -> device = reader.key();
                case 5 -> id = reader.bytes(MessageId.BYTES, MessageId.BYTES);
                case 7 -> bytes = reader.uint(Integer.MAX_VALUE);
                case 8 -> stage = reader.uint(2);
                case 9 -> accepted = reader.uint64(Long.MAX_VALUE);
                default -> reader.skip();
            }
        }
        if (version != ROW_VERSION) throw new IllegalStateException("outbox row of version " + version);
        Waiting waiting = new Waiting(
                number,
                Kind.of(kind),
                new UserId(Reader.required(to, "recipient")),
                new PeerId(Reader.required(device, "device")),
                new MessageId(Reader.required(id, "id")),
                accepted,
                bytes);
        waiting.stage = stage == 2 ? Stage.STORED : stage == 1 ? Stage.SENT : Stage.QUEUED;
        waiting.durable = true;
        return waiting;
    }
}
