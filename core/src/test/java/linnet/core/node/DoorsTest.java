package linnet.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import linnet.core.bootstrap.Bootstrap;
import linnet.core.bootstrap.BootstrapConfig;
import linnet.core.bootstrap.Door;
import linnet.core.bootstrap.Network;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.fixture.House;
import linnet.core.fixture.Village;
import linnet.core.id.Endpoint;
import linnet.core.id.Key;
import linnet.core.id.PeerId;
import linnet.core.link.LinkView;
import linnet.core.link.Links;
import linnet.core.wire.Frame;
import linnet.core.wire.Whereabouts;
import org.junit.jupiter.api.Test;

/** One bootstrap node, over links that come and go as the test says. */
class DoorsTest {
    private static final long SECOND = 1_000;

    /** A node with links looks so often whether it still has some. */
    private static final long CALM = 10 * SECOND;

    private final Village village = new Village(5);
    private final House host = village.house("alice");
    private final Switchboard links = new Switchboard();
    private final Neighbours network = new Neighbours();
    private final Bootstrap bootstrap =
            new Bootstrap(host.peer(), BootstrapConfig.defaults(), host, links, network, List.of());
    private final PeerId door = peer(100);
    private final Doors doors =
            new Doors(List.of(new Door(door, new Endpoint("ws://door/"))), host.peer(), host, links, bootstrap);

    /** Dials whose end is known. */
    private int answered;

    private final class Switchboard implements Links {
        private final List<PeerId> up = new ArrayList<>();
        private final List<Long> dialMillis = new ArrayList<>();
        private final List<Consumer<Failure>> failures = new ArrayList<>();

        @Override
        public boolean isUp(PeerId peer) {
            return up.contains(peer);
        }

        @Override
        public List<PeerId> up() {
            return up;
        }

        @Override
        public boolean send(PeerId peer, Frame frame) {
            return false;
        }

        @Override
        public void open(PeerId peer, List<Endpoint> at, Consumer<Failure> onFailure) {
            dialMillis.add(host.nowMillis());
            failures.add(onFailure);
        }

        @Override
        public void keep(PeerId peer, Standing standing) {}

        @Override
        public void close(PeerId peer, Failure why) {
            up.remove(peer);
        }

        @Override
        public LinkView describe(PeerId peer) {
            return null;
        }
    }

    /** Nobody is known before the test says so. */
    private static final class Neighbours implements Network {
        private boolean joined;

        @Override
        public void seed(List<Whereabouts> peers) {}

        @Override
        public boolean isJoined() {
            return joined;
        }

        @Override
        public List<Whereabouts> near(int count) {
            return List.of();
        }

        @Override
        public List<Whereabouts> anybody(int count) {
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
    void aDoorThatOpensAndSoonClosesIsKnockedAtEverMoreSeldom() {
        begin();
        for (int i = 0; i < 600; i++) {
            if (links.dialMillis.size() > answered) {
                open();
                village.run(SECOND / 2);
                links.up.remove(door);
                village.run(SECOND / 2);
            } else village.run(SECOND);
        }
        assertThat(links.dialMillis).hasSizeBetween(10, 30);
        for (int i = 8; i < links.dialMillis.size(); i++)
            assertThat(links.dialMillis.get(i) - links.dialMillis.get(i - 1)).isGreaterThanOrEqualTo(30 * SECOND);
    }

    @Test
    void afterALifeWithOthersTheFirstWaitIsShortAgain() {
        begin();
        for (int i = 0; i < 8; i++) refuse();
        open();
        meet();
        village.run(120 * SECOND);
        assertThat(links.isUp(door)).isFalse();
        lose();
        int before = links.dialMillis.size();
        village.run(CALM + SECOND);
        assertThat(links.dialMillis).hasSize(before + 1);
        refuse();
        assertThat(links.dialMillis.get(before + 1) - links.dialMillis.get(before))
                .isLessThanOrEqualTo(4 * SECOND);
    }

    @Test
    void aDoorThatOpensAfterTheOthersCameIsLeftToo() {
        begin();
        meet();
        village.run(30 * SECOND);
        assertThat(bootstrap.state()).isEqualTo(Bootstrap.State.MESHED);
        open();
        village.run(CALM + SECOND);
        assertThat(links.isUp(door)).isFalse();
    }

    private void begin() {
        host.power();
        host.later(0, bootstrap::start);
        host.later(0, () -> doors.start(false));
        village.run(1);
    }

    /** The dial that is on its way succeeds. */
    private void open() {
        answered = links.dialMillis.size();
        links.up.add(door);
        host.later(0, () -> {
            doors.onUp(door);
            bootstrap.onUp(door, null);
        });
        village.run(1);
    }

    /** The dial that is on its way fails, and the next one is waited for. */
    private void refuse() {
        int dials = links.dialMillis.size();
        answered = dials;
        host.later(0, () -> links.failures.get(dials - 1).accept(new Failure(Code.NOT_LISTENING)));
        for (int i = 0; i < 120 && links.dialMillis.size() == dials; i++) village.run(SECOND);
    }

    private void meet() {
        network.joined = true;
        for (int i = 0; i < 4; i++) links.up.add(peer(i));
        host.later(0, () -> bootstrap.onUp(peer(0), null));
        village.run(SECOND);
    }

    private void lose() {
        links.up.clear();
        host.later(0, () -> bootstrap.onDown(peer(0), new Failure(Code.TIMEOUT)));
        village.run(1);
    }

    private static PeerId peer(int number) {
        return new PeerId(new Key(number, 7, 7, 7, 7, 7, 7, 7));
    }
}
