package linnet.core.dht;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import linnet.core.fixture.QuestionNet;
import linnet.core.fixture.QuestionNet.Box;
import linnet.core.fixture.QuestionNet.Peer;
import linnet.core.id.Key;
import linnet.core.link.Rpc;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.SignedRecord;
import linnet.core.wire.SignedRecord.Kind;
import linnet.core.wire.Whereabouts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where records go while holders lie to their owners. */
class PuttingTest {
    private static final int PEERS = 120;

    /** One peer in four. */
    private static final int CROWD = 40;

    private static final int READS = 10;
    private static final int SEEDS = 20;

    /** Names agree with the key so far, which no honest one does in a network of this size. */
    private static final int CROWD_BITS = 60;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whoeverSaysToKeepItAndDoesNotShowItIsReplaced(long seed) {
        QuestionNet net = network(seed);
        Owner owner = new Owner(net.crypto);
        SignedRecord record = owner.record(Kind.PRESENCE, net.wallMillis());
        List<Peer> nearest = sorted(net, record.key());
        for (Peer liar : nearest.subList(0, Kind.PRESENCE.holders())) liar.served = new Faker(liar.dht, null);
        List<Whereabouts> holders = publish(net, owner, record);
        int truthful = 0;
        for (Peer peer : nearest) if (peer.dht.shelf().contains(record)) truthful++;
        assertThat(truthful).isGreaterThanOrEqualTo(3);
        assertThat(holders).isNotEmpty();
    }

    @Test
    void aCrowdAroundAKeyDoesNotKeepARecordToItself() {
        int[] found = {0};
        seeds().forEach(seed -> found[0] += readsThatFindIt(seed));
        assertThat(found[0]).isGreaterThanOrEqualTo(SEEDS * READS * 99 / 100);
    }

    private static int readsThatFindIt(long seed) {
        QuestionNet net = network(seed);
        Owner owner = new Owner(net.crypto);
        SignedRecord record = owner.record(Kind.PRESENCE, net.wallMillis());
        List<Whereabouts> crowd = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            Key name = record.key().flipped(CROWD_BITS + i);
            Peer one = net.join(name, DhtConfig.defaults(), true, Host.NONE);
            one.dht.seed(List.of(net.peers.get(net.chance().below(PEERS)).where));
            one.dht.start();
            crowd.add(one.where);
        }
        net.run(60_000);
        for (Peer peer : net.peers) if (crowd.contains(peer.where)) peer.served = new Faker(peer.dht, crowd);
        publish(net, owner, record);
        int found = 0;
        for (int i = 0; i < READS; i++) {
            Box<Fetched> fetched = new Box<>();
            Wanted wanted = owner.wanted(Kind.PRESENCE, net.wallMillis());
            Peer reader = net.peers.get(net.chance().below(PEERS));
            reader.dht.get(wanted, Purpose.WAITED, Care.GUARDED, LookupTrace.NONE, fetched);
            net.run(10_000);
            assertThat(fetched.value).isNotNull();
            if (record.equals(fetched.value.record())) found++;
        }
        return found;
    }

    /** Says that it keeps what it drops; of a crowd, names only the others. */
    private record Faker(Dht dht, @Nullable List<Whereabouts> crowd) implements Rpc.Served {
        @Override
        public void onQuestion(Rpc.Asker from, DhtQuestion<?> question, Rpc.Reply reply) {
            if (question instanceof DhtQuestion.Put put)
                reply.answer(new DhtAnswer.Kept(put.record().sequence()));
            else
                dht.onQuestion(from, question, answer -> {
                    if (answer instanceof DhtAnswer.Held held)
                        reply.answer(new DhtAnswer.Held(List.of(), named(held.peers())));
                    else if (answer instanceof DhtAnswer.Nearest nearest)
                        reply.answer(new DhtAnswer.Nearest(named(nearest.peers())));
                    else reply.answer(answer);
                });
        }

        private List<Whereabouts> named(List<Whereabouts> honest) {
            return crowd == null ? honest : crowd.subList(0, DhtAnswer.PEERS_MAX);
        }
    }

    private static QuestionNet network(long seed) {
        QuestionNet net = new QuestionNet(seed);
        net.settle(PEERS, DhtConfig.defaults(), 10_000);
        net.run(10 * 60_000);
        return net;
    }

    private static List<Peer> sorted(QuestionNet net, Key key) {
        List<Peer> sorted = new ArrayList<>(net.peers);
        sorted.sort((one, other) ->
                key.compareDistance(one.where.peer().key(), other.where.peer().key()));
        return sorted;
    }

    /** Puts it as an owner does whom nobody waits for. */
    private static List<Whereabouts> publish(QuestionNet net, Owner owner, SignedRecord record) {
        Box<Stored> stored = new Box<>();
        Peer home = sorted(net, record.key()).get(PEERS - 1);
        home.dht.put(record, Purpose.BACKGROUND, Care.QUICK, LookupTrace.NONE, stored);
        net.run(60_000);
        assertThat(owner.sequence()).isEqualTo(record.sequence());
        assertThat(stored.value).isNotNull();
        return stored.value.holders();
    }
}
