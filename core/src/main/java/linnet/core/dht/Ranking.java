package linnet.core.dht;

import java.util.List;
import linnet.core.id.Key;
import linnet.core.wire.Whereabouts;
import org.jspecify.annotations.Nullable;

/** The contacts nearest to a key among those of the buckets gathered so far. Sorted as numbers; nobody is looked at before it is chosen. */
final class Ranking {
    /** A place is the number of a bucket, and in these bits that of a contact in it. */
    private static final int AT_BITS = 16;

    private static final int AT = (1 << AT_BITS) - 1;

    private final Bucket[] buckets;
    private final Key target;
    private final int first;
    private final int states;
    private final int[] distances;
    private final int[] places;
    private @Nullable Whereabouts leftOut;
    private int leftOutPrefix;
    private int size;

    /** Prepares to find the {@code count} nearest that stand so or better. */
    Ranking(Bucket[] buckets, Key target, int count, Standing least) {
        this.buckets = buckets;
        this.target = target;
        this.first = target.a();
        this.states = Bucket.statesOf(least);
        this.distances = new int[count];
        this.places = new int[count];
    }

    /** One peer is not wanted. */
    void leaveOut(Whereabouts where) {
        leftOut = where;
        leftOutPrefix = where.prefix();
    }

    boolean isFull() {
        return size == places.length;
    }

    /** Takes the contacts of a bucket in. Of two that are equally near, the one that came first stays before the other. */
    void gather(int index) {
        Bucket bucket = buckets[index];
        for (int at = 0; at < bucket.size(); at++) {
            int prefix = bucket.prefix(at);
            if (!bucket.isOneOf(at, states) || (prefix == leftOutPrefix && isLeftOut(bucket.where(at)))) continue;
            int distance = prefix ^ first;
            int rank = size;
            while (rank > 0 && isNearer(distance, bucket, at, rank - 1)) rank--;
            if (rank < places.length) insert(rank, distance, index << AT_BITS | at);
        }
    }

    private boolean isLeftOut(Whereabouts where) {
        return leftOut != null && where.peer().equals(leftOut.peer());
    }

    private boolean isNearer(int distance, Bucket bucket, int at, int rank) {
        int other = distances[rank];
        if (distance == other)
            return target.compareDistance(bucket.key(at), where(rank).peer().key()) < 0;
        return Integer.compareUnsigned(distance, other) < 0;
    }

    private void insert(int rank, int distance, int place) {
        int last = Math.min(size, places.length - 1);
        for (int i = last; i > rank; i--) {
            distances[i] = distances[i - 1];
            places[i] = places[i - 1];
        }
        distances[rank] = distance;
        places[rank] = place;
        size = last + 1;
    }

    private Whereabouts where(int rank) {
        int place = places[rank];
        return buckets[place >>> AT_BITS].where(place & AT);
    }

    /** Returns them, nearest first. */
    List<Whereabouts> list() {
        Whereabouts[] list = new Whereabouts[size];
        for (int rank = 0; rank < size; rank++) list[rank] = where(rank);
        return List.of(list);
    }
}
