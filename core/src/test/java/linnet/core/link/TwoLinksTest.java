package linnet.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import linnet.core.env.Chance;
import linnet.core.wire.Frame;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two peers dial each other at once, while both write as fast as they are let: one link stays, and nothing is lost or doubled. */
class TwoLinksTest {
    private static final int WRITE_EVERY_MILLIS = 4;
    private static final int BUSY_MILLIS = 1_000;

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void exactlyOneStaysAndNothingIsLost(long seed) {
        Chance chance = new Chance(seed);
        TestNet net = new TestNet();
        net.latencyMillis = () -> 1 + chance.below(80);
        Station first = new Station(net, 2 * seed);
        Station second = new Station(net, 2 * seed + 1);
        Writer there = new Writer(net, first, second);
        Writer back = new Writer(net, second, first);
        // Sometimes both at the same instant, sometimes somewhere within the other's handshake.
        net.after(chance.happens(0.3) ? 0 : chance.below(250), () -> first.open(second));
        net.after(chance.happens(0.3) ? 0 : chance.below(250), () -> second.open(first));
        net.run(BUSY_MILLIS);
        there.isDone = true;
        back.isDone = true;
        net.run(2L * LinkConfig.DRAIN_MILLIS);

        assertThat(openPipes(net)).isEqualTo(1);
        assertThat(first.isUp(second)).isTrue();
        assertThat(second.isUp(first)).isTrue();
        assertThat(first.heard).containsExactly("up");
        assertThat(second.heard).containsExactly("up");
        assertThat(first.failures).isEmpty();
        assertThat(second.failures).isEmpty();
        assertThat(second.frames).containsExactlyInAnyOrderElementsOf(there.accepted);
        assertThat(first.frames).containsExactlyInAnyOrderElementsOf(back.accepted);
        assertThat(there.accepted).hasSizeGreaterThan(50);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theOneDialledByTheGreaterIdStays(long seed) {
        TestNet net = new TestNet();
        Station first = new Station(net, 2 * seed);
        Station second = new Station(net, 2 * seed + 1);
        boolean firstIsGreater = first.peer.compareTo(second.peer) > 0;
        first.open(second);
        second.open(first);
        net.run(1_000);
        assertThat(first.pool().describe(second.peer).dialledHere()).isEqualTo(firstIsGreater);
        assertThat(second.pool().describe(first.peer).dialledHere()).isEqualTo(!firstIsGreater);
    }

    private static long openPipes(TestNet net) {
        return net.pipes.stream()
                .filter(pipe -> !pipe.dialler.closed || !pipe.answerer.closed)
                .count();
    }

    /** Writes numbered frames to a peer and notes those that were accepted. */
    private static final class Writer {
        private final TestNet net;
        private final Station from;
        private final Station to;
        private final List<Integer> accepted = new ArrayList<>();
        private int next = 1;
        private boolean isDone;

        Writer(TestNet net, Station from, Station to) {
            this.net = net;
            this.from = from;
            this.to = to;
            from.pool().keep(to.peer, Links.Standing.CONTACT);
            write();
        }

        private void write() {
            if (isDone) return;
            Frame frame = next % 2 == 0 ? from.envelope(next, 1_000) : Station.receipt(next);
            if (from.pool().send(to.peer, frame)) accepted.add(next++);
            net.after(WRITE_EVERY_MILLIS, this::write);
        }
    }
}
