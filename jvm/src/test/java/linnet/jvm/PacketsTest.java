package linnet.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.env.Failure;
import linnet.core.env.Store;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.Key;
import linnet.core.id.NetworkId;
import linnet.core.id.PeerId;
import linnet.core.link.LinkConfig;
import linnet.core.link.Rpc;
import linnet.core.link.SealedDatagrams;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.Reachable;
import linnet.core.wire.Whereabouts;
import linnet.jvm.datagram.UdpSocket;
import linnet.jvm.websocket.WebSockets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two cores on two threads ask each other over real UDP. */
class PacketsTest {
    private static final long WAIT_SECONDS = 20;
    private static final NetworkId NETWORK = new NetworkId(new Key(1, 2, 3, 4, 5, 6, 7, 8));

    private final List<Peer> peers = new ArrayList<>();

    @AfterEach
    void close() {
        for (Peer peer : peers) peer.close();
    }

    private Peer peer(String address) {
        Peer peer = new Peer(address);
        peers.add(peer);
        return peer;
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void aQuestionIsAnswered(String address) throws Exception {
        Peer alice = peer(address);
        Peer bob = peer(address);
        assertThat(alice.ask(bob.where(), new DhtQuestion.Ping()).get(WAIT_SECONDS, TimeUnit.SECONDS))
                .isEqualTo(new DhtAnswer.Pong(alice.endpoint()));
    }

    @Test
    void manyQuestionsAtOnceAreAllAnsweredInBothDirections() throws Exception {
        Peer alice = peer("127.0.0.1");
        Peer bob = peer("127.0.0.1");
        List<CompletableFuture<DhtAnswer>> all = new ArrayList<>();
        Key target = alice.peer.key();
        for (int i = 0; i < 200; i++) {
            Peer from = i % 2 == 0 ? alice : bob;
            Peer to = i % 2 == 0 ? bob : alice;
            all.add(from.ask(to.where(), new DhtQuestion.Find(target, DhtAnswer.PEERS_MAX)));
        }
        for (CompletableFuture<DhtAnswer> one : all)
            assertThat(one.get(WAIT_SECONDS, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            DhtAnswer.Nearest.class,
                            nearest -> assertThat(nearest.peers()).hasSize(DhtAnswer.PEERS_MAX));
    }

    @Test
    void aPeerThatIsGoneIsATimeout() throws Exception {
        Peer alice = peer("127.0.0.1");
        Peer bob = peer("127.0.0.1");
        bob.udp.close();
        assertThat(alice.ask(bob.where(), new DhtQuestion.Ping(), Duration.ofMillis(100))
                        .get(WAIT_SECONDS, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        DhtAnswer.Refused.class,
                        refused -> assertThat(refused.why().code()).isEqualTo(Failure.Code.TIMEOUT));
    }

    /** A core with nothing but questions. */
    private static final class Peer implements Rpc.Served {
        private final Loop loop = new Loop(new LoopTest.Deaf());
        private final Crypto crypto = new JdkCrypto();
        private final Identity identity = Identity.create(crypto);
        private final WebSockets sockets;
        private final UdpSocket udp = new UdpSocket(loop.thread(), loop::hear);
        private final SealedDatagrams rpc;
        private final String host;
        private final int port;
        final PeerId peer = Identity.peerId(crypto, crypto.signingPublic(identity.deviceSeed()));

        Peer(String address) {
            host = address.contains(":") ? "[" + address + "]" : address;
            sockets = new WebSockets(JvmConfig.defaults(), loop.thread(), loop::hear);
            port = udp.open(address, 0);
            JvmHost env = new JvmHost(loop, new NoStore(), sockets, udp);
            rpc = new SealedDatagrams(identity, LinkConfig.defaults(NETWORK), env, crypto, udp, this, 1);
            rpc.introduce(new Reachable(List.of(endpoint()), true));
            udp.hear(rpc::onPacket);
        }

        Endpoint endpoint() {
            return new Endpoint("udp://" + host + ":" + port);
        }

        Whereabouts where() {
            return new Whereabouts(peer, crypto.agreementPublic(identity.linkSecret()), List.of(endpoint()));
        }

        <A extends DhtAnswer> CompletableFuture<DhtAnswer> ask(Whereabouts to, DhtQuestion<A> question) {
            return ask(to, question, Duration.ofSeconds(10));
        }

        <A extends DhtAnswer> CompletableFuture<DhtAnswer> ask(
                Whereabouts to, DhtQuestion<A> question, Duration timeout) {
            CompletableFuture<DhtAnswer> outcome = new CompletableFuture<>();
            loop.post(() -> rpc.ask(to, question, timeout, new Rpc.Answer<>() {
                @Override
                public void onAnswer(A answer, int rttMillis) {
                    outcome.complete(answer);
                }

                @Override
                public void onFailure(Failure why) {
                    outcome.complete(new DhtAnswer.Refused(why));
                }
            }));
            return outcome;
        }

        @Override
        public void onQuestion(Rpc.Asker from, DhtQuestion<?> question, Rpc.Reply reply) {
            if (question instanceof DhtQuestion.Find) {
                List<Whereabouts> twenty = new ArrayList<>();
                for (int i = 0; i < DhtAnswer.PEERS_MAX; i++) twenty.add(from.where());
                reply.answer(new DhtAnswer.Nearest(twenty));
            } else {
                reply.answer(new DhtAnswer.Pong(from.where().endpoints().get(0)));
            }
        }

        void close() {
            udp.close();
            sockets.abandon();
            loop.join(5_000);
        }
    }

    /** Questions keep nothing. */
    private static final class NoStore implements Store {
        @Override
        public void put(String table, String key, @Nullable Bytes value) {}

        @Override
        public @Nullable Bytes get(String table, String key) {
            return null;
        }

        @Override
        public void forEach(String table, BiConsumer<String, Bytes> visitor) {}

        @Override
        public void sync(Runnable durable) {
            durable.run();
        }
    }
}
