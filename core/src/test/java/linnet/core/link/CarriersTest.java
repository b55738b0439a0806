package linnet.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.PeerId;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtFrame;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.Frame;
import linnet.core.wire.FrameCodec;
import linnet.core.wire.Reachable;
import linnet.core.wire.Whereabouts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Questions over links, and which carrier takes a question. */
class CarriersTest {
    private final PacketNet net = new PacketNet();
    private final Map<PeerId, Member> members = new TreeMap<>();
    private final Member alice = new Member(1);
    private final Member bob = new Member(2);
    private int frames;

    @Test
    void aQuestionTakesTheLinkThatIsUp() {
        bob.links.connect(alice);
        alice.ask(bob, List.of());
        net.run(100);
        assertThat(alice.outcomes).containsExactly("Pong");
        assertThat(net.sent).isEmpty();
        assertThat(bob.askers.get(0).where())
                .isEqualTo(new Whereabouts(alice.peer(), alice.station.linkPublic(), List.of(alice.dialled())));
        assertThat(bob.askers.get(0).serves()).isTrue();
    }

    @Test
    void whereTheAskerIsIsSaidOncePerLink() {
        bob.links.connect(alice);
        for (int i = 0; i < 3; i++) alice.ask(bob, List.of());
        net.run(100);
        assertThat(alice.outcomes).hasSize(3);
        assertThat(alice.links.introductions).isEqualTo(1);
        for (Rpc.Asker asker : bob.askers) assertThat(asker.serves()).isTrue();
    }

    @Test
    void aLinkIsDialledWhereNoneIsUp() {
        alice.ask(bob, List.of(bob.dialled()));
        alice.ask(bob, List.of(bob.dialled()));
        net.run(100);
        assertThat(alice.outcomes).containsExactly("Pong", "Pong");
        assertThat(frames).isEqualTo(4);
    }

    @Test
    void aDialThatFailsIsAReason() {
        alice.ask(bob, List.of(new Endpoint("ws://nobody/")));
        net.run(100);
        assertThat(alice.outcomes).containsExactly("NOT_LISTENING");
        alice.ask(bob, List.of());
        net.run(100);
        assertThat(alice.outcomes).containsExactly("NOT_LISTENING", "NO_CONNECTION");
    }

    @Test
    void aLinkThatEndsTakesItsQuestionsWithIt() {
        bob.links.connect(alice);
        bob.station.thinkMillis = 1_000;
        bob.isThinking = true;
        alice.ask(bob, List.of());
        net.run(100);
        alice.links.disconnect(bob);
        net.run(100);
        assertThat(alice.outcomes).containsExactly("PEER_DISCONNECTED");
    }

    @Test
    void whoDoesNotAnswerIsATimeout() {
        bob.links.connect(alice);
        bob.isThinking = true;
        alice.ask(bob, List.of());
        net.run(10_000);
        assertThat(alice.outcomes).containsExactly("TIMEOUT");
    }

    @Test
    void packetsAreTakenWhereNoLinkIsUpAndStayOnceTheyAreOpen() {
        alice.ask(bob, List.of(bob.station.address, bob.dialled()));
        net.run(1_000);
        bob.links.connect(alice);
        alice.ask(bob, List.of(bob.station.address, bob.dialled()));
        net.run(1_000);
        assertThat(alice.outcomes).containsExactly("Pong", "Pong");
        assertThat(frames).isZero();
    }

    @Test
    void aLinkThatIsUpSparesTheHandshake() {
        bob.links.connect(alice);
        alice.ask(bob, List.of(bob.station.address, bob.dialled()));
        net.run(1_000);
        assertThat(alice.outcomes).containsExactly("Pong");
        assertThat(net.sent).isEmpty();
    }

    @Test
    void whereNoPacketIsAnsweredLinksComeFirstForAWhile() {
        PacketNet.Road open = net.road;
        net.road = packet -> {};
        for (int i = 0; i < Carriers.SILENT_MAX; i++) {
            alice.ask(bob, List.of(bob.station.address, bob.dialled()));
            net.run(10_000);
        }
        assertThat(alice.outcomes).hasSize(Carriers.SILENT_MAX).containsOnly("TIMEOUT");
        int sent = net.sent.size();
        alice.ask(bob, List.of(bob.station.address, bob.dialled()));
        net.run(100);
        assertThat(alice.outcomes).endsWith("Pong");
        assertThat(net.sent).hasSize(sent);
        net.road = open;
        alice.links.disconnect(bob);
        net.run(Carriers.LINKS_FIRST_MILLIS);
        alice.ask(bob, List.of(bob.station.address, bob.dialled()));
        net.run(100);
        assertThat(net.sent.size()).isGreaterThan(sent);
        assertThat(alice.outcomes).endsWith("Pong");
    }

    /** Alice's packets lead nowhere, and she has a link to Bob, who hears Carol's. */
    private Member blocked() {
        Member carol = new Member(3);
        bob.links.connect(alice);
        net.road = packet -> {
            boolean isAlices =
                    packet.from().equals(alice.station.address) || packet.to().equals(alice.station.address);
            if (!isAlices) net.arrives(packet, PacketNet.LATENCY_MILLIS);
        };
        for (int i = 0; i < Carriers.SILENT_MAX; i++) {
            alice.ask(carol, List.of(carol.station.address));
            net.run(10_000);
        }
        assertThat(alice.outcomes).hasSize(Carriers.SILENT_MAX).containsOnly("TIMEOUT");
        alice.outcomes.clear();
        return carol;
    }

    @Test
    void whereNoPacketAndNoLinkLeadsANeighbourAsks() {
        Member carol = blocked();
        alice.ask(carol, List.of(carol.station.address));
        net.run(1_000);
        assertThat(alice.outcomes).containsExactly("Pong");
        assertThat(carol.station.askers.get(0).where().peer()).isEqualTo(bob.peer());
    }

    @Test
    void aNeighbourDoesSoManyErrandsAndSaysThatItDoesNoMore() {
        Member carol = blocked();
        for (int i = 0; i <= Errands.PER_ASKER_BURST; i++) alice.ask(carol, List.of(carol.station.address));
        net.run(2_000);
        assertThat(alice.outcomes).hasSize(Errands.PER_ASKER_BURST + 1).containsOnlyOnce("RATE_LIMITED");
        alice.outcomes.clear();
        net.run(1_000);
        alice.ask(carol, List.of(carol.station.address));
        net.run(1_000);
        assertThat(alice.outcomes).containsExactly("Pong");
    }

    @Test
    void whatTheNeighbourCouldNotReachFails() {
        Member carol = blocked();
        alice.ask(carol, List.of(new Endpoint("mem:77")));
        net.run(10_000);
        alice.ask(carol, List.of(new Endpoint("ws://nowhere/"), new Endpoint("udp://192.0.2.1:1")));
        net.run(10_000);
        assertThat(alice.outcomes).hasSize(2).containsOnly("NOT_CONNECTED_TO_BRIDGE");
    }

    @Test
    void aNeighbourThatDoesNoErrandsIsNotAskedAgain() {
        Member carol = blocked();
        bob.doesErrands = false;
        alice.ask(carol, List.of(carol.station.address));
        net.run(1_000);
        assertThat(alice.outcomes).containsExactly("NOT_CONNECTED_TO_BRIDGE");
        int asked = bob.askers.size();
        alice.ask(carol, List.of(carol.station.address));
        net.run(10_000);
        assertThat(bob.askers).hasSize(asked);
    }

    @Test
    void strangersErrandsAreRefused() {
        Member carol = new Member(3);
        DhtQuestion<DhtAnswer.Pong> errand = new DhtQuestion.OnBehalf<>(carol.station.where(), new DhtQuestion.Ping());
        alice.station.ask(bob.station.where(), errand);
        List<DhtAnswer> answers = new ArrayList<>();
        bob.errands.onQuestion(
                new Rpc.Asker(alice.station.where(), true), (DhtQuestion.OnBehalf<?>) errand, answers::add);
        assertThat(answers)
                .singleElement()
                .isInstanceOfSatisfying(
                        DhtAnswer.Refused.class,
                        refused -> assertThat(refused.why().code()).isEqualTo(Code.REFUSED));
        net.run(1_000);
        assertThat(carol.station.questions).isEmpty();
    }

    @Test
    void stoppingEndsEveryQuestion() {
        bob.links.connect(alice);
        bob.isThinking = true;
        alice.ask(bob, List.of());
        alice.rpc.stop();
        assertThat(alice.outcomes).containsExactly("STOPPING");
        alice.ask(bob, List.of());
        net.run(0);
        assertThat(alice.outcomes).containsExactly("STOPPING", "STOPPING");
    }

    /** A host with both carriers. */
    private final class Member implements Rpc.Served {
        final PacketStation station;
        final Wires links = new Wires(this);
        final LinkCarrier carrier;
        final Carriers rpc;
        final List<String> outcomes = new ArrayList<>();
        final List<Rpc.Asker> askers = new ArrayList<>();
        final Errands errands;
        boolean isThinking;
        boolean doesErrands = true;

        Member(long seed) {
            station = new PacketStation(net, seed);
            carrier = new LinkCarrier(
                    station.peer, station, links, endpoint -> endpoint.uri().startsWith("ws:"), this);
            rpc = new Carriers(station, station.rpc, carrier);
            rpc.introduce(new Reachable(List.of(dialled()), true));
            errands = new Errands(station, station.rpc, links);
            members.put(station.peer, this);
        }

        PeerId peer() {
            return station.peer;
        }

        Endpoint dialled() {
            return new Endpoint("ws://" + station.address.uri().substring(4) + "/");
        }

        void ask(Member to, List<Endpoint> at) {
            Whereabouts where = new Whereabouts(to.peer(), to.station.linkPublic(), at);
            rpc.ask(where, new DhtQuestion.Ping(), Duration.ofSeconds(10), new Rpc.Answer<>() {
                @Override
                public void onAnswer(DhtAnswer.Pong answer, int rttMillis) {
                    outcomes.add("Pong");
                }

                @Override
                public void onFailure(Failure why) {
                    outcomes.add(why.code().name());
                }
            });
        }

        @Override
        public void onQuestion(Rpc.Asker from, DhtQuestion<?> question, Rpc.Reply reply) {
            askers.add(from);
            if (question instanceof DhtQuestion.OnBehalf<?> errand) {
                if (doesErrands) errands.onQuestion(from, errand, reply);
                else reply.answer(new DhtAnswer.Refused(new Failure(Code.UNSUPPORTED)));
                return;
            }
            if (!isThinking) reply.answer(new DhtAnswer.Pong(new Endpoint("mem:0")));
        }
    }

    /** Links that carry frames, with nothing of what makes links safe: that is tested elsewhere. */
    private final class Wires implements Links {
        private final Member self;
        private final TreeSet<PeerId> up = new TreeSet<>();
        int introductions;

        Wires(Member self) {
            this.self = self;
        }

        void connect(Member other) {
            up.add(other.peer());
            other.links.up.add(self.peer());
            self.carrier.onUp(other.peer());
            other.carrier.onUp(self.peer());
        }

        void disconnect(Member other) {
            up.remove(other.peer());
            other.links.up.remove(self.peer());
            self.carrier.onDown(other.peer(), new Failure(Code.PEER_DISCONNECTED));
            other.carrier.onDown(self.peer(), new Failure(Code.PEER_DISCONNECTED));
        }

        @Override
        public boolean isUp(PeerId peer) {
            return up.contains(peer);
        }

        @Override
        public List<PeerId> up() {
            return List.copyOf(up);
        }

        @Override
        public boolean send(PeerId peer, Frame frame) {
            if (!isUp(peer)) return false;
            if (frame instanceof DhtFrame.Asked asked && asked.asker() != null) introductions++;
            frames++;
            Bytes bytes = FrameCodec.encode(frame);
            Member to = members.get(peer);
            net.clock.after(PacketNet.LATENCY_MILLIS, () -> {
                if (isUp(peer))
                    to.carrier.onFrame(self.peer(), (DhtFrame) FrameCodec.decode(self.station.crypto, bytes));
            });
            return true;
        }

        @Override
        public void open(PeerId peer, List<Endpoint> at, Consumer<Failure> onFailure) {
            net.clock.after(PacketNet.LATENCY_MILLIS, () -> {
                Member there = members.get(peer);
                if (at.contains(there.dialled())) {
                    if (!isUp(peer)) connect(there);
                } else {
                    onFailure.accept(new Failure(Code.NOT_LISTENING));
                }
            });
        }

        @Override
        public void keep(PeerId peer, Standing standing) {}

        @Override
        public void close(PeerId peer, Failure why) {}

        @Override
        public @Nullable LinkView describe(PeerId peer) {
            if (!isUp(peer)) return null;
            return new LinkView(members.get(peer).station.linkPublic(), "wire", true, 1, 0, 0, 0, 0, 0);
        }
    }
}
