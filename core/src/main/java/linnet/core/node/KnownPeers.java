package linnet.core.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import linnet.core.dht.RoutingTable;
import linnet.core.env.ProtocolViolation;
import linnet.core.env.Store;
import linnet.core.id.Bytes;
import linnet.core.wire.Whereabouts;

/**
 * Peers of the network that answered in the last life, to begin the next one with: a node that was in the network once finds back without its
 * contacts and without any bootstrap node.
 */
final class KnownPeers {
    /** As many as S1 lets a pool remember: with half of them gone after a week, enough are left to ask three at once. */
    static final int PEERS_MAX = 50;

    private static final String TABLE = "known-peers";

    private final Store store;

    KnownPeers(Store store) {
        this.store = store;
    }

    /** Returns what the last life kept. A row that a newer program wrote otherwise is left out. */
    List<Whereabouts> load() {
        List<Whereabouts> peers = new ArrayList<>();
        store.forEach(TABLE, (key, row) -> {
            try {
                peers.add(Whereabouts.decode(row));
            } catch (ProtocolViolation unreadable) {
                // One peer less to begin with.
            }
        });
        return peers;
    }

    /** Keeps those of a table that spoke last. A table that has lost everybody says nothing of the peers that are kept. */
    void keep(List<RoutingTable.Row> table) {
        List<RoutingTable.Row> lively = new ArrayList<>();
        for (RoutingTable.Row row : table) if (row.isProven() && !row.isGone() && row.misses() == 0) lively.add(row);
        if (lively.isEmpty()) return;
        lively.sort((one, other) -> Long.compare(one.silentMillis(), other.silentMillis()));
        Map<String, Bytes> wanted = new TreeMap<>();
        for (int i = 0; i < lively.size() && i < PEERS_MAX; i++) {
            Whereabouts where = lively.get(i).where();
            wanted.put(where.peer().key().hex(), where.encode());
        }
        List<String> old = new ArrayList<>();
        store.forEach(TABLE, (key, row) -> {
            if (!wanted.containsKey(key)) old.add(key);
        });
        for (String key : old) store.put(TABLE, key, null);
        for (Map.Entry<String, Bytes> entry : wanted.entrySet()) {
            Bytes row = store.get(TABLE, entry.getKey());
            if (row == null || !row.equals(entry.getValue())) store.put(TABLE, entry.getKey(), entry.getValue());
        }
    }
}
