package linnet.core.dht;

import java.util.function.Predicate;
import linnet.core.id.Key;
import linnet.core.wire.SignedRecord;

/**
 * A record that somebody looks for.
 *
 * @param key where it belongs
 * @param kind of which kind
 * @param accepts opens and checks a record that some peer gave: anything may come. Only what it accepts is ever returned
 */
public record Wanted(Key key, SignedRecord.Kind kind, Predicate<SignedRecord> accepts) {}
