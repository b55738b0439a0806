package linnet.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import linnet.core.env.Failure;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.Key;
import linnet.core.id.NetworkId;
import linnet.core.id.PeerId;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtCodec;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.Whereabouts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions in packets: one round trip where all is well, and an answer or a reason where it is not. */
class SealedDatagramsTest {
    private static final int ROUND_TRIP = 2 * PacketNet.LATENCY_MILLIS;

    private final PacketNet net = new PacketNet();
    private final PacketStation alice = new PacketStation(net, 1);
    private final PacketStation bob = new PacketStation(net, 2);

    /** As many peers as an answer may have, at addresses of a usual length. */
    /** Twenty peers as they usually are: they fit into the answer to a first packet. */
    static DhtAnswer.Nearest bucket() {
        return bucket("");
    }

    /** Twenty peers with two addresses each. */
    static DhtAnswer.Nearest longBucket() {
        return bucket("ws://[2001:db8:ffff:ffff:ffff:ffff:ffff:ffff]:7071/");
    }

    private static DhtAnswer.Nearest bucket(String besides) {
        List<Whereabouts> peers = new ArrayList<>();
        for (int i = 0; i < DhtAnswer.PEERS_MAX; i++) {
            List<Endpoint> endpoints = new ArrayList<>(List.of(new Endpoint("udp://192.0.2." + i + ":7071")));
            if (!besides.isEmpty()) endpoints.add(new Endpoint(besides));
            peers.add(
                    new Whereabouts(new PeerId(new Key(i, 0, 0, 0, 0, 0, 0, 0)), Bytes.wrap(new byte[32]), endpoints));
        }
        return new DhtAnswer.Nearest(peers);
    }

    @Test
    void aFirstQuestionIsAnsweredInOneRoundTrip() {
        alice.ping(bob);
        net.run(ROUND_TRIP);
        assertThat(alice.outcomes).containsExactly("Pong");
        assertThat(alice.rtts).containsExactly(ROUND_TRIP);
        assertThat(bob.askers.get(0).where().peer()).isEqualTo(alice.peer);
        assertThat(bob.askers.get(0).where().linkPublic()).isEqualTo(alice.linkPublic());
        assertThat(net.sent.get(0).packet().length()).isEqualTo(PacketForm.FIRST_BYTES_MIN);
        assertThat(net.kinds()).containsExactly(PacketForm.FIRST, PacketForm.SECOND, PacketForm.SEALED);
    }

    @Test
    void whoIsNamedWithAKeyThatNobodyCanHaveFailsAndLeavesNothingBehind() {
        Whereabouts nobody = new Whereabouts(bob.peer, Bytes.wrap(new byte[32]), List.of(bob.address));
        for (int i = 0; i < 3; i++) alice.ask(nobody, new DhtQuestion.Ping());
        boolean[] reached = {true};
        alice.rpc.dialBack(nobody, bob.address, answer -> reached[0] = answer);
        assertThat(alice.outcomes).isEmpty();
        net.run(1);
        assertThat(alice.outcomes).containsExactly("HANDSHAKE_FAILED", "HANDSHAKE_FAILED", "HANDSHAKE_FAILED");
        assertThat(reached[0]).isFalse();
        assertThat(alice.rpc.askings()).isZero();
        assertThat(net.sent).isEmpty();
    }

    @Test
    void laterQuestionsCostNoHandshakeInEitherDirection() {
        alice.ping(bob);
        net.run(1_000);
        alice.find(bob);
        bob.mind = question -> bucket();
        bob.ping(alice);
        net.run(1_000);
        assertThat(alice.outcomes).containsExactly("Pong", "Nearest");
        assertThat(bob.outcomes).containsExactly("Pong");
        assertThat(net.kinds()).containsOnlyOnce(PacketForm.FIRST);
        assertThat(alice.askers.get(0).serves()).isTrue();
    }

    @Test
    void whoAsksIsBelievedAboutItsAddressOnlyOnceItWasHeardThere() {
        alice.ping(bob);
        net.run(ROUND_TRIP);
        assertThat(bob.askers.get(0).serves()).isFalse();
        assertThat(bob.proven).isEmpty();
        net.run(ROUND_TRIP);
        assertThat(bob.proven).hasSize(1);
        assertThat(bob.proven.get(0).serves()).isTrue();
        assertThat(bob.proven.get(0).where().endpoints())
                .containsExactly(alice.address, new Endpoint("ws://192.0.2.1:7071/"));
        alice.ping(bob);
        net.run(ROUND_TRIP);
        assertThat(bob.askers.get(1).serves()).isTrue();
        assertThat(bob.proven).hasSize(1);
    }

    @Test
    void aLongAnswerComesInThreePacketsInAnyOrder() {
        DhtAnswer.Nearest long3 = bucket();
        bob.mind = question -> long3;
        List<PacketNet.Sent> held = new ArrayList<>();
        net.road = packet -> {
            if (packet.from().equals(alice.address)) net.arrives(packet, 1);
            else held.add(packet);
        };
        alice.find(bob);
        net.run(10);
        assertThat(held).hasSizeBetween(2, 3);
        Collections.reverse(held);
        for (PacketNet.Sent packet : held) {
            net.arrives(packet, 1);
            net.run(2);
        }
        assertThat(alice.answers).containsExactly(long3);
    }

    @Test
    void questionsToANewPeerShareOneHandshake() {
        for (int i = 0; i < 5; i++) alice.ping(bob);
        net.run(4 * ROUND_TRIP);
        assertThat(alice.outcomes).hasSize(5).containsOnly("Pong");
        assertThat(net.kinds()).containsOnlyOnce(PacketForm.FIRST);
    }

    @Test
    void aQuestionThatDoesNotFitBesideTheHandshakeFollowsIt() {
        List<DhtQuestion.Digest> digests = new ArrayList<>();
        for (int i = 0; i < DhtQuestion.Compare.DIGESTS_MAX; i++)
            digests.add(new DhtQuestion.Digest(PacketStation.TARGET, Bytes.wrap(new byte[16]), 1L << 50));
        bob.mind = question ->
                question instanceof DhtQuestion.Compare ? new DhtAnswer.Lacking(3) : new DhtAnswer.Pong(alice.address);
        alice.ask(bob.where(), new DhtQuestion.Compare(digests));
        net.run(2 * ROUND_TRIP);
        assertThat(alice.answers).containsExactly(new DhtAnswer.Lacking(3));
    }

    @Test
    void silenceIsATimeoutAfterThreePackets() {
        net.road = packet -> {};
        alice.ping(bob);
        net.run(9_999);
        assertThat(alice.outcomes).isEmpty();
        net.run(1);
        assertThat(alice.outcomes).containsExactly("TIMEOUT");
        assertThat(net.kinds()).containsExactly(PacketForm.FIRST, PacketForm.FIRST, PacketForm.FIRST);
        assertThat(alice.rpc.askings()).isZero();
    }

    @Test
    void aLostPacketIsSentAgainByTheMeasuredRoundTrip() {
        for (int i = 0; i < 20; i++) {
            alice.ping(bob);
            net.run(1_000);
        }
        net.road = packet -> net.road = next -> net.arrives(next, PacketNet.LATENCY_MILLIS);
        long asked = alice.nowMillis();
        alice.ping(bob);
        net.run(RoundTrip.TIMEOUT_MILLIS_MIN + ROUND_TRIP);
        assertThat(alice.outcomes).hasSize(21).containsOnly("Pong");
        assertThat(alice.rtts.get(20)).isEqualTo(ROUND_TRIP);
        assertThat(alice.nowMillis() - asked).isLessThan(300);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void onABadNetworkEveryQuestionEndsOnceAndNoAnswerIsWrong(long seed) {
        net.isBad(seed, 0.2);
        bob.mind = question -> question instanceof DhtQuestion.Find ? bucket() : new DhtAnswer.Pong(alice.address);
        for (int i = 0; i < 60; i++) {
            if (i % 3 == 0) alice.find(bob);
            else alice.ping(bob);
            if (i % 5 == 0) bob.restart();
            net.run(300);
        }
        net.run(20_000);
        assertThat(alice.outcomes).hasSize(60).containsOnly("Pong", "Nearest", "TIMEOUT");
        assertThat(alice.answers).hasSizeGreaterThan(45);
        for (DhtAnswer answer : alice.answers)
            if (answer instanceof DhtAnswer.Nearest) assertThat(answer).isEqualTo(bucket());
        assertThat(alice.rpc.askings()).isZero();
    }

    @Test
    void aPeerThatHasLostTheSessionSaysSoAndIsAskedAgainAtOnce() {
        alice.ping(bob);
        net.run(1_000);
        bob.restart();
        alice.ping(bob);
        net.run(2 * ROUND_TRIP);
        assertThat(alice.outcomes).containsExactly("Pong", "Pong");
        assertThat(net.kinds()).contains(PacketForm.GONE);
    }

    @Test
    void anAskerThatHasMovedShakesHandsAgain() {
        alice.ping(bob);
        net.run(1_000);
        alice.address = new Endpoint("mem:77");
        bob.mind = question -> bucket();
        alice.find(bob);
        net.run(3 * ROUND_TRIP);
        assertThat(alice.outcomes).containsExactly("Pong", "Nearest");
        assertThat(bob.askers.get(1).where().endpoints()).contains(new Endpoint("mem:77"));
        assertThat(bob.questions).hasSize(2);
    }

    @Test
    void aSessionEndsAfterAnHour() {
        alice.ping(bob);
        net.run(1_000);
        net.run(Session.AGE_MILLIS_MAX);
        alice.ping(bob);
        net.run(1_000);
        assertThat(alice.outcomes).containsExactly("Pong", "Pong");
        assertThat(Collections.frequency(net.kinds(), PacketForm.FIRST)).isEqualTo(2);
    }

    @Test
    void somebodyElseWithTheKeyIsNotThePeerThatWasMeant() {
        PacketStation carol = new PacketStation(net, 3);
        alice.ask(new Whereabouts(carol.peer, bob.linkPublic(), List.of(bob.address)), new DhtQuestion.Ping());
        net.run(1_000);
        assertThat(alice.outcomes).containsExactly("IDENTITY_MISMATCH");
    }

    @Test
    void whoLacksTheKeyDoesNotAnswer() {
        PacketStation carol = new PacketStation(net, 3);
        alice.ask(new Whereabouts(carol.peer, carol.linkPublic(), List.of(bob.address)), new DhtQuestion.Ping());
        net.run(11_000);
        assertThat(alice.outcomes).containsExactly("TIMEOUT");
        assertThat(bob.questions).isEmpty();
        assertThat(bob.logged).contains("datagram.refused HANDSHAKE_FAILED");
    }

    @Test
    void whatIsToldWronglyOfAPeerDoesNotHoldUpWhatIsToldRightly() {
        PacketStation carol = new PacketStation(net, 3);
        alice.ask(new Whereabouts(bob.peer, carol.linkPublic(), List.of(bob.address)), new DhtQuestion.Ping());
        alice.ask(new Whereabouts(bob.peer, bob.linkPublic(), List.of(carol.address)), new DhtQuestion.Ping());
        alice.ping(bob);
        net.run(2 * ROUND_TRIP);
        assertThat(alice.outcomes).contains("Pong");
    }

    @Test
    void anotherNetworkIsAReason() {
        NetworkId elsewhere = new NetworkId(new Key(9, 9, 9, 9, 9, 9, 9, 9));
        PacketStation carol = new PacketStation(net, 3, elsewhere);
        alice.ping(carol);
        net.run(1_000);
        assertThat(alice.outcomes).containsExactly("WRONG_NETWORK");
        assertThat(carol.questions).isEmpty();
        assertThat(carol.rpc.sessions()).isZero();
    }

    @Test
    void refusalsAndAnswersToOtherQuestionsAreReasons() {
        bob.mind = question -> question instanceof DhtQuestion.Ping
                ? new DhtAnswer.Refused(new Failure(Failure.Code.BRIDGE_REFUSES_DATA))
                : new DhtAnswer.Kept(1);
        alice.ping(bob);
        alice.find(bob);
        net.run(1_000);
        assertThat(alice.outcomes).containsExactly("BRIDGE_REFUSES_DATA", "MALFORMED");
    }

    @Test
    void answersMayComeLater() {
        bob.thinkMillis = 100;
        alice.ping(bob);
        net.run(1_000);
        alice.ping(bob);
        net.run(1_000);
        assertThat(alice.outcomes).containsExactly("Pong", "Pong");
    }

    @Test
    void whatCannotBeAskedFailsLaterWithAReason() {
        alice.ask(
                new Whereabouts(bob.peer, bob.linkPublic(), List.of(new Endpoint("ws://b/"))), new DhtQuestion.Ping());
        alice.ping(alice);
        net.run(0);
        assertThat(alice.outcomes).containsExactly("NO_CONNECTION", "NO_CONNECTION");
        for (int i = 0; i <= SealedDatagrams.ASKINGS_MAX; i++) alice.ping(bob);
        net.run(0);
        assertThat(alice.outcomes).hasSize(3).endsWith("QUEUE_FULL");
        alice.rpc.stop();
        assertThat(alice.outcomes).hasSize(3 + SealedDatagrams.ASKINGS_MAX).endsWith("STOPPING");
        alice.ping(bob);
        net.run(0);
        assertThat(alice.outcomes).hasSize(4 + SealedDatagrams.ASKINGS_MAX).endsWith("STOPPING");
    }

    @Test
    void aPeerWithTwoAddressesIsFoundAtTheOneThatWorks() {
        alice.ask(
                new Whereabouts(bob.peer, bob.linkPublic(), List.of(new Endpoint("mem:99"), bob.address)),
                new DhtQuestion.Ping());
        net.run(RoundTrip.TIMEOUT_MILLIS_FIRST + ROUND_TRIP);
        assertThat(alice.outcomes).containsExactly("Pong");
    }

    @Test
    void aPeerIsDialledBackFromAnAddressThatItHasNeverSentTo() {
        List<Boolean> tried = new ArrayList<>();
        alice.ping(bob);
        net.run(1_000);
        int sessions = bob.rpc.sessions();
        bob.rpc.dialBack(alice.where(), alice.address, tried::add);
        assertThat(tried).isEmpty();
        net.run(1_000);
        assertThat(tried).containsExactly(true);
        assertThat(bob.rpc.sessions()).isEqualTo(sessions);
        net.road = packet -> {
            boolean isKnown = packet.from().equals(bob.address);
            if (isKnown || packet.to().equals(bob.address)) net.arrives(packet, PacketNet.LATENCY_MILLIS);
        };
        bob.rpc.dialBack(alice.where(), alice.address, tried::add);
        alice.ping(bob);
        net.run(10_000);
        assertThat(tried).containsExactly(true, false);
        assertThat(alice.outcomes).containsExactly("Pong", "Pong");
    }

    @Test
    void sizesAreThoseOfThePackets() {
        DhtAnswer.Nearest answer = bucket();
        bob.mind = question -> answer;
        alice.find(bob);
        net.run(1_000);
        int first = net.bytesFrom(bob.address);
        int hello = linnet.core.wire.LinkCodec.encode(
                        Handshake.Self.create(bob.crypto, bob.identity, Station.NETWORK, 1)
                                .proved())
                .length();
        // The session's number is random and takes five bytes nearly always; the question's is 1 of eight sendings.
        assertThat(first)
                .isBetween(
                        PacketForm.sizeOfFirstAnswer(8, DhtCodec.sizeOf(answer), hello) - 3,
                        PacketForm.sizeOfFirstAnswer(8, DhtCodec.sizeOf(answer), hello));
        int before = net.bytesFrom(alice.address);
        alice.find(bob);
        net.run(1_000);
        assertThat(net.bytesFrom(alice.address) - before)
                .isEqualTo(PacketForm.sizeOfQuestion(16, new DhtQuestion.Find(PacketStation.TARGET, 20)));
        assertThat(net.bytesFrom(bob.address) - first).isEqualTo(PacketForm.sizeOfAnswer(16, DhtCodec.sizeOf(answer)));
        assertThat(PacketForm.packetsOfAnswer(DhtCodec.sizeOf(answer))).isLessThanOrEqualTo(3);
    }

    @Test
    void timersOfAnsweredQuestionsDoNothing() {
        alice.ping(bob);
        net.run(60_000);
        assertThat(net.kinds()).hasSize(3);
        assertThat(alice.outcomes).containsExactly("Pong");
        assertThat(Duration.ofMillis(alice.rtts.get(0))).isLessThan(Duration.ofSeconds(1));
    }
}
