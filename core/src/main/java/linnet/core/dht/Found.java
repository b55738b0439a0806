package linnet.core.dht;

import java.util.List;
import linnet.core.id.Key;
import linnet.core.wire.Whereabouts;
import org.jspecify.annotations.Nullable;

/**
 * What a lookup for a peer found.
 *
 * @param target what was looked for
 * @param peer the peer of that key, or null if nobody named it
 * @param nearest those nearest to the key that answered, nearest first
 * @param cost what it took
 */
public record Found(Key target, @Nullable Whereabouts peer, List<Whereabouts> nearest, LookupCost cost) {}
