package linnet.jvm.sqlite;

import java.util.ArrayList;
import java.util.List;
import linnet.core.event.Event;
import linnet.core.id.Bytes;
import org.jspecify.annotations.Nullable;

/** What one input wrote, told and waits for: durable whole or not at all. Filled by the node's thread, then only read. */
final class Batch {
    final List<Put> puts = new ArrayList<>();
    final List<Event> events = new ArrayList<>();
    final List<Runnable> durable = new ArrayList<>();

    /** When it was closed, by this device's clock. */
    long wallMillis;

    /** The other end of the channel whose message led to it, if one did. */
    @Nullable
    String remote;

    /**
     * A write, and what it replaced.
     *
     * @param table the protocol's table
     * @param key the key
     * @param value the new value; null removes
     * @param before the value that it replaced; null when there was none
     */
    record Put(
            String table,
            String key,
            @Nullable Bytes value,
            @Nullable Bytes before) {}

    boolean isEmpty() {
        return puts.isEmpty() && events.isEmpty() && durable.isEmpty();
    }
}
