package linnet.app.api;

import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;
import linnet.app.doctor.NetworkChecks;
import linnet.core.dht.Dht;
import linnet.core.dht.Found;
import linnet.core.dht.LookupTrace;
import linnet.core.dht.Purpose;
import linnet.core.env.Failure;
import linnet.core.id.PeerId;
import linnet.core.wire.Whereabouts;
import org.jspecify.annotations.Nullable;

/**
 * One lookup that somebody follows: each question and each answer as it comes. Used on the API's event loop; what the node's thread sees
 * is brought there in its order.
 */
final class LookupRun {
    /** Questions of one walk are bounded by the core (160), and each is asked once and answered or not; this is the belt. */
    private static final int STEPS_MAX = 400;

    private final long number;
    private final PeerId target;
    private final boolean walk;
    private final Context loop;
    private final long startMillis = System.currentTimeMillis();
    private final long startNanos = System.nanoTime();
    private final List<Step> steps = new ArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private State state = State.RUNNING;
    private @Nullable Outcome outcome;

    LookupRun(long number, PeerId target, boolean walk, Context loop) {
        this.number = number;
        this.target = target;
        this.walk = walk;
        this.loop = loop;
    }

    /** How far it is. */
    enum State {
        /** More steps may come. */
        RUNNING,
        /** The peer is known now, or has answered. */
        FOUND,
        /** Nobody who answered knows it. */
        NOT_FOUND,
        /** It did not end in time: the node has begun anew, or is too busy. */
        GIVEN_UP
    }

    /** What happened to a question. */
    enum What {
        ASKED,
        ANSWERED,
        FAILED
    }

    /**
     * One thing that happened.
     *
     * @param atMillis since the start
     * @param peer who was asked
     * @param hop questions on the way to it, this one counted
     * @param named peers that it named
     * @param records records that it gave
     * @param why it failed; null otherwise
     */
    record Step(
            long atMillis,
            What what,
            PeerId peer,
            int hop,
            int rttMillis,
            int named,
            int records,
            @Nullable Failure why) {}

    /**
     * How it ended.
     *
     * @param peer who was found, and where; null if nobody
     * @param hops questions on the path to it
     * @param questions how many were asked
     * @param failures how many of them were not answered
     * @param tookMillis from the start to the end
     */
    record Outcome(@Nullable Whereabouts peer, int hops, int questions, int failures, long tookMillis) {}

    /** Begins; on the node's thread. */
    void begin(Dht dht) {
        if (walk) dht.nearest(target.key(), Purpose.WAITED, trace(), found -> post(() -> end(found)));
        else dht.lookup(target, Purpose.WAITED, trace(), found -> post(() -> end(found)));
    }

    /** It takes too long. */
    void giveUp() {
        if (state != State.RUNNING) return;
        outcome = new Outcome(null, 0, count(What.ASKED), count(What.FAILED), sinceStartMillis());
        change(State.GIVEN_UP);
    }

    long number() {
        return number;
    }

    PeerId target() {
        return target;
    }

    State state() {
        return state;
    }

    @Nullable
    Outcome outcome() {
        return outcome;
    }

    long startMillis() {
        return startMillis;
    }

    /** Returns the steps after so many. */
    List<Step> stepsAfter(int known) {
        return List.copyOf(steps.subList(Math.min(known, steps.size()), steps.size()));
    }

    /** Returns whether there is something that whoever knows so many steps does not know. */
    boolean hasNews(int known) {
        return state != State.RUNNING || steps.size() > known;
    }

    /** Runs {@code wake} at the next change, once. */
    void onNext(Runnable wake) {
        waiting.add(wake);
    }

    void forget(Runnable wake) {
        waiting.remove(wake);
    }

    private LookupTrace trace() {
        return new LookupTrace() {
            @Override
            public void onAsked(Whereabouts peer, int hop) {
                add(What.ASKED, peer, hop, 0, 0, 0, null);
            }

            @Override
            public void onAnswered(Whereabouts peer, int hop, int rttMillis, int named, int records) {
                add(What.ANSWERED, peer, hop, rttMillis, named, records, null);
            }

            @Override
            public void onFailed(Whereabouts peer, int hop, Failure why) {
                add(What.FAILED, peer, hop, 0, 0, 0, why);
            }
        };
    }

    private void add(
            What what, Whereabouts peer, int hop, int rttMillis, int named, int records, @Nullable Failure why) {
        Step step = new Step(sinceStartMillis(), what, peer.peer(), hop, rttMillis, named, records, why);
        post(() -> {
            if (state != State.RUNNING || steps.size() == STEPS_MAX) return;
            steps.add(step);
            wake();
        });
    }

    private void end(Found found) {
        if (state != State.RUNNING) return;
        Whereabouts peer = found.peer();
        for (Whereabouts near : found.nearest()) if (near.peer().equals(target)) peer = near;
        int hops = walk ? hopsTo(peer) : found.cost().hops();
        outcome = new Outcome(
                peer,
                hops,
                found.cost().questions(),
                found.cost().failures(),
                found.cost().tookMillis());
        change(peer == null ? State.NOT_FOUND : State.FOUND);
    }

    /** A walk to the nearest does not say how far one of them was. */
    private int hopsTo(@Nullable Whereabouts peer) {
        int hops = 0;
        for (Step step : steps)
            if (peer != null && step.what() == What.ANSWERED && step.peer().equals(peer.peer())) hops = step.hop();
        return hops;
    }

    /** Returns who answered. */
    NetworkChecks.Walked walked() {
        return new NetworkChecks.Walked(count(What.ASKED), count(What.ANSWERED));
    }

    private int count(What what) {
        int count = 0;
        for (Step step : steps) if (step.what() == what) count++;
        return count;
    }

    private void change(State now) {
        state = now;
        wake();
    }

    private void wake() {
        List<Runnable> all = List.copyOf(waiting);
        waiting.clear();
        for (Runnable one : all) one.run();
    }

    private void post(Runnable task) {
        loop.runOnContext(nothing -> task.run());
    }

    private long sinceStartMillis() {
        return (System.nanoTime() - startNanos) / 1_000_000;
    }
}
