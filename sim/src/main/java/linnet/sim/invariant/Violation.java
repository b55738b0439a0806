package linnet.sim.invariant;

/**
 * A promise that was broken.
 *
 * @param atMillis when, in virtual time
 * @param host where
 * @param rule which promise, one word of docs/TESTING.md
 * @param what a sentence
 */
public record Violation(long atMillis, String host, String rule, String what) {
    @Override
    public String toString() {
        return atMillis + " " + host + ": " + rule + ": " + what;
    }
}
