package linnet.core.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.env.ProtocolViolation;
import linnet.core.env.Result;
import linnet.core.id.Endpoint;
import linnet.core.link.Links.Standing;
import org.junit.jupiter.api.Test;

/** Links between well-behaved peers. Hostile ones have tests of their own. */
class LinkPoolTest {
    private static final Endpoint NOBODY = new Endpoint("mem:99");
    private static final Endpoint HOLE = new Endpoint("hole:1");
    private static final Endpoint UNKNOWN_KIND = new Endpoint("ws://192.0.2.1:7071/");

    private final TestNet net = new TestNet();
    private final Station alice = new Station(net, 1);
    private final Station bob = new Station(net, 2);

    @Test
    void twoPeersLinkAndExchangeFramesInOrder() {
        link(alice, bob);
        for (int i = 1; i <= 50; i++) {
            assertThat(alice.send(bob, i)).isTrue();
            assertThat(bob.send(alice, 100 + i)).isTrue();
        }
        net.run(100);
        assertThat(bob.frames).hasSize(50).isSorted();
        assertThat(alice.frames).hasSize(50).isSorted();
        assertThat(alice.heard).containsExactly("up");
        assertThat(bob.heard).containsExactly("up");
        assertThat(alice.pool().up()).containsExactly(bob.peer);
    }

    @Test
    void theDiallerIsUpOnlyAfterASignOfTheOtherSide() {
        alice.open(bob);
        // Two trips for the channel, three for the handshake; the sixth carries the sign.
        net.run(5 * TestNet.LATENCY_MILLIS);
        assertThat(bob.isUp(alice)).isTrue();
        assertThat(alice.isUp(bob)).isFalse();
        assertThat(alice.send(bob, 1)).isFalse();
        net.run(TestNet.LATENCY_MILLIS);
        assertThat(alice.isUp(bob)).isTrue();
    }

    @Test
    void endpointsAreTriedInOrder() {
        Rogue mallory = new Rogue(66, false);
        Rogue sleeper = new Rogue(67, false);
        sleeper.isMute = true;
        alice.open(bob.peer, UNKNOWN_KIND, NOBODY, net.join(mallory), net.join(sleeper), HOLE, bob.endpoint());
        net.run(1_000 + LinkConfig.HANDSHAKE_MILLIS + LinkConfig.DIAL_MILLIS);
        assertThat(alice.isUp(bob)).isTrue();
        assertThat(alice.failures).isEmpty();
        assertThat(alice.logged)
                .containsSubsequence(
                        "link.dial-failed NOT_LISTENING",
                        "link.violation IDENTITY_MISMATCH",
                        "link.handshake-failed TIMEOUT",
                        "link.dial-failed TIMEOUT",
                        "link.proved");
    }

    @Test
    void theLastFailureIsHeardOnce() {
        alice.open(bob.peer, HOLE, NOBODY);
        net.run(60_000);
        assertThat(alice.failures).containsExactly(Code.NOT_LISTENING);
    }

    @Test
    void everybodyWhoAskedHearsOfTheFailure() {
        alice.open(bob.peer, HOLE);
        alice.open(bob.peer, NOBODY, HOLE);
        net.run(60_000);
        assertThat(alice.failures).containsExactly(Code.NOT_LISTENING, Code.NOT_LISTENING);
    }

    @Test
    void whoAsksLaterBringsTheAddressThatWorks() {
        alice.open(bob.peer, UNKNOWN_KIND);
        alice.open(bob.peer, NOBODY);
        alice.open(bob.peer, bob.endpoint());
        net.run(1_000);
        assertThat(alice.isUp(bob)).isTrue();
        assertThat(alice.failures).isEmpty();
    }

    @Test
    void aDialEndsAfterItsDeadline() {
        alice.open(bob.peer, HOLE);
        net.run(LinkConfig.DIAL_MILLIS - 1);
        assertThat(alice.failures).isEmpty();
        net.run(1);
        assertThat(alice.failures).containsExactly(Code.TIMEOUT);
    }

    @Test
    void withoutAnAddressTheFailureIsHeardLater() {
        alice.open(bob.peer, UNKNOWN_KIND);
        assertThat(alice.failures).isEmpty();
        net.run(0);
        assertThat(alice.failures).containsExactly(Code.NO_CONNECTION);
    }

    @Test
    void openingTwiceDialsOnce() {
        alice.open(bob);
        alice.open(bob);
        net.run(1_000);
        alice.open(bob);
        net.run(1_000);
        assertThat(net.pipes).hasSize(1);
    }

    @Test
    void aPeerCanBeOpenedAgainAfterAFailure() {
        bob.isListening = false;
        alice.open(bob);
        net.run(1_000);
        bob.isListening = true;
        alice.open(bob);
        net.run(1_000);
        assertThat(alice.failures).containsExactly(Code.NOT_LISTENING);
        assertThat(alice.isUp(bob)).isTrue();
    }

    @Test
    void nobodyDialsItself() {
        assertThatThrownBy(() -> alice.open(alice)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void closingLetsWhatWaitsLeaveAndTellsWhy() {
        link(alice, bob);
        alice.send(bob, 1);
        alice.pool().close(bob.peer, new Failure(Code.REFUSED));
        net.run(100);
        assertThat(bob.frames).containsExactly(1);
        assertThat(bob.heard).containsExactly("up", "down REFUSED");
        assertThat(alice.heard).containsExactly("up", "down REFUSED");
        assertThat(openPipes()).isZero();
    }

    @Test
    void whatComesAfterClosingIsNotHeard() {
        link(alice, bob);
        alice.pool().close(bob.peer, new Failure(Code.REFUSED));
        bob.send(alice, 1);
        net.run(100);
        assertThat(alice.frames).isEmpty();
    }

    @Test
    void stoppingClosesEveryLinkAndTakesNoNewOne() {
        link(alice, bob);
        alice.pool().stop();
        alice.open(bob);
        net.run(1_000);
        assertThat(bob.heard).containsExactly("up", "down STOPPING");
        assertThat(alice.heard).containsExactly("up");
        assertThat(alice.pool().incoming("somewhere")).isEqualTo(new Result.No<>(new Failure(Code.STOPPING)));
        assertThat(net.pipes).hasSize(1);
    }

    @Test
    void aBrokenChannelIsHeard() {
        link(alice, bob);
        net.pipes.get(0).dialler.breaks();
        net.run(0);
        assertThat(alice.heard).containsExactly("up", "down PEER_DISCONNECTED");
        assertThat(alice.send(bob, 1)).isFalse();
    }

    @Test
    void aLinkDescribesItself() {
        assertThat(alice.pool().describe(bob.peer)).isNull();
        link(alice, bob);
        LinkView here = alice.pool().describe(bob.peer);
        LinkView there = bob.pool().describe(alice.peer);
        assertThat(here.remote()).isEqualTo(bob.endpoint().uri());
        assertThat(here.dialledHere()).isTrue();
        assertThat(here.incarnation()).isEqualTo(1);
        assertThat(there.remote()).isEqualTo(alice.address);
        assertThat(there.dialledHere()).isFalse();
        assertThat(here.sinceMillis() - there.sinceMillis()).isEqualTo(TestNet.LATENCY_MILLIS);
        assertThat(here.sentBytes()).isPositive().isEqualTo(there.receivedBytes());
        assertThat(there.sentBytes()).isPositive().isEqualTo(here.receivedBytes());
    }

    @Test
    void aLinkKnowsItsRoundTripFromTheHandshake() {
        link(alice, bob);
        assertThat(alice.pool().describe(bob.peer).rttMillis()).isEqualTo(2 * TestNet.LATENCY_MILLIS);
        assertThat(bob.pool().describe(alice.peer).rttMillis()).isEqualTo(2 * TestNet.LATENCY_MILLIS);
    }

    @Test
    void aRestartedPeerReplacesItsOldLink() {
        link(alice, bob);
        net.pipes.get(0).dialler.goesSilent();
        bob.restart();
        bob.open(alice);
        net.run(1_000);
        assertThat(alice.heard).containsExactly("up", "up");
        assertThat(alice.pool().describe(bob.peer).incarnation()).isEqualTo(2);
        assertThat(alice.send(bob, 7)).isTrue();
        net.run(60_000);
        assertThat(bob.frames).containsExactly(7);
        assertThat(alice.heard).containsExactly("up", "up");
    }

    @Test
    void anOlderLifeOfAPeerIsTurnedAway() {
        Rogue newLife = new Rogue(5, true);
        newLife.proved = newLife.hello(Station.NETWORK, newLife.identity, 7);
        Rogue oldLife = new Rogue(5, true);
        newLife.dial(net, alice);
        net.run(1_000);
        oldLife.dial(net, alice);
        net.run(1_000);
        assertThat(oldLife.closeFrame()).isEqualTo(Code.DUPLICATE);
        assertThat(newLife.closed).isEmpty();
        assertThat(alice.heard).containsExactly("up");
    }

    @Test
    void aPeerThatLostItsLinkGetsANewOneAtOnce() {
        // Whoever is the greater, the one that still believes in the old link must not insist on it.
        for (Station[] pair : new Station[][] {{alice, bob}, {bob, alice}}) {
            Station first = pair[0];
            Station second = pair[1];
            link(first, second);
            net.run(2L * LinkConfig.DIAL_MILLIS);
            net.pipes.get(net.pipes.size() - 1).answerer.breaks();
            net.run(0);
            assertThat(second.isUp(first)).isFalse();
            second.open(first);
            net.run(200);
            assertThat(second.isUp(first)).isTrue();
            assertThat(first.send(second, 1)).isTrue();
            net.run(60_000);
            assertThat(second.frames).contains(1);
            assertThat(second.isUp(first)).isTrue();
            first.pool().close(second.peer, new Failure(Code.REFUSED));
            net.run(1_000);
        }
    }

    @Test
    void aWriterThatWasRefusedHearsOfRoomWhenAnotherLinkTakesOver() {
        net.highWaterBytes = 1_000;
        Rogue deaf = new Rogue(5, true).dial(net, alice);
        net.run(1_000);
        net.pipes.get(0).dialler.reads(false);
        while (alice.pool().send(deaf.peer, alice.envelope(1, 1_000))) {}
        assertThat(alice.heard).containsExactly("up");
        new Rogue(5, true).dial(net, alice);
        net.run(1_000);
        assertThat(alice.heard).containsExactly("up", "room");
        assertThat(alice.pool().send(deaf.peer, alice.envelope(1, 10))).isTrue();
    }

    @Test
    void whatIsOurOwnFaultReachesTheHostAndTheLinkLives() {
        link(alice, bob);
        bob.onFrame = (from, frame) -> {
            throw new IllegalStateException("planted");
        };
        alice.send(bob, 1);
        assertThatThrownBy(() -> net.run(100)).hasMessage("planted");
        bob.onFrame = (from, frame) -> {};
        alice.send(bob, 2);
        net.run(100);
        assertThat(bob.frames).containsExactly(1, 2);
    }

    @Test
    void aViolationThatAHandlerFindsClosesTheLinkWithItsCode() {
        link(alice, bob);
        bob.onFrame = (from, frame) -> {
            throw new ProtocolViolation(Code.TAMPERED, "planted");
        };
        alice.send(bob, 1);
        net.run(100);
        assertThat(alice.heard).containsExactly("up", "down TAMPERED");
        assertThat(bob.heard).containsExactly("up", "down TAMPERED");
        assertThat(bob.logged).contains("link.violation TAMPERED");
    }

    @Test
    void aHandlerMayUseTheLinksFromWithin() {
        link(alice, bob);
        bob.onFrame = (from, frame) -> {
            bob.pool().send(from, Station.receipt(Station.numberOf(frame) + 1));
            bob.pool().close(from, new Failure(Code.REFUSED));
            assertThat(bob.heard).containsExactly("up");
        };
        alice.send(bob, 1);
        net.run(100);
        assertThat(alice.frames).containsExactly(2);
        assertThat(bob.heard).containsExactly("up", "down REFUSED");
    }

    @Test
    void oneAddressHasFewHandshakesAtATime() {
        for (int i = 0; i < 9; i++) mute(100 + i).dial(net, alice, "flood");
        net.run(100);
        assertThat(alice.pool().incoming("flood")).isInstanceOf(Result.No.class);
        bob.open(alice);
        net.run(200);
        assertThat(bob.isUp(alice)).isTrue();
        net.run(LinkConfig.HANDSHAKE_MILLIS);
        assertThat(alice.pool().incoming("flood")).isInstanceOf(Result.Ok.class);
    }

    @Test
    void oneAddressCannotShakeHandsWithoutEnd() {
        Station calm = new Station(net, 3, settings -> settings.withHandshakes(1, 3));
        for (int i = 0; i < 4; i++) {
            bob.open(calm);
            net.run(200);
            bob.pool().close(calm.peer, new Failure(Code.REFUSED));
            net.run(10);
        }
        assertThat(bob.failures).containsExactly(Code.RATE_LIMITED);
        assertThat(calm.logged).contains("link.refused RATE_LIMITED");
        alice.open(calm);
        net.run(1_000);
        assertThat(alice.isUp(calm)).isTrue();
        bob.open(calm);
        net.run(200);
        assertThat(bob.isUp(calm)).isTrue();
    }

    @Test
    void handshakesAreBoundedOverAllAddresses() {
        Station small = new Station(net, 3, settings -> settings.withLinks(10, 4, 4));
        for (int i = 0; i < 4; i++) mute(100 + i).dial(net, small, "address-" + i);
        net.run(100);
        bob.open(small);
        net.run(200);
        assertThat(bob.failures).containsExactly(Code.RATE_LIMITED);
    }

    @Test
    void aListenerThatTheHostNeverOpensGivesItsPlaceBack() {
        for (int i = 0; i < 8; i++) assertThat(alice.pool().incoming("host")).isInstanceOf(Result.Ok.class);
        assertThat(alice.pool().incoming("host")).isInstanceOf(Result.No.class);
        net.run(LinkConfig.DIAL_MILLIS);
        assertThat(alice.pool().incoming("host")).isInstanceOf(Result.Ok.class);
    }

    @Test
    void strangersHaveFewPlacesAndTheIdlestGivesWay() {
        Station small = new Station(net, 3, settings -> settings.withStrangerLinks(2));
        Station first = new Station(net, 4);
        Station second = new Station(net, 5);
        small.pool().keep(bob.peer, Standing.CONTACT);
        link(first, small);
        link(second, small);
        link(bob, small);
        alice.open(small);
        net.run(1_000);
        assertThat(alice.failures).as("nobody is idle").containsExactly(Code.RATE_LIMITED);
        second.send(small, 1);
        net.run(LinkConfig.STRANGER_IDLE_MILLIS);
        second.send(small, 2);
        net.run(100);
        alice.open(small);
        net.run(1_000);
        assertThat(small.pool().up()).containsExactly(second.peer, bob.peer, alice.peer);
        assertThat(first.heard).containsExactly("up", "down RATE_LIMITED");
    }

    @Test
    void whoeverIsDialledHereTakesThePlaceOfTheIdlestStranger() {
        Station small = new Station(net, 3, settings -> settings.withStrangerLinks(1));
        link(alice, small);
        small.open(bob);
        net.run(1_000);
        assertThat(small.pool().up()).containsExactly(bob.peer);
    }

    @Test
    void aContactTakesThePlaceOfAStranger() {
        Station full = new Station(net, 3, settings -> settings.withLinks(2, 4, 4));
        full.pool().keep(bob.peer, Standing.CONTACT);
        Station stranger = new Station(net, 4);
        Station other = new Station(net, 5);
        link(stranger, full);
        link(other, full);
        link(bob, full);
        assertThat(full.pool().up()).containsExactly(other.peer, bob.peer);
        assertThat(stranger.heard).containsExactly("up", "down RATE_LIMITED");
    }

    @Test
    void aStrangerTakesThePlaceOfAnIdleStrangerOnly() {
        Station full = new Station(net, 3, settings -> settings.withLinks(1, 4, 4));
        link(alice, full);
        bob.open(full);
        net.run(1_000);
        assertThat(bob.failures).containsExactly(Code.RATE_LIMITED);
        assertThat(bob.heard).isEmpty();
        net.run(LinkConfig.STRANGER_IDLE_MILLIS);
        link(bob, full);
        assertThat(full.pool().up()).containsExactly(bob.peer);
    }

    @Test
    void contactsAreNeverEvicted() {
        Station full = new Station(net, 3, settings -> settings.withLinks(1, 4, 4));
        full.pool().keep(alice.peer, Standing.CONTACT);
        link(alice, full);
        net.run(LinkConfig.STRANGER_IDLE_MILLIS);
        full.pool().keep(bob.peer, Standing.CONTACT);
        bob.open(full);
        net.run(1_000);
        assertThat(bob.failures).containsExactly(Code.RATE_LIMITED);
        assertThat(alice.isUp(full)).isTrue();
    }

    @Test
    void everyReasonOfTheOtherSideIsHeardAsItIs() {
        for (Code code : Code.values()) {
            Station other = new Station(net, 1_000 + code.number());
            link(other, bob);
            other.pool().close(bob.peer, new Failure(code));
            net.run(2L * LinkConfig.DRAIN_MILLIS);
            assertThat(bob.heard).as(code.name()).containsExactly("up", "down " + code);
            bob.heard.clear();
        }
    }

    private Rogue mute(long seed) {
        Rogue rogue = new Rogue(seed, true);
        rogue.isMute = true;
        return rogue;
    }

    private void link(Station from, Station to) {
        from.open(to);
        net.run(1_000);
        assertThat(from.isUp(to)).as("linked").isTrue();
    }

    private long openPipes() {
        return net.pipes.stream()
                .filter(pipe -> !pipe.dialler.closed || !pipe.answerer.closed)
                .count();
    }
}
