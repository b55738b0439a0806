package linnet.core.dht;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linnet.core.id.Key;
import linnet.core.wire.SignedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records that were read here, for the next reader: the least recently used leaves first, and none outlives its owner's word. Those that
 * are read often are looked up again before they expire, so that a frequent contact is always found at once (SPEC D2).
 */
final class RecordCache {
    /** Bytes of all records. */
    static final int BYTES_MAX = 256 << 10;

    /** A record that was read so often since it came is worth another lookup. */
    private static final int FREQUENT = 2;

    private final int entriesMax;
    private final Map<Key, Entry> entryByKey = new LinkedHashMap<>(1, 0.75f, true);
    private int bytes;

    RecordCache(int entriesMax) {
        this.entriesMax = entriesMax;
    }

    private static final class Entry {
        final Wanted wanted;
        SignedRecord record;
        int reads;
        boolean isRefreshing;

        Entry(Wanted wanted, SignedRecord record) {
            this.wanted = wanted;
            this.record = record;
        }
    }

    /** Takes a record that its reader accepted; an older one than is here is ignored. */
    void put(Wanted wanted, SignedRecord record, long wallMillis) {
        if (entriesMax == 0 || wallMillis >= record.expiresMillis()) return;
        Entry entry = entryByKey.get(record.key());
        if (entry == null) {
            entryByKey.put(record.key(), new Entry(wanted, record));
            bytes += size(record);
        } else if (record.sequence() > entry.record.sequence()) {
            bytes += size(record) - size(entry.record);
            entry.record = record;
            // What was read of the old one keeps it for one more life; a contact that is no longer asked for fades out.
            entry.reads /= 2;
            entry.isRefreshing = false;
        }
        Iterator<Entry> oldest = entryByKey.values().iterator();
        while (entryByKey.size() > entriesMax || bytes > BYTES_MAX) {
            bytes -= size(oldest.next().record);
            oldest.remove();
        }
    }

    /** Returns a record that is still good, or null. */
    @Nullable
    SignedRecord get(Key key, long wallMillis) {
        Entry entry = entryByKey.get(key);
        if (entry == null) return null;
        if (wallMillis >= entry.record.expiresMillis()) {
            remove(key);
            return null;
        }
        entry.reads++;
        return entry.record;
    }

    /** Forgets a record that turned out wrong. */
    void remove(Key key) {
        Entry entry = entryByKey.remove(key);
        if (entry != null) bytes -= size(entry.record);
    }

    /** Returns what is read often and may have been replaced by now, each once. */
    List<Wanted> toRefresh(long wallMillis) {
        List<Wanted> due = new ArrayList<>();
        for (Entry entry : entryByKey.values()) {
            if (entry.isRefreshing || entry.reads < FREQUENT || Freshness.isCurrent(entry.record, wallMillis)) continue;
            entry.isRefreshing = true;
            due.add(entry.wanted);
        }
        return due;
    }

    int entries() {
        return entryByKey.size();
    }

    int bytes() {
        return bytes;
    }

    private static int size(SignedRecord record) {
        return record.raw().length();
    }
}
