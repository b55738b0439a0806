package linnet.core.dht;

import java.util.List;
import java.util.function.Consumer;
import linnet.core.dht.Lookup.Candidate;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.link.Rpc;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.SignedRecord;
import linnet.core.wire.Whereabouts;
import org.jspecify.annotations.Nullable;

/**
 * A lookup for a record. The first that holds is taken at once if its owner cannot have replaced it yet; an older one when those nearest
 * to the key have answered and have no newer: former holders farther off keep what they were given last. With {@link Care#GUARDED} everybody in the region is heard, and the newest wins.
 */
final class Getting implements Walk.Visitor {
    /** Paths that share no peer, where a record may be under attack (S/Kademlia found little gain above). */
    private static final int GUARDED_PATHS = 3;

    private final Dht dht;
    private final Env env;
    private final Wanted wanted;
    private final Care care;
    private final Purpose purpose;
    private final LookupTrace trace;
    private final Consumer<Fetched> onFetched;
    private final Walk walk;
    private @Nullable SignedRecord best;
    private int bestHop;
    private int regionLeft;
    private boolean isWalkOver;
    private boolean isToldOf;

    Getting(Dht dht, Wanted wanted, Purpose purpose, Care care, LookupTrace trace, Consumer<Fetched> onFetched) {
        this.dht = dht;
        this.env = dht.env();
        this.wanted = wanted;
        this.care = care;
        this.purpose = purpose;
        this.trace = trace;
        this.onFetched = onFetched;
        boolean isGuarded = care == Care.GUARDED;
        int paths = isGuarded ? GUARDED_PATHS : 1;
        int parallel = dht.config().parallel(purpose) * paths;
        int width = isGuarded
                ? (dht.config().bucketSize() + paths - 1) / paths
                : dht.config().bucketSize();
        Lookup lookup = new Lookup(wanted.key(), dht.self().peer(), width, parallel, paths);
        this.walk = new Walk(lookup, new DhtQuestion.Get(wanted.key(), wanted.kind()), dht, trace, this);
    }

    void start() {
        walk.start(dht.table().nearestToAsk(wanted.key(), dht.config().bucketSize()));
        if (care == Care.GUARDED) askRegion();
    }

    /** A record was known before the walk; nothing older is returned. */
    void knows(SignedRecord record) {
        take(record, 0);
    }

    @Override
    public boolean onAnswer(Candidate from, DhtAnswer answer) {
        if (!(answer instanceof DhtAnswer.Held held)) return false;
        onHeld(held, from.hop);
        return care == Care.QUICK && isEnough();
    }

    @Override
    public void onEnd() {
        isWalkOver = true;
        List<Whereabouts> nearest = walk.lookup().answered(dht.config().bucketSize());
        boolean isDense = dht.size().isDense(wanted.key(), nearest);
        if (best == null) dht.size().onNearest(wanted.key(), nearest);
        if (best == null && care == Care.QUICK && isDense) {
            // Nobody near has it, and too many are near: somebody may be hiding it.
            env.log()
                    .event("dht.dense", "key", wanted.key(), "peers", dht.size().peers());
            Getting again = new Getting(dht, wanted, purpose, Care.GUARDED, trace, onFetched);
            isToldOf = true;
            again.start();
            return;
        }
        tellIfOver();
    }

    private void onHeld(DhtAnswer.Held held, int hop) {
        for (SignedRecord record : held.records()) {
            if (!record.key().equals(wanted.key()) || record.kind() != wanted.kind()) continue;
            if (best != null && record.sequence() <= best.sequence()) continue;
            if (wanted.accepts().test(record)) take(record, hop);
        }
    }

    private void take(SignedRecord record, int hop) {
        if (best != null && record.sequence() <= best.sequence()) return;
        best = record;
        bestHop = hop;
    }

    private boolean isEnough() {
        if (best == null) return false;
        return Freshness.isCurrent(best, env.wallMillis())
                || walk.lookup().haveNearestAnswered(dht.config().nearest());
    }

    private void askRegion() {
        regionLeft++;
        new Region(dht, wanted.key(), purpose).find(members -> {
            regionLeft--;
            for (Whereabouts member : members) if (!hasAnswered(member)) ask(member);
            tellIfOver();
        });
    }

    private boolean hasAnswered(Whereabouts member) {
        Candidate candidate = walk.lookup().candidate(member.peer());
        return candidate != null && candidate.state == Lookup.State.ANSWERED;
    }

    private void ask(Whereabouts member) {
        regionLeft++;
        dht.questions().ask(member, new DhtQuestion.Get(wanted.key(), wanted.kind()), new Rpc.Answer<>() {
            @Override
            public void onAnswer(DhtAnswer.Held held, int rttMillis) {
                onHeld(held, Region.HOPS);
                regionLeft--;
                tellIfOver();
            }

            @Override
            public void onFailure(Failure why) {
                regionLeft--;
                tellIfOver();
            }
        });
    }

    private void tellIfOver() {
        if (!isWalkOver || regionLeft > 0 || isToldOf) return;
        isToldOf = true;
        if (best != null) dht.onFetched(wanted, best);
        onFetched.accept(new Fetched(best, false, walk.cost(bestHop)));
    }
}
