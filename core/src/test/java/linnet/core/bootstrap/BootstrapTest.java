package linnet.core.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import linnet.core.bootstrap.Bootstrap.State;
import linnet.core.dht.DhtConfig;
import linnet.core.env.Chance;
import linnet.core.fixture.LinkNet;
import linnet.core.fixture.LinkNet.Node;
import linnet.core.id.Key;
import linnet.core.id.PeerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BootstrapTest {
    static LongStream seeds() {
        return LongStream.rangeClosed(1, 10);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void manyThatStartTogetherHaveThreeLinksEachAndNoHub(long seed) {
        LinkNet net = new LinkNet(seed);
        net.settle(80, 3, 10_000);
        net.net.run(10_000 + 5_000);
        int few = 0;
        for (Node node : net.nodes) if (node.up().size() < 3) few++;
        assertThat(few).isLessThanOrEqualTo(4);
        net.net.run(55_000);
        int links = 0;
        int most = 0;
        for (Node node : net.nodes) {
            assertThat(node.up()).hasSizeGreaterThanOrEqualTo(3);
            assertThat(node.bootstrap.state()).isEqualTo(State.MESHED);
            links += node.up().size();
            most = Math.max(most, node.up().size());
        }
        assertThat(most).isLessThanOrEqualTo(links / 12);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whoLostAllLinksIsBackWithinTenSecondsOfTheNetwork(long seed) {
        LinkNet net = inTheDark(seed, 60, 3);
        net.net.run(60_000);
        for (Node node : net.nodes) assertThat(node.bootstrap.state()).isEqualTo(State.RECOVERING);
        net.net.road = (from, to) -> true;
        net.net.run(10_000);
        for (Node node : net.nodes) {
            assertThat(node.up()).hasSizeGreaterThanOrEqualTo(3);
            assertThat(node.recoveries).isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void recoveryNeedsNoSeedThatStillLives(long seed) {
        LinkNet net = new LinkNet(seed);
        net.settle(60, 3, 5_000);
        net.net.run(60_000);
        for (Node node : net.nodes.subList(0, 3)) node.crash();
        net.net.road = (from, to) -> false;
        net.cutAll();
        net.net.run(60_000);
        net.net.road = (from, to) -> true;
        net.net.run(20_000);
        for (Node node : net.nodes.subList(3, 60)) assertThat(node.up()).hasSizeGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void twoWhoKnowOnlyEachOtherMeetWithinTenSecondsAfterALongDarkness(long seed) {
        LinkNet net = inTheDark(seed, 2, 1);
        net.net.run(600_000);
        net.net.road = (from, to) -> true;
        net.net.run(10_000);
        for (Node node : net.nodes) assertThat(node.up()).hasSize(1);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void afterMinutesInTheDarkANodeDialsSeldom(long seed) {
        LinkNet net = inTheDark(seed, 30, 3);
        dialsSeldomInTheEnd(net);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whereQuestionsPassAndNoLinkDoesANodeDialsSeldomInTheEnd(long seed) {
        LinkNet net = new LinkNet(seed);
        net.settle(30, 3, 5_000);
        net.net.run(60_000);
        net.isShut = true;
        net.cutAll();
        dialsSeldomInTheEnd(net);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whereLinksPassAndNoQuestionDoesEverybodyOfATableHasATurn(long seed) {
        LinkNet net = inTheDark(seed, 40, 3);
        List<Node> living = net.nodes.subList(28, 40);
        for (Node node : net.nodes.subList(0, 28)) node.crash();
        net.net.run(600_000);
        net.net.road = (from, to) -> true;
        net.net.loss = 1;
        net.net.run(60_000);
        for (Node node : living) assertThat(node.up()).isNotEmpty();
    }

    /** Nodes that knew each other, and that nothing leads to any more. */
    private static LinkNet inTheDark(long seed, int nodes, int seeds) {
        LinkNet net = new LinkNet(seed);
        net.settle(nodes, seeds, 5_000);
        net.net.run(60_000);
        net.net.road = (from, to) -> false;
        net.cutAll();
        return net;
    }

    private static void dialsSeldomInTheEnd(LinkNet net) {
        net.net.run(360_000);
        long begin = net.net.nowMillis();
        net.net.run(600_000);
        for (Node node : net.nodes) {
            int dials = 0;
            for (long millis : node.dialMillis) if (millis > begin) dials++;
            assertThat(dials).isBetween(60, 240);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void inNoSecondDoesANodeDialMoreThanFiveTimes(long seed) {
        LinkNet net = inTheDark(seed, 50, 3);
        net.net.run(60_000);
        net.net.road = (from, to) -> true;
        net.net.run(30_000);
        for (Node node : net.nodes)
            for (int i = 5; i < node.dialMillis.size(); i++)
                assertThat(node.dialMillis.get(i) - node.dialMillis.get(i - 5)).isGreaterThanOrEqualTo(1_000);
    }

    @Test
    void oneInvitationIsEnoughToJoin() {
        LinkNet net = new LinkNet(1);
        net.settle(20, 1, 5_000);
        net.net.run(60_000);
        net.nodes.get(0).crash();
        Node invited = net.join(
                BootstrapConfig.defaults(),
                DhtConfig.defaults(),
                false,
                List.of(net.nodes.get(0).peer.where, net.nodes.get(7).peer.where));
        invited.start();
        net.net.run(5_000);
        assertThat(invited.up()).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void aNodeWhoseSeedsAreDeadSaysSoAndJoinsWhenOneComesBack() {
        LinkNet net = new LinkNet(2);
        net.settle(10, 2, 1_000);
        net.net.run(60_000);
        net.net.road = (from, to) -> false;
        Node newcomer = net.join(
                BootstrapConfig.defaults(),
                DhtConfig.defaults(),
                true,
                List.of(net.nodes.get(0).peer.where, net.nodes.get(1).peer.where));
        newcomer.start();
        net.net.run(60_000);
        assertThat(newcomer.bootstrap.state()).isEqualTo(State.ALONE);
        assertThat(newcomer.peer.logged).containsKey("bootstrap.failed");
        net.net.road = (from, to) -> true;
        net.net.run(15_000);
        assertThat(newcomer.up()).hasSizeGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void waitsDoubleWithJitterAndAfterFiveAttemptsThereIsARest(long seed) {
        Chance chance = new Chance(seed);
        Attempts attempts = new Attempts(5, 500, 60_000);
        PeerId peer = new PeerId(new Key(1, 2, 3, 4, 5, 6, 7, 8));
        long now = 0;
        for (int i = 0; i < 20; i++) {
            assertThat(attempts.allows(peer, now)).isTrue();
            long whole = i % 5 == 4 ? 60_000 : 500L << i % 5;
            long wait = attempts.onFailure(peer, now, chance);
            assertThat(wait).isBetween(whole / 2, whole);
            assertThat(attempts.allows(peer, now + wait - 1)).isFalse();
            now += wait;
        }
        attempts.onFailure(peer, now, chance);
        attempts.onSuccess(peer);
        assertThat(attempts.allows(peer, now)).isTrue();
    }
}
