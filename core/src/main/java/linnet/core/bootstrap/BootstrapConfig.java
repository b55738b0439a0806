package linnet.core.bootstrap;

import java.time.Duration;

/**
 * How a node joins and recovers.
 *
 * @param linksMin with fewer links than this it looks for more without rest; 3 (SPEC R4)
 * @param linksWanted links to distinct peers that it makes by itself; 5, a mesh that loses two of three and holds
 * @param seedsAtOnce peers of the invitation or configuration that are asked at once; 3
 * @param seedSpread between the next ones; 1 s
 * @param seedTime after so long without anybody joining has failed, and is begun again; 30 s (SPEC L6)
 * @param attempts dials of one peer in a row before it is left alone; 5 (SPEC R2)
 * @param rest for how long it is left alone then; 60 s
 * @param first wait after the first failed dial of a peer, doubling, spread by up to a half; 500 ms
 * @param dialsPerSecond dials of this node; 4, below the five that make a storm (SPEC R2)
 */
public record BootstrapConfig(
        int linksMin,
        int linksWanted,
        int seedsAtOnce,
        Duration seedSpread,
        Duration seedTime,
        int attempts,
        Duration rest,
        Duration first,
        int dialsPerSecond) {
    /** Checks the ranges. */
    public BootstrapConfig {
        if (linksMin < 0 || linksWanted < linksMin) throw new IllegalArgumentException("links: " + linksWanted);
        if (seedsAtOnce < 1) throw new IllegalArgumentException("seedsAtOnce: " + seedsAtOnce);
        if (attempts < 1) throw new IllegalArgumentException("attempts: " + attempts);
        if (dialsPerSecond < 1 || dialsPerSecond > 1_000)
            throw new IllegalArgumentException("dialsPerSecond: " + dialsPerSecond);
        positive(seedSpread, "seedSpread");
        positive(seedTime, "seedTime");
        positive(rest, "rest");
        positive(first, "first");
    }

    /** Returns the defaults. */
    public static BootstrapConfig defaults() {
        return new BootstrapConfig(
                3,
                5,
                3,
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                5,
                Duration.ofSeconds(60),
                Duration.ofMillis(500),
                4);
    }

    /** Returns this with other numbers of links. */
    public BootstrapConfig withLinks(int min, int wanted) {
        return new BootstrapConfig(
                min, wanted, seedsAtOnce, seedSpread, seedTime, attempts, rest, first, dialsPerSecond);
    }

    private static void positive(Duration value, String name) {
        if (value.isNegative() || value.isZero()) throw new IllegalArgumentException(name + ": " + value);
    }
}
