package linnet.core.dht;

import java.util.ArrayList;
import java.util.List;
import linnet.core.dht.Contact.Standing;
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

    /** Newcomers remembered for a full bucket, until a place in it is free. */
    private static final int SPARES_MAX = 2;

    /** A newcomer replaces a contact that is so many times slower. */
    private static final int MUCH_SLOWER = 4;

    private static final int DEPTH_MAX = 255;

    private final Key self;
    private final int bucketSize;
    private final List<Bucket> buckets = new ArrayList<>(4);
    private int told;

    /** Creates a table that knows nobody. */
    public RoutingTable(Key self, int bucketSize) {
        this.self = self;
        this.bucketSize = bucketSize;
        buckets.add(new Bucket());
    }

    private static final class Bucket {
        final List<Contact> contacts = new ArrayList<>(4);
        List<Whereabouts> spares = List.of();
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
        Contact known = contact(where);
        if (known != null) {
            if (!where.endpoints().isEmpty() && !known.where().equals(where)) known.moved(where);
            known.onHeard(rttMillis, nowMillis);
            return true;
        }
        return admit(where, rttMillis, nowMillis, true);
    }

    /** Somebody told of a peer. It is taken where there is room, and believed when it answers. Returns whether it was new and is taken. */
    public boolean onTold(Whereabouts where, long nowMillis) {
        boolean isTaken = contact(where) == null && admit(where, -1, nowMillis, false);
        if (isTaken) told++;
        return isTaken;
    }

    /** A question was not answered. Returns whether that was the first miss of a contact that had answered before. */
    public boolean onMiss(PeerId peer) {
        Contact contact = contact(peer);
        if (contact == null || contact.standing() == Standing.GONE) return false;
        boolean wasProven = contact.isProven() && contact.misses() == 0;
        contact.onMiss();
        makeRoom(contact);
        return wasProven;
    }

    /** A peer that was asked twice in a row, because there is little time, does not answer. Returns as {@link #onMiss}. */
    boolean onGone(PeerId peer) {
        Contact contact = contact(peer);
        if (contact == null || contact.standing() == Standing.GONE) return false;
        boolean wasProven = contact.isProven() && contact.misses() == 0;
        contact.onGone();
        makeRoom(contact);
        return wasProven;
    }

    /** Somebody else answered there: the address is wrong, whatever came before. */
    public void remove(PeerId peer) {
        Contact contact = contact(peer);
        if (contact != null) bucketOf(peer.key()).contacts.remove(contact);
    }

    /** A link came up or ended; at once, so that nobody is sent to a dead one (SPEC R1). */
    public void onLink(PeerId peer, boolean isUp) {
        Contact contact = contact(peer);
        if (contact != null) contact.onLink(isUp);
    }

    /** Returns those nearest to a key that answered when last asked: what neighbours are told. Nearest first. */
    public List<Whereabouts> nearest(Key target, int count) {
        return nearest(target, count, Standing.PROVEN);
    }

    /** The same, without one peer. */
    List<Whereabouts> nearestWithout(PeerId peer, Key target, int count) {
        List<Whereabouts> nearest = nearest(target, count + 1);
        for (int i = 0; i < nearest.size(); i++)
            if (nearest.get(i).peer().equals(peer)) {
                nearest.remove(i);
                return nearest;
            }
        if (nearest.size() > count) nearest.remove(count);
        return nearest;
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
        Contact contact = contact(peer);
        return contact == null || contact.standing().compareTo(Standing.PROVEN) < 0 ? null : contact.where();
    }

    /** Returns whether a link to a contact is up. */
    boolean isLinked(PeerId peer) {
        Contact contact = contact(peer);
        return contact != null && contact.standing() == Standing.LINKED;
    }

    /** Returns what is known of a peer, or null. */
    public @Nullable Whereabouts find(PeerId peer) {
        Contact contact = contact(peer);
        return contact == null ? null : contact.where();
    }

    /** Returns whether at least so many contacts answered when last asked. */
    boolean hasLive(int count) {
        int left = count;
        for (Bucket bucket : buckets)
            for (Contact contact : bucket.contacts)
                if (contact.standing().compareTo(Standing.PROVEN) >= 0 && --left <= 0) return true;
        return left <= 0;
    }

    /** Returns how many contacts there are, the gone left out. */
    public int size() {
        int size = 0;
        for (Bucket bucket : buckets)
            for (Contact contact : bucket.contacts) if (contact.standing() != Standing.GONE) size++;
        return size;
    }

    /** Returns how many contacts were taken on hearsay so far. */
    int told() {
        return told;
    }

    /** Returns how many buckets there are. */
    public int depth() {
        return buckets.size();
    }

    /** Returns how many contacts a bucket has that missed no answer. */
    int fill(int bucket) {
        int fill = 0;
        for (Contact contact : buckets.get(bucket).contacts)
            if (contact.standing().compareTo(Standing.TOLD) >= 0) fill++;
        return fill;
    }

    /** Returns the bucket of a key. */
    int bucketIndex(Key key) {
        return Math.min(self.commonPrefix(key), buckets.size() - 1);
    }

    /** Returns the bucket of a peer. */
    int bucketIndex(Whereabouts where) {
        int differing = self.a() ^ where.prefix();
        if (differing == 0) return bucketIndex(where.peer().key());
        return Math.min(Integer.numberOfLeadingZeros(differing), buckets.size() - 1);
    }

    /**
     * Returns the contacts that should be asked whether they are there, the longest silent first: those that were silent for so long, and
     * hearsay of the neighbourhood. Whoever missed an answer is not asked again: a question to the dead costs most of all, and the living
     * will be heard of.
     */
    List<Whereabouts> toCheck(long silentMillis, int count, long nowMillis) {
        List<Contact> worst = new ArrayList<>();
        for (int i = 0; i < buckets.size(); i++) {
            boolean isNear = i >= buckets.size() - NEIGHBOUR_BUCKETS;
            for (Contact contact : buckets.get(i).contacts) {
                if (!isDue(contact, isNear, silentMillis, nowMillis)) continue;
                int at = worst.size();
                while (at > 0 && contact.heardBefore(worst.get(at - 1))) at--;
                if (at < count) worst.add(at, contact);
                if (worst.size() > count) worst.remove(count);
            }
        }
        List<Whereabouts> due = new ArrayList<>(worst.size());
        for (Contact contact : worst) due.add(contact.where());
        return due;
    }

    /** Forgets hearsay that nothing has confirmed for so long: to ask would cost more than to be told of others. */
    void forgetHearsay(long silentMillis, long nowMillis) {
        for (Bucket bucket : buckets)
            for (int i = 0; i < bucket.contacts.size(); i++) {
                Contact contact = bucket.contacts.get(i);
                if (contact.standing() == Standing.TOLD && contact.silentMillis(nowMillis) >= silentMillis)
                    bucket.contacts.remove(i--);
            }
    }

    /** Returns all rows, the far buckets first. */
    public List<Row> rows(long nowMillis) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < buckets.size(); i++)
            for (Contact contact : buckets.get(i).contacts)
                rows.add(new Row(
                        contact.where(),
                        i,
                        contact.isProven(),
                        contact.standing().compareTo(Standing.SUSPECT) <= 0,
                        contact.misses(),
                        contact.rttMillis(),
                        contact.silentMillis(nowMillis)));
        return rows;
    }

    private static boolean isDue(Contact contact, boolean isNear, long silentMillis, long nowMillis) {
        return switch (contact.standing()) {
            case GONE, SUSPECT, LINKED -> false;
            case PROVEN -> contact.silentMillis(nowMillis) >= silentMillis;
            case TOLD -> isNear;
        };
    }

    private boolean admit(Whereabouts where, int rttMillis, long nowMillis, boolean isProven) {
        if (where.prefix() == self.a() && where.peer().key().equals(self)) return false;
        Bucket bucket = buckets.get(bucketIndex(where));
        while (bucket.contacts.size() >= bucketSize && canSplit(bucket)) {
            split();
            bucket = buckets.get(bucketIndex(where));
        }
        if (!isProven && bucket.contacts.size() >= bucketSize && !hasSilent(bucket)) return false;
        Contact newcomer = new Contact(where, nowMillis, isProven);
        if (isProven && rttMillis >= 0) newcomer.onHeard(rttMillis, nowMillis);
        if (bucket.contacts.size() < bucketSize) {
            bucket.contacts.add(newcomer);
            return true;
        }
        Contact loser = loser(bucket, newcomer);
        if (loser != null) bucket.contacts.set(bucket.contacts.indexOf(loser), newcomer);
        else if (isProven) spare(bucket, where);
        return loser != null;
    }

    /** Returns whether anybody missed an answer: only their places are given up for hearsay, of which there is much. */
    private static boolean hasSilent(Bucket bucket) {
        for (Contact contact : bucket.contacts) if (contact.standing().compareTo(Standing.TOLD) < 0) return true;
        return false;
    }

    /** Returns who leaves a full bucket for a newcomer, or null. */
    private @Nullable Contact loser(Bucket bucket, Contact newcomer) {
        boolean isOneOfMany = inGroup(bucket, newcomer.group()) >= GROUP_BUCKET_MAX;
        Contact weakest = null;
        for (Contact contact : bucket.contacts) {
            if (isOneOfMany && contact.group() != newcomer.group() && contact.standing() != Standing.GONE) continue;
            if (weakest == null || isWeaker(contact, weakest)) weakest = contact;
        }
        if (weakest == null) return null;
        if (weakest.standing().compareTo(newcomer.standing()) < 0) return weakest;
        if (isMuchSlower(weakest, newcomer) && deeper(bucket) >= bucketSize) return weakest;
        if (!newcomer.isProven()) return null;
        Contact one = isOneOfMany ? null : crowded(bucket);
        return one == null ? farther(bucket, newcomer) : one;
    }

    /** The nearest to the own key are always known: returns the farthest of a bucket if the newcomer is one of them and it is not. */
    private @Nullable Contact farther(Bucket bucket, Contact newcomer) {
        int nearer = 0;
        for (int i = buckets.indexOf(bucket) + 1; i < buckets.size(); i++)
            nearer += buckets.get(i).contacts.size();
        Contact farthest = null;
        for (Contact contact : bucket.contacts) {
            if (contact.isNearer(newcomer, self)) nearer++;
            else if (farthest == null || farthest.isNearer(contact, self)) farthest = contact;
        }
        return nearer < bucketSize ? farthest : null;
    }

    /** Returns how many contacts are nearer to the own key than all of a bucket. */
    private int deeper(Bucket bucket) {
        int deeper = 0;
        for (int i = buckets.indexOf(bucket) + 1; i < buckets.size(); i++)
            deeper += buckets.get(i).contacts.size();
        return deeper;
    }

    /** Returns the weakest of those whose address group has more than its share of the bucket, or null. */
    private static @Nullable Contact crowded(Bucket bucket) {
        Contact weakest = null;
        for (Contact contact : bucket.contacts) {
            if (contact.standing() == Standing.LINKED || inGroup(bucket, contact.group()) <= GROUP_BUCKET_MAX) continue;
            if (weakest == null || isWeaker(contact, weakest)) weakest = contact;
        }
        return weakest;
    }

    private static int inGroup(Bucket bucket, int group) {
        if (group == AddressGroup.NONE) return 0;
        int count = 0;
        for (Contact contact : bucket.contacts) if (contact.group() == group) count++;
        return count;
    }

    /** Lower standing; of equals the slower. */
    private static boolean isWeaker(Contact one, Contact other) {
        int order = one.standing().compareTo(other.standing());
        return order < 0 || (order == 0 && one.rttMillis() > other.rttMillis());
    }

    /** A contact went silent: a newcomer that waited takes its place. One that never answered is forgotten, since others know better. */
    private void makeRoom(Contact contact) {
        Bucket bucket = bucketOf(contact.key());
        int at = bucket.contacts.indexOf(contact);
        if (!bucket.spares.isEmpty()) {
            Whereabouts spare = bucket.spares.get(bucket.spares.size() - 1);
            bucket.spares = List.copyOf(bucket.spares.subList(0, bucket.spares.size() - 1));
            bucket.contacts.set(at, new Contact(spare, 0, false));
        } else if (!contact.isProven() && hasLive(1)) bucket.contacts.remove(at);
    }

    private void spare(Bucket bucket, Whereabouts where) {
        List<Whereabouts> spares = new ArrayList<>(bucket.spares);
        for (int i = 0; i < spares.size(); i++) if (spares.get(i).peer().equals(where.peer())) spares.remove(i--);
        if (spares.size() == SPARES_MAX) spares.remove(0);
        spares.add(where);
        bucket.spares = List.copyOf(spares);
    }

    private static boolean isMuchSlower(Contact old, Contact newcomer) {
        return old.standing() == Standing.PROVEN
                && newcomer.rttMillis() > 0
                && old.rttMillis() > MUCH_SLOWER * newcomer.rttMillis();
    }

    private boolean canSplit(Bucket bucket) {
        return bucket == buckets.get(buckets.size() - 1) && buckets.size() <= DEPTH_MAX;
    }

    /** Those of the last bucket that share no more bits than its number stay; the others go one deeper. */
    private void split() {
        int index = buckets.size() - 1;
        Bucket old = buckets.get(index);
        Bucket deeper = new Bucket();
        for (int i = 0; i < old.contacts.size(); i++)
            if (self.commonPrefix(old.contacts.get(i).key()) > index) deeper.contacts.add(old.contacts.remove(i--));
        buckets.add(deeper);
    }

    private Bucket bucketOf(Key key) {
        return buckets.get(bucketIndex(key));
    }

    private @Nullable Contact contact(PeerId peer) {
        return contact(buckets.get(bucketIndex(peer.key())), peer, peer.key().a());
    }

    private @Nullable Contact contact(Whereabouts where) {
        return contact(buckets.get(bucketIndex(where)), where.peer(), where.prefix());
    }

    private static @Nullable Contact contact(Bucket bucket, PeerId peer, int prefix) {
        for (Contact contact : bucket.contacts) if (contact.is(peer, prefix)) return contact;
        return null;
    }

    /**
     * Goes through the buckets from near to far: first the target's own, then all deeper ones, which are equally far in their first bit,
     * then the shallower ones one by one. Stops when there are enough.
     */
    private List<Whereabouts> nearest(Key target, int count, Standing least) {
        Contact[] best = new Contact[count];
        int home = bucketIndex(target);
        int found = gather(buckets.get(home), target, least, best, 0);
        if (found < count)
            for (int i = home + 1; i < buckets.size(); i++) found = gather(buckets.get(i), target, least, best, found);
        for (int i = home - 1; i >= 0 && found < count; i--) found = gather(buckets.get(i), target, least, best, found);
        List<Whereabouts> nearest = new ArrayList<>(found);
        for (int i = 0; i < found; i++) nearest.add(best[i].where());
        return nearest;
    }

    private static int gather(Bucket bucket, Key target, Standing least, Contact[] best, int found) {
        int count = found;
        for (Contact contact : bucket.contacts) {
            if (contact.standing().compareTo(least) < 0) continue;
            int at = count;
            while (at > 0 && contact.isNearer(best[at - 1], target)) at--;
            if (at == best.length) continue;
            int last = Math.min(count, best.length - 1);
            for (int i = last; i > at; i--) best[i] = best[i - 1];
            best[at] = contact;
            count = last + 1;
        }
        return count;
    }
}
