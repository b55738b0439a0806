package linnet.jvm.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import linnet.core.crypto.Crypto;
import linnet.core.env.Store;
import linnet.core.event.Event;
import linnet.core.id.Bytes;
import linnet.core.id.MessageId;
import linnet.core.id.UserId;
import linnet.jvm.HostException;
import linnet.jvm.HostException.Kind;
import linnet.jvm.NodeMetrics;
import linnet.jvm.NumberedEvent;
import linnet.jvm.TimeHistogram;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store of a node on a JVM: a view in memory, and behind it a thread that makes batches durable.
 *
 * <p>The node's thread fills one batch per input ({@link #put}, {@link #emit}, {@link #sync}) and closes it. The writer takes all
 * batches that were closed meanwhile, writes them in one transaction with {@code synchronous=FULL}, and after COMMIT hands their
 * events and then their sync callbacks to {@link Released}. Batches are joined, never split, and stay in order: after a crash a
 * prefix of them is left (docs/ARCHITECTURE.md, disk before promise).
 */
public final class SqliteStore implements Store, AutoCloseable {
    /** Closed batches that may wait for the disk. Beyond, the node's thread waits with them: nothing else slows senders down. */
    private static final int WAITING_BATCHES_MAX = 4_096;

    /** What these batches may hold. 16 MiB are a thousand of the longest messages, and a heap of 64 MiB spares them. */
    static final long WAITING_BYTES_MAX = 16L << 20;

    /** How long {@link #close} waits for the disk. */
    private static final long CLOSE_MILLIS = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger("linnet.jvm");

    private final Disk disk;
    private final Released released;
    private final Thread writer;
    private final Tables tables;
    private final Object lock = new Object();
    private final TimeHistogram commits = new TimeHistogram();

    private List<Batch> waiting = new ArrayList<>();
    private long waitingBytes;
    private long committedBatches;
    private boolean closed;
    private boolean failed;
    private Batch batch = new Batch();

    /** Hears what has become durable, on the writer's thread. */
    public interface Released {
        /** These events are durable. Never empty. */
        void onEvents(List<NumberedEvent> events);

        /** What {@link Store#sync} was given has become due: to be run as an input of its own. */
        void onDurable(Runnable durable);

        /** The disk failed. Nothing is released any more; what was released before is durable. */
        void onFailed(HostException why);
    }

    SqliteStore(Tables tables, Disk disk, Released released) {
        this.tables = tables;
        this.disk = disk;
        this.released = released;
        writer = new Thread(this::write, "linnet-disk");
        writer.setDaemon(true);
        writer.start();
    }

    /**
     * Opens a database file, which exists and may be empty.
     *
     * @param crypto the writer's own: it is used on its thread only
     */
    public static SqliteStore open(Path file, Crypto crypto, Bytes dataKey, Released released) {
        SqliteDisk disk = new SqliteDisk(file, new Seal(crypto, dataKey));
        try {
            return new SqliteStore(disk.load(), disk, released);
        } catch (RuntimeException e) {
            disk.abandon(e);
            throw e;
        }
    }

    @Override
    public void put(String table, String key, @Nullable Bytes value) {
        batch.puts.add(new Batch.Put(table, key, value, tables.put(table, key, value)));
    }

    @Override
    public @Nullable Bytes get(String table, String key) {
        return tables.get(table, key);
    }

    @Override
    public void forEach(String table, BiConsumer<String, Bytes> visitor) {
        tables.forEach(table, visitor);
    }

    @Override
    public void sync(Runnable durable) {
        batch.durable.add(durable);
    }

    /** Adds an event to the batch. */
    public void emit(Event event) {
        batch.events.add(event);
    }

    /** Adds to the batch that the person has seen these messages of {@code with}, and what came before them. */
    public void see(UserId with, List<MessageId> ids) {
        batch.seen.add(new Batch.Seen(with, List.copyOf(ids)));
    }

    /** Returns whether the current input has written or told nothing. */
    public boolean isUntouched() {
        return batch.isEmpty();
    }

    /**
     * Ends the batch of this input and hands it to the writer; waits when the disk is far behind.
     *
     * @param remote the other end of the channel whose message was the input, if one was
     */
    public void closeBatch(long wallMillis, @Nullable String remote) {
        if (batch.isEmpty()) return;
        Batch full = batch;
        batch = new Batch();
        full.wallMillis = wallMillis;
        full.remote = remote;
        synchronized (lock) {
            waitWhile(() -> isBehind() && !failed);
            if (closed || failed) return;
            waiting.add(full);
            waitingBytes += full.bytes();
            lock.notifyAll();
        }
    }

    private boolean isBehind() {
        return waiting.size() >= WAITING_BATCHES_MAX || waitingBytes >= WAITING_BYTES_MAX;
    }

    /** Waits for news under the lock. An interrupt would lose a batch that memory shows already, so it is left aside. */
    private void waitWhile(BooleanSupplier holds) {
        while (holds.getAsBoolean()) {
            try {
                lock.wait();
            } catch (InterruptedException e) {
                LOG.warn("store.interrupted");
            }
        }
    }

    /** Takes the current input's writes back, as if it had never come. */
    public void discardBatch() {
        Batch half = batch;
        batch = new Batch();
        for (int i = half.puts.size() - 1; i >= 0; i--) {
            Batch.Put put = half.puts.get(i);
            tables.put(put.table(), put.key(), put.before());
        }
    }

    /** Makes durable what was closed, then closes the file. Waits at most {@value #CLOSE_MILLIS} ms for the disk. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
        join();
    }

    /** Closes without writing anything more, as a crash would. */
    public void abandon() {
        synchronized (lock) {
            closed = true;
            forgetWaiting();
            lock.notifyAll();
        }
        join();
    }

    /** Returns what was counted, with the number of the newest event that the caller knows. */
    public NodeMetrics.Disk metrics(long lastEvent) {
        synchronized (lock) {
            return new NodeMetrics.Disk(commits.times(), committedBatches, waiting.size(), waitingBytes, lastEvent);
        }
    }

    /** Returns whether nothing writes to the file any more. */
    public boolean isEnded() {
        return !writer.isAlive();
    }

    private void join() {
        if (Thread.currentThread() == writer) return;
        try {
            writer.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        try {
            for (List<Batch> group = take(); group != null; group = take()) {
                List<NumberedEvent> events = writeWhenFree(group);
                if (!events.isEmpty()) released.onEvents(events);
                for (Batch each : group) each.durable.forEach(released::onDurable);
            }
        } catch (SQLException e) {
            fail(Database.failure(e));
        } catch (RuntimeException | Error e) {
            fail(new HostException(Kind.DISK_FAILED, "The writer failed: " + e, e));
        } finally {
            closeDisk();
        }
    }

    /** Another program may hold the file; the node waits for it, and does not give up because of it. */
    private List<NumberedEvent> writeWhenFree(List<Batch> group) throws SQLException {
        while (true) {
            try {
                long beganNanos = System.nanoTime();
                List<NumberedEvent> events = disk.write(group);
                count(group.size(), System.nanoTime() - beganNanos);
                return events;
            } catch (SQLException e) {
                if (!Database.isBusy(e) || isClosed()) throw e;
                LOG.warn("database.busy: another program holds node.db");
            }
        }
    }

    private void count(int batches, long nanos) {
        synchronized (lock) {
            commits.add(nanos);
            committedBatches += batches;
        }
    }

    private boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    private @Nullable List<Batch> take() {
        synchronized (lock) {
            waitWhile(() -> waiting.isEmpty() && !closed);
            if (waiting.isEmpty()) return null;
            List<Batch> group = waiting;
            forgetWaiting();
            lock.notifyAll();
            return group;
        }
    }

    private void forgetWaiting() {
        waiting = new ArrayList<>();
        waitingBytes = 0;
    }

    private void fail(HostException why) {
        synchronized (lock) {
            failed = true;
            forgetWaiting();
            lock.notifyAll();
        }
        released.onFailed(why);
    }

    private void closeDisk() {
        try {
            disk.close();
        } catch (SQLException e) {
            released.onFailed(Database.failure(e));
        }
    }
}
