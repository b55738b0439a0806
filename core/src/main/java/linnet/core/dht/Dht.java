package linnet.core.dht;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import linnet.core.crypto.Crypto;
import linnet.core.env.Chance;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Endpoint;
import linnet.core.id.Key;
import linnet.core.id.PeerId;
import linnet.core.link.Rpc;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.DhtQuestion.Digest;
import linnet.core.wire.SignedRecord;
import linnet.core.wire.Whereabouts;
import org.jspecify.annotations.Nullable;

/**
 * The distributed table of who is where: finds peers and records, keeps records of others, and answers questions (docs/protocol/dht.md).
 * Needs nobody in particular, and one peer to begin with.
 *
 * <p>Listeners are called as inputs of their own, never before the call that took them returns.
 */
public final class Dht implements Rpc.Served {
    /** Records kept for others. A peer of an even network with 20 holders of each record has about 40. */
    static final int SHELF_ENTRIES_MAX = 4_096;

    /** One asker's questions: 100 a second in the long run, and 400 at once. A busy reader in a network of 64 peers needs as many. */
    private static final int QUESTION_MILLIS = 10;

    private static final int QUESTION_BURST = 400;

    /** Peers named beside records, so that the answer stays small. */
    private static final int NAMED_WITH_RECORDS = 6;

    /** Where a question over a link came from, which has no address of its own. */
    private static final Endpoint OVER_LINK = new Endpoint("link:");

    private final DhtConfig config;
    private final Env env;
    private final Crypto crypto;
    private final RoutingTable table;
    private final RoundTrips trips = new RoundTrips();
    private final NetworkSize size = new NetworkSize();
    private final Losses losses = new Losses();
    private final Chance chance;
    private final Questions questions;
    private final QuestionLimits limits;
    private final Shelf shelf;
    private final RecordCache cache;
    private final Republishing republishing;
    private final Publisher publisher;
    private final Upkeep upkeep;
    private final Dialling dialling;
    private final List<Whereabouts> seeds = new ArrayList<>();
    private Whereabouts self;
    private boolean started;

    /**
     * Creates a node of the network that knows nobody.
     *
     * @param self this node, at the addresses where others can ask it
     * @param rpc carries questions; its owner hands what comes in to {@link #onQuestion}
     */
    public Dht(Whereabouts self, DhtConfig config, Env env, Crypto crypto, Rpc rpc, Host host) {
        this.self = self;
        this.config = config;
        this.env = env;
        this.crypto = crypto;
        this.chance = env.chance("dht");
        this.table = new RoutingTable(self.peer().key(), config.bucketSize());
        this.questions = new Questions(env, rpc, table, trips, losses, this::onMet, chance.nextLong());
        this.limits = new QuestionLimits(chance.nextLong(), QUESTION_MILLIS, QUESTION_BURST);
        this.shelf = new Shelf(self.peer().key(), SHELF_ENTRIES_MAX);
        this.cache = new RecordCache(config.cacheEntries());
        this.republishing = new Republishing(this, crypto, shelf);
        this.publisher = new Publisher(this);
        this.upkeep = new Upkeep(this);
        this.dialling = new Dialling(this, host, chance.nextLong());
    }

    /** Begins: asks those who are known for the way to its own neighbourhood. */
    public void start() {
        if (started) throw new IllegalStateException("started twice");
        started = true;
        upkeep.start();
        if (table.size() > 0) upkeep.announce(List.copyOf(seeds));
        seeds.clear();
    }

    /** Ends all work. Nobody is told: peers notice. */
    public void stop() {
        questions.stop();
        upkeep.stop();
    }

    /** Tells of peers to begin with, from an invitation, a configuration, or the last life. A node that runs begins anew with them. */
    public void seed(List<Whereabouts> peers) {
        for (Whereabouts peer : peers) table.onTold(peer, env.nowMillis());
        if (!started) seeds.addAll(peers);
        else if (!peers.isEmpty()) upkeep.announce(peers);
    }

    /** Looks for a peer. Found at once if it is a live contact here. */
    public void lookup(PeerId peer, Purpose purpose, LookupTrace trace, Consumer<Found> onFound) {
        Whereabouts known = table.findLive(peer);
        if (known != null) {
            Found found = new Found(peer.key(), known, List.of(known), new LookupCost(0, 0, 0, 0));
            env.after(Duration.ZERO, () -> onFound.accept(found));
            return;
        }
        // Who waits for a peer wants it found also where neighbours have not heard of each other yet.
        int width = purpose == Purpose.BACKGROUND ? config.nearest() : config.bucketSize();
        new Finding(this, peer.key(), width, purpose, true, trace, onFound).start();
    }

    /** Looks for those nearest to a key. */
    public void nearest(Key target, Purpose purpose, LookupTrace trace, Consumer<Found> onFound) {
        new Finding(this, target, config.bucketSize(), purpose, false, trace, onFound).start();
    }

    /**
     * Returns the newest version of a record that is here, or null. It may have been replaced since; whoever it names is worth a try while
     * {@link #get} looks for a newer one.
     */
    public @Nullable SignedRecord known(Wanted wanted) {
        return here(wanted);
    }

    /** Looks for a record: here, then in the network. */
    public void get(Wanted wanted, Purpose purpose, Care care, LookupTrace trace, Consumer<Fetched> onFetched) {
        SignedRecord here = here(wanted);
        if (here != null && care == Care.QUICK && Freshness.isCurrent(here, env.wallMillis())) {
            Fetched fetched = new Fetched(here, true, new LookupCost(0, 0, 0, 0));
            env.after(Duration.ZERO, () -> onFetched.accept(fetched));
            return;
        }
        Getting getting = new Getting(this, wanted, purpose, care, trace, onFetched);
        if (here != null) getting.knows(here);
        getting.start();
    }

    /** Looks for what one owner says: the newest of several records, which {@link RecordReader#wanted} names. */
    public void read(List<Wanted> days, Purpose purpose, Care care, LookupTrace trace, Consumer<Fetched> onFetched) {
        if (days.isEmpty()) throw new IllegalArgumentException("nothing is looked for");
        Reading reading = new Reading(this, days.size(), care, onFetched);
        for (Wanted wanted : days) get(wanted, purpose, care, trace, reading::onFetched);
    }

    /** Brings a record to the peers nearest to its key. */
    public void put(SignedRecord record, Purpose purpose, Care care, LookupTrace trace, Consumer<Stored> onStored) {
        new Putting(this, record, purpose, care, trace, onStored, settled -> {}).start();
    }

    /** Keeps an own record in the network from now on; called again, says at once that it has changed. */
    public void publish(SignedRecord.Kind kind, RecordMaker maker) {
        publisher.publish(kind, maker);
    }

    /** Says an own record no more. What holders have runs out. */
    public void unpublish(SignedRecord.Kind kind) {
        publisher.unpublish(kind);
    }

    /** A link came up. */
    public void onUp(PeerId peer) {
        table.onLink(peer, true);
    }

    /** A link ended. */
    public void onDown(PeerId peer) {
        table.onLink(peer, false);
    }

    /** The operating system lets this node work for a moment, or the device woke up: all upkeep that is due is done at once. */
    public void onWindow() {
        upkeep.onWindow();
    }

    /** The own addresses changed. */
    public void onSelf(Whereabouts now) {
        if (!now.peer().equals(self.peer())) throw new IllegalArgumentException("another peer");
        self = now;
        dialling.onAddressChanged();
    }

    @Override
    public void onQuestion(Rpc.Asker asker, DhtQuestion<?> question, Rpc.Reply reply) {
        long now = env.nowMillis();
        if (limits.take(asker.where().peer(), now) > 0) {
            refuse(reply, Code.RATE_LIMITED);
            return;
        }
        if (asker.serves()) questions.onHeard(asker.where(), -1);
        if (question instanceof DhtQuestion.Find find)
            reply.answer(new DhtAnswer.Nearest(nearestFor(asker, find.target(), find.wanted())));
        else if (question instanceof DhtQuestion.Get get) onGet(asker, get, reply);
        else if (question instanceof DhtQuestion.Ping) reply.answer(new DhtAnswer.Pong(seenAs(asker)));
        else if (question instanceof DhtQuestion.Put put) onPut(put.record(), reply);
        else if (question instanceof DhtQuestion.Compare compare) onCompare(compare.digests(), reply);
        else if (question instanceof DhtQuestion.DialBack back) dialling.onQuestion(asker, back.endpoint(), reply);
        else refuse(reply, Code.UNSUPPORTED);
    }

    @Override
    public void onProven(Rpc.Asker asker) {
        if (asker.serves()) questions.onHeard(asker.where(), -1);
    }

    /** Returns how many peers the network has, by its own estimate; 0 while that is unknown. */
    public int networkSize() {
        return size.peers();
    }

    /** Returns where a peer is, as far as it is known here without asking; or null. */
    public @Nullable Whereabouts known(PeerId peer) {
        return table.find(peer);
    }

    /** Returns the table, to look at. */
    public List<RoutingTable.Row> rows() {
        return table.rows(env.nowMillis());
    }

    /** Returns the contacts that answered when last asked, nearest first: to begin the next life with, or to link to. */
    public List<Whereabouts> neighbours(int count) {
        return table.nearest(self.peer().key(), count);
    }

    /** Returns contacts from anywhere in the network that answered when last asked. */
    public List<Whereabouts> anybody(int count) {
        return table.nearest(randomKey(), count);
    }

    /** Returns the contacts that answered or asked within this time, and missed no answer since. */
    public List<Whereabouts> heard(long withinMillis) {
        List<Whereabouts> heard = new ArrayList<>();
        for (RoutingTable.Row row : rows())
            if (row.isProven() && row.misses() == 0 && row.silentMillis() <= withinMillis) heard.add(row.where());
        return heard;
    }

    /** Returns the records that are kept for others. */
    public List<SignedRecord> shelf() {
        return shelf.records();
    }

    /** Returns whether those near the own key know of this node. */
    public boolean isAnnounced() {
        return upkeep.isAnnounced();
    }

    /** Returns whether others reach this node, as those said who were asked to try. */
    public Reachability.Mode reachability() {
        return dialling.mode();
    }

    /** Returns how many contacts one bucket of the table holds. */
    public int bucketSize() {
        return config.bucketSize();
    }

    Env env() {
        return env;
    }

    DhtConfig config() {
        return config;
    }

    Whereabouts self() {
        return self;
    }

    RoutingTable table() {
        return table;
    }

    Questions questions() {
        return questions;
    }

    RoundTrips trips() {
        return trips;
    }

    Losses losses() {
        return losses;
    }

    NetworkSize size() {
        return size;
    }

    Key randomKey() {
        long one = chance.nextLong();
        long two = chance.nextLong();
        return new Key((int) one, (int) (one >>> 32), (int) two, (int) (two >>> 32), 0, 0, 0, 0);
    }

    /** The network was parted, and here is the other side: this node announces itself there, and so do its records. */
    private void onMet(Whereabouts other) {
        env.log().event("dht.merged", "with", other.peer());
        upkeep.announce(List.of(other));
        publisher.onMet();
    }

    /** The neighbourhood knows of this node. */
    void onJoined() {
        dialling.onJoined();
        publisher.onTick();
    }

    /** Returns whether others can ask this node, as far as is known. */
    boolean isKnownToServe() {
        return dialling.isKnownToServe();
    }

    /** Tells its neighbourhood of itself. */
    void announce() {
        upkeep.announce();
    }

    /** A lookup found a record that its reader accepted. */
    void onFetched(Wanted wanted, SignedRecord record) {
        cache.put(wanted, record, env.wallMillis());
    }

    /** Some time has passed; now and then so much that all that is kept is gone through. */
    void onTick(boolean isThorough) {
        if (isThorough) {
            shelf.sweep(env.wallMillis());
            size.onNeighbours(self.peer().key(), table.nearest(self.peer().key(), config.bucketSize()));
            limits.scale(size.peers(), QUESTION_MILLIS);
            republishing.onTick();
        }
        publisher.onTick();
        dialling.onTick();
        for (Wanted wanted : cache.toRefresh(env.wallMillis()))
            new Getting(this, wanted, Purpose.BACKGROUND, Care.QUICK, LookupTrace.NONE, fetched -> {}).start();
    }

    private void onGet(Rpc.Asker asker, DhtQuestion.Get get, Rpc.Reply reply) {
        List<SignedRecord> records = shelf.get(get.key(), get.kind(), env.wallMillis());
        int named = records.isEmpty() ? DhtAnswer.PEERS_MAX : NAMED_WITH_RECORDS;
        reply.answer(new DhtAnswer.Held(records, nearestFor(asker, get.key(), named)));
    }

    private void onPut(SignedRecord record, Rpc.Reply reply) {
        if (!config.keepsData()) {
            refuse(reply, Code.BRIDGE_REFUSES_DATA);
            return;
        }
        // Verifying costs more than all else, and what is here already was verified.
        if (shelf.sequence(record) < record.sequence() && !holds(record)) {
            refuse(reply, Code.TAMPERED);
            return;
        }
        switch (shelf.offer(record, env.wallMillis(), republishing.drawMillis(record))) {
            case KEPT, SAME, OLDER -> reply.answer(new DhtAnswer.Kept(shelf.sequence(record)));
            case EXPIRED -> refuse(reply, Code.EXPIRED);
            case FULL -> refuse(reply, Code.QUEUE_FULL);
        }
    }

    /** Returns whether whoever signed a record signed this one. */
    boolean holds(SignedRecord record) {
        try {
            record.check(crypto);
            return true;
        } catch (ProtocolViolation e) {
            return false;
        }
    }

    /** Somebody brings these around: those that are here need not be brought again for a while. */
    private void onCompare(List<Digest> digests, Rpc.Reply reply) {
        if (!config.keepsData()) {
            refuse(reply, Code.BRIDGE_REFUSES_DATA);
            return;
        }
        int lacking = 0;
        for (int i = 0; i < digests.size(); i++) if (!has(digests.get(i))) lacking |= 1 << i;
        reply.answer(new DhtAnswer.Lacking(lacking));
    }

    private boolean has(Digest digest) {
        for (SignedRecord record : shelf.at(digest.key())) {
            if (record.sequence() != digest.sequence()
                    || !Digest.of(crypto, record).hash().equals(digest.hash())) continue;
            shelf.offer(record, env.wallMillis(), republishing.drawMillis(record));
            return true;
        }
        return false;
    }

    private static void refuse(Rpc.Reply reply, Code code) {
        reply.answer(new DhtAnswer.Refused(new Failure(code)));
    }

    /** Whoever asks knows itself; so it is told of one more. */
    private List<Whereabouts> nearestFor(Rpc.Asker asker, Key target, int wanted) {
        return table.nearestWithout(asker.where(), target, Math.min(wanted, DhtAnswer.PEERS_MAX));
    }

    private static Endpoint seenAs(Rpc.Asker asker) {
        List<Endpoint> endpoints = asker.where().endpoints();
        return endpoints.isEmpty() ? OVER_LINK : endpoints.get(0);
    }

    private @Nullable SignedRecord here(Wanted wanted) {
        long wall = env.wallMillis();
        SignedRecord best = cache.get(wanted.key(), wall);
        for (SignedRecord record : shelf.get(wanted.key(), wanted.kind(), wall)) {
            boolean isNewer = best == null || record.sequence() > best.sequence();
            if (isNewer && wanted.accepts().test(record)) best = record;
        }
        return best;
    }
}
