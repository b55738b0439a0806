package linnet.core.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import linnet.core.bootstrap.Bootstrap.State;
import linnet.core.dht.DhtConfig;
import linnet.core.dht.Found;
import linnet.core.dht.LookupTrace;
import linnet.core.dht.Purpose;
import linnet.core.dht.RoutingTable;
import linnet.core.env.Chance;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.fixture.LinkNet;
import linnet.core.fixture.LinkNet.Node;
import linnet.core.fixture.QuestionNet.Box;
import linnet.core.fixture.QuestionNet.Peer;
import linnet.core.id.Key;
import linnet.core.id.PeerId;
import linnet.core.wire.Whereabouts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties of seed 002 about joining and recovery, each over 100 generated networks (docs/PROPERTIES.md). */
class BootstrapPropertiesTest {
    private static final String TAG = "Feature: dht-connection-recovery, Property ";
    private static final long SECOND = 1_000;

    /** Blackouts are short; a tunnel and a basement are not. */
    private static final long[] DARK_MINUTES = {1, 10, 60};

    static LongStream tries() {
        return LongStream.rangeClosed(1, 100);
    }

    @ParameterizedTest(name = TAG + "1: Startup Connection Success, seed {0}")
    @MethodSource("tries")
    void everyNodeHasALinkWithinThirtySecondsOfItsStart(long seed) {
        LinkNet net = drawn(seed);
        net.net.run(40 * SECOND);
        for (Node node : net.nodes) assertThat(node.up()).isNotEmpty();
    }

    @ParameterizedTest(name = TAG + "2: Connection Loss Recovery, seed {0}")
    @MethodSource("tries")
    void allLinksAreBackWithinAMinuteOfTheNetwork(long seed) {
        LinkNet net = drawn(seed);
        net.net.run(60 * SECOND);
        long darkMillis = (1L + net.net.chance().below(90)) * SECOND;
        net.net.road = (from, to) -> false;
        net.cutAll();
        net.net.run(darkMillis);
        net.net.road = (from, to) -> true;
        net.net.run(60 * SECOND);
        for (Node node : net.nodes) assertThat(node.up()).hasSizeGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest(name = TAG + "3: Exponential Backoff Retry, seed {0}")
    @MethodSource("tries")
    void waitsForOnePeerDoubleAndAfterFiveTriesItIsLeftAlone(long seed) {
        Chance chance = new Chance(seed);
        long first = 100L + chance.below(2_000);
        int max = 1 + chance.below(8);
        Attempts attempts = new Attempts(max, first, 600_000);
        PeerId peer = new PeerId(new Key((int) seed, 0, 0, 0, 0, 0, 0, 0));
        long now = 0;
        for (int i = 1; i <= max; i++) {
            long wait = attempts.onFailure(peer, now, chance);
            long whole = i == max ? 600_000 : Math.min(600_000, first << (i - 1));
            assertThat(wait).isBetween(whole / 2, whole);
            now += wait;
            assertThat(attempts.allows(peer, now)).isTrue();
        }
    }

    @ParameterizedTest(name = TAG + "5: Connection Failure Logging, seed {0}")
    @MethodSource("tries")
    void everyNodeThatCannotJoinOrLosesAllSaysSoInTheLog(long seed) {
        LinkNet net = drawn(seed);
        net.net.run(60 * SECOND);
        net.net.road = (from, to) -> false;
        net.cutAll();
        Node late =
                net.join(BootstrapConfig.defaults(), DhtConfig.defaults(), true, List.of(net.nodes.get(0).peer.where));
        late.start();
        net.net.run(60 * SECOND);
        assertThat(late.peer.logged).containsKey("bootstrap.failed");
        for (Node node : net.nodes)
            if (node != late) assertThat(node.peer.logged).containsKey("bootstrap.lost");
    }

    @ParameterizedTest(name = TAG + "13: Stateless Bootstrap Interactions, seed {0}")
    @MethodSource("tries")
    void aSeedKeepsNothingOfThoseItHelpedIn(long seed) {
        LinkNet net = drawn(seed);
        net.net.run(90 * SECOND);
        Node helper = net.nodes.get(0);
        int before = helper.up().size();
        for (int i = 0; i < 5; i++) {
            Node newcomer =
                    net.join(BootstrapConfig.defaults(), DhtConfig.defaults(), false, List.of(helper.peer.where));
            newcomer.start();
            net.net.run(8 * SECOND);
            assertThat(newcomer.bootstrap.state()).isEqualTo(State.MESHED);
            assertThat(newcomer.isUp(helper.peer.where.peer())).isFalse();
        }
        assertThat(helper.up()).hasSize(before);
    }

    @ParameterizedTest(name = TAG + "16: Bootstrap Fallback, seed {0}")
    @MethodSource("tries")
    void whenAllItKnewAreGoneANodeComesBackThroughItsSeeds(long seed) {
        LinkNet net = drawn(seed);
        net.net.run(60 * SECOND);
        Node survivor = net.nodes.get(net.nodes.size() - 1);
        Node helper = net.nodes.get(0);
        net.net.road = (from, to) -> false;
        net.cutAll();
        // Everybody but the seed and the survivor is replaced by others whom the survivor never met.
        for (Node node : List.copyOf(net.nodes)) if (node != survivor && node != helper) node.crash();
        net.net.road = (from, to) -> from != survivor.peer && to != survivor.peer;
        for (int i = 0; i < 12; i++) {
            Node other = net.join(BootstrapConfig.defaults(), DhtConfig.defaults(), true, List.of(helper.peer.where));
            other.start();
        }
        net.net.run(DARK_MINUTES[(int) (seed % DARK_MINUTES.length)] * 60 * SECOND);
        net.net.road = (from, to) -> true;
        net.net.run(60 * SECOND);
        assertThat(survivor.up()).hasSizeGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest(name = TAG + "17: Partition Healing, seed {0}")
    @MethodSource("tries")
    void twoSidesThatLivedApartFindEachOtherWithinAMinute(long seed) {
        LinkNet net = drawn(seed);
        net.net.run(5 * 60 * SECOND);
        Chance chance = net.net.chance();
        List<Peer> left = new ArrayList<>();
        for (Node node : net.nodes) if (chance.happens(0.5)) left.add(node.peer);
        net.net.road = (from, to) -> left.contains(from) == left.contains(to);
        net.cutWhereNoRoad();
        net.net.run(60 * 60 * SECOND);
        net.net.road = (from, to) -> true;
        net.net.run(60 * SECOND);
        int failed = 0;
        List<Box<Found>> all = new ArrayList<>();
        List<Whereabouts> wanted = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Peer from = net.nodes.get(chance.below(net.nodes.size())).peer;
            Peer to = net.nodes.get(chance.below(net.nodes.size())).peer;
            if (left.contains(from) == left.contains(to) || !to.serves) continue;
            Box<Found> found = new Box<>();
            from.dht.lookup(to.where.peer(), Purpose.WAITED, LookupTrace.NONE, found);
            all.add(found);
            wanted.add(to.where);
        }
        net.net.run(10 * SECOND);
        for (int i = 0; i < all.size(); i++) {
            Found found = all.get(i).value;
            if (found == null || !wanted.get(i).equals(found.peer())) failed++;
        }
        assertThat(failed).isZero();
    }

    @ParameterizedTest(name = TAG + "18: Peer Announcement Propagation, seed {0}")
    @MethodSource("tries")
    void aNewcomerIsKnownToThoseNearItAndLinkedWithinThirtySeconds(long seed) {
        LinkNet net = drawn(seed);
        net.net.run(60 * SECOND);
        Node newcomer = net.join(
                BootstrapConfig.defaults(),
                DhtConfig.defaults(),
                true,
                List.of(net.nodes.get(net.net.chance().below(3)).peer.where));
        newcomer.start();
        net.net.run(30 * SECOND);
        int know = 0;
        for (Node node : net.nodes) if (node != newcomer && isNamed(node, newcomer.peer.where.peer())) know++;
        assertThat(know).isGreaterThanOrEqualTo(Math.min(8, net.nodes.size() / 2));
        assertThat(newcomer.up()).hasSizeGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest(name = TAG + "19: Minimum Connectivity, seed {0}")
    @MethodSource("tries")
    void threeLinksAreKeptWhileOthersLeave(long seed) {
        LinkNet net = drawn(seed);
        net.net.run(60 * SECOND);
        for (Node node : net.nodes) assertThat(node.up()).hasSizeGreaterThanOrEqualTo(3);
        int leaving = net.nodes.size() / 4;
        for (int i = 0; i < leaving; i++) {
            Node node = net.nodes.get(net.net.chance().below(net.nodes.size()));
            if (node.peer.isUp) node.crash();
        }
        net.net.run(60 * SECOND);
        for (Node node : net.nodes) if (node.peer.isUp) assertThat(node.up()).hasSizeGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest(name = TAG + "6: Fast Failure with Error Codes, seed {0}")
    @MethodSource("tries")
    void whatFailsFailsWithACodeAndWithoutTheLongestWait(long seed) {
        LinkNet net = drawn(seed);
        net.net.run(60 * SECOND);
        Chance chance = net.net.chance();
        Node dead = net.nodes.get(chance.below(net.nodes.size()));
        dead.crash();
        Node asker = net.nodes.get(0) == dead ? net.nodes.get(1) : net.nodes.get(0);
        List<Code> codes = new ArrayList<>();
        LookupTrace trace = new LookupTrace() {
            @Override
            public void onFailed(Whereabouts peer, int hop, Failure why) {
                codes.add(why.code());
            }
        };
        Box<Found> found = new Box<>();
        asker.peer.dht.nearest(dead.peer.where.peer().key(), Purpose.WAITED, trace, found);
        net.net.run(10 * SECOND);
        assertThat(found.value).isNotNull();
        assertThat(found.value.cost().tookMillis()).isLessThanOrEqualTo(6_000);
        for (Code code : codes) assertThat(code).isIn(Code.TIMEOUT, Code.RATE_LIMITED);
    }

    private static boolean isNamed(Node node, PeerId peer) {
        for (RoutingTable.Row row : node.peer.dht.rows())
            if (row.where().peer().equals(peer) && !row.isGone()) return true;
        return false;
    }

    /** A network of 8 to 40 nodes with one to three seeds, some of them clients, up to 2 % loss. */
    private static LinkNet drawn(long seed) {
        LinkNet net = new LinkNet(seed);
        Chance chance = net.net.chance();
        int seeds = 1 + chance.below(3);
        int count = 8 + chance.below(33);
        net.net.loss = chance.below(3) / 100.0;
        DhtConfig config = DhtConfig.defaults().withBucketSize(8 + chance.below(13));
        List<Whereabouts> known = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean serves = i < 6 || !chance.happens(0.2);
            Node node = net.join(BootstrapConfig.defaults(), config, serves, List.copyOf(known));
            if (i < seeds) {
                known.add(node.peer.where);
                node.start();
            } else net.net.after(1 + chance.below(10_000), node::start);
        }
        return net;
    }
}
