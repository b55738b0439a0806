package linnet.sim.scenario;

import java.util.function.Consumer;

/** Runs seeds and prints one hash each: what a JVM, another JVM and JavaScript must agree on. */
public final class Hashes {
    private Hashes() {}

    /**
     * Runs {@code talk} with the usual options.
     *
     * @param first the first seed
     * @param count how many
     * @param line gets {@code seed hash events} for each
     */
    public static void print(long first, int count, Consumer<String> line) {
        print(first, count, TalkOptions.defaults(), line);
    }

    /** Runs {@code talk} with other options. */
    public static void print(long first, int count, TalkOptions options, Consumer<String> line) {
        for (long seed = first; seed < first + count; seed++) {
            TalkRun run = TalkRun.run(seed, options);
            line.accept(seed + " " + run.hash() + " " + run.events());
        }
    }
}
