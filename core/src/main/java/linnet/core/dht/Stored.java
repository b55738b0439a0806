package linnet.core.dht;

import java.util.List;
import linnet.core.wire.Whereabouts;

/**
 * Where a record was put.
 *
 * @param holders who said that they keep it, nearest first
 * @param newerSequence the highest sequence that a holder has instead, or 0
 * @param cost what it took
 */
public record Stored(List<Whereabouts> holders, long newerSequence, LookupCost cost) {}
