package linnet.core.message;

import java.util.Map;
import java.util.TreeMap;
import linnet.core.env.RowKeys;
import linnet.core.env.Store;
import linnet.core.id.Bytes;
import linnet.core.id.Key;
import linnet.core.id.MessageId;
import linnet.core.id.UserId;
import linnet.core.wire.Reader;
import linnet.core.wire.Writer;
import org.jspecify.annotations.Nullable;

/** Own messages that were delivered and of which nobody has said that they were seen. */
final class Unread {
    /** Messages remembered; beyond it the oldest are never told as READ. Some people never say what they have seen. */
    static final int UNREAD_MAX = 10_000;

    private static final String TABLE = "unread";
    private static final int ROW_VERSION = 1;

    private final Store store;
    private final TreeMap<Long, Row> rows = new TreeMap<>();
    private final Map<MessageId, Long> numberById = new TreeMap<>();

    private record Row(MessageId id, UserId to) {}

    Unread(Store store) {
        this.store = store;
    }

    void load() {
        store.forEach(TABLE, (key, row) -> keep(RowKeys.number(key), decode(row)));
    }

    /** Notes a message that was delivered. */
    void add(MessageId id, UserId to) {
        if (rows.size() >= UNREAD_MAX) remove(rows.firstKey());
        long number = rows.isEmpty() ? 1 : rows.lastKey() + 1;
        Row row = new Row(id, to);
        keep(number, row);
        Bytes stored = new Writer()
                .uint(1, ROW_VERSION)
                .bytes(2, id.random16())
                .key(3, to.key())
                .toBytes();
        store.put(TABLE, RowKeys.of(number), stored);
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
        store.put(TABLE, RowKeys.of(number), null);
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
        if (version != ROW_VERSION) throw new IllegalStateException("unread row of version " + version);
        return new Row(new MessageId(Reader.required(id, "id")), new UserId(Reader.required(to, "recipient")));
    }
}
