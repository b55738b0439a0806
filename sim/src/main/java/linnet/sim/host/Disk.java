package linnet.sim.host;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import linnet.core.env.Chance;
import linnet.core.env.Store;
import linnet.core.event.Event;
import linnet.core.id.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The disk of one host. All puts and events of one input are a batch; batches become durable whole and in order after the
 * disk's delay, those that wait together in one go. Events and {@code sync} answers leave afterwards. A crash keeps a prefix of
 * what was under way.
 */
final class Disk implements Store {
    /** The contract's bound for one table. */
    private static final int TABLE_BYTES_MAX = 64 << 20;

    private final SimHost host;
    private final World world;
    private final Trace trace;
    private final Chance chance;
    private final Map<String, Table> tables = new TreeMap<>();
    private final Map<String, TreeMap<String, Bytes>> durable = new TreeMap<>();
    private final ArrayDeque<Batch> waiting = new ArrayDeque<>();
    private Batch open = new Batch();
    private int writing;
    private int delayMillisMin;
    private int delayMillisMax = 1;

    Disk(SimHost host, World world, Trace trace, Chance chance) {
        this.host = host;
        this.world = world;
        this.trace = trace;
        this.chance = chance;
    }

    /** Says how long a write takes from now on. */
    void setDelay(int millisMin, int millisMax) {
        this.delayMillisMin = millisMin;
        this.delayMillisMax = millisMax;
    }

    @Override
    public void put(String table, String key, @Nullable Bytes value) {
        trace.write(host.index(), table, key, value);
        Table view = tables.get(table);
        if (view == null) {
            view = new Table();
            tables.put(table, view);
        }
        Bytes old = value == null ? view.values.remove(key) : view.values.put(key, value);
        view.bytes += (value == null ? 0 : value.length()) - (old == null ? 0 : old.length());
        if (view.bytes > TABLE_BYTES_MAX) host.broken("bounded", "table " + table + " holds " + view.bytes + " B");
        open.puts.add(new Put(table, key, value));
        host.onPut(table, value);
    }

    @Override
    public @Nullable Bytes get(String table, String key) {
        Table view = tables.get(table);
        return view == null ? null : view.values.get(key);
    }

    @Override
    public void forEach(String table, BiConsumer<String, Bytes> visitor) {
        Table view = tables.get(table);
        if (view == null) return;
        for (Map.Entry<String, Bytes> entry : view.values.entrySet()) visitor.accept(entry.getKey(), entry.getValue());
    }

    @Override
    public void sync(Runnable answer) {
        open.answers.add(answer);
    }

    /** Notes an event of the current input. */
    void emit(Event event) {
        open.events.add(event);
    }

    /** Returns whether something is put and not yet durable. */
    boolean isBusy() {
        for (Batch batch : waiting) if (!batch.puts.isEmpty()) return true;
        return false;
    }

    /** Returns how many rows a table has. */
    int rows(String table) {
        Table view = tables.get(table);
        return view == null ? 0 : view.values.size();
    }

    /** Returns whether {@code needle} is in some durable value; slow, for the rare check of a claim. */
    boolean holds(Bytes needle) {
        for (TreeMap<String, Bytes> table : durable.values())
            for (Map.Entry<String, Bytes> entry : table.entrySet())
                if (contains(entry.getValue(), needle) || entry.getKey().contains(needle.hex())) return true;
        return false;
    }

    /** Ends the input: what it put and emitted goes to the disk as one batch. */
    void closeBatch() {
        if (open.isEmpty()) return;
        waiting.add(open);
        open = new Batch();
        if (writing == 0) write();
    }

    /** Forgets what is not durable, except a prefix of it, and shows what is left. */
    void crash() {
        int underWay = waiting.size();
        int kept = underWay == 0 ? 0 : chance.below(underWay + 1);
        boolean isKept = false;
        for (int i = 0; i < kept; i++) {
            Batch batch = waiting.remove();
            isKept |= !batch.puts.isEmpty();
            apply(batch);
            // The host wrote them in the same transaction: the application reads them after the start.
            for (Event event : batch.events) host.release(event);
        }
        if (isBusy()) host.happening(Happening.BATCHES_LOST);
        if (isKept) host.happening(Happening.BATCHES_HALF_KEPT);
        waiting.clear();
        open = new Batch();
        writing = 0;
        tables.clear();
        for (Map.Entry<String, TreeMap<String, Bytes>> entry : durable.entrySet()) {
            Table view = new Table();
            view.values.putAll(entry.getValue());
            for (Bytes value : view.values.values()) view.bytes += value.length();
            tables.put(entry.getKey(), view);
        }
    }

    private void write() {
        writing = waiting.size();
        int withPuts = 0;
        for (Batch batch : waiting) if (!batch.puts.isEmpty()) withPuts++;
        if (withPuts > 1) host.happening(Happening.GROUP_COMMITTED);
        int life = host.life();
        world.after(Seed.between(chance, delayMillisMin, delayMillisMax), () -> {
            if (host.life() == life) written();
        });
    }

    private void written() {
        List<Batch> group = new ArrayList<>(writing);
        while (writing-- > 0) group.add(waiting.remove());
        writing = 0;
        for (Batch batch : group) apply(batch);
        int life = host.life();
        for (Batch batch : group) {
            for (Event event : batch.events) host.release(event);
            for (Runnable answer : batch.answers) host.input(life, answer);
        }
        if (writing == 0 && !waiting.isEmpty()) write();
    }

    private void apply(Batch batch) {
        for (Put put : batch.puts) {
            TreeMap<String, Bytes> table = durable.get(put.table);
            if (table == null) {
                table = new TreeMap<>();
                durable.put(put.table, table);
            }
            if (put.value == null) table.remove(put.key);
            else table.put(put.key, put.value);
        }
    }

    private static boolean contains(Bytes value, Bytes needle) {
        byte[] in = value.shared();
        byte[] what = needle.shared();
        for (int start = 0; start + what.length <= in.length; start++) {
            int same = 0;
            while (same < what.length && in[start + same] == what[same]) same++;
            if (same == what.length) return true;
        }
        return false;
    }

    private static final class Table {
        private final TreeMap<String, Bytes> values = new TreeMap<>();
        private int bytes;
    }

    private record Put(String table, String key, @Nullable Bytes value) {}

    private static final class Batch {
        private final List<Put> puts = new ArrayList<>(4);
        private final List<Event> events = new ArrayList<>(2);
        private final List<Runnable> answers = new ArrayList<>(1);

        boolean isEmpty() {
            return puts.isEmpty() && events.isEmpty() && answers.isEmpty();
        }
    }
}
