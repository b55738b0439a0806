package linnet.jvm.sqlite;

import java.util.ArrayList;
import java.util.List;
import linnet.core.event.Event;
import linnet.core.id.Bytes;
import linnet.core.id.MessageId;
import linnet.core.id.UserId;
import linnet.core.wire.Content;
import org.jspecify.annotations.Nullable;

/** What one input wrote, told and waits for: durable whole or not at all. Filled by the node's thread, then only read. */
final class Batch {
    /** About what an event or a callback takes in memory, without its text. */
    private static final int EVENT_BYTES = 256;

    /** About what a write takes in memory, with its key and without its values. */
    private static final int PUT_BYTES = 256;

    final List<Put> puts = new ArrayList<>();
    final List<Event> events = new ArrayList<>();
    final List<Seen> seen = new ArrayList<>();
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

    /**
     * The person has seen these messages, and what came before them.
     *
     * @param with who wrote them
     * @param ids which
     */
    record Seen(UserId with, List<MessageId> ids) {}

    /** Returns about what it holds in memory. */
    long bytes() {
        long bytes = EVENT_BYTES * (long) (events.size() + durable.size());
        for (Put put : puts) bytes += PUT_BYTES + size(put.value()) + size(put.before());
        for (Event event : events) bytes += sizeOfText(event);
        return bytes;
    }

    private static long sizeOfText(Event event) {
        Content content = event instanceof Event.Received received
                ? received.content()
                : event instanceof Event.Accepted accepted ? accepted.content() : null;
        return content instanceof Content.Text words ? 2L * words.text().length() : 0;
    }

    private static long size(@Nullable Bytes value) {
        return value == null ? 0 : value.length();
    }

    boolean isEmpty() {
        return puts.isEmpty() && events.isEmpty() && seen.isEmpty() && durable.isEmpty();
    }
}
