package linnet.core.dht;

import java.util.ArrayList;
import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.env.Env;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.PeerId;
import linnet.core.wire.RecordSeal;
import linnet.core.wire.SignedRecord;
import linnet.core.wire.SignedRecord.Kind;

/**
 * Makes the records of this device. Sequences grow by the clock and never fall, also when the clock does, or the device starts again: a
 * thousand a second at most, from the seconds since 1970.
 */
public final class OwnRecords {
    /** Pointers are signed for so many days ahead, so that holders and delegates publish them while the owner sleeps (SPEC decision 3). */
    public static final int DAYS_AHEAD = 14;

    /** A record for a day to come begins so long before it, because clocks differ. */
    private static final long EARLY_MILLIS = 2L * 60 * 60 * 1000;

    private static final String TABLE = "dht";
    private static final String SEQUENCE = "sequence";

    private final Identity identity;
    private final Env env;
    private final Crypto crypto;
    private final Bytes userPublic;
    private final Bytes devicePublic;
    private long lastSequence;

    /** Goes on where the last life ended. */
    public OwnRecords(Identity identity, Env env, Crypto crypto) {
        this.identity = identity;
        this.env = env;
        this.crypto = crypto;
        this.userPublic = crypto.signingPublic(identity.userSeed());
        this.devicePublic = crypto.signingPublic(identity.deviceSeed());
        Bytes last = env.store().get(TABLE, SEQUENCE);
        if (last != null) this.lastSequence = Long.parseLong(last.text());
    }

    /** Says that this device is there now, and where, if it is told to the public. */
    public SignedRecord presence(long day, List<Endpoint> endpoints) {
        return make(Kind.PRESENCE, day, endpoints, List.of());
    }

    /** Says who keeps messages for this device. */
    public SignedRecord pointer(long day, List<PeerId> delegates) {
        return make(Kind.POINTER, day, List.of(), delegates);
    }

    /** The pointers of today and the days to come, for delegates. Those of later days begin when their day does. */
    public List<SignedRecord> pointersAhead(List<PeerId> delegates) {
        long today = RecordSeal.day(env.wallMillis());
        List<SignedRecord> pointers = new ArrayList<>(DAYS_AHEAD);
        for (int i = 0; i < DAYS_AHEAD; i++) pointers.add(pointer(today + i, delegates));
        return pointers;
    }

    private SignedRecord make(Kind kind, long day, List<Endpoint> endpoints, List<PeerId> delegates) {
        long wall = env.wallMillis();
        long issued = Math.max(wall, day * RecordSeal.DAY_MILLIS - EARLY_MILLIS);
        RecordSeal seal = new RecordSeal(crypto, userPublic, devicePublic, kind, day);
        return seal.seal(identity, nextSequence(wall), issued, issued + kind.lifeMillis(), endpoints, delegates);
    }

    private long nextSequence(long wallMillis) {
        lastSequence = Math.max(lastSequence + 1, wallMillis / 1_000 * 1_000);
        env.store().put(TABLE, SEQUENCE, Bytes.utf8(Long.toString(lastSequence)));
        return lastSequence;
    }
}
