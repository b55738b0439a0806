package linnet.core.message;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import linnet.core.env.Env;
import linnet.core.env.RowKeys;
import linnet.core.id.Bytes;
import linnet.core.id.PeerId;
import linnet.core.wire.Payload;
import linnet.core.wire.PayloadCodec;
import org.jspecify.annotations.Nullable;

/** Messages that came before their turn: durable, and so acknowledged, but not shown yet. */
final class Shelf {
    /** Held messages of one stream: four windows of a sender, which goes on while one message is missing. */
    static final int STREAM_MAX = 256;

    /** Held messages of all: 32 MiB of the longest, half of what the store grants a table. */
    static final int ALL_MAX = 2_000;

    private static final String TABLE = "held";

    private final Env env;
    private final Map<StreamId, TreeMap<Long, Held>> heldByStream = new LinkedHashMap<>();
    private int count;

    /**
     * Which stream.
     *
     * @param device who writes it
     * @param id as that device drew it
     */
    record StreamId(PeerId device, long id) {
        static StreamId of(Payload payload) {
            return new StreamId(payload.device(), payload.stream());
        }

        private String rowKey(long sequence) {
            return device.key().hex() + RowKeys.of(id) + RowKeys.of(sequence);
        }
    }

    /**
     * A message on the shelf.
     *
     * @param payload what was opened and verified
     * @param sinceMillis when it was held, in this life
     */
    record Held(Payload payload, long sinceMillis) {}

    Shelf(Env env) {
        this.env = env;
    }

    /** Reads what the last life of the node held; its gaps are waited for once more. */
    void load() {
        env.store().forEach(TABLE, (key, row) -> keep(PayloadCodec.decode(row)));
    }

    boolean holds(Payload payload) {
        TreeMap<Long, Held> held = heldByStream.get(StreamId.of(payload));
        return held != null && held.containsKey(payload.sequence());
    }

    void hold(Payload payload) {
        Bytes raw = PayloadCodec.encode(payload);
        env.store().put(TABLE, StreamId.of(payload).rowKey(payload.sequence()), raw);
        keep(payload);
    }

    /** Takes the lowest message of a stream off the shelf, if it is {@code sequence}. */
    @Nullable
    Payload take(StreamId stream, long sequence) {
        TreeMap<Long, Held> held = heldByStream.get(stream);
        if (held == null || held.firstKey() != sequence) return null;
        Held taken = held.remove(sequence);
        if (held.isEmpty()) heldByStream.remove(stream);
        if (taken == null) return null;
        count--;
        env.store().put(TABLE, stream.rowKey(sequence), null);
        return taken.payload;
    }

    /** Returns the lowest number held of a stream; 0 if there is none. */
    long lowest(StreamId stream) {
        TreeMap<Long, Held> held = heldByStream.get(stream);
        return held == null ? 0 : held.firstKey();
    }

    /** Returns the lowest message of a stream that has one. */
    Payload peek(StreamId stream) {
        TreeMap<Long, Held> held = heldByStream.get(stream);
        if (held == null) throw new IllegalArgumentException("nothing held");
        return held.firstEntry().getValue().payload;
    }

    /** Returns the streams with something held. */
    List<StreamId> streams() {
        return new ArrayList<>(heldByStream.keySet());
    }

    /** Returns since when the gap before the lowest message of a stream is known: since the first that came after it. */
    long gapSinceMillis(StreamId stream) {
        long since = Long.MAX_VALUE;
        TreeMap<Long, Held> held = heldByStream.get(stream);
        if (held != null) for (Held one : held.values()) since = Math.min(since, one.sinceMillis);
        return since;
    }

    /** Returns whether a stream, or all together, hold more than they may. */
    boolean isFull(StreamId stream) {
        TreeMap<Long, Held> held = heldByStream.get(stream);
        return held != null && (held.size() > STREAM_MAX || count > ALL_MAX);
    }

    private void keep(Payload payload) {
        StreamId stream = StreamId.of(payload);
        TreeMap<Long, Held> held = heldByStream.get(stream);
        if (held == null) {
            held = new TreeMap<>();
            heldByStream.put(stream, held);
        }
        if (held.put(payload.sequence(), new Held(payload, env.nowMillis())) == null) count++;
    }
}
