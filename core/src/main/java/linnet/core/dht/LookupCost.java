package linnet.core.dht;

/**
 * What a lookup took.
 *
 * @param hops questions on the path to what was found, the last one counted; 0 where nobody was asked
 * @param questions how many were asked
 * @param failures how many of them were not answered
 * @param tookMillis from the start to the result
 */
public record LookupCost(int hops, int questions, int failures, long tookMillis) {}
