package linnet.core.message;

import java.util.ArrayList;
import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.env.Store;
import linnet.core.id.Bytes;
import linnet.core.id.ConversationId;
import linnet.core.wire.Limits;
import linnet.core.wire.Reader;
import linnet.core.wire.Writer;
import org.jspecify.annotations.Nullable;

/** The places of this device's messages: in each conversation a stream of its own, numbered from 1 without gaps. */
final class OwnStreams {
    private static final String TABLE = "stream";
    private static final int ROW_VERSION = 1;
    private static final int STREAM_BYTES = 8;

    private final Store store;
    private final Crypto crypto;

    OwnStreams(Store store, Crypto crypto) {
        this.store = store;
        this.crypto = crypto;
    }

    /**
     * A place.
     *
     * @param stream drawn at the first message
     * @param sequence from 1
     */
    record Place(long stream, long sequence) {}

    /** Takes the next place. It may leave only once this input's batch is durable, so that no place is ever used twice. */
    Place next(ConversationId in) {
        String key = in.key().hex();
        Bytes row = store.get(TABLE, key);
        @Nullable Place last = row == null ? null : decode(row);
        Place place = last == null ? new Place(draw(), 1) : new Place(last.stream, last.sequence + 1);
        store.put(
                TABLE,
                key,
                new Writer()
                        .uint(1, ROW_VERSION)
                        .fixed64(2, place.stream)
                        .uint64(3, place.sequence)
                        .toBytes());
        return place;
    }

    /** Forgets all streams: the next message in each conversation begins another. */
    void forget() {
        List<String> all = new ArrayList<>();
        store.forEach(TABLE, (key, row) -> all.add(key));
        for (String key : all) store.put(TABLE, key, null);
    }

    private long draw() {
        Bytes random = crypto.random(STREAM_BYTES);
        long stream = 0;
        for (int i = 0; i < STREAM_BYTES; i++) stream = stream << 8 | random.at(i);
        return stream;
    }

    private static Place decode(Bytes row) {
        int version = 0;
        long stream = 0;
        long sequence = 0;
        Reader reader = new Reader(row);
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> version = reader.uint(ROW_VERSION);
                case 2 -> stream = reader.fixed64();
                case 3 -> sequence = reader.uint64(Limits.COUNTER_MAX);
                default -> reader.skip();
            }
        }
        if (version != ROW_VERSION) throw new IllegalStateException("stream row of version " + version);
        return new Place(stream, sequence);
    }
}
