package linnet.sim.host;

import linnet.core.env.Chance;
import linnet.core.id.Bytes;

/**
 * Where all chance of a run comes from. Every purpose has a stream of its own, so that a fault that is left out (while a
 * failure is made smaller) does not shift the draws of all others.
 *
 * @param value the number that is printed and replayed
 */
public record Seed(long value) {
    private static final int DOMAIN_CHANCE = 1;
    private static final int DOMAIN_SECRET = 2;

    /** Returns the stream of one purpose. */
    public Chance stream(String purpose, int index) {
        return new Chance(
                new Mix(DOMAIN_CHANCE).add(value).add(purpose).add(index).toLong());
    }

    /** Returns 32 bytes that seed the secrets of one host. */
    public Bytes secret(int host) {
        return new Mix(DOMAIN_SECRET).add(value).add(host).digest(32);
    }

    /** Draws a whole number from {@code low} to {@code high}, both included. */
    public static int between(Chance chance, int low, int high) {
        return low + chance.below(high - low + 1);
    }

    /** Draws a share from 0 to {@code high}. */
    public static double share(Chance chance, double high) {
        return chance.below(1 << 20) * high / (1 << 20);
    }
}
