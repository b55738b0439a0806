package linnet.core.dht;

import java.util.ArrayList;
import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.wire.PeerRecord;
import linnet.core.wire.RecordSeal;
import linnet.core.wire.SignedRecord;
import org.jspecify.annotations.Nullable;

/** Reads the records of one device, by the keys on its card: without them they can neither be found nor opened. */
public final class RecordReader {
    /** So near to midnight the neighbour day is looked for too: clocks differ, and owners sleep (SPEC decision 3). */
    private static final long MIDNIGHT_MILLIS = 2L * 60 * 60 * 1000;

    private final Crypto crypto;
    private final Bytes userPublic;
    private final Bytes devicePublic;

    /** Reads for who has the card with these Ed25519 keys. */
    public RecordReader(Crypto crypto, Bytes userPublic, Bytes devicePublic) {
        this.crypto = crypto;
        this.userPublic = userPublic;
        this.devicePublic = devicePublic;
    }

    /** Returns what to look for now: today's record, and near midnight the other day's. */
    public List<Wanted> wanted(SignedRecord.Kind kind, long wallMillis) {
        long today = RecordSeal.day(wallMillis);
        long intoDay = wallMillis - today * RecordSeal.DAY_MILLIS;
        List<Wanted> wanted = new ArrayList<>(2);
        wanted.add(ofDay(kind, today));
        if (intoDay < MIDNIGHT_MILLIS) wanted.add(ofDay(kind, today - 1));
        else if (intoDay >= RecordSeal.DAY_MILLIS - MIDNIGHT_MILLIS) wanted.add(ofDay(kind, today + 1));
        return wanted;
    }

    /** Opens a record that was found, of whatever day it is near; null for one that is not the device's. */
    public @Nullable PeerRecord open(SignedRecord record, long wallMillis) {
        long today = RecordSeal.day(wallMillis);
        for (long day = today - 1; day <= today + 1; day++) {
            RecordSeal seal = seal(record.kind(), day);
            if (seal.key().equals(record.key())) return open(seal, record);
        }
        return null;
    }

    private Wanted ofDay(SignedRecord.Kind kind, long day) {
        RecordSeal seal = seal(kind, day);
        return new Wanted(seal.key(), kind, record -> open(seal, record) != null);
    }

    private RecordSeal seal(SignedRecord.Kind kind, long day) {
        return new RecordSeal(crypto, userPublic, devicePublic, kind, day);
    }

    private static @Nullable PeerRecord open(RecordSeal seal, SignedRecord record) {
        try {
            return seal.open(record);
        } catch (ProtocolViolation e) {
            return null;
        }
    }
}
