package linnet.core.dht;

import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.wire.RecordSeal;
import linnet.core.wire.SignedRecord;
import linnet.core.wire.SignedRecord.Kind;

/** Somebody whose records are looked for. */
final class Owner {
    private final Crypto crypto;
    private final Identity identity;
    private final Bytes userPublic;
    private final Bytes devicePublic;
    private long sequence;

    Owner(Crypto crypto) {
        this.crypto = crypto;
        this.identity = Identity.create(crypto);
        this.userPublic = crypto.signingPublic(identity.userSeed());
        this.devicePublic = crypto.signingPublic(identity.deviceSeed());
    }

    /** Returns the next version, signed now. */
    SignedRecord record(Kind kind, long wallMillis) {
        return record(kind, RecordSeal.day(wallMillis), wallMillis);
    }

    SignedRecord record(Kind kind, long day, long wallMillis) {
        return seal(kind, day)
                .seal(identity, ++sequence, wallMillis, wallMillis + kind.lifeMillis(), List.of(), List.of());
    }

    SignedRecord presence(long wallMillis, List<Endpoint> endpoints) {
        Kind kind = Kind.PRESENCE;
        return seal(kind, RecordSeal.day(wallMillis))
                .seal(identity, ++sequence, wallMillis, wallMillis + kind.lifeMillis(), endpoints, List.of());
    }

    List<Bytes> publicKeys() {
        return List.of(userPublic, devicePublic);
    }

    /** What a reader who has the owner's card looks for. */
    Wanted wanted(Kind kind, long wallMillis) {
        RecordSeal seal = seal(kind, RecordSeal.day(wallMillis));
        return new Wanted(seal.key(), kind, record -> opens(seal, record));
    }

    long sequence() {
        return sequence;
    }

    private RecordSeal seal(Kind kind, long day) {
        return new RecordSeal(crypto, userPublic, devicePublic, kind, day);
    }

    private static boolean opens(RecordSeal seal, SignedRecord record) {
        try {
            seal.open(record);
            return true;
        } catch (ProtocolViolation e) {
            return false;
        }
    }
}
