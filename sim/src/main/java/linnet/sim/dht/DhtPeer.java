package linnet.sim.dht;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import linnet.core.dht.Care;
import linnet.core.dht.Dht;
import linnet.core.dht.DhtConfig;
import linnet.core.dht.Fetched;
import linnet.core.dht.Host;
import linnet.core.dht.LookupTrace;
import linnet.core.dht.Purpose;
import linnet.core.dht.RoutingTable;
import linnet.core.dht.Wanted;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.Key;
import linnet.core.id.NetworkId;
import linnet.core.link.LinkConfig;
import linnet.core.link.Rpc;
import linnet.core.link.SealedDatagrams;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.Reachable;
import linnet.core.wire.RecordSeal;
import linnet.core.wire.SignedRecord;
import linnet.core.wire.SignedRecord.Kind;
import linnet.core.wire.Whereabouts;
import org.jspecify.annotations.Nullable;

/** One peer of a simulated network: the real protocol, and the person who uses it. */
final class DhtPeer implements Host {
    /** What was published so long ago must be what others find. */
    private static final long SETTLED_MILLIS = 10_000;

    /** Whoever asked waits a second for the answer. */
    private static final int DIAL_BACK_MILLIS = 700;

    private static final LinkConfig LINKS =
            LinkConfig.defaults(new NetworkId(Key.of(People.CRYPTO.sha256(Bytes.utf8("simulated")))));

    final DhtHost host;
    final Dht dht;
    private final DhtWorld world;
    private final HostCrypto crypto;
    private final boolean keepsData;
    private final boolean isBootstrap;
    private final @Nullable SealedDatagrams carrier;
    private @Nullable Key pointerKey;
    private long last;
    private long madeMillis;
    private long sequence;
    private long sequenceBefore;

    DhtPeer(DhtHost host, DhtConfig config, DhtWorld world, boolean isKnownToServe) {
        this.host = host;
        this.world = world;
        this.keepsData = config.keepsData();
        this.isBootstrap = isKnownToServe;
        this.crypto = new HostCrypto(People.CRYPTO, world.seed(), host.number);
        this.carrier = world.weather() == null ? null : carrier(host, crypto, world.weather());
        Rpc rpc = carrier == null ? host : carrier;
        this.dht = new Dht(host.where, config, host, crypto, rpc, this);
        host.peer = this;
        host.serves(dht);
        if (isKnownToServe) onServing(true);
    }

    /** Real packets instead of objects. */
    private static SealedDatagrams carrier(DhtHost host, HostCrypto crypto, HostPackets.Weather weather) {
        DhtWorld world = host.world;
        HostPackets packets = new HostPackets(host, weather, host.chance("packets"));
        SealedDatagrams carrier =
                new SealedDatagrams(People.identity(world.seed(), host.number), LINKS, host, crypto, packets, host, 1);
        carrier.introduce(new Reachable(host.where.endpoints(), false));
        host.onPackets(carrier::onPacket);
        return carrier;
    }

    boolean isBootstrap() {
        return isBootstrap;
    }

    boolean keepsData() {
        return keepsData;
    }

    /** Begins, knowing these and nobody else. */
    void start(List<Whereabouts> known) {
        dht.seed(known);
        dht.start();
    }

    /** Says where it is from now on. */
    void publishPresence() {
        dht.publish(Kind.PRESENCE, day -> make(Kind.PRESENCE, day, Kind.PRESENCE.lifeMillis()));
    }

    /** Says who keeps its messages from now on. */
    void publishPointer() {
        dht.publish(Kind.POINTER, day -> {
            pointerKey = seal(Kind.POINTER, day).key();
            return make(Kind.POINTER, day, Kind.POINTER.lifeMillis());
        });
    }

    /** Returns where the pointer belongs that was made last, or null. */
    @Nullable
    Key pointerKey() {
        return pointerKey;
    }

    SignedRecord make(Kind kind, long day, long lifeMillis) {
        long wall = world.wallMillis();
        last = Math.max(last + 1, wall);
        if (kind == Kind.PRESENCE) {
            sequenceBefore = publishedSequence();
            sequence = last;
            madeMillis = world.nowMillis();
        }
        SignedRecord record = seal(kind, day)
                .seal(
                        People.identity(world.seed(), host.number),
                        last,
                        wall,
                        wall + lifeMillis,
                        host.where.endpoints(),
                        List.of());
        world.onMade(record);
        return record;
    }

    /** Returns the sequence of the presence that everybody who looks now should at least see, 0 if nothing was published for long enough. */
    long publishedSequence() {
        return isSettled() ? sequence : sequenceBefore;
    }

    private boolean isSettled() {
        return sequence > 0 && world.nowMillis() - madeMillis >= SETTLED_MILLIS;
    }

    /** Returns place and key of a record of this peer, as its contacts know them. */
    RecordSeal seal(Kind kind, long day) {
        return new RecordSeal(
                crypto,
                People.userPublic(world.seed(), host.number),
                People.devicePublic(world.seed(), host.number),
                kind,
                day);
    }

    /** Looks for the newest record of another; tells its sequence, or 0 if none was found that holds. */
    void find(DhtPeer owner, Kind kind, Care care, LongConsumer onFound) {
        fetch(
                owner,
                kind,
                care,
                fetched -> onFound.accept(
                        fetched.record() == null ? 0 : fetched.record().sequence()));
    }

    /** Returns whether a record of another is here that may still be true. */
    boolean knows(DhtPeer owner) {
        RecordSeal seal = owner.seal(Kind.PRESENCE, RecordSeal.day(world.wallMillis()));
        return dht.known(new Wanted(seal.key(), Kind.PRESENCE, record -> opens(seal, record))) != null;
    }

    void fetch(DhtPeer owner, Kind kind, Care care, Consumer<Fetched> onFetched) {
        RecordSeal seal = owner.seal(kind, RecordSeal.day(world.wallMillis()));
        dht.get(
                new Wanted(seal.key(), kind, record -> opens(seal, record)),
                Purpose.WAITED,
                care,
                LookupTrace.NONE,
                onFetched);
    }

    static boolean opens(RecordSeal seal, SignedRecord record) {
        try {
            seal.open(record);
            return true;
        } catch (ProtocolViolation e) {
            return false;
        }
    }

    /** Returns how many entries the table has that are not known to be gone, and how many of them are. */
    int[] tableEntries() {
        int entries = 0;
        int gone = 0;
        for (RoutingTable.Row row : dht.rows()) {
            if (row.isGone() || !row.isProven()) continue;
            entries++;
            DhtHost there = world.host(Addresses.number(row.where().endpoints().get(0)));
            if (there == null || !there.isHeard()) gone++;
        }
        return new int[] {entries, gone};
    }

    /** Returns how many entries the table has, and how many of them are attackers. */
    int[] hostileEntries() {
        int entries = 0;
        int hostile = 0;
        for (RoutingTable.Row row : dht.rows()) {
            entries++;
            DhtHost there = world.host(Addresses.number(row.where().endpoints().get(0)));
            if (there != null && there.peer == null) hostile++;
        }
        return new int[] {entries, hostile};
    }

    /** Asks a peer at the address where it was last; tells after how many milliseconds it answered, or -1. */
    void ping(Whereabouts to, Consumer<Integer> onAnswer) {
        host.ask(to, new DhtQuestion.Ping(), Duration.ofSeconds(3), new Rpc.Answer<>() {
            @Override
            public void onAnswer(DhtAnswer.Pong answer, int rttMillis) {
                onAnswer.accept(rttMillis);
            }

            @Override
            public void onFailure(Failure why) {
                onAnswer.accept(-1);
            }
        });
    }

    @Override
    public void dialBack(Whereabouts peer, Endpoint at, Consumer<Boolean> onTried) {
        int number = Addresses.number(at);
        host.sends(Sizes.ofFirst(new DhtQuestion.Ping()), 1, world.trail());
        @Nullable DhtHost there = world.host(number);
        boolean arrives =
                world.internet.arrives(host.number, number, 1) && world.internet.arrives(number, host.number, 1);
        boolean reached = there != null && there.isHeard() && arrives;
        if (there != null && reached)
            there.sends(Sizes.ofFirstPackets(Sizes.of(new DhtAnswer.Pong(at))), 1, world.trail());
        int millis = reached ? 2 * world.internet.millisBetween(host.number, number) : DIAL_BACK_MILLIS;
        host.after(Duration.ofMillis(millis), () -> onTried.accept(reached));
    }

    /** What a bootstrap node is stands in its configuration. */
    @Override
    public void onServing(boolean serves) {
        if (isBootstrap && !serves) return;
        host.onServing(serves);
        if (carrier != null) carrier.introduce(new Reachable(host.where.endpoints(), serves));
    }
}
