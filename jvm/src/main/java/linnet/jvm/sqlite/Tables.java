package linnet.jvm.sqlite;

import java.util.TreeMap;
import java.util.function.BiConsumer;
import linnet.core.id.Bytes;
import org.jspecify.annotations.Nullable;

/** The protocols' tables in memory, in key order. */
final class Tables {
    /** As the {@code Store} contract says: a phone can spare that much for one table. */
    static final long TABLE_BYTES_MAX = 64L << 20;

    private final TreeMap<String, Table> tables = new TreeMap<>();

    private static final class Table {
        final TreeMap<String, Bytes> values = new TreeMap<>();
        long bytes;
    }

    @Nullable
    Bytes get(String name, String key) {
        Table table = tables.get(name);
        return table == null ? null : table.values.get(key);
    }

    /** Writes and returns what was there before. */
    @Nullable
    Bytes put(String name, String key, @Nullable Bytes value) {
        Table table = tables.computeIfAbsent(name, absent -> new Table());
        long grown = table.bytes + cost(key, value) - cost(key, table.values.get(key));
        if (grown > TABLE_BYTES_MAX && value != null)
            throw new IllegalStateException("table " + name + " would hold " + grown + " B");
        table.bytes = grown;
        return value == null ? table.values.remove(key) : table.values.put(key, value);
    }

    void forEach(String name, BiConsumer<String, Bytes> visitor) {
        Table table = tables.get(name);
        if (table != null) table.values.forEach(visitor);
    }

    private static long cost(String key, @Nullable Bytes value) {
        return value == null ? 0 : key.length() + value.length();
    }
}
