package linnet.core.dht;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.link.Rpc;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.Whereabouts;

/** Asks peers, and keeps the table in step with what that shows: every answer is a sign of life, and names others. */
final class Questions {
    /** Peers of one far bucket that are taken from one answer: they are crowded around its key, and a bucket shall be spread. */
    private static final int TOLD_PER_BUCKET_MAX = 3;

    /** Between two questions of the upkeep to the same peer (SPEC D5), and how often a postponed one doubles its wait. */
    private static final int BACKGROUND_MILLIS = 500;

    private static final int BACKGROUND_BURST = 2;
    private static final int POSTPONED_MAX = 6;

    /** With fewer live contacts than this, nothing is postponed: the node is about to be alone. */
    private static final int EMERGENCY_LIVE = 3;

    /** An answer shows for so long that this node is not cut off. */
    private static final int HEARD_MILLIS = 3_000;

    private final Env env;
    private final Rpc rpc;
    private final RoutingTable table;
    private final RoundTrips trips;
    private final Losses losses;
    private final Consumer<Whereabouts> onMet;
    private final QuestionLimits pace;
    private long heardMillis;
    private boolean stopped;

    /**
     * Creates it.
     *
     * @param onMet hears of a peer that was lost in a parting of the network and is back
     */
    Questions(
            Env env,
            Rpc rpc,
            RoutingTable table,
            RoundTrips trips,
            Losses losses,
            Consumer<Whereabouts> onMet,
            long salt) {
        this.env = env;
        this.rpc = rpc;
        this.table = table;
        this.trips = trips;
        this.losses = losses;
        this.onMet = onMet;
        this.pace = new QuestionLimits(salt, BACKGROUND_MILLIS, BACKGROUND_BURST);
        this.heardMillis = env.nowMillis();
    }

    boolean canAsk(Whereabouts to) {
        return rpc.canAsk(to);
    }

    /** Asks at once. The answer comes as an input of its own. */
    <A extends DhtAnswer> void ask(Whereabouts to, DhtQuestion<A> question, Rpc.Answer<A> answer) {
        long askedMillis = env.nowMillis();
        boolean isLinked = table.isLinked(to);
        Duration timeout =
                question instanceof DhtQuestion.Ping ? trips.checkTimeout(isLinked) : trips.timeout(isLinked);
        rpc.ask(to, question, timeout, new Rpc.Answer<A>() {
            @Override
            public void onAnswer(A value, int rttMillis) {
                if (stopped) return;
                Questions.this.onAnswer(to, value, rttMillis);
                answer.onAnswer(value, rttMillis);
            }

            @Override
            public void onFailure(Failure why) {
                if (stopped) return;
                Questions.this.onFailure(to, why, askedMillis);
                answer.onFailure(why);
            }
        });
    }

    /** Asks when it is the peer's turn: nobody waits for the answer. */
    <A extends DhtAnswer> void askInTurn(Whereabouts to, DhtQuestion<A> question, Rpc.Answer<A> answer) {
        askInTurn(to, question, answer, 0);
    }

    /** A peer that serves others gave a sign of life. */
    void onHeard(Whereabouts from, int rttMillis) {
        long now = env.nowMillis();
        table.onHeard(from, rttMillis, now);
        if (losses.onHeard(from.peer(), now)) onMet.accept(from);
    }

    /** A contact that had answered does not any more. */
    void onGone(Whereabouts gone) {
        if (losses.onGone(gone, table.size(), env.nowMillis())) env.log().event("dht.parted", "left", table.size());
    }

    /** Returns whether any peer answered at about that time or later: if not, it is this node that is cut off. */
    boolean wasHeardSince(long millis) {
        return heardMillis >= millis - HEARD_MILLIS;
    }

    void stop() {
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }

    private <A extends DhtAnswer> void askInTurn(
            Whereabouts to, DhtQuestion<A> question, Rpc.Answer<A> answer, int postponed) {
        if (stopped) return;
        long early = pace.take(to.peer(), env.nowMillis());
        if (early == 0 || postponed >= POSTPONED_MAX || !table.hasLive(EMERGENCY_LIVE)) {
            ask(to, question, answer);
            return;
        }
        long wait = Math.max(early, (long) BACKGROUND_MILLIS << postponed);
        env.after(Duration.ofMillis(wait), () -> askInTurn(to, question, answer, postponed + 1));
    }

    private void onAnswer(Whereabouts from, DhtAnswer answer, int rttMillis) {
        heardMillis = env.nowMillis();
        trips.onMeasured(rttMillis);
        onHeard(from, rttMillis);
        if (answer instanceof DhtAnswer.Nearest nearest) onNamed(nearest.peers());
        else if (answer instanceof DhtAnswer.Held held) onNamed(held.peers());
    }

    private void onNamed(List<Whereabouts> named) {
        int neighbourhood = table.depth() - RoutingTable.NEIGHBOUR_BUCKETS;
        // A split meanwhile changes numbers of the neighbourhood only, where all are taken.
        int[] buckets = table.bucketIndices(named);
        int taken = 0;
        for (int i = 0; i < buckets.length; i++) {
            if (i > 0 && buckets[i] != buckets[i - 1]) taken = 0;
            if (buckets[i] < neighbourhood && taken >= TOLD_PER_BUCKET_MAX) continue;
            Whereabouts where = named.get(i);
            if (rpc.canAsk(where) && table.onTold(where, heardMillis)) taken++;
        }
    }

    /** Silence counts against a peer only when somebody else was heard. */
    private void onFailure(Whereabouts to, Failure why, long askedMillis) {
        switch (why.code()) {
            case IDENTITY_MISMATCH, HANDSHAKE_FAILED, WRONG_NETWORK -> table.remove(to.peer());
            case TIMEOUT, NO_CONNECTION, NOT_LISTENING, PEER_DISCONNECTED, PEER_UNKNOWN -> {
                if (wasHeardSince(askedMillis) && table.onMiss(to.peer())) onGone(to);
            }
            // The peer lives, and will not or cannot.
            default -> {}
        }
    }
}
