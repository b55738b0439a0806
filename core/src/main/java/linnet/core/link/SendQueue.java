package linnet.core.link;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import linnet.core.id.Bytes;
import linnet.core.wire.Batch;
import linnet.core.wire.Limits;

/**
 * Encoded frames that wait to leave, one bounded queue for each {@link Priority}. It tells when a queue that refused a frame has
 * room again: below half, so that a writer gets to write more than one.
 */
final class SendQueue {
    /**
     * A record of this length takes no more frames: what a seal and a write cost is spread thinly enough by then, and a longer one would
     * only leave the processor's caches.
     */
    private static final int ENOUGH_BYTES = 16 << 10;

    private final int framesMax;
    private final int bytesMax;
    private final Map<Priority, Lane> laneByPriority = new EnumMap<>(Priority.class);

    /**
     * Creates empty queues.
     *
     * @param framesMax frames of one priority
     * @param bytesMax bytes of one priority; a single frame may be larger, so that none is too large for ever
     */
    SendQueue(int framesMax, int bytesMax) {
        if (framesMax < 1 || bytesMax < 1) throw new IllegalArgumentException("a queue without room");
        this.framesMax = framesMax;
        this.bytesMax = bytesMax;
        for (Priority priority : Priority.values()) laneByPriority.put(priority, new Lane());
    }

    /** Adds a frame, or returns false if its queue is full. */
    boolean offer(Priority priority, Bytes frame) {
        Lane lane = laneByPriority.get(priority);
        if (lane == null) throw new IllegalStateException("every priority has a lane");
        boolean isFull =
                lane.frames.size() >= framesMax || (!lane.frames.isEmpty() && lane.bytes + frame.length() > bytesMax);
        if (isFull) {
            lane.wantsRoom = true;
            return false;
        }
        lane.frames.add(frame);
        lane.bytes += frame.length();
        return true;
    }

    /** Takes out as many frames as one record carries, and returns its plaintext. */
    Bytes nextRecord() {
        Batch batch = new Batch(nextBytes());
        for (Lane lane : laneByPriority.values()) {
            for (Bytes next = lane.frames.peek(); next != null; next = lane.frames.peek()) {
                if (batch.length() >= ENOUGH_BYTES || !batch.add(next)) return batch.take();
                lane.frames.remove();
                lane.bytes -= next.length();
            }
        }
        return batch.take();
    }

    /** Returns how long the next record becomes, so that it is written once and never moved. */
    private int nextBytes() {
        int bytes = 0;
        for (Lane lane : laneByPriority.values()) {
            for (Bytes frame : lane.frames) {
                int more = Batch.sizeOf(frame.length());
                if (bytes >= ENOUGH_BYTES || bytes + more > Limits.BATCH_BYTES_MAX) return bytes;
                bytes += more;
            }
        }
        return bytes;
    }

    /** Returns, once for each time a queue refused a frame, that this queue is below half. */
    boolean takeRoom() {
        boolean hasRoom = false;
        for (Lane lane : laneByPriority.values()) {
            if (!lane.wantsRoom || lane.frames.size() * 2 >= framesMax || lane.bytes * 2 >= bytesMax) continue;
            lane.wantsRoom = false;
            hasRoom = true;
        }
        return hasRoom;
    }

    /** Returns whether somebody was refused and has not heard of room since. */
    boolean wantsRoom() {
        for (Lane lane : laneByPriority.values()) if (lane.wantsRoom) return true;
        return false;
    }

    boolean isEmpty() {
        for (Lane lane : laneByPriority.values()) if (!lane.frames.isEmpty()) return false;
        return true;
    }

    /** Returns how many frames wait. */
    int frames() {
        int frames = 0;
        for (Lane lane : laneByPriority.values()) frames += lane.frames.size();
        return frames;
    }

    /** Returns how many bytes wait. */
    int bytes() {
        int bytes = 0;
        for (Lane lane : laneByPriority.values()) bytes += lane.bytes;
        return bytes;
    }

    /** Forgets everything that waits. */
    void clear() {
        for (Lane lane : laneByPriority.values()) {
            lane.frames.clear();
            lane.bytes = 0;
        }
    }

    private static final class Lane {
        /** Starts small: an idle link is most of what a large simulation holds. */
        private final ArrayDeque<Bytes> frames = new ArrayDeque<>(1);

        private int bytes;
        private boolean wantsRoom;
    }
}
