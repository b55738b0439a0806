package linnet.core.dht;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import linnet.core.dht.Lookup.Candidate;
import linnet.core.env.Failure;
import linnet.core.id.PeerId;
import linnet.core.link.Rpc;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.SignedRecord;
import linnet.core.wire.Whereabouts;

/**
 * Brings a record to the peers nearest to its key.
 *
 * <p>Where somebody waits, peers that are so near that they must be among the nearest get it while the walk goes on, and the result is told
 * when three of four have it (Trautwein and others 2024, Optimistic Provide); the walk still ends as it would. Where nobody waits, holders
 * are asked for what they said they keep, and whoever does not show it is replaced. All in the {@link Region} get it besides with
 * {@link Care#GUARDED}, where the walk ended in a crowd, and where several holders hid it.
 */
final class Putting implements Walk.Visitor {
    /** A peer gets the record before the walk is over when fewer peers than this share of the holders are expected to be nearer. */
    private static final double SURELY_NEAR = 0.7;

    /** Peers asked for beyond the holders: some will not answer. */
    private static final int SPARE_HOLDERS = 6;

    /**
     * Of those known before the walk so many are heard, however near the first ones seem to lead: with an attacker in every fourth place of the
     * table, one walk in 70 would begin with three of them and end among their friends, and one in 4,000 with six.
     */
    private static final int OWN_HEARD = 6;

    /**
     * Holders are asked for the record until so many have shown it: with these a reader who hears everybody near finds it, whatever the
     * others say.
     */
    private static final int SHOWN_WANTED = 3;

    /** When so many did not show it, somebody may be hiding it on purpose. One alone may be broken. */
    private static final int HIDDEN_MAX = 1;

    private final Dht dht;
    private final SignedRecord record;
    private final Purpose purpose;
    private final Care care;
    private final Consumer<Stored> onEnough;
    private final Consumer<Stored> onSettled;
    private final Walk walk;
    private final int wanted;
    private final TreeSet<PeerId> given = new TreeSet<>();
    private final List<Whereabouts> holders = new ArrayList<>();
    private final TreeSet<PeerId> askedBack = new TreeSet<>();
    private int inFlight;
    private int shown;
    private int hidden;
    private long newerSequence;
    private boolean isWalkOver;
    private boolean isRegionOpen;
    private boolean isRegionGiven;
    private boolean isToldOf;
    private boolean isSettled;

    /**
     * Creates a put.
     *
     * @param onEnough told once, when enough holders have it, or all have answered
     * @param onSettled told once, when all have answered
     */
    Putting(
            Dht dht,
            SignedRecord record,
            Purpose purpose,
            Care care,
            LookupTrace trace,
            Consumer<Stored> onEnough,
            Consumer<Stored> onSettled) {
        this.dht = dht;
        this.record = record;
        this.purpose = purpose;
        this.care = care;
        this.onEnough = onEnough;
        this.onSettled = onSettled;
        this.wanted = dht.config().holders(record.kind());
        Lookup lookup =
                new Lookup(record.key(), dht.self().peer(), wanted, dht.config().parallel(purpose), 1);
        int named = Math.min(dht.config().bucketSize(), wanted + SPARE_HOLDERS);
        DhtQuestion<?> question = new DhtQuestion.Find(record.key(), named);
        this.walk = new Walk(lookup, question, dht, trace, this);
    }

    void start() {
        walk.lookup().hear(dht.table().nearestToAsk(record.key(), dht.config().bucketSize()), OWN_HEARD);
        walk.start(List.of());
        if (purpose != Purpose.BACKGROUND) giveEarly();
        if (care == Care.GUARDED) giveRegion();
    }

    @Override
    public boolean onAnswer(Candidate from, DhtAnswer answer) {
        return false;
    }

    @Override
    public void onProgress() {
        if (purpose != Purpose.BACKGROUND) giveEarly();
    }

    @Override
    public void onEnd() {
        isWalkOver = true;
        List<Whereabouts> nearest = walk.lookup().answered(wanted);
        // Eight can be near by accident; with all who answered an accident is rarer.
        boolean isDense = dht.size()
                .isDense(record.key(), walk.lookup().answered(dht.config().bucketSize()));
        dht.size().onNearest(record.key(), nearest);
        giveMore();
        if (isDense && care == Care.QUICK) {
            dht.env()
                    .log()
                    .event("dht.dense", "key", record.key(), "peers", dht.size().peers());
            giveRegion();
        }
        tell();
    }

    private void giveEarly() {
        double surely = dht.size().share(wanted) * SURELY_NEAR;
        int counted = 0;
        for (Candidate candidate : walk.lookup().candidates()) {
            if (counted == wanted
                    || record.key().distanceShare(candidate.where.peer().key()) > surely) return;
            if (candidate.state == Lookup.State.FAILED) continue;
            counted++;
            give(candidate.where);
        }
    }

    /** After the walk: gives it to the next nearest until enough have it or are about to. */
    private void giveMore() {
        for (Candidate candidate : walk.lookup().candidates()) {
            if (holders.size() + inFlight >= wanted) return;
            if (candidate.state == Lookup.State.ANSWERED) give(candidate.where);
        }
    }

    private void giveRegion() {
        if (isRegionGiven) return;
        isRegionGiven = true;
        isRegionOpen = true;
        new Region(dht, record.key(), purpose).find(members -> {
            isRegionOpen = false;
            for (Whereabouts member : members) give(member);
            tell();
        });
    }

    private void give(Whereabouts to) {
        if (!dht.questions().canAsk(to) || !given.add(to.peer())) return;
        inFlight++;
        dht.questions().ask(to, new DhtQuestion.Put(record), new Rpc.Answer<>() {
            @Override
            public void onAnswer(DhtAnswer.Kept kept, int rttMillis) {
                inFlight--;
                holders.add(to);
                if (kept.sequence() > record.sequence()) newerSequence = Math.max(newerSequence, kept.sequence());
                tell();
            }

            @Override
            public void onFailure(Failure why) {
                inFlight--;
                if (isWalkOver) giveMore();
                tell();
            }
        });
    }

    /** Asks the next holders for the record until enough have shown it. */
    private void askBack() {
        for (Whereabouts holder : stored().holders()) {
            if (shown + inFlight >= SHOWN_WANTED) return;
            if (askedBack.add(holder.peer())) askBack(holder);
        }
    }

    private void askBack(Whereabouts holder) {
        inFlight++;
        dht.questions().ask(holder, new DhtQuestion.Get(record.key(), record.kind()), new Rpc.Answer<>() {
            @Override
            public void onAnswer(DhtAnswer.Held held, int rttMillis) {
                inFlight--;
                if (isShown(held)) shown++;
                else onHidden(holder);
                tell();
            }

            @Override
            public void onFailure(Failure why) {
                inFlight--;
                tell();
            }
        });
    }

    private boolean isShown(DhtAnswer.Held held) {
        for (SignedRecord given : held.records()) {
            if (given.equals(record)) return true;
            // A later life of the owner said something newer.
            boolean isNewer = given.signer().equals(record.signer()) && given.sequence() > record.sequence();
            if (isNewer && dht.holds(given)) return true;
        }
        return false;
    }

    private void onHidden(Whereabouts holder) {
        holders.remove(holder);
        giveMore();
        if (++hidden > HIDDEN_MAX) giveRegion();
    }

    private void tell() {
        if (purpose == Purpose.BACKGROUND && isWalkOver && !isRegionOpen && inFlight == 0) askBack();
        boolean isOver = isWalkOver && !isRegionOpen && inFlight == 0;
        boolean isEnough = care == Care.QUICK && purpose != Purpose.BACKGROUND && holders.size() * 4 >= wanted * 3;
        if ((isOver || isEnough) && !isToldOf) {
            isToldOf = true;
            onEnough.accept(stored());
        }
        if (isOver && !isSettled) {
            isSettled = true;
            onSettled.accept(stored());
        }
    }

    private Stored stored() {
        List<Whereabouts> nearest = new ArrayList<>(holders);
        nearest.sort((one, other) ->
                record.key().compareDistance(one.peer().key(), other.peer().key()));
        return new Stored(nearest, newerSequence, walk.cost(0));
    }
}
