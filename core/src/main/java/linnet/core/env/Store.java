package linnet.core.env;

import java.util.function.BiConsumer;
import linnet.core.id.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What survives a restart, at most 64 MiB a table. Reads see every earlier write at once; {@link #sync} tells when
 * writes are safe.
 *
 * <p>All puts of one input and all events that it emits are one batch. Batches become durable whole and in order; after
 * a crash a prefix of them is left, at least to the last {@code sync} that was answered. Never acknowledge to a peer, and never
 * send under a number drawn from the store, what {@code sync} has not confirmed.
 */
public interface Store {
    /** Writes or replaces a value; null removes it. */
    void put(String table, String key, @Nullable Bytes value);

    /** Returns a value, or null if there is none. */
    @Nullable
    Bytes get(String table, String key);

    /** Visits every entry of a table in key order (UTF-16 code units). The visitor does not change the table. */
    void forEach(String table, BiConsumer<String, Bytes> visitor);

    /** Runs {@code durable}, as an input of its own, once everything put so far would survive a power cut. */
    void sync(Runnable durable);
}
