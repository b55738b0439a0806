package linnet.core.dht;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import linnet.core.id.Key;
import linnet.core.wire.Whereabouts;

/**
 * Everybody around a key, as many as the size of the network lets expect there, also when many sit nearer to it than any honest peer could:
 * walks to the keys that differ from it in one of the bits where the expected distance begins lead past the crowd, into each of the
 * subtrees around it.
 */
final class Region {
    /** What a region member counts as on the path to a record: the walk to it, and the question. */
    static final int HOPS = 3;

    /** Subtrees beside the key: from twice the expected distance down to an eighth of it. */
    private static final int SUBTREES = 5;

    /** Members that are asked or given something. */
    private static final int MEMBERS_MAX = 120;

    /** Contacts from anywhere that each walk hears: with an attacker in every fourth place, one walk in 4,000 hears nobody else. */
    private static final int OWN_HEARD = 6;

    private final Dht dht;
    private final Key key;
    private final Purpose purpose;
    private final List<Whereabouts> members = new ArrayList<>();
    private int walksLeft;

    Region(Dht dht, Key key, Purpose purpose) {
        this.dht = dht;
        this.key = key;
        this.purpose = purpose;
    }

    /** Walks, and tells of all members, nearest first. */
    void find(Consumer<List<Whereabouts>> onFound) {
        int k = dht.config().bucketSize();
        int first = Math.max(0, bitOf(dht.size().share(k)) - 1);
        walksLeft = SUBTREES + 1;
        for (int i = -1; i < SUBTREES; i++) {
            Key target = i < 0 ? key : key.flipped(first + i);
            // Deeper subtrees have fewer honest peers.
            int width = Math.max(dht.config().nearest(), i <= 1 ? k / 2 : k / 4);
            new Finding(dht, target, width, purpose, false, LookupTrace.NONE, found -> {
                        for (Whereabouts where : found.nearest()) add(where);
                        if (--walksLeft == 0) onFound.accept(members.subList(0, Math.min(members.size(), MEMBERS_MAX)));
                    })
                    .startAnywhere(OWN_HEARD);
        }
    }

    private void add(Whereabouts where) {
        int at = members.size();
        while (at > 0
                && key.compareDistance(
                                where.peer().key(), members.get(at - 1).peer().key())
                        < 0) at--;
        if (at > 0 && members.get(at - 1).peer().equals(where.peer())) return;
        members.add(at, where);
    }

    /** Returns the number of the first bit in which keys at such a share of all keys differ. */
    private static int bitOf(double share) {
        int bit = 0;
        for (double rest = share; rest < 0.5 && bit < 200; rest *= 2) bit++;
        return bit;
    }
}
