package linnet.web.same;

import linnet.sim.scenario.Hashes;

/** Runs simulator seeds and prints {@code seed hash events} for each: on a JVM, and compiled to JavaScript on Node. */
public final class SeedRun {
    private SeedRun() {}

    /** Takes the first seed and how many follow. */
    public static void main(String[] args) {
        Hashes.print(Long.parseLong(args[0]), Integer.parseInt(args[1]), System.out::println);
    }
}
