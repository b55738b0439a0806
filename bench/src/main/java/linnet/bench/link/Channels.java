package linnet.bench.link;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import linnet.bench.Samples;
import linnet.bench.peer.PeerProcess;
import linnet.bench.peer.PeerSystem;
import org.jspecify.annotations.Nullable;

/** Measures the channel of one system between two processes, each kept on a processor. */
final class Channels {
    /** Round trips before those that count: as many as a compiler needs to be done. */
    private static final int ECHO_WARM = 20_000;

    private static final int ECHO_COUNT = 10_000;

    /** A system whose round trip takes longer than this gets fewer of them. */
    private static final int SLOW_MICROS = 2_000;

    /** How long one flood should last: long enough for a clock that ticks a hundred times a second. */
    private static final double FLOOD_SECONDS = 1.2;

    /** Floods before the one that counts. */
    private static final int FLOODS_WARM = 4;

    private static final int MESSAGES_MAX = 5_000_000;
    private static final double MICROS_PER_SECOND = 1e6;

    private Channels() {}

    /** Where the two processes run. */
    enum Placement {
        /** Both on one processor: no wake-up crosses. */
        SAME_CORE(0, 0, ""),
        /** Each on its own. */
        TWO_CORES(0, 1, "_two_cores");

        private final int listening;
        private final int dialling;
        private final String suffix;

        Placement(int listening, int dialling, String suffix) {
            this.listening = listening;
            this.dialling = dialling;
            this.suffix = suffix;
        }

        /** Returns what the names of the figures end with. */
        String suffix() {
            return suffix;
        }
    }

    /**
     * What was measured in one round.
     *
     * @param smallRate messages of 256 B in a second, one way
     * @param largeRate the same of 16 KiB
     * @param roundTripMicros median of the round trips of 256 B
     * @param slowRoundTripMicros their 99th percentile
     * @param cpuMicros processor time of both sides for one message of 256 B
     */
    record Figures(
            double smallRate, double largeRate, double roundTripMicros, double slowRoundTripMicros, double cpuMicros) {}

    static Figures measure(PeerSystem system, Placement placement) throws IOException, InterruptedException {
        try (PeerProcess third = system.needsThird()
                        ? PeerProcess.start(system, -1, 1, null).awaitReady()
                        : null;
                PeerProcess listening = PeerProcess.start(
                                system, placement.listening, 1, third == null ? null : third.address())
                        .awaitReady();
                PeerProcess dialling = PeerProcess.start(
                                system, placement.dialling, 1, third == null ? listening.address() : third.address())
                        .awaitReady()) {
            Pair pair = new Pair(system, listening, dialling);
            List<Long> times = pair.echoes();
            Flood small = pair.flood(PeerSystem.SMALL);
            Flood large = pair.flood(PeerSystem.LARGE);
            return new Figures(
                    small.rate, large.rate, Samples.at(times, 0.5), Samples.at(times, 0.99), small.cpuMicros);
        }
    }

    private record Flood(int count, double rate, double cpuMicros) {}

    private record Pair(PeerSystem system, PeerProcess listening, PeerProcess dialling) {
        /** Returns the times of round trips, in microseconds. */
        List<Long> echoes() throws IOException, InterruptedException {
            List<Long> few = echoes(0, ECHO_COUNT / 10);
            boolean slow = Samples.at(few, 0.5) > SLOW_MICROS;
            return slow ? echoes(ECHO_WARM / 10, ECHO_COUNT / 10) : echoes(ECHO_WARM, ECHO_COUNT);
        }

        private List<Long> echoes(int warm, int count) throws IOException, InterruptedException {
            Object times = dialling.ask(
                            "echo",
                            Map.of("to", listening.address(), "size", PeerSystem.SMALL, "n", count, "warm", warm))
                    .get("us");
            if (!(times instanceof List<?> list)) throw new IOException(system.name() + " measured nothing");
            return list.stream().map(time -> ((Number) time).longValue()).toList();
        }

        Flood flood(int size) throws IOException, InterruptedException {
            int count = system.firstCount(size);
            Flood flood = flood(size, count);
            for (int i = 0; i < FLOODS_WARM; i++)
                flood = flood(size, (int) Math.min(MESSAGES_MAX, Math.max(1, flood.rate * FLOOD_SECONDS)));
            return flood;
        }

        private Flood flood(int size, int count) throws IOException, InterruptedException {
            double before = listening.cpuSeconds() + dialling.cpuSeconds();
            Map<String, @Nullable Object> answer =
                    dialling.ask("send", Map.of("to", listening.address(), "size", size, "n", count));
            double cpu = listening.cpuSeconds() + dialling.cpuSeconds() - before;
            if (!(answer.get("got") instanceof Long got) || got != count)
                throw new IOException(system.name() + " lost messages: " + answer.get("got") + " of " + count);
            double seconds = ((Number) answer.getOrDefault("seconds", 0L)).doubleValue();
            return new Flood(count, count / seconds, cpu * MICROS_PER_SECOND / count);
        }
    }
}
