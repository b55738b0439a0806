package linnet.app.api;

import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;
import linnet.app.doctor.NetworkChecks;
import linnet.core.dht.Care;
import linnet.core.dht.Dht;
import linnet.core.dht.Found;
import linnet.core.dht.LookupCost;
import linnet.core.dht.LookupTrace;
import linnet.core.dht.Purpose;
import linnet.core.dht.RecordReader;
import linnet.core.dht.Wanted;
import linnet.core.env.Failure;
import linnet.core.id.Key;
import linnet.core.id.PeerId;
import linnet.core.wire.PeerRecord;
import linnet.core.wire.SignedRecord;
import linnet.core.wire.Whereabouts;
import org.jspecify.annotations.Nullable;

/**
 * One lookup that somebody follows: each question and each answer as it comes. A device is looked for by its id, and if it is a contact's,
 * what it says of itself is, too: who is not reached from outside is in no table. Used on the API's event loop; what the node's thread
 * sees is brought there in its order.
 */
final class LookupRun {
    /** The core asks at most 160 questions for a device and for each of two days, each answered once or not; this is the belt. */
    private static final int STEPS_MAX = 1_000;

    private final long number;
    private final PeerId target;
    private final boolean walk;
    private final Context loop;
    private final long startMillis = System.currentTimeMillis();
    private final long startNanos = System.nanoTime();
    private final List<Step> steps = new ArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private State state = State.RUNNING;
    private Outcome outcome = new Outcome(null, null, 0, 0, 0, 0);

    /** Searches that have not ended. */
    private int searches;

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

    /** What a question is about. */
    enum About {
        /** Who is near the device. */
        DEVICE,
        /** What the device says of itself. */
        PRESENCE
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
     * @param towards the key that is looked for
     * @param peer who was asked
     * @param hop questions on the way to it, this one counted
     * @param named peers that it named
     * @param records records that it gave
     * @param why it failed; null otherwise
     */
    record Step(
            long atMillis,
            About about,
            Key towards,
            What what,
            PeerId peer,
            int hop,
            int rttMillis,
            int named,
            int records,
            @Nullable Failure why) {}

    /**
     * What was found.
     *
     * @param peer the device, and where others say it is; null if nobody knows it
     * @param presence what it says of itself; null if there is nothing, or it is no contact's
     * @param hops questions on the path to it
     * @param questions how many were asked
     * @param failures how many of them were not answered
     * @param tookMillis from the start to the end
     */
    record Outcome(
            @Nullable Whereabouts peer,
            @Nullable PeerRecord presence,
            int hops,
            int questions,
            int failures,
            long tookMillis) {}

    /**
     * Begins; on the node's thread.
     *
     * @param reader who reads what the device says of itself; null if it is no contact's
     */
    void begin(Dht dht, @Nullable RecordReader reader) {
        int begun = reader == null ? 1 : 2;
        post(() -> searches = begun);
        LookupTrace trace = trace(About.DEVICE, target.key());
        if (walk) dht.nearest(target.key(), Purpose.WAITED, trace, found -> post(() -> onFound(found)));
        else dht.lookup(target, Purpose.WAITED, trace, found -> post(() -> onFound(found)));
        if (reader != null) read(dht, reader);
    }

    private void read(Dht dht, RecordReader reader) {
        List<Wanted> wanted = reader.wanted(SignedRecord.Kind.PRESENCE, System.currentTimeMillis());
        LookupTrace trace = trace(About.PRESENCE, wanted.get(0).key());
        dht.read(wanted, Purpose.WAITED, Care.QUICK, trace, fetched -> {
            SignedRecord record = fetched.record();
            PeerRecord presence = record == null ? null : reader.open(record, System.currentTimeMillis());
            post(() -> onPresence(presence, fetched.cost()));
        });
    }

    /** It takes too long. */
    void giveUp() {
        if (state == State.RUNNING) change(State.GIVEN_UP);
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

    /** Returns what was found so far. */
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

    /** Returns who answered. */
    NetworkChecks.Walked walked() {
        int asked = 0;
        int answered = 0;
        for (Step step : steps) {
            if (step.what() == What.ASKED) asked++;
            if (step.what() == What.ANSWERED) answered++;
        }
        return new NetworkChecks.Walked(asked, answered);
    }

    private LookupTrace trace(About about, Key towards) {
        return new LookupTrace() {
            @Override
            public void onAsked(Whereabouts peer, int hop) {
                add(step(What.ASKED, peer, hop, 0, 0, 0, null));
            }

            @Override
            public void onAnswered(Whereabouts peer, int hop, int rttMillis, int named, int records) {
                add(step(What.ANSWERED, peer, hop, rttMillis, named, records, null));
            }

            @Override
            public void onFailed(Whereabouts peer, int hop, Failure why) {
                add(step(What.FAILED, peer, hop, 0, 0, 0, why));
            }

            private Step step(
                    What what,
                    Whereabouts peer,
                    int hop,
                    int rttMillis,
                    int named,
                    int records,
                    @Nullable Failure why) {
                long at = sinceStartMillis();
                return new Step(at, about, towards, what, peer.peer(), hop, rttMillis, named, records, why);
            }
        };
    }

    private void add(Step step) {
        post(() -> {
            if (state != State.RUNNING || steps.size() == STEPS_MAX) return;
            steps.add(step);
            wake();
        });
    }

    private void onFound(Found found) {
        Whereabouts peer = found.peer();
        for (Whereabouts near : found.nearest()) if (near.peer().equals(target)) peer = near;
        int hops = walk ? hopsTo(peer) : found.cost().hops();
        onEnded(peer, outcome.presence(), peer == null ? outcome.hops() : hops, found.cost());
    }

    private void onPresence(@Nullable PeerRecord presence, LookupCost cost) {
        int hops = outcome.peer() == null ? cost.hops() : outcome.hops();
        onEnded(outcome.peer(), presence, hops, cost);
    }

    /** One of the searches is over. */
    private void onEnded(@Nullable Whereabouts peer, @Nullable PeerRecord presence, int hops, LookupCost cost) {
        if (state != State.RUNNING) return;
        outcome = new Outcome(
                peer,
                presence,
                hops,
                outcome.questions() + cost.questions(),
                outcome.failures() + cost.failures(),
                Math.max(outcome.tookMillis(), cost.tookMillis()));
        searches--;
        if (searches == 0) change(peer == null && presence == null ? State.NOT_FOUND : State.FOUND);
    }

    /** A walk to the nearest does not say how far one of them was. */
    private int hopsTo(@Nullable Whereabouts peer) {
        int hops = 0;
        for (Step step : steps) {
            boolean isAnswer = step.about() == About.DEVICE && step.what() == What.ANSWERED;
            if (peer != null && isAnswer && step.peer().equals(peer.peer())) hops = step.hop();
        }
        return hops;
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
