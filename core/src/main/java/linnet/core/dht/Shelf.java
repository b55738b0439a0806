package linnet.core.dht;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import linnet.core.id.Key;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.SignedRecord;
import linnet.core.wire.SignedRecord.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The records that this node keeps for others. Of one key, kind and signer the highest sequence stays, for ever; a newcomer never pushes
 * out a living record of another signer, because nobody here can tell whose the key is.
 *
 * <p>Bounded: when it is full, the record farthest from the own key leaves, since others are nearer to it.
 */
final class Shelf {
    /** Bytes of all records: what 2,000 full ones need. */
    static final int BYTES_MAX = 2 << 20;

    /** How much longer than its owner said a pointer is kept, so that a late republishing still finds it. */
    private static final long POINTER_GRACE_MILLIS = 6L * 60 * 60 * 1000;

    private static final long PRESENCE_GRACE_MILLIS = 2L * 60 * 1000;

    /** Clocks may differ so much: what was signed later than that in the future is refused. */
    private static final long SKEW_MILLIS = 2L * 60 * 60 * 1000;

    private final Key self;
    private final int entriesMax;
    private final TreeMap<Key, List<Slot>> slotsByKey = new TreeMap<>();
    private int entries;
    private int bytes;

    /** Nothing is over before. */
    private long nextDropMillis = Long.MAX_VALUE;

    /** Nothing is due for others before: most shelves have only what its owner says again. */
    private long nextDueMillis = Long.MAX_VALUE;

    /** Creates an empty shelf. */
    Shelf(Key self, int entriesMax) {
        this.self = self;
        this.entriesMax = entriesMax;
    }

    /** A record and when it is brought to others next. */
    static final class Slot {
        SignedRecord record;

        /** By the clock of limits. */
        long republishMillis;

        Slot(SignedRecord record, long republishMillis) {
            this.record = record;
            this.republishMillis = republishMillis;
        }
    }

    /** What became of a record that was offered. */
    enum Outcome {
        /** It was new or newer and is kept. */
        KEPT,
        /** This very version was here. */
        SAME,
        /** A newer one is here. */
        OLDER,
        /** Its time is over, or lies too far ahead. */
        EXPIRED,
        /** There is no room: too many signers at this key, or too many records nearer. */
        FULL
    }

    /** Offers a record whose signature holds. */
    Outcome offer(SignedRecord record, long wallMillis, long republishMillis) {
        if (wallMillis >= dropMillis(record) || record.issuedMillis() > wallMillis + SKEW_MILLIS)
            return Outcome.EXPIRED;
        nextDueMillis = Math.min(nextDueMillis, republishMillis);
        List<Slot> slots = slotsByKey.get(record.key());
        if (slots != null) dropExpired(slots, wallMillis);
        Slot slot = slots == null ? null : slot(slots, record);
        if (slot != null) {
            if (record.sequence() < slot.record.sequence()) return Outcome.OLDER;
            slot.republishMillis = republishMillis;
            if (record.sequence() == slot.record.sequence()) return Outcome.SAME;
            bytes += size(record) - size(slot.record);
            slot.record = record;
            nextDropMillis = Math.min(nextDropMillis, dropMillis(record));
            return Outcome.KEPT;
        }
        if (slots != null && count(slots, record.kind()) >= DhtAnswer.RECORDS_MAX) return Outcome.FULL;
        if (!hasRoom(record)) return Outcome.FULL;
        slotsByKey.computeIfAbsent(record.key(), key -> new ArrayList<>(1)).add(new Slot(record, republishMillis));
        nextDropMillis = Math.min(nextDropMillis, dropMillis(record));
        entries++;
        bytes += size(record);
        return Outcome.KEPT;
    }

    /** Returns what is kept at a key, of one kind, at most {@link DhtAnswer#RECORDS_MAX}. */
    List<SignedRecord> get(Key key, Kind kind, long wallMillis) {
        List<Slot> slots = slotsByKey.get(key);
        if (slots == null) return List.of();
        List<SignedRecord> found = new ArrayList<>(1);
        for (Slot slot : slots)
            if (slot.record.kind() == kind && wallMillis < dropMillis(slot.record)) found.add(slot.record);
        return found;
    }

    /** Returns the sequence that is kept from this signer, or 0. */
    long sequence(SignedRecord like) {
        List<Slot> slots = slotsByKey.get(like.key());
        Slot slot = slots == null ? null : slot(slots, like);
        return slot == null ? 0 : slot.record.sequence();
    }

    /** Returns all records at a key, of every kind. */
    List<SignedRecord> at(Key key) {
        List<SignedRecord> found = new ArrayList<>(1);
        List<Slot> slots = slotsByKey.get(key);
        if (slots != null) for (Slot slot : slots) found.add(slot.record);
        return found;
    }

    /**
     * Returns the records whose republishing is due by then, nearest keys together, at most {@code count}.
     *
     * @param from where to begin; the keys below it come last. Null begins with the lowest
     */
    List<Slot> due(long nowMillis, @Nullable Key from, int count) {
        if (nowMillis < nextDueMillis) return List.of();
        nextDueMillis = Long.MAX_VALUE;
        List<Slot> due = new ArrayList<>();
        if (from == null) addDue(due, slotsByKey.values(), nowMillis, count);
        else {
            addDue(due, slotsByKey.tailMap(from, true).values(), nowMillis, count);
            addDue(due, slotsByKey.headMap(from, false).values(), nowMillis, count);
        }
        return due;
    }

    private void addDue(List<Slot> due, Collection<List<Slot>> all, long nowMillis, int count) {
        for (List<Slot> slots : all)
            for (Slot slot : slots) {
                if (due.size() == count) return;
                nextDueMillis = Math.min(nextDueMillis, slot.republishMillis);
                if (slot.republishMillis <= nowMillis) due.add(slot);
            }
    }

    /** Forgets what is over. */
    void sweep(long wallMillis) {
        if (wallMillis < nextDropMillis) return;
        nextDropMillis = Long.MAX_VALUE;
        for (Iterator<List<Slot>> all = slotsByKey.values().iterator(); all.hasNext(); ) {
            List<Slot> slots = all.next();
            dropExpired(slots, wallMillis);
            if (slots.isEmpty()) all.remove();
            for (Slot slot : slots) nextDropMillis = Math.min(nextDropMillis, dropMillis(slot.record));
        }
    }

    /** Returns all records, in the order of their keys. */
    List<SignedRecord> records() {
        List<SignedRecord> records = new ArrayList<>(entries);
        for (List<Slot> slots : slotsByKey.values()) for (Slot slot : slots) records.add(slot.record);
        return records;
    }

    int entries() {
        return entries;
    }

    int bytes() {
        return bytes;
    }

    /** Returns when holders forget a record: some time after its owner's expiry. */
    static long dropMillis(SignedRecord record) {
        long grace = record.kind() == Kind.POINTER ? POINTER_GRACE_MILLIS : PRESENCE_GRACE_MILLIS;
        return Math.min(
                        record.expiresMillis(),
                        record.issuedMillis() + record.kind().lifeMillis())
                + grace;
    }

    private boolean hasRoom(SignedRecord record) {
        while (entries >= entriesMax || bytes + size(record) > BYTES_MAX) {
            Key farthest = null;
            for (Key key : slotsByKey.keySet())
                if (farthest == null || self.compareDistance(key, farthest) > 0) farthest = key;
            if (farthest == null || self.compareDistance(record.key(), farthest) >= 0) return false;
            List<Slot> gone = slotsByKey.remove(farthest);
            if (gone != null) for (Slot slot : gone) forget(slot);
        }
        return true;
    }

    private void dropExpired(List<Slot> slots, long wallMillis) {
        for (int i = 0; i < slots.size(); i++)
            if (wallMillis >= dropMillis(slots.get(i).record)) forget(slots.remove(i--));
    }

    private void forget(Slot slot) {
        entries--;
        bytes -= size(slot.record);
    }

    private static int size(SignedRecord record) {
        return record.raw().length();
    }

    private static int count(List<Slot> slots, Kind kind) {
        int count = 0;
        for (Slot slot : slots) if (slot.record.kind() == kind) count++;
        return count;
    }

    private static @Nullable Slot slot(List<Slot> slots, SignedRecord like) {
        for (Slot slot : slots)
            if (slot.record.kind() == like.kind() && slot.record.signer().equals(like.signer())) return slot;
        return null;
    }
}
