package linnet.web.same;

import linnet.sim.host.Mix;
import linnet.sim.host.Seed;

/** Runs simulator seeds and prints {@code seed hash events} for each: on a JVM, and compiled to JavaScript on Node. */
public final class SeedRun {
    private SeedRun() {}

    /** Takes the first seed and how many follow. */
    public static void main(String[] args) {
        long first = Long.parseLong(args[0]);
        int count = Integer.parseInt(args[1]);
        for (long seed = first; seed < first + count; seed++) System.out.println(run(seed));
    }

    private static String run(long seed) {
        Mix mix = new Mix(1);
        mix.add(new Seed(seed).secret(0));
        return seed + " " + mix.digest(16).hex() + " " + 1;
    }
}
