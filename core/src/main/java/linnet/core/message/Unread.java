package linnet.core.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import linnet.core.env.RowKeys;
import linnet.core.env.Store;
import linnet.core.id.Bytes;
import linnet.core.id.Key;
import linnet.core.id.MessageId;
import linnet.core.id.UserId;
import linnet.core.wire.Limits;
import linnet.core.wire.Reader;
import linnet.core.wire.Writer;
import org.jspecify.annotations.Nullable;

/**
 * Own messages that were delivered and of which nobody has said that they were seen. Several share a row: a home of a year has thousands
 * of them, and each row costs the start of a node an opened seal.
 */
final class Unread {
    /** Messages remembered; beyond it the oldest are never told as READ. Some people never say what they have seen. */
    static final int UNREAD_MAX = 10_000;

    /** Messages that share a row: few enough that a row is rewritten for each of them. */
    private static final int PAGE = 16;

    private static final String TABLE = "unread-page";
    private static final int ROW_VERSION = 1;

    /** Where the first version kept a row for each message. */
    private static final String SINGLE_TABLE = "unread";

    private final Store store;
    private final TreeMap<Long, Row> rows = new TreeMap<>();
    private final Map<MessageId, Long> numberById = new TreeMap<>();

    private record Row(MessageId id, UserId to) {}

    Unread(Store store) {
        this.store = store;
    }

    void load() {
        List<String> singles = new ArrayList<>();
        store.forEach(SINGLE_TABLE, (key, row) -> {
            keep(RowKeys.number(key), decode(row));
            singles.add(key);
        });
        store.forEach(TABLE, (key, page) -> decodePage(page));
        for (String key : singles) {
            store.put(SINGLE_TABLE, key, null);
            write(RowKeys.number(key) / PAGE);
        }
    }

    /** Notes a message that was delivered. */
    void add(MessageId id, UserId to) {
        if (rows.size() >= UNREAD_MAX) remove(rows.firstKey());
        long number = rows.isEmpty() ? 1 : rows.lastKey() + 1;
        keep(number, new Row(id, to));
        write(number / PAGE);
    }

    boolean has(MessageId id) {
        return numberById.containsKey(id);
    }

    /** Returns whether {@code by} is who the message was for, and it was not seen before; then it is now. */
    boolean see(MessageId id, UserId by) {
        Long number = numberById.get(id);
        Row row = number == null ? null : rows.get(number);
        if (number == null || row == null || !row.to.equals(by)) return false;
        remove(number);
        return true;
    }

    private void keep(long number, Row row) {
        rows.put(number, row);
        numberById.put(row.id, number);
    }

    private void remove(long number) {
        Row row = rows.remove(number);
        if (row != null) numberById.remove(row.id);
        write(number / PAGE);
    }

    private void write(long page) {
        Map<Long, Row> shared = rows.subMap(page * PAGE, (page + 1) * PAGE);
        @Nullable Bytes stored = null;
        if (!shared.isEmpty()) {
            Writer writer = new Writer().uint(1, ROW_VERSION);
            for (Map.Entry<Long, Row> one : shared.entrySet()) {
                Row row = one.getValue();
                writer.item(
                        2,
                        new Writer()
                                .uint64(1, one.getKey())
                                .bytes(2, row.id.random16())
                                .key(3, row.to.key())
                                .toBytes());
            }
            stored = writer.toBytes();
        }
        store.put(TABLE, RowKeys.of(page), stored);
    }

    private void decodePage(Bytes stored) {
        int version = 0;
        int count = 0;
        Reader reader = new Reader(stored);
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> version = reader.uint(ROW_VERSION);
                case 2 -> decodeOne(reader.repeated(count++, PAGE).message(stored.length()));
                default -> reader.skip();
            }
        }
        check(version);
    }

    private void decodeOne(Reader reader) {
        long number = 0;
        @Nullable Bytes id = null;
        @Nullable Key to = null;
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> number = reader.uint64(Limits.COUNTER_MAX);
                case 2 -> id = reader.bytes(MessageId.BYTES, MessageId.BYTES);
                case 3 -> to = reader.key();
                default -> reader.skip();
            }
        }
        keep(Reader.positive(number, "number"), row(id, to));
    }

    private static Row decode(Bytes stored) {
        int version = 0;
        @Nullable Bytes id = null;
        @Nullable Key to = null;
        Reader reader = new Reader(stored);
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> version = reader.uint(ROW_VERSION);
                case 2 -> id = reader.bytes(MessageId.BYTES, MessageId.BYTES);
                case 3 -> to = reader.key();
                default -> reader.skip();
            }
        }
        check(version);
        return row(id, to);
    }

    private static Row row(@Nullable Bytes id, @Nullable Key to) {
        return new Row(new MessageId(Reader.required(id, "id")), new UserId(Reader.required(to, "recipient")));
    }

    private static void check(int version) {
        if (version != ROW_VERSION) throw new IllegalStateException("unread row of version " + version);
    }
}
