package linnet.core.dht;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import linnet.core.fixture.QuestionNet;
import linnet.core.fixture.QuestionNet.Box;
import linnet.core.fixture.QuestionNet.Peer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Parts of a network that know only themselves: whoever is content with those near it asks others as well. */
class IslandsTest {
    private static final long MINUTE = 60_000;
    private static final int PEERS = 120;
    private static final int LOOKUPS = 60;

    /** Those by which networks came apart, and some others. */
    static LongStream seeds() {
        return LongStream.of(1, 2, 10, 28, 36, 52, 54, 60, 63, 75);
    }

    /** The first ones start last, when their whole neighbourhood has asked them already and is all they know. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void peersThatStartInAnyOrderAreOneNetwork(long seed) {
        QuestionNet net = new QuestionNet(seed);
        net.settle(PEERS, DhtConfig.defaults(), 10_000);
        // The second announcement, after an hour, brings those together who had met by one peer only.
        net.run(2 * 60 * MINUTE);
        assertThat(lookupsThatFind(net, net.peers, net.peers)).isEqualTo(LOOKUPS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void oneInvitationMakesTwoNetworksOne(long seed) {
        QuestionNet net = new QuestionNet(seed);
        net.settle(PEERS / 2, DhtConfig.defaults(), 10_000);
        List<Peer> here = List.copyOf(net.peers);
        Peer other = net.join(DhtConfig.defaults(), true);
        other.dht.start();
        for (int i = 1; i < PEERS / 2; i++) {
            Peer peer = net.join(DhtConfig.defaults(), true);
            peer.dht.seed(List.of(other.where));
            peer.dht.start();
        }
        List<Peer> there = net.peers.subList(here.size(), net.peers.size());
        net.run(10 * MINUTE);
        assertThat(lookupsThatFind(net, here, there)).isZero();
        here.get(net.chance().below(here.size()))
                .dht
                .seed(List.of(there.get(net.chance().below(there.size())).where));
        net.run(2 * 60 * MINUTE);
        assertThat(lookupsThatFind(net, here, there)).isEqualTo(LOOKUPS);
        assertThat(lookupsThatFind(net, there, here)).isEqualTo(LOOKUPS);
    }

    private static int lookupsThatFind(QuestionNet net, List<Peer> from, List<Peer> to) {
        int found = 0;
        for (int i = 0; i < LOOKUPS; i++) {
            Peer asker = from.get(net.chance().below(from.size()));
            Peer wanted = to.get(net.chance().below(to.size()));
            Box<Found> box = new Box<>();
            asker.dht.lookup(wanted.where.peer(), Purpose.WAITED, LookupTrace.NONE, box);
            net.run(2_000);
            boolean isSelf = asker == wanted;
            if (isSelf || (box.value != null && wanted.where.equals(box.value.peer()))) found++;
        }
        return found;
    }
}
