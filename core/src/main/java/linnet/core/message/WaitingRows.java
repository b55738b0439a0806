package linnet.core.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import linnet.core.env.RowKeys;
import linnet.core.env.Store;
import linnet.core.event.Stage;
import linnet.core.id.Bytes;
import linnet.core.id.MessageId;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import linnet.core.wire.Payload;
import linnet.core.wire.PayloadCodec;

/** All that waits, in the store and in memory: one row per content and device, in the order in which they were accepted. */
final class WaitingRows {
    /** Messages that wait, with their copies for several devices. */
    static final int MESSAGES_MAX = 10_000;

    /** Bytes of signed payloads that wait: half of what the store grants a table. */
    static final int BYTES_MAX = 32 << 20;

    /** Other contents that wait. Above it, what the person has seen is not told any more. */
    static final int NOTES_MAX = 10_000;

    /** How many more contact requests may wait than the above, and how many more bytes: messages do not keep out new contacts. */
    private static final int REQUESTS_MAX = 2_000;

    private static final int REQUESTS_BYTES_MAX = 8 << 20;

    private static final String ROWS = "outbox";
    private static final String PAYLOADS = "outbox.payload";

    private final Store store;
    private final Map<MessageId, List<Waiting>> waitingById = new TreeMap<>();
    private long lastNumber;
    private int messages;
    private int notes;
    private int bytes;

    WaitingRows(Store store) {
        this.store = store;
    }

    /** Reads what the last life of the node left. */
    List<Waiting> load() {
        List<Waiting> all = new ArrayList<>();
        store.forEach(ROWS, (key, row) -> {
            Waiting waiting = Waiting.decode(RowKeys.number(key), row);
            lastNumber = Math.max(lastNumber, waiting.number);
            all.add(waiting);
        });
        for (Waiting waiting : all) count(waiting, 1);
        return all;
    }

    /** Returns whether so much more may wait. */
    boolean hasRoom(Waiting.Kind kind, int rows, int payloadBytes) {
        boolean request = kind == Waiting.Kind.REQUEST;
        int notesMax = request ? NOTES_MAX + REQUESTS_MAX : NOTES_MAX;
        if (isMessage(kind) ? messages + rows > MESSAGES_MAX : notes + rows > notesMax) return false;
        return bytes + (long) rows * payloadBytes <= BYTES_MAX + (request ? REQUESTS_BYTES_MAX : 0);
    }

    /** Adds a content for one device; the payload is signed for it. */
    Waiting add(Waiting.Kind kind, UserId to, PeerId device, Payload payload, long acceptedMillis) {
        Bytes raw = PayloadCodec.encode(payload);
        Waiting waiting = new Waiting(++lastNumber, kind, to, device, payload.id(), acceptedMillis, raw.length());
        store.put(PAYLOADS, RowKeys.of(waiting.number), raw);
        save(waiting);
        count(waiting, 1);
        return waiting;
    }

    /** Returns what was signed. */
    Payload payload(Waiting waiting) {
        Bytes raw = store.get(PAYLOADS, RowKeys.of(waiting.number));
        if (raw == null) throw new IllegalStateException("outbox row without a payload: " + waiting.number);
        return PayloadCodec.decode(raw);
    }

    /** Moves forward; going back is not possible. */
    void setStage(Waiting waiting, Stage stage) {
        if (stage.compareTo(waiting.stage) <= 0) return;
        waiting.stage = stage;
        save(waiting);
    }

    /** Notes that another device has the message. */
    void makeCopy(Waiting waiting) {
        waiting.kind = Waiting.Kind.COPY;
        save(waiting);
    }

    void remove(Waiting waiting) {
        if (!has(waiting)) return;
        store.put(ROWS, RowKeys.of(waiting.number), null);
        store.put(PAYLOADS, RowKeys.of(waiting.number), null);
        count(waiting, -1);
    }

    /** Returns whether it still waits. */
    boolean has(Waiting waiting) {
        return waitingById.getOrDefault(waiting.id, List.of()).contains(waiting);
    }

    /** Returns the rows of one content, one for each device that does not have it yet. */
    List<Waiting> of(MessageId id) {
        return List.copyOf(waitingById.getOrDefault(id, List.of()));
    }

    /** Returns whether a content waits for this device. */
    boolean isFor(MessageId id, PeerId device) {
        for (Waiting one : waitingById.getOrDefault(id, List.of())) if (one.device.equals(device)) return true;
        return false;
    }

    private void save(Waiting waiting) {
        store.put(ROWS, RowKeys.of(waiting.number), waiting.encode());
    }

    private void count(Waiting waiting, int by) {
        if (isMessage(waiting.kind)) messages += by;
        else notes += by;
        bytes += by * waiting.bytes;
        List<Waiting> same = waitingById.get(waiting.id);
        if (by > 0) {
            if (same == null) {
                same = new ArrayList<>(1);
                waitingById.put(waiting.id, same);
            }
            same.add(waiting);
        } else if (same != null) {
            same.remove(waiting);
            if (same.isEmpty()) waitingById.remove(waiting.id);
        }
    }

    private static boolean isMessage(Waiting.Kind kind) {
        return kind == Waiting.Kind.MESSAGE || kind == Waiting.Kind.COPY;
    }
}
