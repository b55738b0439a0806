package linnet.core.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import linnet.core.dht.DhtConfig;
import linnet.core.fixture.LinkNet;
import linnet.core.fixture.LinkNet.Node;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.Key;
import linnet.core.id.PeerId;
import linnet.core.wire.Whereabouts;
import org.junit.jupiter.api.Test;

/** However many peers a node is told of, it begins with a bounded number of them, and always with those of its configuration. */
class SeedsTest {
    private static final int TOLD = 700;

    private final LinkNet net = new LinkNet(3);
    private final Asked asked = new Asked();
    private final Whereabouts first = seed(TOLD);
    private final Whereabouts later = seed(TOLD + 1);
    private final Bootstrap bootstrap = bootstrap();

    /** A network in which nobody answers. */
    private static final class Asked implements Network {
        private final TreeSet<PeerId> peers = new TreeSet<>();
        private int most;

        @Override
        public void seed(List<Whereabouts> seeds) {
            for (Whereabouts seed : seeds) peers.add(seed.peer());
        }

        @Override
        public boolean isJoined() {
            return false;
        }

        @Override
        public List<Whereabouts> near(int count) {
            return List.of();
        }

        @Override
        public List<Whereabouts> anybody(int count) {
            most = Math.max(most, count);
            return List.of();
        }

        @Override
        public List<Whereabouts> heard(long withinMillis) {
            return List.of();
        }

        @Override
        public void onRecovered() {}
    }

    @Test
    void whoeverWasToldOfFirstIsForgottenAndWhoIsConfiguredNever() {
        bootstrap.start();
        bootstrap.addConfigured(later);
        for (int i = 0; i < TOLD; i++) bootstrap.addSeeds(List.of(seed(i)));
        asked.peers.clear();
        net.net.run(200_000);
        TreeSet<PeerId> wanted = new TreeSet<>(List.of(first.peer(), later.peer()));
        for (int i = TOLD - Bootstrap.SEEDS_MAX + 2; i < TOLD; i++) wanted.add(seed(i).peer());
        assertThat(asked.peers).containsExactlyElementsOf(wanted);
        assertThat(asked.most).isLessThanOrEqualTo(Bootstrap.SEEDS_MAX + 3);
    }

    @Test
    void aRoundThatIsUnderWayLeavesNobodyOut() {
        List<Whereabouts> some = new ArrayList<>();
        for (int i = 0; i < Bootstrap.SEEDS_MAX - 1; i++) some.add(seed(i));
        bootstrap.addKnown(some);
        bootstrap.start();
        net.net.run(50_000);
        int before = asked.peers.size();
        for (int i = 0; i < 100; i++) bootstrap.addSeeds(List.of(seed(Bootstrap.SEEDS_MAX + i)));
        net.net.run(120_000);
        assertThat(before).isBetween(100, 300);
        assertThat(asked.peers).hasSizeGreaterThanOrEqualTo(Bootstrap.SEEDS_MAX);
    }

    private Bootstrap bootstrap() {
        BootstrapConfig defaults = BootstrapConfig.defaults();
        BootstrapConfig quick = new BootstrapConfig(
                3,
                5,
                3,
                Duration.ofMillis(100),
                defaults.seedTime(),
                defaults.attempts(),
                defaults.rest(),
                defaults.first(),
                defaults.dialsPerSecond());
        Node node = net.join(quick, DhtConfig.defaults(), true, List.of());
        return new Bootstrap(node.peer.where.peer(), quick, node.peer, node, asked, List.of(first));
    }

    private static Whereabouts seed(int number) {
        Endpoint endpoint = new Endpoint("udp://10.1." + (number >> 8) + "." + (number & 0xff) + ":7000");
        return new Whereabouts(
                new PeerId(new Key(number + 1, 9, 9, 9, 9, 9, 9, 9)), Bytes.wrap(new byte[32]), List.of(endpoint));
    }
}
