package linnet.sim.scenario;

import java.util.function.Consumer;
import linnet.sim.dht.SmallNetwork;

/** Runs seeds and prints one hash each: what a JVM, another JVM and JavaScript must agree on. */
public final class Hashes {
    private Hashes() {}

    /**
     * Runs {@code talk} with the usual options, and a small network.
     *
     * @param first the first seed
     * @param count how many
     * @param line gets {@code seed hash events} for each
     */
    public static void print(long first, int count, Consumer<String> line) {
        print(first, count, TalkOptions.defaults(), line);
    }

    /** Runs {@code talk} with other options, and a small network. */
    public static void print(long first, int count, TalkOptions options, Consumer<String> line) {
        for (long seed = first; seed < first + count; seed++) {
            TalkRun run = TalkRun.run(seed, options);
            SmallNetwork.Result network = SmallNetwork.run(seed);
            line.accept(seed + " " + run.hash() + "+" + network.hash() + " " + (run.events() + network.events()));
        }
    }
}
