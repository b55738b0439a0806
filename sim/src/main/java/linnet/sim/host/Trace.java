package linnet.sim.host;

import java.util.List;
import java.util.function.Consumer;
import linnet.core.env.Failure;
import linnet.core.event.Event;
import linnet.core.id.Bytes;
import linnet.core.id.MessageId;
import linnet.core.wire.Content;
import org.jspecify.annotations.Nullable;

/**
 * What happened, twice: as a hash over times, hosts, kinds, frame bytes, store writes and application events, which is equal
 * for equal runs on every platform, and as lines for people while somebody reads them.
 */
public final class Trace {
    private static final int FRAME = 1;
    private static final int WRITE = 2;
    private static final int EVENT = 3;
    private static final int HAPPENING = 4;
    private static final int TIME_WIDTH = 9;

    private final World world;
    private final Mix hash = new Mix(0x4c696e6e);
    private final @Nullable Consumer<String> reader;

    /**
     * Creates a trace.
     *
     * @param reader gets every line; null when nobody reads
     */
    public Trace(World world, @Nullable Consumer<String> reader) {
        this.world = world;
        this.reader = reader;
    }

    /** Returns whether somebody reads the lines, so that nobody makes them in vain. */
    public boolean isRead() {
        return reader != null;
    }

    /** Writes a line: {@code time actor: what}. */
    public void line(String actor, String what) {
        if (reader == null) return;
        String time = Long.toString(world.nowMillis());
        StringBuilder text = new StringBuilder();
        for (int i = time.length(); i < TIME_WIDTH; i++) text.append(' ');
        reader.accept(text.append(time).append("  ").append(actor).append(what).toString());
    }

    /** Returns the hash of everything so far, 32 hexadecimal digits. */
    public String hash() {
        return hash.digest(16).hex();
    }

    void frame(int from, int to, Bytes bytes) {
        hash.add(world.nowMillis()).add(FRAME).add(from).add(to).add(bytes);
    }

    void write(int host, String table, String key, @Nullable Bytes value) {
        hash.add(world.nowMillis()).add(WRITE).add(host).add(table).add(key);
        if (value == null) hash.add(-1);
        else hash.add(value);
    }

    void happening(int host, Happening what) {
        hash.add(world.nowMillis()).add(HAPPENING).add(host).add(what.name());
    }

    void event(int host, Event event) {
        hash.add(world.nowMillis()).add(EVENT).add(host);
        if (event instanceof Event.Accepted accepted) {
            hash.add(1).add(accepted.to().key().bytes()).add(accepted.id().random16());
            add(accepted.content());
        } else if (event instanceof Event.Received received) {
            hash.add(2).add(received.device().key().bytes()).add(received.id().random16());
            hash.add(received.sequence()).add(received.order().name());
            add(received.content());
        } else if (event instanceof Event.Progress progress) {
            hash.add(3).add(progress.id().random16()).add(progress.stage().name());
            add(progress.cause());
            hash.add(progress.nextTryWallMillis());
        } else if (event instanceof Event.Reached reached) {
            hash.add(4).add(reached.peer().key().bytes()).add(reached.reach().name());
            add(reached.why());
        } else if (event instanceof Event.ContactChanged changed) {
            hash.add(5).add(changed.user().key().bytes()).add(changed.state().name());
            add(changed.why());
        } else throw new AssertionError(event);
    }

    private void add(@Nullable Failure why) {
        hash.add(why == null ? 0 : why.code().number());
    }

    private void add(Content content) {
        if (content instanceof Content.Text text) hash.add(1).add(text.text());
        else if (content instanceof Content.Delivered delivered) add(2, delivered.ids());
        else if (content instanceof Content.Read read) add(3, read.ids());
        else hash.add(4);
    }

    private void add(int kind, List<MessageId> ids) {
        hash.add(kind);
        for (MessageId id : ids) hash.add(id.random16());
    }
}
