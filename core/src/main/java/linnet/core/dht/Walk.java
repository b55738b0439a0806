package linnet.core.dht;

import java.time.Duration;
import java.util.List;
import linnet.core.dht.Lookup.Candidate;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.env.Timer;
import linnet.core.link.Rpc;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.Whereabouts;
import org.jspecify.annotations.Nullable;

/** Drives one {@link Lookup}: asks whom it names, tells it the answers, and shows them to who wants something. */
final class Walk {
    private final Lookup lookup;
    private final DhtQuestion<?> question;
    private final Env env;
    private final Questions questions;
    private final RoundTrips trips;
    private final LookupTrace trace;
    private final Visitor visitor;
    private final long startMillis;
    private @Nullable Timer lateness;
    private boolean ended;

    /** Who wants something from a walk. */
    interface Visitor {
        /** A peer answered. Returns whether that is enough, and the walk ends. */
        boolean onAnswer(Candidate from, DhtAnswer answer);

        /** More is known than before. */
        default void onProgress() {}

        /** The walk is over; called once. */
        void onEnd();
    }

    Walk(Lookup lookup, DhtQuestion<?> question, Dht dht, LookupTrace trace, Visitor visitor) {
        this.lookup = lookup;
        this.question = question;
        this.env = dht.env();
        this.questions = dht.questions();
        this.trips = dht.trips();
        this.trace = trace;
        this.visitor = visitor;
        this.startMillis = env.nowMillis();
    }

    /** Begins, with those who are known here. The visitor hears nothing before this returns. */
    void start(List<Whereabouts> known) {
        lookup.begin(known);
        askNext();
        if (lookup.isDone()) env.after(Duration.ZERO, this::goOn);
        else watch();
    }

    /** Ends without a word: the visitor has what it wants. */
    void stop() {
        ended = true;
        if (lateness != null) lateness.cancel();
        lateness = null;
    }

    Lookup lookup() {
        return lookup;
    }

    boolean isEnded() {
        return ended;
    }

    /** Returns what it took so far, to a peer that was so many questions away. */
    LookupCost cost(int hops) {
        return new LookupCost(hops, lookup.questions(), lookup.failures(), env.nowMillis() - startMillis);
    }

    private void goOn() {
        if (ended || questions.isStopped()) return;
        askNext();
        visitor.onProgress();
        if (ended) return;
        if (lookup.isDone()) end();
        else watch();
    }

    private void end() {
        stop();
        visitor.onEnd();
    }

    private void askNext() {
        for (Candidate next = lookup.next(env.nowMillis()); next != null; next = lookup.next(env.nowMillis())) {
            if (!questions.canAsk(next.where)) {
                lookup.onFailure(next);
                continue;
            }
            trace.onAsked(next.where, next.hop);
            ask(question, next);
        }
    }

    private <A extends DhtAnswer> void ask(DhtQuestion<A> question, Candidate to) {
        questions.ask(to.where, question, new Rpc.Answer<A>() {
            @Override
            public void onAnswer(A answer, int rttMillis) {
                Walk.this.onAnswer(to, answer, rttMillis);
            }

            @Override
            public void onFailure(Failure why) {
                if (ended) return;
                trace.onFailed(to.where, to.hop, why);
                lookup.onFailure(to);
                goOn();
            }
        });
    }

    private void onAnswer(Candidate from, DhtAnswer answer, int rttMillis) {
        if (ended) return;
        List<Whereabouts> named = named(answer);
        int records = answer instanceof DhtAnswer.Held held ? held.records().size() : 0;
        trace.onAnswered(from.where, from.hop, rttMillis, named.size(), records);
        lookup.onAnswer(from, named);
        if (visitor.onAnswer(from, answer)) end();
        else goOn();
    }

    private static List<Whereabouts> named(DhtAnswer answer) {
        if (answer instanceof DhtAnswer.Nearest nearest) return nearest.peers();
        return answer instanceof DhtAnswer.Held held ? held.peers() : List.of();
    }

    /** Wakes when the first of those who were asked is late. */
    private void watch() {
        if (lateness != null) return;
        long now = env.nowMillis();
        long first = lookup.markLate(now - trips.lateMillis());
        if (first < 0) return;
        lateness = env.after(Duration.ofMillis(Math.max(1, first + trips.lateMillis() - now)), () -> {
            lateness = null;
            lookup.markLate(env.nowMillis() - trips.lateMillis());
            goOn();
        });
    }
}
