package linnet.web.same;

/**
 * What one machine found for one seed.
 *
 * @param seed the seed
 * @param hash the hash of the run's trace
 * @param events how many events the run had
 */
public record SeedHash(long seed, String hash, long events) {
    /** Reads the line that {@link SeedRun} prints. */
    static SeedHash parse(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != 3) throw new IllegalArgumentException("not 'seed hash events': " + line);
        return new SeedHash(Long.parseLong(words[0]), words[1], Long.parseLong(words[2]));
    }
}
