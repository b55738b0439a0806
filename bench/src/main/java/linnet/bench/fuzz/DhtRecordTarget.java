package linnet.bench.fuzz;

import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.wire.PeerRecord;
import linnet.core.wire.RecordCodec;
import linnet.core.wire.RecordSeal;
import linnet.core.wire.SignedRecord;

/** Records that others hold: as a holder reads them, and as a reader does who knows the owner. */
final class DhtRecordTarget implements Target {
    private static final long DAY = 20_700;
    private static final long ISSUED_MILLIS = DAY * 86_400_000L;

    private final Crypto crypto = new QuickCrypto();
    private final Person alice = Person.create(crypto, "Alice");
    private final SignedRecord record = record(crypto, alice);
    private final RecordSeal seal = seal(crypto, alice);

    static SignedRecord record(Crypto crypto, Person owner) {
        return seal(crypto, owner)
                .seal(
                        owner.identity(),
                        1,
                        ISSUED_MILLIS,
                        ISSUED_MILLIS + SignedRecord.Kind.POINTER.lifeMillis(),
                        List.of(new Endpoint("ws://192.0.2.1:7071/")),
                        List.of(owner.peer(crypto)));
    }

    private static RecordSeal seal(Crypto crypto, Person owner) {
        return new RecordSeal(
                crypto,
                owner.card().devices().userPublic(),
                owner.bundle().devicePublic(),
                SignedRecord.Kind.POINTER,
                DAY);
    }

    @Override
    public List<Bytes> messages() {
        PeerRecord inner = seal.open(record);
        return List.of(record.raw(), inner.raw());
    }

    @Override
    public boolean accepts(Bytes input, boolean raw) {
        boolean held = decodes(() -> {
            SignedRecord read = RecordCodec.decode(input);
            read.check(crypto);
            seal.open(read);
        });
        boolean inner = decodes(() -> RecordCodec.decodePeerRecord(input));
        return held || inner;
    }

    /** A signature or seal that does not hold is a refusal that comes after decoding. */
    private static boolean decodes(Runnable reading) {
        try {
            reading.run();
            return true;
        } catch (ProtocolViolation refused) {
            return refused.failure().code() == Failure.Code.TAMPERED;
        }
    }
}
