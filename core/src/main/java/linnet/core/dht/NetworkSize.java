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

    /** So many times nearer than expected is no accident: with 20 peers that has a chance of one in 10^7. */
    private static final double DENSE = 4;

    /** When the own neighbourhood says something so different, the network has changed. */
    private static final double DRIFT = 2;

    private double gapShare;
    private int walks;

    /** Notes whom a finished walk found nearest to its target. */
    void onNearest(Key target, List<Whereabouts> nearest) {
        if (nearest.size() < PEERS_MIN || isDense(target, nearest)) return;
        double gap = gapShare(target, nearest);
        if (walks < WALKS) walks++;
        gapShare += (gap - gapShare) / walks;
    }

    /**
     * Notes whom the table has nearest to the own key. Walks that look crowded teach nothing, so without this a node would take a network
     * that has grown for one that is under attack everywhere.
     */
    void onNeighbours(Key self, List<Whereabouts> nearest) {
        if (nearest.size() < PEERS_MIN) return;
        double gap = gapShare(self, nearest);
        boolean isFar = gap * DRIFT < gapShare || gap > gapShare * DRIFT;
        if (walks > 0 && !isFar) return;
        gapShare = gap;
        walks = 1;
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
        if (walks < 2 || nearest.size() < PEERS_MIN) return false;
        return gapShare(target, nearest) * DENSE < gapShare;
    }

    private static double gapShare(Key target, List<Whereabouts> nearest) {
        int count = nearest.size();
        return target.distanceShare(nearest.get(count - 1).peer().key()) / count;
    }
}
