package linnet.core.message;

import java.util.ArrayList;
import java.util.List;
import linnet.core.id.Bytes;
import linnet.core.wire.Reader;
import linnet.core.wire.Writer;
import org.jspecify.annotations.Nullable;

/** What was shown of one device in one conversation: a {@link Sequence} for each of its last streams, most recently used first. */
final class Window {
    /** Streams remembered. A device draws a new one only after a restore from a backup. */
    static final int STREAMS_MAX = 4;

    private static final int ROW_VERSION = 1;

    private final List<Stream> streams = new ArrayList<>();

    /**
     * One stream.
     *
     * @param id as the sender drew it
     * @param sequence what was shown of it
     */
    record Stream(long id, Sequence sequence) {}

    /** Returns the sequence of a stream and notes that it was used; null if the stream is new. */
    @Nullable
    Sequence use(long id) {
        for (int i = 0; i < streams.size(); i++) {
            if (streams.get(i).id != id) continue;
            streams.add(0, streams.remove(i));
            return streams.get(0).sequence;
        }
        return null;
    }

    /** Returns the sequence of a stream, or null, without noting a use. */
    @Nullable
    Sequence peek(long id) {
        for (Stream stream : streams) if (stream.id == id) return stream.sequence;
        return null;
    }

    /** Returns the stream that the next new one replaces, or null while there is room. */
    @Nullable
    Stream last() {
        return streams.size() < STREAMS_MAX ? null : streams.get(STREAMS_MAX - 1);
    }

    /** Begins a new stream; the least recently used makes room. */
    Sequence begin(long id) {
        if (streams.size() == STREAMS_MAX) streams.remove(STREAMS_MAX - 1);
        Stream stream = new Stream(id, new Sequence());
        streams.add(0, stream);
        return stream.sequence;
    }

    Bytes encode() {
        Writer writer = new Writer().uint(1, ROW_VERSION);
        for (Stream stream : streams)
            writer.item(
                    2,
                    new Writer()
                            .fixed64(1, stream.id)
                            .bytes(2, stream.sequence.encode())
                            .toBytes());
        return writer.toBytes();
    }

    static Window decode(Bytes row) {
        Window window = new Window();
        int version = 0;
        Reader reader = new Reader(row);
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> version = reader.uint(ROW_VERSION);
                case 2 ->
                    window.streams.add(stream(
                            reader.repeated(window.streams.size(), STREAMS_MAX).message(row.length())));
                default -> reader.skip();
            }
        }
        if (version != ROW_VERSION) throw new IllegalStateException("window row of version " + version);
        return window;
    }

    private static Stream stream(Reader reader) {
        long id = 0;
        Sequence sequence = new Sequence();
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> id = reader.fixed64();
                case 2 -> sequence = Sequence.decode(reader.message(Integer.MAX_VALUE));
                default -> reader.skip();
            }
        }
        return new Stream(id, sequence);
    }
}
