package linnet.sim.dht;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import linnet.core.dht.RoutingTable;
import linnet.core.id.Bytes;
import linnet.core.id.Key;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.RecordSeal;
import linnet.core.wire.SignedRecord;
import linnet.core.wire.SignedRecord.Kind;
import linnet.sim.invariant.Violation;

/** What must be true of every network at every moment, and of every network that was left in peace for a while; seen from outside. */
final class NetworkRules {
    /** Grace after the expiry of a record, and the longest time until a node looks again. */
    private static final long GRACE_MILLIS = 5 * 60_000;

    private static final long POINTER_GRACE_MILLIS = 7 * 60 * 60_000L;

    /** Of the entries that tables tell others, such a share may be gone. */
    private static final double GONE_MAX = 0.2;

    /** Of the eight peers that are truly nearest to a key, so many must hold its record. */
    private static final int HOLDERS = 8;

    static final int HOLDERS_MIN = 4;

    /** The same while attackers stand among them and say that they keep it. */
    static final int HOLDERS_MIN_ATTACKED = 2;

    /** Of its five nearest, a peer must know so many. */
    private static final int NEIGHBOURS = 5;

    private static final int NEIGHBOURS_MIN = 3;
    private static final int SAMPLES = 20;
    private static final int BUCKETS = 64;

    /** Peers that nobody can reach may be such a share of what tables tell others. */
    private static final double UNREACHABLE_MAX = 0.1;

    private static final Map<Bytes, Long> NOTHING = new TreeMap<>();

    private final DhtWorld world;
    private final List<Violation> violations = new ArrayList<>();
    private final Map<Integer, Map<Bytes, Long>> sequenceBySlotByHost = new LinkedHashMap<>();

    NetworkRules(DhtWorld world) {
        this.world = world;
    }

    List<Violation> violations() {
        return violations;
    }

    void broken(String rule, String what) {
        violations.add(new Violation(world.nowMillis(), "network", rule, what));
    }

    /** Looks at every shelf: what is kept was made by its owner, never goes back, is not over, and is not at a bridge. */
    void checkShelves() {
        for (DhtHost host : world.living()) {
            DhtPeer peer = host.peer;
            if (peer == null || !host.isUp()) continue;
            List<SignedRecord> shelf = peer.dht.shelf();
            if (!peer.keepsData() && !shelf.isEmpty())
                broken("bridge", "host " + host.number + " is a bridge and keeps " + shelf.size() + " records");
            Map<Bytes, Long> before = sequenceBySlotByHost.getOrDefault(host.number, NOTHING);
            Map<Bytes, Long> now = new TreeMap<>();
            for (SignedRecord record : shelf) {
                if (!world.wasMade(record)) broken("forged", "host " + host.number + " keeps what nobody made");
                long grace = record.kind() == Kind.POINTER ? POINTER_GRACE_MILLIS : GRACE_MILLIS;
                if (!peer.host.wasAsleep() && world.wallMillis() > record.expiresMillis() + grace)
                    broken("expired", "host " + host.number + " keeps what is long over");
                Bytes slot = Bytes.concat(record.key().bytes(), record.signer());
                Long sequence = before.get(slot);
                if (sequence != null && sequence > record.sequence())
                    broken("older", "host " + host.number + " went back from " + sequence + " to " + record.sequence());
                now.put(slot, record.sequence());
            }
            sequenceBySlotByHost.put(host.number, now);
        }
    }

    /** After peace: records are where they belong, and peers know their neighbours. */
    void checkPlaces(List<DhtPeer> owners, int holdersMin) {
        List<DhtHost> serving = serving();
        int samples = 0;
        int misplaced = 0;
        for (DhtPeer owner : owners) {
            if (samples == SAMPLES || serving.size() < 2 * HOLDERS) break;
            if (!owner.host.isUp() || owner.publishedSequence() == 0) continue;
            samples++;
            Key key = owner.seal(Kind.PRESENCE, RecordSeal.day(world.wallMillis()))
                    .key();
            int holders = 0;
            for (DhtHost host : nearest(serving, key, HOLDERS)) if (holds(host, key)) holders++;
            if (holders < holdersMin) misplaced++;
        }
        if (misplaced * 10 > samples)
            broken("misplaced", misplaced + " of " + samples + " records are not with the peers nearest to them");
        int strangers = 0;
        int asked = 0;
        for (DhtHost host : serving) {
            if (asked++ == SAMPLES) break;
            int known = 0;
            List<RoutingTable.Row> rows = Population.peer(host).dht.rows();
            for (DhtHost neighbour : nearest(serving, host.where.peer().key(), NEIGHBOURS + 1))
                for (RoutingTable.Row row : rows) if (row.where().peer().equals(neighbour.where.peer())) known++;
            if (known < NEIGHBOURS_MIN) strangers++;
        }
        if (strangers * 10 > Math.min(SAMPLES, serving.size()))
            broken("neighbours", strangers + " of " + asked + " peers do not know their neighbours");
    }

    /** After peace: the pointers of owners that left are with the peers that are nearest now. */
    void checkOrphans(List<DhtPeer> owners) {
        List<DhtHost> serving = serving();
        int orphans = 0;
        int misplaced = 0;
        for (DhtPeer owner : owners) {
            if (owner.host.isThere() || owner.pointerKey() == null) continue;
            orphans++;
            int holders = 0;
            for (DhtHost host : nearest(serving, owner.pointerKey(), HOLDERS))
                if (holds(host, owner.pointerKey())) holders++;
            if (holders < HOLDERS_MIN) misplaced++;
        }
        if (misplaced * 5 > orphans)
            broken("orphans", misplaced + " of " + orphans + " pointers of owners that left are not where they belong");
    }

    /** After peace: tables hold few whom nobody can reach, and full buckets few of one crowd. */
    void checkTables(double crowdMax) {
        int entries = 0;
        int unreachable = 0;
        int gone = 0;
        int crowd = 0;
        int placesInFull = 0;
        for (DhtHost host : world.living()) {
            if (host.peer == null || !host.isUp()) continue;
            List<RoutingTable.Row> rows = host.peer.dht.rows();
            int[] fill = new int[BUCKETS];
            for (RoutingTable.Row row : rows) fill[Math.min(BUCKETS - 1, row.bucket())]++;
            for (RoutingTable.Row row : rows) {
                DhtHost there =
                        world.host(Addresses.number(row.where().endpoints().get(0)));
                boolean isFull = fill[Math.min(BUCKETS - 1, row.bucket())] >= DhtAnswer.PEERS_MAX;
                if (isFull) placesInFull++;
                if (isFull && there != null && there.peer == null) crowd++;
                if (row.isGone() || !row.isProven()) continue;
                entries++;
                if (there == null || !there.isUp()) gone++;
                else if (!there.isReachable()) unreachable++;
            }
        }
        if (unreachable > entries * UNREACHABLE_MAX)
            broken("clients", unreachable + " of " + entries + " entries are peers that nobody can reach");
        if (gone > entries * GONE_MAX) broken("gone", gone + " of " + entries + " entries are peers that left");
        if (crowd > placesInFull * crowdMax)
            broken("crowd", crowd + " of " + placesInFull + " places in full buckets have peers behind one address");
    }

    /** After everybody lost everything: they do not all come back in one moment. */
    void checkSpread(Dials dials) {
        if (dials.peakTogether() * 4 > world.living().size())
            broken("together", dials.peakTogether() + " peers dialled within 20 ms");
    }

    /** Everybody whom strangers can ask and who keeps records. */
    List<DhtHost> serving() {
        List<DhtHost> serving = new ArrayList<>();
        for (DhtHost host : world.living())
            if (host.peer != null && host.isHeard() && host.isServing() && host.peer.keepsData()) serving.add(host);
        return serving;
    }

    private static boolean holds(DhtHost host, Key key) {
        for (SignedRecord record : Population.peer(host).dht.shelf())
            if (record.key().equals(key)) return true;
        return false;
    }

    private static List<DhtHost> nearest(List<DhtHost> hosts, Key key, int count) {
        List<DhtHost> sorted = new ArrayList<>(hosts);
        sorted.sort((one, other) ->
                nearer(key, one.where.peer().key(), other.where.peer().key()));
        return sorted.subList(0, Math.min(count, sorted.size()));
    }

    /** By exclusive or, in its own words: what the core computes is what is judged here. */
    private static int nearer(Key target, Key one, Key other) {
        byte[] from = target.bytes().shared();
        byte[] x = one.bytes().shared();
        byte[] y = other.bytes().shared();
        for (int i = 0; i < from.length; i++) {
            int difference = ((from[i] ^ x[i]) & 0xff) - ((from[i] ^ y[i]) & 0xff);
            if (difference != 0) return difference;
        }
        return 0;
    }
}
