package linnet.sim.host;

import java.util.LinkedHashMap;
import java.util.Map;
import linnet.core.id.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Tells a key that seals twice under one nonce, whoever of the world's hosts did it: the two ends of a link that took the same
 * key are caught as well as one end that counts wrong. Nonces of one key must grow, which Noise's counters do and one-time
 * keys do trivially, so that one number per key is all that is kept.
 */
final class NonceWatch {
    /** Keys watched; the longest unused goes. A node has two keys per link, the others are used once. */
    private static final int KEYS_MAX = 16_384;

    private final Map<Bytes, Bytes> lastNonceByKey = new LinkedHashMap<>(64, 0.75f, true);

    /** Notes a seal. Returns what is wrong with it, or null. */
    @Nullable
    String onSeal(Bytes key, Bytes nonce) {
        Bytes last = lastNonceByKey.put(key, nonce);
        if (lastNonceByKey.size() > KEYS_MAX)
            lastNonceByKey.remove(lastNonceByKey.keySet().iterator().next());
        boolean isReused = last != null && last.compareTo(nonce) >= 0;
        return isReused ? "nonce " + nonce.hex() + " after " + last.hex() : null;
    }
}
