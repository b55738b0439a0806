package linnet.app.api;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import linnet.app.doctor.NetworkChecks;
import linnet.core.dht.Dht;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.id.PeerId;
import org.jspecify.annotations.Nullable;

/** The lookups that are followed from outside, by number: a few at a time, each for a minute. Used on the API's event loop only. */
final class Lookups {
    /** A walk asks up to 160 peers, who did not invite it: as many as a person starts by hand. */
    private static final int PER_SECOND = 2;

    private static final int AT_ONCE = 10;

    /** Kept at the same time; at 1,000 steps of 100 B each they are 5 MB. */
    private static final int KEPT_MAX = 48;

    /** A lookup ends within seconds; one that does not belongs to a core that is gone. */
    private static final long LIFE_MILLIS = 30_000;

    /** Somebody waits for a check, and whoever has not answered by then is none to rely on. */
    private static final long CHECK_MILLIS = 10_000;

    /** How long the result can be read. */
    private static final long KEPT_MILLIS = 60_000;

    private final NodeAccess access;
    private final RateLimit limit = new RateLimit(PER_SECOND, AT_ONCE, System.nanoTime());
    private final Map<Long, LookupRun> runs = new LinkedHashMap<>();
    private long lastNumber;

    Lookups(NodeAccess access) {
        this.access = access;
    }

    /** Begins to look for a peer. */
    Future<LookupRun> start(PeerId target, boolean walk) {
        if (target.equals(access.node().peer())) return NodeAccess.refused(Code.REFUSED, "that is this node itself");
        long seconds = limit.secondsToWait(System.nanoTime());
        if (seconds > 0) return Future.failedFuture(tooSoon(seconds));
        makeRoom();
        LookupRun run = new LookupRun(++lastNumber, target, walk, access.loop());
        runs.put(run.number(), run);
        Vertx vertx = access.vertx();
        vertx.setTimer(LIFE_MILLIS, timer -> run.giveUp());
        vertx.setTimer(KEPT_MILLIS, timer -> runs.remove(run.number()));
        return access.call(node -> {
                    Dht dht = node.dht();
                    if (dht != null) run.begin(dht, node.reader(target));
                    return dht != null;
                })
                .compose(begun -> {
                    if (begun) return Future.succeededFuture(run);
                    runs.remove(run.number());
                    return NodeAccess.refused(Code.UNSUPPORTED, "this node keeps to links and looks nobody up");
                });
    }

    /** Returns a lookup once there is more to tell than {@code known} steps, or the time is over. */
    Future<LookupRun> next(long number, int known, long waitMillis) {
        LookupRun run = runs.get(number);
        if (run == null) return Future.failedFuture(gone());
        if (waitMillis == 0 || run.hasNews(known)) return Future.succeededFuture(run);
        Promise<LookupRun> promise = Promise.promise();
        Runnable wake = () -> promise.tryComplete(run);
        run.onNext(wake);
        long timer = access.vertx().setTimer(waitMillis, fired -> wake.run());
        return promise.future().onComplete(done -> {
            access.vertx().cancelTimer(timer);
            run.forget(wake);
        });
    }

    /** Walks to the own neighbourhood, which everybody that this node needs is part of, and counts who answers. */
    Future<NetworkChecks.Walked> ownNeighbourhood() {
        long seconds = limit.secondsToWait(System.nanoTime());
        if (seconds > 0) return Future.failedFuture(tooSoon(seconds));
        LookupRun run = new LookupRun(0, access.node().peer(), true, access.loop());
        Promise<LookupRun> over = Promise.promise();
        long timer = access.vertx().setTimer(CHECK_MILLIS, fired -> run.giveUp());
        return access.call(node -> {
                    Dht dht = node.dht();
                    if (dht != null) run.begin(dht, null);
                    return dht != null;
                })
                .compose(begun -> {
                    if (begun) await(run, over);
                    else over.complete(run);
                    return over.future();
                })
                .onComplete(done -> access.vertx().cancelTimer(timer))
                .map(LookupRun::walked);
    }

    private static void await(LookupRun run, Promise<LookupRun> over) {
        if (run.state() == LookupRun.State.RUNNING) run.onNext(() -> await(run, over));
        else over.tryComplete(run);
    }

    /** The oldest that is over goes first, then the oldest. */
    private void makeRoom() {
        if (runs.size() < KEPT_MAX) return;
        @Nullable LookupRun victim = null;
        for (Iterator<LookupRun> all = runs.values().iterator(); all.hasNext() && victim == null; ) {
            LookupRun run = all.next();
            if (run.state() != LookupRun.State.RUNNING) victim = run;
        }
        if (victim == null) victim = runs.values().iterator().next();
        victim.giveUp();
        runs.remove(victim.number());
    }

    private static ApiProblem tooSoon(long seconds) {
        return ApiProblem.tooSoon("more than " + PER_SECOND + " lookups a second", seconds);
    }

    private static ApiProblem gone() {
        return ApiProblem.of(new Failure(Code.NOT_FOUND, "no such lookup; they are kept for a minute"));
    }
}
