package linnet.core.dht;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import linnet.core.env.Chance;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.fixture.QuestionNet;
import linnet.core.fixture.QuestionNet.Box;
import linnet.core.fixture.QuestionNet.Peer;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.Key;
import linnet.core.link.Rpc;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.SignedRecord;
import linnet.core.wire.SignedRecord.Kind;
import linnet.core.wire.Whereabouts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties of seed 002 about the table, limits and records, each over 100 generated networks (docs/PROPERTIES.md). */
class DhtPropertiesTest {
    private static final String TAG = "Feature: dht-connection-recovery, Property ";
    private static final long MINUTE = 60_000;

    static LongStream tries() {
        return LongStream.rangeClosed(1, 100);
    }

    @ParameterizedTest(name = TAG + "7: Differentiated Timeouts, seed {0}")
    @MethodSource("tries")
    void noWaitExceedsTenSecondsWithALinkAndThreeWithout(long seed) {
        Chance chance = new Chance(seed);
        RoundTrips trips = new RoundTrips();
        for (int i = 0; i < 200; i++) {
            trips.onMeasured(1 + chance.below(20_000));
            assertThat(trips.timeout(true)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
            assertThat(trips.timeout(false)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(3));
            assertThat(trips.timeout(true)).isGreaterThanOrEqualTo(trips.timeout(false));
        }
    }

    @ParameterizedTest(name = TAG + "8: Legitimate Discovery Allowance, seed {0}")
    @MethodSource("tries")
    void oneWhoLooksForPeersIsNeverRefused(long seed) {
        QuestionNet net = drawn(seed);
        int[] refused = {0};
        LookupTrace trace = new LookupTrace() {
            @Override
            public void onFailed(Whereabouts peer, int hop, Failure why) {
                if (why.code() == Code.RATE_LIMITED) refused[0]++;
            }
        };
        Peer asker = net.peers.get(0);
        for (int i = 0; i < 30; i++) asker.dht.nearest(net.randomKey(), Purpose.WAITED, trace, found -> {});
        net.run(10_000);
        assertThat(refused[0]).isZero();
    }

    @ParameterizedTest(name = TAG + "9: Rate Limit Queuing, seed {0}")
    @MethodSource("tries")
    void questionsOfTheUpkeepWaitTheirTurnAndNoneIsLost(long seed) {
        QuestionNet net = drawn(seed);
        Peer asker = net.peers.get(0);
        Whereabouts one = asker.dht.neighbours(1).get(0);
        int questions = 3 + net.chance().below(5);
        int before = asker.askedByKind.getOrDefault("Ping", 0);
        int[] answered = {0};
        for (int i = 0; i < questions; i++)
            asker.dht.questions().askInTurn(one, new DhtQuestion.Ping(), new Rpc.Answer<>() {
                @Override
                public void onAnswer(DhtAnswer.Pong answer, int rttMillis) {
                    answered[0]++;
                }

                @Override
                public void onFailure(Failure why) {
                    answered[0]++;
                }
            });
        assertThat(asker.askedByKind.getOrDefault("Ping", 0) - before).isLessThan(questions);
        net.run(2 * MINUTE);
        assertThat(answered[0]).isEqualTo(questions);
    }

    @ParameterizedTest(name = TAG + "10: Immediate Routing Table Updates, seed {0}")
    @MethodSource("tries")
    void aLinkThatComesOrGoesShowsInTheTableAtOnce(long seed) {
        Chance chance = new Chance(seed);
        Key self = Somebody.key(chance);
        RoutingTable table = new RoutingTable(self, 20);
        List<Whereabouts> crowd = Somebody.crowd(chance, 5 + chance.below(10));
        for (Whereabouts peer : crowd) table.onHeard(peer, 10, 0);
        for (int i = 0; i < 200; i++) {
            Whereabouts peer = crowd.get(chance.below(crowd.size()));
            if (chance.happens(0.3)) for (int miss = 0; miss < 3; miss++) table.onMiss(peer.peer());
            boolean isUp = chance.happens(0.5);
            table.onLink(peer.peer(), isUp);
            assertThat(table.isLinked(peer)).isEqualTo(isUp);
            if (isUp) assertThat(table.nearest(self, 20)).contains(peer);
            if (!isUp && chance.happens(0.5)) {
                table.onHeard(peer, 10, i);
                assertThat(table.isLive(peer.peer())).isTrue();
            }
        }
    }

    @ParameterizedTest(name = TAG + "11: Timely Disconnection Cleanup, seed {0}")
    @MethodSource("tries")
    void aContactThatLeftIsNamedToNobodyFiveSecondsAfterItWasMissed(long seed) {
        QuestionNet net = drawn(seed);
        Peer left = net.peers.get(net.peers.size() - 1);
        Peer asker = net.peers.get(0);
        left.isUp = false;
        asker.dht.nearest(left.where.peer().key(), Purpose.WAITED, LookupTrace.NONE, found -> {});
        net.run(5_000);
        assertThat(asker.dht.neighbours(60)).doesNotContain(left.where);
    }

    @ParameterizedTest(name = TAG + "12: Bridge Node Data Rejection, seed {0}")
    @MethodSource("tries")
    void aBridgeRefusesEveryRecordAndNamesPeers(long seed) {
        QuestionNet net = drawn(seed);
        Peer bridge = net.join(DhtConfig.defaults().withKeepsData(false), true);
        bridge.dht.seed(List.of(net.peers.get(0).where));
        bridge.dht.start();
        net.run(20_000);
        SignedRecord record = new Owner(net.crypto).record(Kind.POINTER, net.wallMillis());
        Box<Failure> refusal = new Box<>();
        int[] named = {0};
        Peer asker = net.peers.get(1);
        asker.ask(bridge.where, new DhtQuestion.Put(record), RoundTrips.UNLINKED_MAX, new Rpc.Answer<>() {
            @Override
            public void onAnswer(DhtAnswer.Kept answer, int rttMillis) {}

            @Override
            public void onFailure(Failure why) {
                refusal.accept(why);
            }
        });
        asker.ask(
                bridge.where,
                new DhtQuestion.Get(record.key(), Kind.POINTER),
                RoundTrips.UNLINKED_MAX,
                new Rpc.Answer<>() {
                    @Override
                    public void onAnswer(DhtAnswer.Held answer, int rttMillis) {
                        named[0] = answer.peers().size();
                    }

                    @Override
                    public void onFailure(Failure why) {}
                });
        net.run(5_000);
        assertThat(refusal.value).isNotNull();
        assertThat(refusal.value.code()).isEqualTo(Code.BRIDGE_REFUSES_DATA);
        assertThat(named[0]).isPositive();
        assertThat(bridge.dht.shelf()).isEmpty();
    }

    @ParameterizedTest(name = TAG + "23: Neighborhood Connection Priority, seed {0}")
    @MethodSource("tries")
    void theNearestToTheOwnKeyAreAlwaysKnownHoweverFullTheTableIs(long seed) {
        Chance chance = new Chance(seed);
        Key self = Somebody.key(chance);
        int k = 4 + chance.below(17);
        RoutingTable table = new RoutingTable(self, k);
        List<Whereabouts> crowd = Somebody.crowd(chance, 50 + chance.below(1_000));
        for (Whereabouts peer : crowd) table.onHeard(peer, chance.below(400), 0);
        assertThat(table.nearest(self, k))
                .isEqualTo(Somebody.sorted(self, crowd).subList(0, k));
    }

    @ParameterizedTest(name = TAG + "24: Disconnected Node Retention with Connected Preference, seed {0}")
    @MethodSource("tries")
    void thoseThatWentSilentAreKeptAndAskedAfterThoseThatAnswer(long seed) {
        Chance chance = new Chance(seed);
        RoutingTable table = new RoutingTable(Somebody.key(chance), 20);
        List<Whereabouts> crowd = Somebody.crowd(chance, 4 + chance.below(12));
        List<Whereabouts> silent = new ArrayList<>();
        for (Whereabouts peer : crowd) {
            table.onHeard(peer, 10, 0);
            if (!chance.happens(0.5)) continue;
            silent.add(peer);
            for (int i = 0; i < 3; i++) table.onMiss(peer.peer());
        }
        List<Whereabouts> asked = table.nearestToAsk(Somebody.key(chance), 20);
        assertThat(asked).hasSize(crowd.size());
        int living = crowd.size() - silent.size();
        assertThat(asked.subList(0, living)).doesNotContainAnyElementsOf(silent);
        assertThat(table.nearest(Somebody.key(chance), 20)).hasSize(living);
    }

    @ParameterizedTest(name = TAG + "25: Randomized Republishing Timing, seed {0}")
    @MethodSource("tries")
    void holdersDrawDifferentMomentsWithinTheWindow(long seed) {
        QuestionNet net = new QuestionNet(seed);
        List<Long> drawn = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Dht dht = net.join(DhtConfig.defaults(), true).dht;
            Republishing republishing = new Republishing(dht, net.crypto, new Shelf(net.randomKey(), 10));
            SignedRecord record = Somebody.record(net.randomKey(), Kind.POINTER, 1, 1, net.wallMillis(), 100);
            long wait = republishing.drawMillis(record) - net.nowMillis();
            assertThat(wait).isBetween(45 * MINUTE, 75 * MINUTE);
            drawn.add(wait);
        }
        assertThat(drawn.stream().distinct().count()).isGreaterThanOrEqualTo(9);
    }

    @ParameterizedTest(name = TAG + "26: Delegated Replication Optimization, seed {0}")
    @MethodSource("tries")
    void oneHolderComparesForAllInAWindow(long seed) {
        QuestionNet net = drawn(seed);
        put(net, new Owner(net.crypto).record(Kind.POINTER, net.wallMillis()));
        int holders = 0;
        for (Peer peer : net.peers) if (!peer.dht.shelf().isEmpty()) holders++;
        int before = asked(net, "Compare");
        net.run(100 * MINUTE);
        int compared = asked(net, "Compare") - before;
        // Two rounds fall into this time, and in each two may draw the same look of 20 s. Everybody alone would be 20
        // rounds.
        assertThat(compared).isBetween(1, 4 * holders);
    }

    @ParameterizedTest(name = TAG + "27: Lightweight Verification, seed {0}")
    @MethodSource("tries")
    void recordsMoveOnlyToThoseThatLackThem(long seed) {
        QuestionNet net = drawn(seed);
        put(net, new Owner(net.crypto).record(Kind.POINTER, net.wallMillis()));
        int lacking = 0;
        for (Peer peer : net.peers) if (peer.serves && peer.dht.shelf().isEmpty()) lacking++;
        int before = asked(net, "Put");
        net.run(3 * 60 * MINUTE);
        assertThat(asked(net, "Put") - before).isLessThanOrEqualTo(lacking);
    }

    @ParameterizedTest(name = TAG + "30: Automatic Data Encryption, seed {0}")
    @MethodSource("tries")
    void whatHoldersKeepShowsNothingOfWhoseItIs(long seed) {
        QuestionNet net = drawn(seed);
        Owner owner = new Owner(net.crypto);
        Endpoint secret = new Endpoint("udp://203.0.113." + seed + ":4711");
        SignedRecord record = owner.presence(net.wallMillis(), List.of(secret));
        put(net, record);
        for (Peer peer : net.peers)
            for (SignedRecord held : peer.dht.shelf()) {
                assertThat(held.raw().hex())
                        .doesNotContain(Bytes.utf8("203.0.113.").hex());
                for (Bytes known : owner.publicKeys())
                    assertThat(held.raw().hex()).doesNotContain(known.hex());
            }
        assertThat(owner.wanted(Kind.PRESENCE, net.wallMillis()).accepts().test(record))
                .isTrue();
    }

    @ParameterizedTest(name = TAG + "31: Tampering Detection, seed {0}")
    @MethodSource("tries")
    void aRecordWithOneBitChangedIsKeptByNobodyAndReadByNobody(long seed) {
        QuestionNet net = new QuestionNet(seed);
        Owner owner = new Owner(net.crypto);
        SignedRecord record = owner.record(Kind.PRESENCE, net.wallMillis());
        Chance chance = net.chance();
        byte[] sealed = record.sealed().toArray();
        sealed[chance.below(sealed.length)] ^= (byte) (1 << chance.below(8));
        SignedRecord tampered = new SignedRecord(
                record.key(),
                record.kind(),
                Bytes.wrap(sealed),
                record.signer(),
                record.sequence() + chance.below(2),
                record.issuedMillis(),
                record.expiresMillis(),
                record.raw());
        assertThat(owner.wanted(Kind.PRESENCE, net.wallMillis()).accepts().test(tampered))
                .isFalse();
        byte[] raw = record.raw().toArray();
        raw[chance.below(raw.length)] ^= (byte) (1 << chance.below(8));
        Peer holder = net.join(DhtConfig.defaults(), true);
        SignedRecord resigned = new SignedRecord(
                record.key(),
                record.kind(),
                record.sealed(),
                record.signer(),
                record.sequence(),
                record.issuedMillis(),
                record.expiresMillis(),
                Bytes.wrap(raw));
        Box<DhtAnswer> answer = new Box<>();
        Rpc.Asker asker = new Rpc.Asker(Somebody.alone(net.randomKey()), false);
        holder.dht.onQuestion(asker, new DhtQuestion.Put(resigned), answer::accept);
        assertThat(answer.value).isInstanceOf(DhtAnswer.Refused.class);
        assertThat(holder.dht.shelf()).isEmpty();
    }

    /** A network of 12 to 40 peers, some of them clients, up to 2 % loss, that has run for two minutes. */
    private static QuestionNet drawn(long seed) {
        QuestionNet net = new QuestionNet(seed);
        Chance chance = net.chance();
        net.loss = chance.below(3) / 100.0;
        DhtConfig config = DhtConfig.defaults().withParallel(2 + chance.below(8), 4 + chance.below(8));
        int count = 12 + chance.below(29);
        for (int i = 0; i < count; i++) {
            Peer peer = net.join(config, i < 6 || !chance.happens(0.2));
            if (i > 0) peer.dht.seed(List.of(net.peers.get(chance.below(Math.min(i, 6))).where));
            net.after(1 + chance.below(10_000), peer.dht::start);
        }
        net.run(2 * MINUTE);
        return net;
    }

    private static void put(QuestionNet net, SignedRecord record) {
        Box<Stored> stored = new Box<>();
        net.peers.get(0).dht.put(record, Purpose.NORMAL, Care.QUICK, LookupTrace.NONE, stored);
        net.run(8_000);
        assertThat(stored.value).isNotNull();
        assertThat(stored.value.holders()).isNotEmpty();
    }

    private static int asked(QuestionNet net, String kind) {
        int asked = 0;
        for (Peer peer : net.peers) asked += peer.askedByKind.getOrDefault(kind, 0);
        return asked;
    }
}
