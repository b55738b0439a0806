package linnet.core.dht;

import linnet.core.wire.SignedRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a lookup for a record found.
 *
 * @param record the newest that the reader accepted, or null
 * @param isCached whether it came from here, without a question
 * @param cost what it took
 */
public record Fetched(@Nullable SignedRecord record, boolean isCached, LookupCost cost) {}
