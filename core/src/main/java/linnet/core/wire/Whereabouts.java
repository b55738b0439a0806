package linnet.core.wire;

import java.util.ArrayList;
import java.util.List;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.PeerId;

/**
 * Who a peer is and where it can be asked: one entry of a routing table, and what neighbours tell each other. Whoever says it may lie or
 * be out of date: the handshake with {@code linkPublic} proves the peer.
 *
 * @param peer which device
 * @param linkPublic X25519 public key of its handshakes, 32 bytes; lets the first packet carry a question already
 * @param endpoints where it can be asked, best first, at most {@value #ENDPOINTS_MAX}; none where only a link leads there
 */
public record Whereabouts(PeerId peer, Bytes linkPublic, List<Endpoint> endpoints) {
    /** Endpoints that neighbours pass on: datagrams and links, over IPv4 and IPv6. */
    public static final int ENDPOINTS_MAX = 4;

    /** Longest encoding in bytes: 20 of these, at their usual 90 bytes, fit into the three packets of an answer. */
    public static final int BYTES_MAX = 512;

    /** Checks the lengths. */
    public Whereabouts {
        if (linkPublic.length() != 32) throw new IllegalArgumentException("link key of " + linkPublic.length() + " B");
        if (endpoints.size() > ENDPOINTS_MAX) throw new IllegalArgumentException(endpoints.size() + " endpoints");
        endpoints = List.copyOf(endpoints);
        int bytes = AnswerCodec.sizeOfWhereabouts(endpoints);
        if (bytes > BYTES_MAX) throw new IllegalArgumentException("whereabouts of " + bytes + " B");
    }

    /** Returns the whereabouts with as many of the endpoints, in their order, as fit. */
    public static Whereabouts of(PeerId peer, Bytes linkPublic, List<Endpoint> endpoints) {
        List<Endpoint> fitting = new ArrayList<>(Math.min(endpoints.size(), ENDPOINTS_MAX));
        int bytes = AnswerCodec.sizeOfWhereabouts(fitting);
        for (Endpoint endpoint : endpoints) {
            if (fitting.size() == ENDPOINTS_MAX) break;
            int more = AnswerCodec.sizeOf(endpoint);
            if (bytes + more > BYTES_MAX) continue;
            bytes += more;
            fitting.add(endpoint);
        }
        return new Whereabouts(peer, linkPublic, fitting);
    }
}
