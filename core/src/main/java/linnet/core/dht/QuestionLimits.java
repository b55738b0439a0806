package linnet.core.dht;

import linnet.core.id.Key;
import linnet.core.id.PeerId;

/**
 * How often each peer may ask, or be asked, in constant memory whoever comes (SPEC D5): a peer has two of {@value #CELLS} cells, chosen by
 * a hash that others cannot foresee, and is over its limit when both are. So a stranger who asks too much is stopped, and hardly ever
 * takes somebody else along.
 *
 * <p>A cell is the moment at which everything taken so far is paid for (the virtual scheduling form of the leaky bucket, ITU-T I.371).
 */
final class QuestionLimits {
    /** Half a kibibyte; with 64 busy peers one stranger in seven shares both cells with others. */
    private static final int CELLS = 128;

    private final int salt;
    private final int burst;
    private int intervalMillis;
    private long startMillis = -1;

    /** When a cell is paid for, in milliseconds since the start. */
    private int[] paidMillis = {};

    /**
     * Creates limits that nobody has touched.
     *
     * @param salt which hash
     * @param intervalMillis between two questions of one peer in the long run
     * @param burst how many at once
     */
    QuestionLimits(long salt, int intervalMillis, int burst) {
        if (intervalMillis < 1 || burst < 1) throw new IllegalArgumentException("a limit that lets nothing pass");
        this.salt = (int) (salt >>> 32);
        this.intervalMillis = intervalMillis;
        this.burst = burst;
    }

    /** Sets the interval to that of a network of so many peers: where few share the work, each may ask more. */
    void scale(int peers, int baseMillis) {
        intervalMillis = peers > 0 && peers < 1_000 ? Math.max(1, baseMillis / 4) : baseMillis;
    }

    /** Takes one question, or returns how many milliseconds too early it is. */
    long take(PeerId peer, long nowMillis) {
        int now = since(nowMillis);
        int one = cell(peer.key(), salt);
        int two = cell(peer.key(), ~salt * 31 + 7);
        int paid = Math.max(now, Math.min(paidMillis[one], paidMillis[two]));
        int early = paid - now - (burst - 1) * intervalMillis;
        if (early > 0) return early;
        paidMillis[one] = Math.max(paidMillis[one], paid + intervalMillis);
        paidMillis[two] = Math.max(paidMillis[two], paid + intervalMillis);
        return 0;
    }

    /** A month of milliseconds does not fit into an int beside the debts, so the clock begins anew then; nobody owes for so long. */
    private int since(long nowMillis) {
        long since = nowMillis - startMillis;
        if (paidMillis.length == 0 || since > 1 << 30) {
            paidMillis = new int[CELLS];
            startMillis = nowMillis;
            return 0;
        }
        return (int) Math.max(0, since);
    }

    private static int cell(Key key, int salt) {
        int hash = (key.a() ^ salt) * 0x9E3779B1;
        hash = (hash ^ key.h() ^ (hash >>> 15)) * 0x85EBCA77;
        // The upper seven bits: one of 128.
        return (hash ^ (hash >>> 13)) >>> 25;
    }
}
