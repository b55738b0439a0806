package linnet.sim.dht;

import java.util.Arrays;
import java.util.List;
import linnet.core.env.Chance;
import linnet.core.id.Key;

/**
 * What a lookup would take if every table were ideal: each bucket holds 20 random members of its half of the tree, of which the same share
 * is gone as in the run's own tables. Counted over the run's own peers and delays, for a record on the eight peers nearest to its key, until
 * the first holder has answered. The model is the one of the published limits (Stutzbach and Rejaie 2005 has the formula behind it).
 */
final class Bound {
    private static final int LOOKUPS = 2_000;
    private static final int BUCKET = 20;
    private static final int HOLDERS = 8;
    private static final int CANDIDATES_MAX = 1_024;
    private static final int BITS = 64;

    /** Asking somebody who is gone costs this many milliseconds; so does a lost packet. */
    private static final int TIMEOUT_MILLIS = 500;

    private final Internet internet;
    private final int alpha;
    /** Of a question and its answer one is lost. */
    private final double lossOfTwo;

    private final long[] ids;
    private final int[] hosts;
    private final Chance chance;
    private final Samples hops = new Samples();
    private final Samples millis = new Samples();
    private final int[] found = new int[CANDIDATES_MAX];
    private int count;

    /**
     * @param peers who answers questions now
     * @param goneShare share of the entries of their tables that is gone
     */
    Bound(Internet internet, List<DhtHost> peers, double goneShare, double loss, int alpha, long seed) {
        this.internet = internet;
        this.alpha = alpha;
        this.lossOfTwo = 1 - (1 - loss) * (1 - loss);
        this.chance = new Chance(seed);
        int gone = (int) (peers.size() * goneShare / Math.max(0.01, 1 - goneShare));
        long[][] all = new long[peers.size() + gone][];
        for (int i = 0; i < peers.size(); i++)
            all[i] = new long[] {prefix(peers.get(i).where.peer().key()), peers.get(i).number};
        for (int i = peers.size(); i < all.length; i++) all[i] = new long[] {chance.nextLong(), -1};
        Arrays.sort(all, (one, other) -> Long.compareUnsigned(one[0], other[0]));
        ids = new long[all.length];
        hosts = new int[all.length];
        for (int i = 0; i < all.length; i++) {
            ids[i] = all[i][0];
            hosts[i] = (int) all[i][1];
        }
    }

    /** Counts; then there is something to read below. */
    Bound count() {
        if (ids.length == 0) return this;
        for (int i = 0; i < LOOKUPS; i++) lookup(living(), chance.nextLong());
        return this;
    }

    double hopsMean() {
        return hops.mean();
    }

    int millis(double share) {
        return millis.percentile(share);
    }

    private int living() {
        int at = chance.below(ids.length);
        while (hosts[at] < 0) at = chance.below(ids.length);
        return at;
    }

    private void lookup(int asker, long target) {
        long farthestHolder = holders(target);
        int[] nodes = new int[CANDIDATES_MAX];
        int[] depths = new int[CANDIDATES_MAX];
        int[] answersAt = new int[CANDIDATES_MAX]; // 0: not asked, negative: answered or given up
        int known = learn(asker, target, 1, nodes, depths, 0, asker);
        int now = 0;
        while (true) {
            int inFlight = 0;
            for (int i = 0; i < known; i++) if (answersAt[i] > 0) inFlight++;
            for (int i = 0, seen = 0; i < known && seen < BUCKET && inFlight < alpha; i++) {
                seen++;
                if (answersAt[i] != 0) continue;
                answersAt[i] = now + 1 + millisOf(asker, nodes[i]);
                inFlight++;
            }
            if (inFlight == 0) return;
            int next = -1;
            for (int i = 0; i < known; i++)
                if (answersAt[i] > 0 && (next < 0 || answersAt[i] < answersAt[next])) next = i;
            now = answersAt[next] - 1;
            answersAt[next] = -1;
            int node = nodes[next];
            if (hosts[node] < 0) {
                for (int i = next; i < known - 1; i++) {
                    nodes[i] = nodes[i + 1];
                    depths[i] = depths[i + 1];
                    answersAt[i] = answersAt[i + 1];
                }
                known--;
                continue;
            }
            if (Long.compareUnsigned(ids[node] ^ target, farthestHolder) <= 0) {
                hops.add(depths[next]);
                millis.add(now);
                return;
            }
            known = merge(node, target, depths[next] + 1, nodes, depths, answersAt, known, asker);
        }
    }

    private int millisOf(int asker, int node) {
        if (hosts[node] < 0) return TIMEOUT_MILLIS;
        int rtt = 2 * internet.millisBetween(hosts[asker], hosts[node]) + chance.below(3) + chance.below(3);
        return chance.happens(lossOfTwo) ? rtt + TIMEOUT_MILLIS : rtt;
    }

    /** The distance of the eighth living peer from the target. */
    private long holders(long target) {
        long[] nearest = new long[HOLDERS];
        Arrays.fill(nearest, -1);
        int at = lower(target);
        // Those nearest by XOR share the longest prefix, so they stand around the target in the sorted list: far enough
        // to both sides.
        int bits = BITS;
        int low = at;
        int high = at;
        while (living(low, high) < HOLDERS && bits > 0) {
            bits--;
            long mask = bits == 0 ? 0 : -1L << (BITS - bits);
            low = lower(target & mask);
            long last = target | ~mask;
            high = lower(last);
            if (high < ids.length && ids[high] == last) high++;
        }
        for (int i = low; i < high; i++) {
            if (hosts[i] < 0) continue;
            long distance = ids[i] ^ target;
            for (int n = 0; n < HOLDERS; n++) {
                if (Long.compareUnsigned(distance, nearest[n]) >= 0) continue;
                System.arraycopy(nearest, n, nearest, n + 1, HOLDERS - 1 - n);
                nearest[n] = distance;
                break;
            }
        }
        return nearest[HOLDERS - 1];
    }

    private int living(int low, int high) {
        int living = 0;
        for (int i = low; i < high && living < HOLDERS; i++) if (hosts[i] >= 0) living++;
        return living;
    }

    private int learn(int node, long target, int depth, int[] nodes, int[] depths, int known, int asker) {
        return merge(node, target, depth, nodes, depths, new int[CANDIDATES_MAX], known, asker);
    }

    /** Adds the contacts of a node that are nearest to the target, in order of distance. */
    private int merge(
            int node, long target, int depth, int[] nodes, int[] depths, int[] answersAt, int before, int asker) {
        int known = before;
        nearest(node, target);
        for (int c = 0; c < count && known < CANDIDATES_MAX; c++) {
            int candidate = found[c];
            if (candidate == asker) continue;
            long distance = ids[candidate] ^ target;
            int at = 0;
            while (at < known && Long.compareUnsigned(ids[nodes[at]] ^ target, distance) < 0) at++;
            if (at < known && nodes[at] == candidate) continue;
            for (int i = known; i > at; i--) {
                nodes[i] = nodes[i - 1];
                depths[i] = depths[i - 1];
                answersAt[i] = answersAt[i - 1];
            }
            nodes[at] = candidate;
            depths[at] = depth;
            answersAt[at] = 0;
            known++;
        }
        return known;
    }

    /** Finds the contacts of a node that are nearest to the target, at most a bucket of them. */
    private void nearest(int node, long target) {
        count = 0;
        int common = Math.min(BITS - 1, Long.numberOfLeadingZeros(ids[node] ^ target));
        bucket(node, common);
        for (int b = common + 1; b < BITS && count < BUCKET; b++) bucket(node, b);
        for (int b = common - 1; b >= 0 && count < BUCKET; b--) bucket(node, b);
        for (int i = 1; i < count; i++) {
            int candidate = found[i];
            long distance = ids[candidate] ^ target;
            int at = i;
            for (; at > 0 && Long.compareUnsigned(ids[found[at - 1]] ^ target, distance) > 0; at--)
                found[at] = found[at - 1];
            found[at] = candidate;
        }
        count = Math.min(count, BUCKET);
    }

    /** Adds up to a bucket of random members of the half of the tree that branches off at this bit, the same ones each time. */
    private void bucket(int node, int bit) {
        long branch = 1L << (BITS - 1 - bit);
        long low = (ids[node] ^ branch) & -branch;
        long last = low | (branch - 1);
        int from = lower(low);
        int to = lower(last);
        if (to < ids.length && ids[to] == last) to++;
        int members = to - from;
        if (members <= 0) return;
        if (members <= BUCKET) {
            for (int i = from; i < to && count < CANDIDATES_MAX; i++) found[count++] = i;
            return;
        }
        Chance own = new Chance(ids[node] * 31 + bit);
        int first = count;
        for (int i = members - BUCKET; i < members; i++) {
            int drawn = from + own.below(i + 1);
            boolean isTaken = false;
            for (int n = first; n < count; n++) isTaken |= found[n] == drawn;
            found[count++] = isTaken ? from + i : drawn;
        }
    }

    private int lower(long id) {
        int low = 0;
        int high = ids.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(ids[middle], id) < 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private static long prefix(Key key) {
        return (long) key.a() << 32 | (key.b() & 0xffffffffL);
    }
}
