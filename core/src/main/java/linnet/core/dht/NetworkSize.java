package linnet.core.dht;

import java.util.List;
import linnet.core.id.Key;
import linnet.core.wire.Whereabouts;

/**
 * How many peers the network has, judged by how near the nearest to a random key are: the n-th of N is at n / (N + 1) of all keys, on
 * average. A mean over the last walks, so that peers crowded around one key do not move it much.
 */
final class NetworkSize {
    /** Fewer peers than this say nothing. */
    private static final int PEERS_MIN = 5;

    /** The weight of the newest walk, once there were so many. */
    private static final int WALKS = 16;

    /** So many times nearer than expected is no accident: with 8 peers that has a chance of one in 13,000. */
    private static final double DENSE = 6;

    /** Of the peers around a key so many nearest, and more, are looked at for a crowd: fewer are near by accident now and then. */
    private static final int CROWD_MIN = 8;

    /** Before so many walks nobody is called crowded: the first ones may know a part of the network only. */
    private static final int WALKS_TRUSTED = 2;

    /** When the own neighbourhood says something so different, the network has changed. */
    private static final double DRIFT = 2;

    private double gapShare;
    private int walks;

    /** Notes whom a finished walk found nearest to its target. */
    void onNearest(Key target, List<Whereabouts> nearest) {
        if (nearest.size() < PEERS_MIN || isDense(target, nearest)) return;
        double gap = gapShare(target, nearest, nearest.size());
        if (walks < WALKS) walks++;
        gapShare += (gap - gapShare) / walks;
    }

    /**
     * Notes whom the table has nearest to the own key. Walks that look crowded teach nothing, so without this a node would take a network
     * that has grown for one that is under attack everywhere.
     */
    void onNeighbours(Key self, List<Whereabouts> nearest) {
        if (nearest.size() < PEERS_MIN) return;
        double gap = gapShare(self, nearest, nearest.size());
        boolean isFar = gap * DRIFT < gapShare || gap > gapShare * DRIFT;
        if (walks > 0 && !isFar) return;
        gapShare = gap;
        walks = Math.max(1, Math.min(walks, WALKS_TRUSTED));
    }

    /** Returns the estimate, at least 1; 0 while nothing is known. */
    int peers() {
        if (walks == 0) return 0;
        double peers = gapShare > 0 ? 1 / gapShare - 1 : Integer.MAX_VALUE;
        return peers >= Integer.MAX_VALUE ? Integer.MAX_VALUE : Math.max(1, (int) peers);
    }

    /** Returns which share of all keys around a target has the {@code count} nearest peers, on average; 1 while nothing is known. */
    double share(int count) {
        return walks == 0 ? 1 : Math.min(1, count * gapShare);
    }

    /** Returns whether so many peers are so near to a key that somebody must have put them there. */
    boolean isDense(Key target, List<Whereabouts> nearest) {
        if (walks < WALKS_TRUSTED) return false;
        for (int count = CROWD_MIN; count <= nearest.size(); count++)
            if (gapShare(target, nearest, count) * DENSE < gapShare) return true;
        return false;
    }

    private static double gapShare(Key target, List<Whereabouts> nearest, int count) {
        return target.distanceShare(nearest.get(count - 1).peer().key()) / count;
    }
}
