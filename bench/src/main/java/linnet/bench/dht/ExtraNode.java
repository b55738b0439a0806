package linnet.bench.dht;

import java.io.IOException;
import java.util.Map;
import java.util.function.ToLongFunction;
import linnet.bench.peer.PeerProcess;
import org.jspecify.annotations.Nullable;

/**
 * What a process of nodes holds after a full collection.
 *
 * @param heldKb objects that live, and buffers beside the heap
 * @param residentKb all of the process in memory: code and the heap's free room, too
 */
record ExtraNode(long heldKb, long residentKb) {
    static ExtraNode read(PeerProcess process) throws IOException, InterruptedException {
        Map<String, @Nullable Object> memory = process.ask("rss", Map.of());
        return new ExtraNode(kb(memory.get("heap_kb")) + kb(memory.get("direct_kb")), kb(memory.get("rss_kb")));
    }

    /** Returns how much more this is than another, for each of the nodes that came between. */
    double lessEach(ExtraNode fewer, int nodes, ToLongFunction<ExtraNode> what) {
        return Math.max(0, what.applyAsLong(this) - what.applyAsLong(fewer)) / (double) nodes;
    }

    private static long kb(@Nullable Object value) throws IOException {
        if (value instanceof Long kb) return kb;
        throw new IOException("no figure of memory");
    }
}
