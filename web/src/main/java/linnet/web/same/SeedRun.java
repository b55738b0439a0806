package linnet.web.same;

import linnet.sim.scenario.Hashes;
import linnet.sim.scenario.TalkOptions;

/** Runs simulator seeds and prints {@code seed hash events} for each: on a JVM, and compiled to JavaScript on Node. */
public final class SeedRun {
    /**
     * A third of what {@code sim talk} runs, and still some 30,000 events a seed: a curve takes 50 times as long in JavaScript
     * as on a JVM, and a hundred seeds, ten of them with real cryptography, should end within a quarter of an hour.
     */
    static final TalkOptions SIZE = TalkOptions.defaults().withPeers(10).withSends(100);

    private SeedRun() {}

    /** Takes the first seed and how many follow. */
    public static void main(String[] args) {
        Hashes.print(Long.parseLong(args[0]), Integer.parseInt(args[1]), SIZE, System.out::println);
    }
}
