package linnet.core.bootstrap;

import java.util.LinkedHashMap;
import java.util.Map;
import linnet.core.env.Chance;
import linnet.core.id.PeerId;

/**
 * How often each peer was dialled in vain, and when it may be dialled again: waits double, spread by up to a half so that those who failed
 * together do not come back together, and after some attempts a peer has a rest (SPEC R2).
 */
final class Attempts {
    /** Peers remembered, the ones that failed longest ago forgotten first: a whole table and all seeds, so that each has its turn before one has two. */
    private static final int PEERS_MAX = 1_024;

    private static final int DOUBLINGS_MAX = 16;

    private final int attemptsMax;
    private final long firstMillis;
    private final long restMillis;
    private final Map<PeerId, Failed> failedByPeer = new LinkedHashMap<>(1);

    Attempts(int attemptsMax, long firstMillis, long restMillis) {
        this.attemptsMax = attemptsMax;
        this.firstMillis = firstMillis;
        this.restMillis = restMillis;
    }

    private record Failed(int times, long nextMillis) {}

    /** Returns whether a peer may be dialled now. */
    boolean allows(PeerId peer, long nowMillis) {
        return nowMillis >= nextMillis(peer);
    }

    /** Returns from when on a peer may be dialled, 0 if it never failed. */
    long nextMillis(PeerId peer) {
        Failed failed = failedByPeer.get(peer);
        return failed == null ? 0 : failed.nextMillis;
    }

    /** A dial failed. Returns how long the peer is left alone. */
    long onFailure(PeerId peer, long nowMillis, Chance chance) {
        Failed before = failedByPeer.remove(peer);
        int times = before == null ? 1 : before.times + 1;
        long whole = times >= attemptsMax ? restMillis : waitMillis(times);
        long wait = whole - chance.below((int) (whole / 2) + 1);
        failedByPeer.put(peer, new Failed(times >= attemptsMax ? 0 : times, nowMillis + wait));
        if (failedByPeer.size() > PEERS_MAX)
            failedByPeer.remove(failedByPeer.keySet().iterator().next());
        return wait;
    }

    /** It is linked, or gave another sign of life. */
    void onSuccess(PeerId peer) {
        failedByPeer.remove(peer);
    }

    /** Forgets all waits: the network came back, and who failed then need not fail now. */
    void clear() {
        failedByPeer.clear();
    }

    private long waitMillis(int times) {
        return Math.min(restMillis, firstMillis << Math.min(times - 1, DOUBLINGS_MAX));
    }
}
