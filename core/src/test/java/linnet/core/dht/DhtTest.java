package linnet.core.dht;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.fixture.QuestionNet;
import linnet.core.fixture.QuestionNet.Box;
import linnet.core.fixture.QuestionNet.Peer;
import linnet.core.id.Endpoint;
import linnet.core.id.PeerId;
import linnet.core.link.Rpc;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.SignedRecord;
import linnet.core.wire.SignedRecord.Kind;
import linnet.core.wire.Whereabouts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DhtTest {
    private static final long MINUTE = 60_000;
    private static final DhtConfig CONFIG = DhtConfig.defaults();

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 10);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everybodyFindsEverybody(long seed) {
        QuestionNet net = network(seed, 60);
        for (int i = 0; i < 200; i++) {
            Peer asker = living(net);
            Peer other = living(net);
            if (asker == other) continue;
            Box<Found> found = new Box<>();
            asker.dht.lookup(other.where.peer(), Purpose.WAITED, LookupTrace.NONE, found);
            net.run(2_000);
            assertThat(found.value).isNotNull();
            assertThat(found.value.peer()).isEqualTo(other.where);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aRecordIsFoundByEverybodyAndAlwaysTheNewestOne(long seed) {
        QuestionNet net = network(seed, 60);
        net.loss = 0.01;
        Owner owner = new Owner(net.crypto);
        Peer home = living(net);
        for (int version = 0; version < 5; version++) {
            home.dht.publish(Kind.PRESENCE, day -> owner.record(Kind.PRESENCE, day, net.wallMillis()));
            net.run(5_000);
            for (int i = 0; i < 20; i++) {
                Fetched fetched = get(net, living(net), owner, Kind.PRESENCE, Care.QUICK);
                assertThat(fetched.record()).isNotNull();
                if (!fetched.isCached()) assertThat(fetched.record().sequence()).isEqualTo(owner.sequence());
            }
        }
    }

    @Test
    void threePeersTryAtOnceWhetherTheyReachANewcomerThoughItsAddressIsToldAfterItsStart() {
        QuestionNet net = network(1, 20);
        Host unreached = new Host() {
            @Override
            public void dialBack(Whereabouts peer, Endpoint at, Consumer<Boolean> onTried) {
                onTried.accept(false);
            }

            @Override
            public void onServing(boolean serves) {}
        };
        Peer newcomer = net.join(net.randomKey(), CONFIG, true, unreached);
        newcomer.dht.seed(List.of(net.peers.get(0).where));
        newcomer.dht.start();
        newcomer.dht.onSelf(newcomer.where);
        net.run(3_000);
        assertThat(newcomer.askedByKind).containsEntry("DialBack", 3);
    }

    @Test
    void whoReadTwiceReadsFromItsOwnMemory() {
        QuestionNet net = network(1, 40);
        Owner owner = new Owner(net.crypto);
        put(net, owner.record(Kind.PRESENCE, net.wallMillis()));
        Peer reader = net.peers.get(7);
        get(net, reader, owner, Kind.PRESENCE, Care.QUICK);
        int before = reader.asked;
        assertThat(get(net, reader, owner, Kind.PRESENCE, Care.QUICK).isCached())
                .isTrue();
        assertThat(reader.askedByKind.getOrDefault("Get", 0)).isPositive();
        assertThat(reader.asked - before).isLessThanOrEqualTo(3);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aRecordIsFoundWhenHalfOfAllPeersAreGone(long seed) {
        QuestionNet net = network(seed, 80);
        Owner owner = new Owner(net.crypto);
        put(net, owner.record(Kind.POINTER, net.wallMillis()));
        for (Peer peer : net.peers) if (net.chance().happens(0.5)) peer.isUp = false;
        for (int i = 0; i < 10; i++)
            assertThat(get(net, living(net), owner, Kind.POINTER, Care.QUICK).record())
                    .isNotNull();
    }

    @Test
    void aRecordThatNobodyHasIsNotFoundAndTheSearchEnds() {
        QuestionNet net = network(3, 40);
        Fetched fetched = get(net, living(net), new Owner(net.crypto), Kind.PRESENCE, Care.QUICK);
        assertThat(fetched.record()).isNull();
        assertThat(fetched.cost().questions()).isLessThanOrEqualTo(Lookup.QUESTIONS_MAX);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatLiarsSayIsNeverReturned(long seed) {
        QuestionNet net = network(seed, 60);
        Owner owner = new Owner(net.crypto);
        SignedRecord old = owner.record(Kind.PRESENCE, net.wallMillis());
        SignedRecord live = owner.record(Kind.PRESENCE, net.wallMillis());
        put(net, live);
        Owner stranger = new Owner(net.crypto);
        for (Peer peer : net.peers)
            if (net.chance().happens(0.4))
                peer.served = new Liar(net, peer, old, stranger.record(Kind.PRESENCE, net.wallMillis()));
        int found = 0;
        for (int i = 0; i < 20; i++) {
            Peer reader = living(net);
            SignedRecord record =
                    get(net, reader, owner, Kind.PRESENCE, Care.GUARDED).record();
            if (record == null) continue;
            found++;
            assertThat(record).isEqualTo(live);
        }
        assertThat(found).isEqualTo(20);
    }

    @Test
    void aBridgePassesQuestionsOnAndRefusesData() {
        QuestionNet net = new QuestionNet(5);
        Peer bridge = net.join(CONFIG.withKeepsData(false), true);
        bridge.dht.start();
        net.settle(30, CONFIG, 5_000);
        net.run(MINUTE);
        Owner owner = new Owner(net.crypto);
        SignedRecord record = owner.record(Kind.POINTER, net.wallMillis());
        put(net, record);
        assertThat(bridge.dht.shelf()).isEmpty();
        assertThat(bridge.answered).isPositive();
        Box<Failure> refusal = new Box<>();
        net.peers.get(3).ask(bridge.where, new DhtQuestion.Put(record), RoundTrips.UNLINKED_MAX, failing(refusal));
        net.run(3_000);
        assertThat(refusal.value).isNotNull();
        assertThat(refusal.value.code()).isEqualTo(Code.BRIDGE_REFUSES_DATA);
        assertThat(get(net, bridge, owner, Kind.POINTER, Care.QUICK).record()).isEqualTo(record);
    }

    @Test
    void aClientFindsOthersAndIsInNobodysTable() {
        QuestionNet net = network(6, 30);
        Peer client = net.join(CONFIG, false);
        client.dht.seed(List.of(net.peers.get(0).where));
        client.dht.start();
        net.run(5 * MINUTE);
        Box<Found> found = new Box<>();
        client.dht.lookup(net.peers.get(9).where.peer(), Purpose.WAITED, LookupTrace.NONE, found);
        net.run(3_000);
        assertThat(found.value).isNotNull();
        assertThat(found.value.peer()).isNotNull();
        for (Peer peer : net.peers)
            for (RoutingTable.Row row : peer.dht.rows())
                assertThat(row.where().peer()).isNotEqualTo(client.where.peer());
    }

    @Test
    void aForgedRecordIsRefused() {
        QuestionNet net = network(7, 10);
        SignedRecord good = new Owner(net.crypto).record(Kind.POINTER, net.wallMillis());
        SignedRecord forged = new SignedRecord(
                good.key(),
                good.kind(),
                good.sealed(),
                new Owner(net.crypto).record(Kind.POINTER, net.wallMillis()).signer(),
                good.sequence() + 1,
                good.issuedMillis(),
                good.expiresMillis(),
                good.raw());
        Box<Failure> refusal = new Box<>();
        net.peers
                .get(0)
                .ask(net.peers.get(1).where, new DhtQuestion.Put(forged), RoundTrips.UNLINKED_MAX, failing(refusal));
        net.run(3_000);
        assertThat(refusal.value).isNotNull();
        assertThat(refusal.value.code()).isEqualTo(Code.TAMPERED);
        assertThat(net.peers.get(1).dht.shelf()).isEmpty();
    }

    @Test
    void aNewcomerIsKnownToThoseNearItWithinSeconds() {
        QuestionNet net = network(8, 60);
        Peer newcomer = net.join(CONFIG, true);
        newcomer.dht.seed(List.of(net.peers.get(0).where));
        newcomer.dht.start();
        net.run(5_000);
        List<Whereabouts> others = new ArrayList<>();
        for (Peer peer : net.peers) if (peer != newcomer) others.add(peer.where);
        TreeSet<PeerId> near = new TreeSet<>();
        for (Whereabouts where :
                Somebody.sorted(newcomer.where.peer().key(), others).subList(0, 10)) near.add(where.peer());
        for (Peer peer : net.peers)
            if (near.contains(peer.where.peer()))
                assertThat(peer.dht.neighbours(60))
                        .extracting(Whereabouts::peer)
                        .contains(newcomer.where.peer());
    }

    @Test
    void anOwnRecordStaysInTheNetworkWhileItsOwnerIsThereAndRunsOutAfterwards() {
        QuestionNet net = network(9, 40);
        Owner owner = new Owner(net.crypto);
        Peer home = net.peers.get(5);
        home.dht.publish(Kind.PRESENCE, day -> owner.record(Kind.PRESENCE, day, net.wallMillis()));
        for (int i = 0; i < 6; i++) {
            net.run(7 * MINUTE);
            assertThat(get(net, net.peers.get(10 + i), owner, Kind.PRESENCE, Care.QUICK)
                            .record())
                    .isNotNull();
        }
        home.isUp = false;
        net.run(13 * MINUTE);
        assertThat(get(net, net.peers.get(20), owner, Kind.PRESENCE, Care.QUICK).record())
                .isNull();
    }

    @Test
    void holdersBringARecordToNewcomersWhenItsOwnerAndMostHoldersAreGone() {
        QuestionNet net = network(10, 60);
        Owner owner = new Owner(net.crypto);
        Wanted wanted = owner.wanted(Kind.POINTER, net.wallMillis());
        put(net, owner.record(Kind.POINTER, net.wallMillis()));
        for (int hour = 0; hour < 8; hour++) {
            for (Peer peer : net.peers) if (net.chance().happens(0.4)) peer.isUp = false;
            net.settle(30, CONFIG, 60_000);
            for (Peer peer : net.peers.subList(net.peers.size() - 30, net.peers.size()))
                peer.dht.seed(List.of(living(net).where));
            net.run(80 * MINUTE);
        }
        Box<Fetched> fetched = new Box<>();
        living(net).dht.get(wanted, Purpose.WAITED, Care.QUICK, LookupTrace.NONE, fetched);
        net.run(10_000);
        assertThat(fetched.value).isNotNull();
        assertThat(fetched.value.record()).isNotNull();
    }

    @Test
    void oneHolderRepublishesForAllAndOnlyDigestsMoveWhereNothingIsLacking() {
        QuestionNet net = network(11, 30);
        Owner owner = new Owner(net.crypto);
        put(net, owner.record(Kind.POINTER, net.wallMillis()));
        int puts = asked(net, "Put");
        int before = asked(net, "Compare");
        net.run(12 * 60 * MINUTE);
        int rounds = (asked(net, "Compare") - before) / 20;
        // Every fifth time two draw the same look of 20 s.
        assertThat(rounds).isBetween(8, 26);
        assertThat(asked(net, "Put") - puts).isLessThanOrEqualTo(30);
    }

    @Test
    void aPhoneThatSleptEightHoursHasALiveTableAfterOneWindow() {
        QuestionNet net = network(12, 80);
        Peer phone = net.join(CONFIG, false);
        phone.dht.seed(List.of(net.peers.get(0).where));
        phone.dht.start();
        net.run(40 * MINUTE);
        phone.isUp = false;
        for (Peer peer : net.peers) if (peer != phone && net.chance().happens(0.6)) peer.isUp = false;
        net.run(8 * 60 * MINUTE);
        phone.isUp = true;
        phone.dht.onWindow();
        net.run(20_000);
        int live = 0;
        int all = 0;
        for (RoutingTable.Row row : phone.dht.rows()) {
            if (row.isGone() || !row.isProven()) continue;
            all++;
            for (Peer peer : net.peers)
                if (peer.isUp && peer.where.peer().equals(row.where().peer())) live++;
        }
        assertThat(all).isGreaterThan(10);
        assertThat(live * 100).isGreaterThanOrEqualTo(all * 95);
    }

    @Test
    void anIdlePeerAsksLittle() {
        QuestionNet net = network(13, 100);
        net.run(60 * MINUTE);
        int before = 0;
        for (Peer peer : net.peers) before += peer.asked;
        net.run(60 * MINUTE);
        int asked = -before;
        for (Peer peer : net.peers) asked += peer.asked;
        assertThat(asked).isLessThanOrEqualTo(5 * 60 * net.peers.size());
    }

    @Test
    void aNodeThatIsCutOffRemembersEverybodyAndComesBackByItself() {
        QuestionNet net = network(14, 40);
        Peer lonely = net.peers.get(4);
        int before = lonely.dht.rows().size();
        net.road = (from, to) -> from != lonely && to != lonely;
        net.run(3 * 60 * MINUTE);
        assertThat(lonely.dht.rows()).hasSize(before);
        net.road = (from, to) -> true;
        net.run(2 * MINUTE);
        Box<Found> found = new Box<>();
        net.peers.get(20).dht.lookup(lonely.where.peer(), Purpose.WAITED, LookupTrace.NONE, found);
        net.run(3_000);
        assertThat(found.value).isNotNull();
        assertThat(found.value.peer()).isEqualTo(lonely.where);
    }

    @Test
    void whoAsksWithoutEndIsRefused() {
        QuestionNet net = network(15, 5);
        Peer flood = net.peers.get(0);
        Peer victim = net.peers.get(1);
        int[] refused = {0};
        for (int i = 0; i < 2_000; i++)
            flood.ask(victim.where, new DhtQuestion.Ping(), RoundTrips.UNLINKED_MAX, new Rpc.Answer<>() {
                @Override
                public void onAnswer(DhtAnswer.Pong answer, int rttMillis) {}

                @Override
                public void onFailure(Failure why) {
                    if (why.code() == Code.RATE_LIMITED) refused[0]++;
                }
            });
        net.run(5_000);
        assertThat(refused[0]).isGreaterThan(1_000);
    }

    @Test
    void aTraceShowsEveryHopAsItAnswers() {
        QuestionNet net = network(16, 60);
        List<String> seen = new ArrayList<>();
        LookupTrace trace = new LookupTrace() {
            @Override
            public void onAsked(Whereabouts peer, int hop) {
                seen.add("asked " + hop);
            }

            @Override
            public void onAnswered(Whereabouts peer, int hop, int rttMillis, int named, int records) {
                seen.add("answered " + hop);
            }
        };
        Box<Found> found = new Box<>();
        net.peers.get(0).dht.nearest(net.randomKey(), Purpose.NORMAL, trace, found);
        assertThat(seen).containsOnly("asked 1").hasSize(6);
        net.run(3_000);
        assertThat(found.value).isNotNull();
        assertThat(seen.stream().filter(line -> line.startsWith("answered")).count())
                .isGreaterThanOrEqualTo(20);
    }

    /** Gives what it is told to give, whatever is asked for, and names only others of its kind. */
    private record Liar(QuestionNet net, Peer peer, SignedRecord old, SignedRecord foreign) implements Rpc.Served {
        @Override
        public void onQuestion(Rpc.Asker from, DhtQuestion<?> question, Rpc.Reply reply) {
            List<Whereabouts> liars = new ArrayList<>();
            for (Peer other : net.peers) if (other.served instanceof Liar && liars.size() < 20) liars.add(other.where);
            if (question instanceof DhtQuestion.Get get) {
                SignedRecord moved = new SignedRecord(
                        get.key(),
                        foreign.kind(),
                        foreign.sealed(),
                        foreign.signer(),
                        foreign.sequence() + 1_000,
                        foreign.issuedMillis(),
                        foreign.expiresMillis(),
                        foreign.raw());
                reply.answer(new DhtAnswer.Held(List.of(old, moved, foreign), liars));
            } else if (question instanceof DhtQuestion.Find) reply.answer(new DhtAnswer.Nearest(liars));
            else peer.dht.onQuestion(from, question, reply);
        }
    }

    private static QuestionNet network(long seed, int peers) {
        QuestionNet net = new QuestionNet(seed);
        net.settle(peers, CONFIG, 10_000);
        net.run(2 * MINUTE);
        return net;
    }

    private static Peer living(QuestionNet net) {
        while (true) {
            Peer peer = net.peers.get(net.chance().below(net.peers.size()));
            if (peer.isUp) return peer;
        }
    }

    private static void put(QuestionNet net, SignedRecord record) {
        Box<Stored> stored = new Box<>();
        living(net).dht.put(record, Purpose.NORMAL, Care.QUICK, LookupTrace.NONE, stored);
        net.run(5_000);
        assertThat(stored.value).isNotNull();
        assertThat(stored.value.holders()).isNotEmpty();
    }

    private static Fetched get(QuestionNet net, Peer reader, Owner owner, Kind kind, Care care) {
        Box<Fetched> fetched = new Box<>();
        reader.dht.get(owner.wanted(kind, net.wallMillis()), Purpose.WAITED, care, LookupTrace.NONE, fetched);
        net.run(10_000);
        assertThat(fetched.value).isNotNull();
        return fetched.value;
    }

    private static int asked(QuestionNet net, String kind) {
        int asked = 0;
        for (Peer peer : net.peers) asked += peer.askedByKind.getOrDefault(kind, 0);
        return asked;
    }

    private static <A extends DhtAnswer> Rpc.Answer<A> failing(Box<Failure> failure) {
        return new Rpc.Answer<>() {
            @Override
            public void onAnswer(A answer, int rttMillis) {}

            @Override
            public void onFailure(Failure why) {
                failure.accept(why);
            }
        };
    }
}
