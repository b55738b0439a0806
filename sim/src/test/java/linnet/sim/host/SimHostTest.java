package linnet.sim.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import linnet.core.env.Channel;
import linnet.core.env.Failure;
import linnet.core.env.Result;
import linnet.core.event.Event;
import linnet.core.id.Bytes;
import linnet.core.id.PeerId;
import linnet.core.wire.Frame;
import org.junit.jupiter.api.Test;

/** Hosts, disks and channels, without any node on them. */
class SimHostTest {
    private static final Failure BYE = new Failure(Failure.Code.STOPPING);

    private final World world = new World();
    private final List<String> broken = new ArrayList<>();
    private final List<Happening> happenings = new ArrayList<>();
    private final Seed seed = new Seed(1);
    private final Network network = new Network(world, new Trace(world, null), seed);
    private final SimHost alice = host(0, "alice");
    private final SimHost bob = host(1, "bob");

    @Test
    void answersSyncOnlyWhenTheDiskIsDone() {
        alice.setDisk(50, 50);
        alice.start();
        List<Long> answered = new ArrayList<>();
        alice.call(() -> {
            alice.store().put("t", "k", Bytes.utf8("v"));
            alice.store().sync(() -> answered.add(world.nowMillis()));
        });
        run(49);
        assertThat(answered).isEmpty();
        run(51);
        assertThat(answered).hasSize(1);
    }

    @Test
    void keepsWholeBatchesInOrderThroughACrash() {
        for (int i = 0; i < 200; i++) {
            World time = new World();
            Network net = new Network(time, new Trace(time, null), new Seed(i));
            SimHost host = new SimHost(net, new Observer(), new Seed(i), 0, "host", new FastCrypto(), Silent::new);
            host.setDisk(1, 20);
            host.start();
            int[] synced = new int[1];
            for (int n = 1; n <= 20; n++) {
                int number = n;
                host.plan(n, () -> {
                    host.store().put("a", "k", Bytes.utf8("" + number));
                    host.store().put("b", "k", Bytes.utf8("" + number));
                    host.store().sync(() -> synced[0] = number);
                });
            }
            long crash = 1L + i % 25;
            while (time.step(crash)) time.nowMillis();
            host.crash(false);
            host.start();
            int left = number(host.store().get("a", "k"));
            assertThat(left).isEqualTo(number(host.store().get("b", "k"))).isGreaterThanOrEqualTo(synced[0]);
        }
    }

    @Test
    void nothingPlannedInOneLifeReachesTheNext() {
        alice.start();
        List<String> ran = new ArrayList<>();
        alice.after(Duration.ofSeconds(1), () -> ran.add("old"));
        alice.crash(true);
        alice.start();
        alice.after(Duration.ofSeconds(1), () -> ran.add("new"));
        run(2_000);
        assertThat(ran).containsExactly("new");
    }

    @Test
    void aChannelKeepsItsOrderThroughLoss() {
        network.setWeather(new Weather(0.3, 0, 0, 0, 0));
        Listening far = connect();
        for (int i = 0; i < 50; i++) near().send(Bytes.utf8("" + i));
        run(120_000);
        assertThat(far.heard).hasSize(50);
        for (int i = 0; i < 50; i++) assertThat(far.heard.get(i)).isEqualTo("" + i);
    }

    @Test
    void aChannelBreaksAfterFifteenSecondsWithoutProgress() {
        Listening far = connect();
        network.cut(0, 1, 60_000);
        near().send(Bytes.utf8("lost"));
        long start = world.nowMillis();
        run(start + 14_999);
        assertThat(near.closed).isNull();
        run(start + 15_001);
        assertThat(near.closed).isNotNull();
        assertThat(far.closed).isNull();
        assertThat(happenings).contains(Happening.CHANNEL_BROKE, Happening.CHANNEL_LINGERS);
    }

    @Test
    void aFullChannelRefusesAndTellsOfRoom() {
        connect();
        network.setHighWater(100);
        assertThat(near().send(Bytes.wrap(new byte[80]))).isTrue();
        assertThat(near().send(Bytes.wrap(new byte[80]))).isFalse();
        run(world.nowMillis() + 1_000);
        assertThat(near.room).isEqualTo(1);
        assertThat(near().send(Bytes.wrap(new byte[80]))).isTrue();
    }

    @Test
    void aCutCatchesWhatIsOnItsWayAndTheRestWaitsBehindIt() {
        Listening far = connect();
        near().send(Bytes.utf8("first"));
        near().send(Bytes.utf8("second"));
        network.cut(alice.index(), bob.index(), 5_000);
        long cut = world.nowMillis();
        run(cut + 5_000);
        assertThat(far.heard).isEmpty();
        run(cut + 14_000);
        assertThat(far.heard).containsExactly("first", "second");
        assertThat(happenings).contains(Happening.CUT_ON_THE_WAY);
    }

    @Test
    void whatNobodyReadsWaitsWithItsSender() {
        Listening far = connect();
        bob.deafen(far.channel);
        near().send(Bytes.wrap(new byte[80]));
        run(world.nowMillis() + 60_000);
        assertThat(near().queuedBytes()).isEqualTo(80);
        assertThat(near.closed).isNull();
    }

    @Test
    void aDeviceAgesByThePausesThatItsClockTellsOf() {
        long day = 24L * 60 * 60 * 1_000;
        alice.start();
        alice.jumpClock(100 * day);
        assertThat(alice.livedMillis()).isEqualTo(world.nowMillis());
        alice.crash(true);
        alice.start();
        assertThat(alice.livedMillis()).isEqualTo(world.nowMillis() + 8 * day);
    }

    @Test
    void theOtherSideHearsTheCodeOfAClose() {
        Listening far = connect();
        near().close(BYE);
        run(world.nowMillis() + 1_000);
        assertThat(far.closed).isEqualTo(BYE);
        assertThat(near.closed).isNull();
    }

    @Test
    void aNonceThatIsUsedAgainIsTold() {
        Bytes key = Bytes.wrap(new byte[32]);
        Bytes nonce = Bytes.wrap(new byte[12]);
        alice.crypto().seal(key, nonce, Bytes.EMPTY, Bytes.EMPTY);
        assertThat(broken).isEmpty();
        alice.crypto().seal(key, nonce, Bytes.EMPTY, Bytes.EMPTY);
        assertThat(broken).containsExactly("nonce");
    }

    @Test
    void aNonceThatAnotherHostHasUsedIsTold() {
        Bytes key = Bytes.wrap(new byte[32]);
        Bytes nonce = Bytes.wrap(new byte[12]);
        alice.crypto().seal(key, nonce, Bytes.EMPTY, Bytes.EMPTY);
        bob.crypto().seal(key, nonce, Bytes.EMPTY, Bytes.EMPTY);
        assertThat(broken).containsExactly("nonce");
    }

    @Test
    void anExceptionThatEscapesIsTold() {
        alice.start();
        alice.call(() -> {
            throw new IllegalStateException("a fault of ours");
        });
        assertThat(broken).containsExactly("escape");
    }

    private Listening near = new Listening();

    private Channel near() {
        assertThat(near.channel).isNotNull();
        return near.channel;
    }

    private Listening connect() {
        alice.start();
        bob.start();
        alice.call(() -> alice.dial(bob.endpoint(), near));
        run(world.nowMillis() + 5_000);
        assertThat(near.channel).isNotNull();
        return ((Silent) programs.get(1)).listening;
    }

    private final List<Program> programs = new ArrayList<>(List.of(new Silent(null), new Silent(null)));

    private SimHost host(int index, String name) {
        return new SimHost(network, new Observer(), seed, index, name, new FastCrypto(), host -> {
            Silent made = new Silent(host);
            programs.set(index, made);
            return made;
        });
    }

    private void run(long untilMillis) {
        while (world.step(untilMillis)) world.nowMillis();
        world.rest(untilMillis);
    }

    private static int number(Bytes value) {
        return value == null ? 0 : Integer.parseInt(value.text());
    }

    /** A program that only listens. */
    private static final class Silent implements Program {
        private final Listening listening = new Listening();

        Silent(SimHost host) {}

        @Override
        public void start() {}

        @Override
        public void stop() {}

        @Override
        public Result<Channel.Listener> incoming(String remoteAddress) {
            return new Result.Ok<>(listening);
        }
    }

    private static final class Listening implements Channel.Listener {
        private final List<String> heard = new ArrayList<>();
        private Channel channel;
        private Failure closed;
        private int room;

        @Override
        public void onOpen(Channel channel) {
            this.channel = channel;
        }

        @Override
        public void onBytes(Bytes bytes) {
            heard.add(bytes.text());
        }

        @Override
        public void onRoom() {
            room++;
        }

        @Override
        public void onClosed(Failure why) {
            closed = why;
        }
    }

    private final class Observer implements Watch {
        @Override
        public void onEvent(SimHost host, Event event) {}

        @Override
        public void onLog(SimHost host, String name, Object[] keysAndValues) {}

        @Override
        public void onSend(SimHost host, PeerId to, Frame frame) {}

        @Override
        public void onReceive(SimHost host, PeerId from, Frame frame) {}

        @Override
        public void onPut(SimHost host, String table, Bytes value) {}

        @Override
        public void onBroken(SimHost host, String rule, String what) {
            broken.add(rule);
        }

        @Override
        public void onHappening(SimHost host, Happening what) {
            happenings.add(what);
        }

        @Override
        public void onInputDone(SimHost host) {}
    }
}
