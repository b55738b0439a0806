package linnet.bench.link;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import linnet.bench.peer.PeerProcess;
import linnet.bench.peer.PeerSystem;
import org.jspecify.annotations.Nullable;

/**
 * What an idle link costs the process that was dialled: its resident memory with many links, less that with a few, each after a garbage
 * collection. Every link leads to an identity of its own, as there is one link for each peer; several processes hold them, because
 * each may have 20,000 open files at most on common systems.
 */
final class IdleLinks {
    /** Links before the first look: by then classes are loaded, handshakes are compiled, and the young generation was full once. */
    private static final int WARM = 2_500;

    /** The heap that {@code linnet up} gives a node. */
    private static final Map<String, String> HEAP = Map.of("LINNET_JAVA_OPTS", "-Xmx256m");

    private static final int LINKS_PER_PROCESS = 2_500;

    private IdleLinks() {}

    static double kilobytesEach(int links) throws IOException, InterruptedException {
        PeerSystem system = PeerSystem.linnet().with(HEAP);
        List<PeerProcess> holding = new ArrayList<>();
        try (PeerProcess listening = PeerProcess.start(system, -1, 1, null).awaitReady()) {
            holding.add(hold(system, listening, WARM));
            long before = residentKb(listening);
            for (int held = 0; held < links; held += LINKS_PER_PROCESS)
                holding.add(hold(system, listening, Math.min(LINKS_PER_PROCESS, links - held)));
            return (double) (residentKb(listening) - before) / links;
        } finally {
            holding.forEach(PeerProcess::close);
        }
    }

    private static PeerProcess hold(PeerSystem system, PeerProcess listening, int links)
            throws IOException, InterruptedException {
        PeerProcess process =
                PeerProcess.start(system, -1, links, listening.address()).awaitReady();
        Object held = process.ask("hold", Map.of("to", listening.address())).get("ok");
        if (!Long.valueOf(links).equals(held)) throw new IOException(held + " of " + links + " links are held");
        return process;
    }

    private static long residentKb(PeerProcess process) throws IOException, InterruptedException {
        Map<String, @Nullable Object> memory = process.ask("rss", Map.of());
        if (memory.get("rss_kb") instanceof Long kb) return kb;
        throw new IOException("no figure of memory");
    }
}
