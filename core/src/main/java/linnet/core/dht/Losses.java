package linnet.core.dht;

import java.util.ArrayList;
import java.util.List;
import linnet.core.id.PeerId;
import linnet.core.wire.Whereabouts;
import org.jspecify.annotations.Nullable;

/**
 * Remembers contacts that went silent, and tells a parted network from people who leave: when a quarter of the table is gone within half an
 * hour, both parts may live on (SPEC R3). Then the lost ones are asked in turn, from both sides, until one of them answers.
 */
final class Losses {
    /** Lost contacts that are remembered, the first ones of a parting. */
    private static final int LOST_MAX = 24;

    /** Losses are counted in three slots, the newest first. */
    private static final long SLOT_MILLIS = 10L * 60 * 1000;

    /** A parting is believed when one contact of so many is lost; 50 % churn an hour takes half as many. */
    private static final int SHARE = 4;

    /** Fewer losses than this are no sign, in however small a table. */
    private static final int LOSSES_MIN = 3;

    /** How long the lost are asked for: after a day the other side is found by other means. */
    private static final long MEMORY_MILLIS = 24L * 60 * 60 * 1000;

    /** Between two questions to lost contacts: often at first, then less. */
    private static final long PROBE_MILLIS_MIN = 8_000;

    private static final long PROBE_MILLIS_MAX = 60_000;

    /** The pause grows to its maximum in two hours. */
    private static final int PROBE_GROWTH = 120;

    /** A list of its own from the first loss on: most nodes of a large simulation have none yet. */
    private List<Whereabouts> lost = List.of();

    private int thisSlot;
    private int lastSlot;
    private int slotBefore;
    private long slot;
    private long partedMillis = -1;
    private long nextMillis;
    private int turn;

    /** A contact that had answered went silent for good. Returns whether that makes a parting out of it. */
    boolean onGone(Whereabouts where, int tableSize, long nowMillis) {
        turnSlots(nowMillis);
        thisSlot++;
        boolean wasParted = isParted(nowMillis);
        forget(where.peer());
        if (lost.size() == LOST_MAX && !wasParted) lost.remove(0);
        if (lost.isEmpty()) lost = new ArrayList<>(1);
        if (lost.size() < LOST_MAX) lost.add(where);
        int losses = thisSlot + lastSlot + slotBefore;
        if (wasParted || losses < LOSSES_MIN || losses * SHARE < tableSize + losses) return false;
        partedMillis = nowMillis;
        nextMillis = nowMillis + PROBE_MILLIS_MIN;
        return true;
    }

    /** A peer was heard. Returns whether it was lost in a parting: then the two sides meet again. */
    boolean onHeard(PeerId peer, long nowMillis) {
        if (lost.isEmpty() || !forget(peer) || !isParted(nowMillis)) return false;
        partedMillis = -1;
        thisSlot = 0;
        lastSlot = 0;
        slotBefore = 0;
        return true;
    }

    /** Returns whom to ask now, or null. */
    @Nullable
    Whereabouts toProbe(long nowMillis) {
        if (!isParted(nowMillis) || nowMillis < nextMillis || lost.isEmpty()) return null;
        long pause = Math.min(PROBE_MILLIS_MAX, (nowMillis - partedMillis) / PROBE_GROWTH);
        nextMillis = nowMillis + Math.max(PROBE_MILLIS_MIN, pause);
        turn = (turn + 1) % lost.size();
        return lost.get(turn);
    }

    /** Returns whether the lost are being asked for. */
    boolean isParted(long nowMillis) {
        return partedMillis >= 0 && nowMillis - partedMillis < MEMORY_MILLIS;
    }

    private void turnSlots(long nowMillis) {
        long now = nowMillis / SLOT_MILLIS;
        while (slot < now && thisSlot + lastSlot + slotBefore > 0) {
            slotBefore = lastSlot;
            lastSlot = thisSlot;
            thisSlot = 0;
            slot++;
        }
        slot = now;
    }

    private boolean forget(PeerId peer) {
        for (int i = 0; i < lost.size(); i++)
            if (lost.get(i).peer().equals(peer)) {
                lost.remove(i);
                return true;
            }
        return false;
    }
}
