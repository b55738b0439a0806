package linnet.core.dht;

import java.time.Duration;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.SignedRecord;

/**
 * How a node takes part in the network.
 *
 * @param bucketSize k: peers in a bucket, and in an answer; 20 (SPEC D1)
 * @param replicas on how many peers a record is kept; 0, the default, for as many as its kind says (SPEC decision 3)
 * @param parallel α: questions at once when a program waits; 6 (SPEC D1)
 * @param parallelWaited the same when a person waits; 10 (SPEC D1)
 * @param parallelBackground the same when nobody waits; 3 (SPEC D1)
 * @param nearest β: a search for which nobody waits ends when so many of the nearest have answered; 3 (SPEC D1)
 * @param checkAfter a contact that was not heard of for so long is asked whether it is there; 30 min
 * @param republish holders bring a record to the peers that are nearest now about so often; 1 h (SPEC D6)
 * @param cacheEntries records of others kept for the next reader here; 256, 0 for none (SPEC D2)
 * @param keepsData whether records of others are kept; a bridge node refuses them (SPEC D7)
 */
public record DhtConfig(
        int bucketSize,
        int replicas,
        int parallel,
        int parallelWaited,
        int parallelBackground,
        int nearest,
        Duration checkAfter,
        Duration republish,
        int cacheEntries,
        boolean keepsData) {
    private static final int PARALLEL_MAX = 32;
    private static final int CACHE_ENTRIES_MAX = 1 << 16;

    /** Checks the ranges. */
    public DhtConfig {
        within(bucketSize, 1, DhtAnswer.PEERS_MAX, "bucketSize");
        within(replicas, 0, DhtAnswer.PEERS_MAX, "replicas");
        within(parallel, 1, PARALLEL_MAX, "parallel");
        within(parallelWaited, 1, PARALLEL_MAX, "parallelWaited");
        within(parallelBackground, 1, PARALLEL_MAX, "parallelBackground");
        within(nearest, 1, bucketSize, "nearest");
        within(cacheEntries, 0, CACHE_ENTRIES_MAX, "cacheEntries");
        if (checkAfter.compareTo(Duration.ofMinutes(1)) < 0)
            throw new IllegalArgumentException("checkAfter: " + checkAfter);
        if (republish.compareTo(Duration.ofMinutes(1)) < 0)
            throw new IllegalArgumentException("republish: " + republish);
    }

    /** Returns the defaults. */
    public static DhtConfig defaults() {
        return new DhtConfig(20, 0, 6, 10, 3, 3, Duration.ofMinutes(30), Duration.ofHours(1), 256, true);
    }

    /** Returns this with another α for those who wait. */
    public DhtConfig withParallel(int program, int person) {
        return new DhtConfig(
                bucketSize,
                replicas,
                program,
                person,
                parallelBackground,
                nearest,
                checkAfter,
                republish,
                cacheEntries,
                keepsData);
    }

    /** Returns this with another k. */
    public DhtConfig withBucketSize(int peers) {
        return new DhtConfig(
                peers,
                replicas,
                parallel,
                parallelWaited,
                parallelBackground,
                Math.min(nearest, peers),
                checkAfter,
                republish,
                cacheEntries,
                keepsData);
    }

    /** Returns this with records on so many peers. */
    public DhtConfig withReplicas(int peers) {
        return new DhtConfig(
                bucketSize,
                peers,
                parallel,
                parallelWaited,
                parallelBackground,
                nearest,
                checkAfter,
                republish,
                cacheEntries,
                keepsData);
    }

    /** Returns this with other waits between checks of a contact, and between republishings of a record. */
    public DhtConfig withUpkeep(Duration check, Duration republishing) {
        return new DhtConfig(
                bucketSize,
                replicas,
                parallel,
                parallelWaited,
                parallelBackground,
                nearest,
                check,
                republishing,
                cacheEntries,
                keepsData);
    }

    /** Returns this with so many records of others kept for readers here. */
    public DhtConfig withCacheEntries(int entries) {
        return new DhtConfig(
                bucketSize,
                replicas,
                parallel,
                parallelWaited,
                parallelBackground,
                nearest,
                checkAfter,
                republish,
                entries,
                keepsData);
    }

    /** Returns this as a bridge node, which passes questions on and keeps no data, or as any other. */
    public DhtConfig withKeepsData(boolean keeps) {
        return new DhtConfig(
                bucketSize,
                replicas,
                parallel,
                parallelWaited,
                parallelBackground,
                nearest,
                checkAfter,
                republish,
                cacheEntries,
                keeps);
    }

    /** Returns how many questions of one lookup are on their way at once. */
    int parallel(Purpose purpose) {
        return switch (purpose) {
            case BACKGROUND -> parallelBackground;
            case NORMAL -> parallel;
            case WAITED -> parallelWaited;
        };
    }

    /** Returns on how many peers a record of this kind is kept. */
    int holders(SignedRecord.Kind kind) {
        return Math.min(replicas > 0 ? replicas : kind.holders(), bucketSize);
    }

    private static void within(int value, int min, int max, String name) {
        if (value < min || value > max)
            throw new IllegalArgumentException(name + " out of " + min + ".." + max + ": " + value);
    }
}
