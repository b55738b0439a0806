package linnet.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.env.Chance;
import linnet.core.env.Failure;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.RecordSeal;
import linnet.core.wire.SignedRecord;
import linnet.core.wire.Whereabouts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets that somebody repeats, changes, cuts, forges or sends in the name of others cost little, and change nothing. */
class HostilePacketsTest {
    private static final Endpoint VICTIM = new Endpoint("mem:99");

    private final PacketNet net = new PacketNet();
    private final PacketStation alice = new PacketStation(net, 1);
    private final PacketStation bob = new PacketStation(net, 2);

    private static Bytes flip(Bytes bytes, int at) {
        byte[] array = bytes.toArray();
        array[at] ^= 1;
        return Bytes.wrap(array);
    }

    private static SignedRecord longRecord(int seed) {
        Crypto crypto = Station.seeded(seed);
        Identity owner = Identity.create(crypto);
        Endpoint far = new Endpoint("ws://" + "x".repeat(Endpoint.CHARS_MAX - 5));
        return new RecordSeal(
                        crypto,
                        crypto.signingPublic(owner.userSeed()),
                        crypto.signingPublic(owner.deviceSeed()),
                        SignedRecord.Kind.POINTER,
                        1)
                .seal(owner, 1, 1, 2, List.of(far, far), List.of());
    }

    private List<PacketNet.Sent> ofKind(int kind) {
        List<PacketNet.Sent> found = new ArrayList<>();
        for (PacketNet.Sent packet : net.sent) if (packet.kind() == kind) found.add(packet);
        return found;
    }

    @Test
    void nobodyIsSentMoreThanThreeTimesWhatCameFromThere() {
        bob.mind = question -> SealedDatagramsTest.longBucket();
        alice.find(bob);
        net.run(1_000);
        Bytes first = ofKind(PacketForm.FIRST).get(0).packet();
        for (int i = 1; i <= 50; i++) {
            bob.hear(VICTIM, first);
            assertThat(net.bytesTo(VICTIM)).isGreaterThan(0).isLessThanOrEqualTo(3 * i * first.length());
        }
    }

    @Test
    void aFirstPacketIsLongWhereItsAnswerMayBe() {
        List<SignedRecord> records = List.of(longRecord(1), longRecord(2), longRecord(3));
        List<Whereabouts> bucket = SealedDatagramsTest.longBucket().peers();
        bob.mind = question -> question instanceof DhtQuestion.Get
                ? new DhtAnswer.Held(records, bucket)
                : new DhtAnswer.Nearest(bucket);
        alice.ask(bob.where(), new DhtQuestion.Get(PacketStation.TARGET, SignedRecord.Kind.POINTER));
        net.run(1_000);
        PacketStation carol = new PacketStation(net, 3);
        carol.find(bob);
        net.run(1_000);
        assertThat(ofKind(PacketForm.FIRST))
                .extracting(sent -> sent.packet().length())
                .containsExactly(PacketForm.FIRST_BYTES_MAX, PacketForm.FIRST_BYTES_MIN);
        assertThat(alice.answers.get(0))
                .isInstanceOfSatisfying(
                        DhtAnswer.Held.class, held -> assertThat(held.records()).isEqualTo(records));
        assertThat(carol.answers.get(0))
                .isInstanceOfSatisfying(
                        DhtAnswer.Nearest.class,
                        nearest -> assertThat(nearest.peers())
                                .hasSizeBetween(12, 19)
                                .isEqualTo(bucket.subList(0, nearest.peers().size())));
    }

    @Test
    void recordsAreNotLeftOutOfAnAnswerThatWouldBeTooLong() {
        List<SignedRecord> records = List.of(longRecord(1), longRecord(2), longRecord(3));
        DhtAnswer held =
                new DhtAnswer.Held(records, SealedDatagramsTest.longBucket().peers());
        assertThat(PacketForm.fitted(8, held, 150, PacketForm.FIRST_BYTES_MIN))
                .isInstanceOfSatisfying(
                        DhtAnswer.Refused.class,
                        refused -> assertThat(refused.why().code()).isEqualTo(Failure.Code.TOO_LARGE));
        assertThat(PacketForm.fitted(8, held, 150, PacketForm.FIRST_BYTES_MAX))
                .isInstanceOfSatisfying(
                        DhtAnswer.Held.class,
                        whole -> assertThat(whole.records()).isEqualTo(records));
    }

    @Test
    void aRepeatedFirstPacketProvesNothingAndLeavesTheSessionAlone() {
        alice.ping(bob);
        net.run(1_000);
        Bytes first = ofKind(PacketForm.FIRST).get(0).packet();
        int known = bob.proven.size();
        for (int i = 0; i < 10; i++) bob.hear(VICTIM, first);
        net.run(1_000);
        assertThat(bob.proven).hasSize(known);
        for (int i = 1; i < bob.askers.size(); i++)
            assertThat(bob.askers.get(i).serves()).isFalse();
        alice.ping(bob);
        bob.ping(alice);
        net.run(100);
        assertThat(alice.outcomes).containsExactly("Pong", "Pong");
        assertThat(bob.outcomes).containsExactly("Pong");
        assertThat(Collections.frequency(net.kinds(), PacketForm.FIRST)).isEqualTo(1);
    }

    @Test
    void aRepeatedQuestionOfASessionIsNotHeardTwice() {
        alice.ping(bob);
        net.run(1_000);
        alice.ping(bob);
        net.run(1_000);
        int heard = bob.questions.size();
        int sent = net.sent.size();
        for (PacketNet.Sent packet : ofKind(PacketForm.SEALED)) {
            if (!packet.to().equals(bob.address)) continue;
            bob.hear(packet.from(), packet.packet());
            bob.hear(VICTIM, packet.packet());
        }
        assertThat(bob.questions).hasSize(heard);
        assertThat(net.sent).hasSize(sent);
    }

    @Test
    void aQuestionCaughtAndSentFromElsewhereIsNotAnsweredThere() {
        alice.ping(bob);
        net.run(1_000);
        bob.mind = question -> SealedDatagramsTest.bucket();
        net.road = packet -> {
            if (packet.from().equals(alice.address))
                net.arrives(new PacketNet.Sent(VICTIM, packet.to(), packet.packet()), 1);
        };
        alice.find(bob);
        net.run(10);
        assertThat(net.bytesTo(VICTIM)).isEqualTo(PacketForm.GONE_BYTES);
        assertThat(bob.questions).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {PacketForm.FIRST, PacketForm.SECOND, PacketForm.SEALED})
    void aChangedPacketIsAsGoodAsALostOne(int kind) {
        boolean[] isSpoilt = new boolean[1];
        Chance chance = new Chance(kind);
        for (int i = 0; i < 60; i++) {
            PacketNet fresh = new PacketNet();
            PacketStation asker = new PacketStation(fresh, 1);
            PacketStation answerer = new PacketStation(fresh, 2);
            isSpoilt[0] = false;
            fresh.road = packet -> {
                boolean spoil = !isSpoilt[0] && packet.kind() == kind;
                isSpoilt[0] |= spoil;
                Bytes bytes = spoil
                        ? flip(packet.packet(), chance.below(packet.packet().length()))
                        : packet.packet();
                fresh.arrives(new PacketNet.Sent(packet.from(), packet.to(), bytes), 20);
            };
            asker.ping(answerer);
            fresh.run(2_000);
            asker.ping(answerer);
            fresh.run(5_000);
            assertThat(isSpoilt[0]).isTrue();
            assertThat(asker.outcomes).containsExactly("Pong", "Pong");
        }
    }

    @Test
    void everyCutPacketIsDropped() {
        bob.mind = question -> SealedDatagramsTest.bucket();
        alice.find(bob);
        net.run(1_000);
        alice.find(bob);
        net.run(1_000);
        List<PacketNet.Sent> all = List.copyOf(net.sent);
        int heard = bob.questions.size();
        for (PacketNet.Sent packet : all) {
            for (int length = 0; length < packet.packet().length(); length += 7) {
                Bytes cut = packet.packet().slice(0, length);
                bob.hear(packet.from(), cut);
                alice.hear(packet.from(), cut);
            }
        }
        assertThat(bob.questions).hasSize(heard);
        assertThat(alice.outcomes).containsExactly("Nearest", "Nearest");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void chanceSaysNothing(long seed) {
        alice.ping(bob);
        net.run(1_000);
        Chance chance = new Chance(seed);
        int sent = net.sent.size();
        int answered = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[chance.below(1_500)];
            for (int at = 0; at < bytes.length; at++) bytes[at] = (byte) chance.nextLong();
            if (bytes.length > 0 && chance.happens(0.9)) bytes[0] = (byte) (PacketForm.FIRST + chance.below(5));
            bob.hear(VICTIM, Bytes.wrap(bytes));
            answered += bytes.length;
        }
        assertThat(net.bytesTo(VICTIM)).isLessThan(answered / 50);
        for (PacketNet.Sent packet : net.sent.subList(sent, net.sent.size()))
            assertThat(packet.kind()).isEqualTo(PacketForm.GONE);
        alice.ping(bob);
        net.run(100);
        assertThat(alice.outcomes).containsExactly("Pong", "Pong");
    }

    @Test
    void whoSaysThatASessionIsGoneMustHaveSeenItsPackets() {
        alice.ping(bob);
        net.run(1_000);
        Chance chance = new Chance(1);
        for (int i = 0; i < 1_000; i++)
            alice.hear(bob.address, PacketForm.header(PacketForm.GONE, (int) chance.nextLong() & 0x7fffffff, 0));
        alice.ping(bob);
        net.run(100);
        assertThat(Collections.frequency(net.kinds(), PacketForm.FIRST)).isEqualTo(1);
    }

    @Test
    void aFloodOfHandshakesFromOneAddressIsHeardOnlyInPart() {
        for (int i = 0; i < 400; i++) {
            PacketStation stranger = new PacketStation(net, 100 + i);
            stranger.address = new Endpoint("udp://192.0.2.9:" + (1_000 + i));
            stranger.ping(bob);
        }
        net.run(100);
        assertThat(bob.questions).hasSize(200);
    }

    @Test
    void sessionsAreBoundedAndWhoLostItsOwnIsHeardAllTheSame() {
        List<PacketStation> crowd = new ArrayList<>();
        for (int i = 0; i < Sessions.PROVEN_MAX + 40; i++) {
            PacketStation one = new PacketStation(net, 100 + i);
            crowd.add(one);
            one.ping(bob);
            net.run(100);
        }
        assertThat(bob.rpc.sessions()).isEqualTo(Sessions.PROVEN_MAX);
        for (PacketStation one : crowd.subList(0, 5)) one.ping(bob);
        net.run(1_000);
        for (PacketStation one : crowd.subList(0, 5)) assertThat(one.outcomes).containsExactly("Pong", "Pong");
    }

    @Test
    void whoNeverConfirmsTakesFewPlaces() {
        alice.ping(bob);
        net.run(1_000);
        net.road = packet -> {
            if (packet.kind() == PacketForm.FIRST) net.arrives(packet, 1);
        };
        for (int i = 0; i < 200; i++) new PacketStation(net, 1_000 + i).ping(bob);
        net.run(100);
        assertThat(bob.rpc.sessions()).isEqualTo(1 + Sessions.UNPROVEN_MAX);
    }
}
