package linnet.sim.invariant;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import linnet.core.env.Chance;
import linnet.core.env.Failure;
import linnet.core.event.Event;
import linnet.core.event.Stage;
import linnet.core.id.Bytes;
import linnet.core.id.MessageId;
import linnet.core.wire.Content;
import org.jspecify.annotations.Nullable;

/**
 * What was said, taken in, shown and claimed, kept outside the nodes: their own counters prove nothing. Every method returns
 * the broken promise as {@code rule: sentence}, or null.
 */
public final class Ledger {
    /** A node waits this long for a gap before it shows what comes after (docs/protocol/message.md). */
    private static final int GAP_MILLIS = 10_000;

    /** Unless it holds this many: then it passes the gap early. */
    private static final int HELD_MAX = 256;

    /** What a node lets wait at most, in messages. */
    private static final int WAITING_MESSAGES_MAX = 10_000;

    /** What a node lets wait at most, in bytes of text. */
    private static final int WAITING_BYTES_MAX = 32 << 20;

    /** A message lives this long, in the life of its sender's device. */
    static final long LIFE_MILLIS = 14L * 24 * 60 * 60 * 1000;

    private final Map<Bytes, Entry> entries = new LinkedHashMap<>();
    private final Map<Integer, Stream> streams = new TreeMap<>();
    private final Map<Integer, Waiting> waitingByHost = new TreeMap<>();
    private int accepted;

    /** Creates a ledger in which nothing was said. */
    public Ledger() {}

    /** Returns how many messages were taken in by their senders' nodes. */
    public int accepted() {
        return accepted;
    }

    /** Returns a message, or null if nobody ever sent it. */
    public @Nullable Entry entry(MessageId id) {
        return entries.get(id.random16());
    }

    /** Returns some message that was accepted and not shown, or null. */
    public @Nullable Entry underWay(Chance chance) {
        @Nullable Entry found = null;
        int count = 0;
        for (Entry entry : entries.values())
            if (entry.isAccepted() && !entry.isShown && chance.below(++count) == 0) found = entry;
        return found;
    }

    /** The application called {@code send} and got an id. */
    public @Nullable String onSend(int from, int life, int to, MessageId id, String text, long livedMillis) {
        Entry old = entries.put(id.random16(), new Entry(id, from, life, to, text, livedMillis));
        return old == null ? null : "ids: message id " + id + " was given twice";
    }

    /** The node says that it took a message in, durably. */
    public @Nullable String onAccepted(int host, Event.Accepted event) {
        Entry entry = entry(event.id());
        if (entry == null || entry.from != host) return "accepted: " + event.id() + " was never sent here";
        if (entry.isAccepted()) return "accepted: " + event.id() + " was accepted twice";
        if (!entry.says(event.content())) return "accepted: " + event.id() + " with other words";
        Stream stream = stream(entry.from, entry.to);
        entry.place = stream.order.size();
        stream.order.add(entry);
        accepted++;
        Waiting waiting = waiting(host);
        waiting.messages++;
        waiting.bytes += entry.text.length();
        boolean isBounded = waiting.messages <= WAITING_MESSAGES_MAX && waiting.bytes <= WAITING_BYTES_MAX;
        return isBounded ? null : "bounded: " + waiting.messages + " messages of " + waiting.bytes + " B wait";
    }

    /** The node took a message in before its turn and keeps it. */
    public void onHeld(int host, MessageId id, long nowMillis) {
        Entry entry = entry(id);
        if (entry == null || entry.to != host || entry.isShown) return;
        List<Entry> held = stream(entry.from, host).held;
        if (!held.contains(entry)) held.add(entry);
        entry.heldMillis = nowMillis;
    }

    /** The node starts again: what its disk holds is all that it keeps, and its gaps are waited for once more. */
    public void onHeldAgain(int host, List<MessageId> ids, long nowMillis) {
        for (Map.Entry<Integer, Stream> entry : streams.entrySet())
            if ((entry.getKey() & 0xffff) == host) entry.getValue().held.clear();
        for (MessageId id : ids) onHeld(host, id, nowMillis);
    }

    /**
     * The node shows a message.
     *
     * @param isCrowded whether all that the node keeps before its turn is as much as it may
     */
    public @Nullable String onReceived(int host, int from, Event.Received event, long nowMillis, boolean isCrowded) {
        Entry entry = entry(event.id());
        if (entry == null) return "invented: " + event.id() + " was shown and never sent";
        if (entry.to != host || entry.from != from)
            return "invented: " + event.id() + " was shown to or from somebody else";
        if (!entry.says(event.content())) return "invented: " + event.id() + " was shown with other words";
        if (!entry.isAccepted()) return "disk: " + event.id() + " left its sender before it was durable there";
        if (entry.isShown) return "twice: " + event.id() + " was shown twice";
        entry.isShown = true;
        Stream stream = stream(from, host);
        int last = stream.lastShown;
        stream.lastShown = Math.max(last, entry.place);
        boolean isAwaited = isCrowded || stream.held.size() > HELD_MAX || stream.isGapOver(nowMillis);
        stream.held.remove(entry);
        return switch (event.order()) {
            case IN_ORDER ->
                entry.place == last + 1 ? null : "order: place " + entry.place + " after " + last + " as in order";
            case AFTER_GAP -> {
                if (entry.place <= last + 1) yield "order: place " + entry.place + " after " + last + " as after a gap";
                yield isAwaited ? null : "order: a gap was passed without waiting for it";
            }
            case LATE -> entry.place < last ? null : "order: place " + entry.place + " after " + last + " as late";
        };
    }

    /** The person at {@code host} looked at a message. */
    public void onRead(MessageId id) {
        Entry entry = entry(id);
        if (entry != null) entry.isRead = true;
    }

    /** That look is durable where it happened, so the sender will hear of it. */
    public void onReadKept(MessageId id) {
        Entry entry = entry(id);
        if (entry != null) entry.isReadKept = true;
    }

    /**
     * The sender's node says how far a message is.
     *
     * @param isRefused whether the recipient has refused to be a contact
     * @param isHeld whether the recipient's disk holds the message; asked only when it was not shown
     */
    public @Nullable String onProgress(
            int host, Event.Progress event, long livedMillis, boolean isRefused, Held isHeld) {
        Entry entry = entry(event.id());
        if (entry == null || entry.from != host) return "stage: of " + event.id() + ", which was never sent here";
        if (!entry.isAccepted()) return "stage: of " + event.id() + " before it was accepted";
        if (event.stage().compareTo(entry.stage) < 0 || (entry.stage == Stage.FAILED && event.stage() != Stage.FAILED))
            return "stage: " + event.id() + " went from " + entry.stage + " to " + event.stage();
        if (event.stage() == Stage.FAILED && entry.stage.compareTo(Stage.DELIVERED) >= 0)
            return "stage: " + event.id() + " went from " + entry.stage + " to FAILED";
        if (entry.isWaiting() && event.stage().compareTo(Stage.DELIVERED) >= 0) {
            waiting(host).messages--;
            waiting(host).bytes -= entry.text.length();
        }
        entry.stage = event.stage();
        Failure cause = event.cause();
        switch (event.stage()) {
            case STORED -> {
                return "stage: " + event.id() + " is STORED, and nobody keeps mail";
            }
            case DELIVERED, READ -> {
                if (!entry.isShown && !isHeld.holds(entry.to, entry.id))
                    return "delivered: " + event.id() + " is claimed and not durable at its recipient";
                if (event.stage() == Stage.READ && !entry.isRead) return "read: " + event.id() + " was never looked at";
            }
            case FAILED -> {
                boolean isOver = livedMillis - entry.sentLivedMillis >= LIFE_MILLIS;
                boolean isExpired = cause != null && cause.code() == Failure.Code.EXPIRED && isOver;
                if (!isExpired && !isRefused) return "lost: " + event.id() + " was given up: " + cause;
            }
            default -> {}
        }
        return null;
    }

    /** Returns the messages whose sends the nodes have not answered. */
    public List<Entry> unanswered() {
        List<Entry> found = new ArrayList<>();
        for (Entry entry : entries.values()) if (!entry.isAccepted()) found.add(entry);
        return found;
    }

    /**
     * Returns what is missing at the end, when everything has had its time.
     *
     * @param isOld whether a device has lived longer than messages do: what it had to tell of reading may be over
     */
    public List<String> missing(IntPredicate isOld) {
        List<String> missing = new ArrayList<>();
        for (Entry entry : entries.values()) {
            if (!entry.isAccepted() || entry.stage == Stage.FAILED) continue;
            if (!entry.isShown) missing.add("lost: " + entry + " was accepted and never shown; it is " + entry.stage);
            else if (entry.stage.compareTo(Stage.DELIVERED) < 0)
                missing.add("converges: " + entry + " was shown and is " + entry.stage);
            else if (entry.isReadKept && entry.stage != Stage.READ && !isOld.test(entry.to))
                missing.add("converges: " + entry + " was read and is " + entry.stage);
        }
        return missing;
    }

    /** Returns a text in quotation marks, cut for a line of a trace. */
    static String shortened(String text) {
        return text.length() <= 40
                ? '"' + text + '"'
                : '"' + text.substring(0, 20) + "…\" (" + text.length() + " characters)";
    }

    private Waiting waiting(int host) {
        Waiting known = waitingByHost.get(host);
        if (known != null) return known;
        Waiting made = new Waiting();
        waitingByHost.put(host, made);
        return made;
    }

    private Stream stream(int from, int to) {
        Stream known = streams.get((from << 16) | to);
        if (known != null) return known;
        Stream made = new Stream();
        streams.put((from << 16) | to, made);
        return made;
    }

    /** Answers whether a host's disk holds a message. */
    public interface Held {
        /** Returns whether it does. */
        boolean holds(int host, MessageId id);
    }

    /** One message. */
    public static final class Entry {
        private final MessageId id;
        private final int from;
        private final int life;
        private final int to;
        private final String text;
        private final long sentLivedMillis;
        private Stage stage = Stage.QUEUED;
        private int place = -1;
        private long heldMillis;
        private boolean isShown;
        private boolean isRead;
        private boolean isReadKept;

        Entry(MessageId id, int from, int life, int to, String text, long sentLivedMillis) {
            this.id = id;
            this.from = from;
            this.life = life;
            this.to = to;
            this.text = text;
            this.sentLivedMillis = sentLivedMillis;
        }

        /** Returns whether the sender's node promised to deliver it. */
        public boolean isAccepted() {
            return place >= 0;
        }

        /** Returns whether the recipient has seen it. */
        public boolean isShown() {
            return isShown;
        }

        /** Returns how far it is, as its sender was told. */
        public Stage stage() {
            return stage;
        }

        /** Returns the name of the message. */
        public MessageId id() {
            return id;
        }

        /** Returns the host that sends. */
        public int from() {
            return from;
        }

        /** Returns in which life of that host. */
        public int life() {
            return life;
        }

        /** Returns the host that it is for. */
        public int to() {
            return to;
        }

        /** Returns what it says, shortened. */
        String words() {
            return shortened(text);
        }

        private boolean isWaiting() {
            return stage.compareTo(Stage.DELIVERED) < 0;
        }

        private boolean says(Content content) {
            return content instanceof Content.Text said && said.text().equals(text);
        }

        @Override
        public String toString() {
            return "message " + id + " (" + from + " to " + to + ", place " + place + ")";
        }
    }

    private static final class Waiting {
        private int messages;
        private long bytes;
    }

    private static final class Stream {
        private final List<Entry> order = new ArrayList<>();
        private final List<Entry> held = new ArrayList<>();
        private int lastShown = -1;

        /** Returns whether something has waited for the gap before it long enough. */
        private boolean isGapOver(long nowMillis) {
            for (Entry entry : held) if (nowMillis - entry.heldMillis >= GAP_MILLIS) return true;
            return false;
        }
    }
}
