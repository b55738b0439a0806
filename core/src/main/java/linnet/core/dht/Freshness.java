package linnet.core.dht;

import linnet.core.env.Chance;
import linnet.core.wire.SignedRecord;
import linnet.core.wire.SignedRecord.Kind;

/**
 * How often owners say the same again, and so how old a record can be and still be the newest. An owner that moved says so at once, to the
 * same holders; these intervals are for those whom that did not reach.
 */
final class Freshness {
    /** Twice in the life of a presence. */
    private static final long PRESENCE_MILLIS = 5L * 60 * 1000;

    /** Four times in the life of a pointer (SPEC decision 3). */
    private static final long POINTER_MILLIS = 12L * 60 * 60 * 1000;

    /** An interval is shorter by up to this part of it, by chance. */
    private static final int SPREAD = 20;

    private Freshness() {}

    /** Returns when to say it again. */
    static long againMillis(Kind kind, Chance chance) {
        long whole = everyMillis(kind);
        return whole - chance.below((int) (whole / SPREAD));
    }

    /** Returns whether no newer one is due yet. */
    static boolean isCurrent(SignedRecord record, long wallMillis) {
        long whole = everyMillis(record.kind());
        long age = wallMillis - record.issuedMillis();
        return age >= 0 && age < whole - whole / SPREAD && wallMillis < record.expiresMillis();
    }

    private static long everyMillis(Kind kind) {
        return kind == Kind.POINTER ? POINTER_MILLIS : PRESENCE_MILLIS;
    }
}
