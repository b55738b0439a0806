package linnet.core.dht;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import linnet.core.dht.Lookup.Candidate;
import linnet.core.id.Key;
import linnet.core.id.PeerId;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.Whereabouts;
import org.jspecify.annotations.Nullable;

/** A lookup for a peer, or for those nearest to a key. A peer is found when it answers, or when somebody names it. */
final class Finding implements Walk.Visitor {
    /** So many are heard besides the nearest: with twice as many seeds as are told at once, one that lives is among them. */
    private static final int BESIDES_HEARD = 6;

    /** The same where nobody is told: every hour a few, because each is a first packet mostly. */
    private static final int ANYWHERE_HEARD = 2;

    private final Dht dht;
    private final Key target;
    private final Consumer<Found> onFound;
    private final Walk walk;
    private final int width;
    private final boolean isForPeer;
    private @Nullable Whereabouts found;
    private int hops;

    /**
     * Creates a lookup.
     *
     * @param width how many of the nearest must have answered before it gives up
     * @param isForPeer whether it ends when the peer of that key is named
     */
    Finding(
            Dht dht,
            Key target,
            int width,
            Purpose purpose,
            boolean isForPeer,
            LookupTrace trace,
            Consumer<Found> onFound) {
        this.dht = dht;
        this.target = target;
        this.onFound = onFound;
        this.width = width;
        this.isForPeer = isForPeer;
        Lookup lookup =
                new Lookup(target, dht.self().peer(), width, dht.config().parallel(purpose), 1);
        DhtQuestion<?> question = new DhtQuestion.Find(target, dht.config().bucketSize());
        this.walk = new Walk(lookup, question, dht, trace, this);
    }

    void start() {
        walk.start(dht.table().nearestToAsk(target, dht.config().bucketSize()));
    }

    /**
     * Begins with those known here, and hears several of these besides, however far they are; where there are none, several from anywhere. The
     * nearest that are known may know each other only, while others live between them whom somebody far away has met.
     */
    void startBesides(List<Whereabouts> besides) {
        if (besides.isEmpty()) walk.lookup().hear(anywhere(), ANYWHERE_HEARD);
        else walk.lookup().hear(besides, BESIDES_HEARD);
        walk.start(dht.table().nearestToAsk(target, dht.config().bucketSize()));
    }

    /**
     * Begins with contacts from anywhere, of whom so many are heard. Around a key that was often looked for among attackers the table knows
     * many of them, and elsewhere no more than their share.
     */
    void startAnywhere(int heard) {
        walk.lookup().hear(anywhere(), heard);
        walk.start(List.of());
    }

    private List<Whereabouts> anywhere() {
        List<Whereabouts> known = new ArrayList<>();
        for (int i = 0; i < dht.config().bucketSize(); i++)
            for (Whereabouts one : dht.table().nearestToAsk(dht.randomKey(), 1))
                if (!known.contains(one)) known.add(one);
        return known;
    }

    @Override
    public boolean onAnswer(Candidate from, DhtAnswer answer) {
        if (!isForPeer) return false;
        if (isTarget(from.where.peer())) return isFound(from.where, from.hop);
        if (answer instanceof DhtAnswer.Nearest nearest)
            for (Whereabouts where : nearest.peers()) if (isTarget(where.peer())) return isFound(where, from.hop);
        return false;
    }

    @Override
    public void onEnd() {
        List<Whereabouts> nearest = walk.lookup().answered(dht.config().bucketSize());
        if (found == null) dht.size().onNearest(target, walk.lookup().answered(width));
        onFound.accept(new Found(target, found, nearest, walk.cost(hops)));
    }

    private boolean isTarget(PeerId peer) {
        return peer.key().equals(target);
    }

    private boolean isFound(Whereabouts where, int afterHops) {
        found = where;
        hops = afterHops;
        return true;
    }
}
