package linnet.sim.host;

import java.util.LinkedHashMap;
import java.util.Map;
import linnet.core.id.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Tells a key that seals twice under one nonce, whoever of the world's hosts did it: the two ends of a link that took the same
 * key are caught as well as one end that counts wrong. Counted nonces, which begin with four zeros, must grow under one key, as Noise's do and
 * those of one-time keys do trivially, so that one number per key is all that is kept. Drawn ones, which records are sealed with, must not come again.
 */
final class NonceWatch {
    /** Keys watched; the longest unused goes. A node has two keys per link, the others are used once. */
    private static final int KEYS_MAX = 16_384;

    /** Bytes of a nonce before Noise's counter. */
    private static final int COUNTED_ZEROS = 4;

    /** Drawn nonces with their keys in front, oldest first. */
    private final Map<Bytes, Bytes> drawn = new LinkedHashMap<>();

    private final Map<Bytes, Bytes> lastNonceByKey = new LinkedHashMap<>(64, 0.75f, true);

    /** Notes a seal. Returns what is wrong with it, or null. */
    @Nullable
    String onSeal(Bytes key, Bytes nonce) {
        if (!isCounted(nonce)) {
            boolean isNew = drawn.put(Bytes.concat(key, nonce), nonce) == null;
            if (drawn.size() > KEYS_MAX) drawn.remove(drawn.keySet().iterator().next());
            return isNew ? null : "nonce " + nonce.hex() + " again";
        }
        Bytes last = lastNonceByKey.put(key, nonce);
        if (lastNonceByKey.size() > KEYS_MAX)
            lastNonceByKey.remove(lastNonceByKey.keySet().iterator().next());
        boolean isReused = last != null && last.compareTo(nonce) >= 0;
        return isReused ? "nonce " + nonce.hex() + " after " + last.hex() : null;
    }

    private static boolean isCounted(Bytes nonce) {
        for (int i = 0; i < COUNTED_ZEROS; i++) if (nonce.at(i) != 0) return false;
        return true;
    }
}
