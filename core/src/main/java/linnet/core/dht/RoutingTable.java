package linnet.core.dht;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import linnet.core.id.AddressGroup;
import linnet.core.id.Key;
import linnet.core.id.PeerId;
import linnet.core.wire.Whereabouts;
import org.jspecify.annotations.Nullable;

/**
 * Whom this node knows: many near its own key, few far away (Maymounkov and Mazières 2002, section 2.4). Bucket i has the peers whose keys
 * share exactly i leading bits with the own; the last one has all that share more, and is split when it is full.
 *
 * <p>Whoever answers stays: a full bucket takes a newcomer only for one that stands lower, or, far from the own key, that is several times
 * slower, because peers that have lived long will live longer. An unanswered question ends the trust and not the memory: the silent are the
 * last ones that a node which lost everybody can still ask. Where there is room everybody is welcome, a whole school behind one address too;
 * in a full bucket peers of one {@link AddressGroup} keep two places, and others push the rest out.
 */
public final class RoutingTable {
    /** Contacts of one address group in a full bucket that others do not push out (SPEC D4). */
    private static final int GROUP_BUCKET_MAX = 2;

    /** The last buckets, whose peers are the own neighbourhood, of whom all are wanted. */
    static final int NEIGHBOUR_BUCKETS = 2;

    /** A newcomer replaces a contact that is so many times slower. */
    private static final int MUCH_SLOWER = 4;

    private static final int DEPTH_MAX = 255;

    private final Key self;
    private final int prefix;
    private final int bucketSize;
    private Bucket[] buckets = {new Bucket()};
    private int told;

    /** Creates a table that knows nobody. */
    public RoutingTable(Key self, int bucketSize) {
        this.self = self;
        this.prefix = self.a();
        this.bucketSize = bucketSize;
    }

    /**
     * One row of the table as people see it.
     *
     * @param where who and where
     * @param bucket leading bits shared with the own key
     * @param isProven whether it ever answered or asked here
     * @param isGone whether it missed an answer, and is kept only as a last resort
     * @param misses unanswered questions in a row
     * @param rttMillis smoothed round trip, 0 if unknown
     * @param silentMillis for how long nothing was heard of it
     */
    public record Row(
            Whereabouts where,
            int bucket,
            boolean isProven,
            boolean isGone,
            int misses,
            int rttMillis,
            long silentMillis) {}

    /**
     * A peer that serves others proved itself: it answered, or it asked.
     *
     * @param rttMillis the round trip, or less than 0 if none was measured
     * @return whether it is in the table now
     */
    public boolean onHeard(Whereabouts where, int rttMillis, long nowMillis) {
        Bucket bucket = bucketOf(where);
        int at = bucket.place(where);
        if (at < 0) return admit(where, rttMillis, nowMillis, true);
        if (!bucket.where(at).equals(where) && !where.endpoints().isEmpty()) bucket.moved(at, where);
        bucket.onHeard(at, rttMillis, nowMillis);
        return true;
    }

    /** Somebody told of a peer. It is taken where there is room, and believed when it answers. Returns whether it was new and is taken. */
    public boolean onTold(Whereabouts where, long nowMillis) {
        int index = bucketIndex(where);
        if (!takesHearsay(index) || buckets[index].place(where) >= 0 || !admit(where, -1, nowMillis, false))
            return false;
        told++;
        return true;
    }

    /** Only free places and those of the silent are given to hearsay, of which there is much. */
    private boolean takesHearsay(int index) {
        Bucket bucket = buckets[index];
        return bucket.size() < bucketSize || bucket.hasSilent() || isToSplit(index);
    }

    private boolean isToSplit(int index) {
        return buckets[index].size() >= bucketSize && index == buckets.length - 1 && index < DEPTH_MAX;
    }

    /** A question was not answered. Returns whether that was the first miss of a contact that had answered before. */
    public boolean onMiss(PeerId peer) {
        return onSilence(peer, false);
    }

    /** A peer that was asked twice in a row, because there is little time, does not answer. Returns as {@link #onMiss}. */
    boolean onGone(PeerId peer) {
        return onSilence(peer, true);
    }

    private boolean onSilence(PeerId peer, boolean isGone) {
        Bucket bucket = bucketOf(peer.key());
        int at = bucket.place(peer);
        if (at < 0 || bucket.standing(at) == Standing.GONE) return false;
        boolean wasProven = bucket.isProven(at) && bucket.misses(at) == 0;
        if (isGone) bucket.onGone(at);
        else bucket.onMiss(at);
        makeRoom(bucket, at);
        return wasProven;
    }

    /** Somebody else answered there: the address is wrong, whatever came before. */
    public void remove(PeerId peer) {
        Bucket bucket = bucketOf(peer.key());
        int at = bucket.place(peer);
        if (at >= 0) bucket.remove(at);
    }

    /** A link came up or ended; at once, so that nobody is sent to a dead one (SPEC R1). */
    public void onLink(PeerId peer, boolean isUp) {
        Bucket bucket = bucketOf(peer.key());
        int at = bucket.place(peer);
        if (at >= 0) bucket.onLink(at, isUp);
    }

    /** Returns those nearest to a key that answered when last asked: what neighbours are told. Nearest first. */
    public List<Whereabouts> nearest(Key target, int count) {
        return nearest(target, count, Standing.PROVEN);
    }

    /** The same, without one peer. */
    List<Whereabouts> nearestWithout(Whereabouts peer, Key target, int count) {
        Ranking ranking = new Ranking(buckets, target, count, Standing.PROVEN);
        ranking.leaveOut(peer);
        return nearest(target, ranking);
    }

    /**
     * Returns whom a lookup begins with: those that answered or that somebody told of; where there are fewer than {@code count} in the
     * whole table, also the others, last.
     */
    public List<Whereabouts> nearestToAsk(Key target, int count) {
        List<Whereabouts> found = nearest(target, count, Standing.TOLD);
        if (found.size() >= count) return found;
        List<Whereabouts> all = new ArrayList<>(found);
        for (Whereabouts where : nearest(target, count, Standing.GONE))
            if (all.size() < count && !found.contains(where)) all.add(where);
        return all;
    }

    /** Returns the contacts with a link that is up. */
    List<Whereabouts> linked() {
        return nearest(self, bucketSize, Standing.LINKED);
    }

    /** Returns whether such a peer is known and answered when last asked. */
    public boolean isLive(PeerId peer) {
        return findLive(peer) != null;
    }

    /** Returns where a peer is that answered when last asked, or null. */
    @Nullable
    Whereabouts findLive(PeerId peer) {
        return find(peer, Standing.PROVEN);
    }

    /** Returns whether a link to a contact is up. */
    boolean isLinked(Whereabouts where) {
        Bucket bucket = bucketOf(where);
        int at = bucket.place(where);
        return at >= 0 && bucket.isAtLeast(at, Standing.LINKED);
    }

    /** Returns what is known of a peer, or null. */
    public @Nullable Whereabouts find(PeerId peer) {
        return find(peer, Standing.GONE);
    }

    private @Nullable Whereabouts find(PeerId peer, Standing least) {
        Bucket bucket = bucketOf(peer.key());
        int at = bucket.place(peer);
        return at >= 0 && bucket.isAtLeast(at, least) ? bucket.where(at) : null;
    }

    /** Returns whether at least so many contacts answered when last asked. */
    boolean hasLive(int count) {
        int live = 0;
        for (int i = 0; i < buckets.length && live < count; i++) live += buckets[i].count(Standing.PROVEN);
        return live >= count;
    }

    /** Returns how many contacts there are, the gone left out. */
    public int size() {
        int size = 0;
        for (Bucket bucket : buckets) size += bucket.count(Standing.SUSPECT);
        return size;
    }

    /** Returns how many contacts were taken on hearsay so far. */
    int told() {
        return told;
    }

    /** Returns how many buckets there are. */
    public int depth() {
        return buckets.length;
    }

    /** Returns how many contacts a bucket has that missed no answer. */
    int fill(int bucket) {
        return buckets[bucket].fill();
    }

    /** Returns the bucket of a key. */
    int bucketIndex(Key key) {
        int differing = prefix ^ key.a();
        int common = differing == 0 ? self.commonPrefix(key) : Integer.numberOfLeadingZeros(differing);
        return Math.min(common, buckets.length - 1);
    }

    /** Returns the bucket of a peer. */
    int bucketIndex(Whereabouts where) {
        int differing = prefix ^ where.prefix();
        if (differing == 0) return bucketIndex(where.peer().key());
        return Math.min(Integer.numberOfLeadingZeros(differing), buckets.length - 1);
    }

    /** Returns the buckets of several peers. Those lie anywhere in memory, and looked at one right after the other they are fetched together. */
    int[] bucketIndices(List<Whereabouts> peers) {
        int[] indices = new int[peers.size()];
        for (int i = 0; i < indices.length; i++) indices[i] = bucketIndex(peers.get(i));
        return indices;
    }

    private Bucket bucketOf(Key key) {
        return buckets[bucketIndex(key)];
    }

    private Bucket bucketOf(Whereabouts where) {
        return buckets[bucketIndex(where)];
    }

    /**
     * Returns the contacts that should be asked whether they are there, the longest silent first: those that were silent for so long, and
     * hearsay of the neighbourhood. Whoever missed an answer is not asked again: a question to the dead costs most of all, and the living
     * will be heard of.
     */
    List<Whereabouts> toCheck(long silentMillis, int count, long nowMillis) {
        int most = Math.min(count, deeper(-1));
        List<Whereabouts> worst = new ArrayList<>();
        int[] heard = new int[most];
        long silentSince = Bucket.silentSince(silentMillis, nowMillis);
        for (int i = 0; i < buckets.length; i++) {
            Bucket bucket = buckets[i];
            boolean isNear = i >= buckets.length - NEIGHBOUR_BUCKETS;
            for (int at = 0; at < bucket.size(); at++) {
                boolean isSilent = bucket.heardSeconds(at) <= silentSince;
                // Most were heard of lately, and nothing else has to be looked at.
                if (!isSilent && !isNear) continue;
                Standing standing = bucket.standing(at);
                boolean isDue = (isSilent && standing == Standing.PROVEN) || (isNear && standing == Standing.TOLD);
                if (!isDue) continue;
                int rank = worst.size();
                while (rank > 0 && bucket.heardSeconds(at) < heard[rank - 1]) rank--;
                if (rank == most) continue;
                if (worst.size() == most) worst.remove(most - 1);
                worst.add(rank, bucket.where(at));
                System.arraycopy(heard, rank, heard, rank + 1, worst.size() - 1 - rank);
                heard[rank] = bucket.heardSeconds(at);
            }
        }
        return worst;
    }

    /** Forgets hearsay that nothing has confirmed for so long: to ask would cost more than to be told of others. */
    void forgetHearsay(long silentMillis, long nowMillis) {
        long silentSince = Bucket.silentSince(silentMillis, nowMillis);
        for (Bucket bucket : buckets)
            for (int at = 0; at < bucket.size(); at++)
                if (bucket.heardSeconds(at) <= silentSince && bucket.standing(at) == Standing.TOLD) bucket.remove(at--);
    }

    /** Returns all rows, the far buckets first. */
    public List<Row> rows(long nowMillis) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < buckets.length; i++)
            for (int at = 0; at < buckets[i].size(); at++)
                rows.add(new Row(
                        buckets[i].where(at),
                        i,
                        buckets[i].isProven(at),
                        !buckets[i].isAtLeast(at, Standing.TOLD),
                        buckets[i].misses(at),
                        buckets[i].rttMillis(at),
                        buckets[i].silentMillis(at, nowMillis)));
        return rows;
    }

    private boolean admit(Whereabouts where, int rttMillis, long nowMillis, boolean isProven) {
        if (where.prefix() == prefix && where.peer().key().equals(self)) return false;
        int index = bucketIndex(where);
        while (isToSplit(index)) {
            split();
            index = bucketIndex(where);
        }
        if (!isProven && !takesHearsay(index)) return false;
        Bucket bucket = buckets[index];
        int at = bucket.size();
        if (at < bucketSize) bucket.add(where, nowMillis, isProven);
        else {
            at = loser(index, where, rttMillis, isProven);
            if (at >= 0) bucket.set(at, where, nowMillis, isProven);
            else if (isProven) bucket.spare(where);
        }
        if (at >= 0 && isProven) bucket.onHeard(at, rttMillis, nowMillis);
        return at >= 0;
    }

    /** Returns the place of who leaves a full bucket for a newcomer, or -1. */
    private int loser(int index, Whereabouts newcomer, int rttMillis, boolean isProven) {
        Bucket bucket = buckets[index];
        int group = newcomer.addressGroup();
        boolean isOneOfMany = bucket.inGroup(group) >= GROUP_BUCKET_MAX;
        int weakest = -1;
        for (int at = 0; at < bucket.size(); at++) {
            if (isOneOfMany && bucket.group(at) != group && bucket.standing(at) != Standing.GONE) continue;
            if (weakest < 0 || bucket.isWeaker(at, weakest)) weakest = at;
        }
        if (weakest < 0) return -1;
        if (!bucket.isAtLeast(weakest, isProven ? Standing.PROVEN : Standing.TOLD)) return weakest;
        if (!isProven) return -1;
        if (isMuchSlower(bucket, weakest, rttMillis) && deeper(index) >= bucketSize) return weakest;
        int one = isOneOfMany ? -1 : crowded(bucket);
        return one < 0 ? farther(index, newcomer) : one;
    }

    private static boolean isMuchSlower(Bucket bucket, int old, int rttMillis) {
        return rttMillis >= 0
                && bucket.standing(old) == Standing.PROVEN
                && bucket.rttMillis(old) > MUCH_SLOWER * Bucket.measured(rttMillis);
    }

    /** Returns how many contacts there are behind a bucket, all nearer to the own key. */
    private int deeper(int index) {
        int deeper = 0;
        for (int i = index + 1; i < buckets.length; i++) deeper += buckets[i].size();
        return deeper;
    }

    /** Returns the weakest of those whose address group has more than its share of the bucket, or -1. */
    private static int crowded(Bucket bucket) {
        int weakest = -1;
        for (int at = 0; at < bucket.size(); at++) {
            if (bucket.inGroup(bucket.group(at)) <= GROUP_BUCKET_MAX || bucket.standing(at) == Standing.LINKED)
                continue;
            if (weakest < 0 || bucket.isWeaker(at, weakest)) weakest = at;
        }
        return weakest;
    }

    /** The nearest to the own key are always known: returns the farthest of a bucket if the newcomer is one of them and it is not, else -1. */
    private int farther(int index, Whereabouts newcomer) {
        int nearer = deeper(index);
        if (nearer >= bucketSize) return -1;
        Bucket bucket = buckets[index];
        int farthest = -1;
        for (int at = 0; at < bucket.size(); at++) {
            if (bucket.isNearer(at, newcomer, self)) nearer++;
            else if (farthest < 0 || bucket.isNearer(farthest, bucket.where(at), self)) farthest = at;
        }
        return nearer < bucketSize ? farthest : -1;
    }

    /** A contact went silent: a newcomer that waited takes its place. One that never answered is forgotten, since others know better. */
    private void makeRoom(Bucket bucket, int at) {
        Whereabouts spare = bucket.takeSpare();
        if (spare != null) bucket.set(at, spare, 0, false);
        else if (!bucket.isProven(at) && hasLive(1)) bucket.remove(at);
    }

    /** Those of the last bucket that share no more bits than its number stay; the others go one deeper. */
    private void split() {
        int last = buckets.length - 1;
        Bucket deeper = buckets[last].split(self, last);
        buckets = Arrays.copyOf(buckets, buckets.length + 1);
        buckets[last + 1] = deeper;
    }

    private List<Whereabouts> nearest(Key target, int count, Standing least) {
        return nearest(target, new Ranking(buckets, target, count, least));
    }

    /**
     * Goes through the buckets from near to far and stops when there are enough: first the target's own. Then the deeper ones, which share with
     * the own key the bits up to their number and not that one: those where the target has the other bit, too, are nearer than all behind
     * them, and the others farther, so these come last and backwards. Then the shallower ones, each farther than the one before.
     */
    private List<Whereabouts> nearest(Key target, Ranking ranking) {
        int home = bucketIndex(target);
        ranking.gather(home);
        int last = buckets.length - 1;
        for (int i = home + 1; i <= last && !ranking.isFull(); i++)
            if (i == last || self.differs(target, i)) ranking.gather(i);
        for (int i = last - 1; i > home && !ranking.isFull(); i--) if (!self.differs(target, i)) ranking.gather(i);
        for (int i = home - 1; i >= 0 && !ranking.isFull(); i--) ranking.gather(i);
        return ranking.list();
    }
}
