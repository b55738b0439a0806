package linnet.core.wire;

import java.util.ArrayList;
import java.util.List;
import linnet.core.id.AddressGroup;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.PeerId;

/**
 * Who a peer is and where it can be asked: one entry of a routing table, and what neighbours tell each other. Whoever says it may lie or
 * be out of date: the handshake with {@link #linkPublic} proves the peer.
 *
 * <p>Not a record, because it keeps what is asked of it for every answer, and would have to be looked for in four other objects: its size, the
 * group of its address, and the first bits of its key.
 */
public final class Whereabouts {
    /** Endpoints that neighbours pass on: datagrams and links, over IPv4 and IPv6. */
    public static final int ENDPOINTS_MAX = 4;

    /** Longest encoding in bytes: 20 of these, at their usual 90 bytes, fit into the three packets of an answer. */
    public static final int BYTES_MAX = 512;

    private final PeerId peer;
    private final Bytes linkPublic;
    private final List<Endpoint> endpoints;
    private final int encodedBytes;
    private final int addressGroup;
    private final int prefix;

    /**
     * Creates it and checks the lengths.
     *
     * @param peer which device
     * @param linkPublic X25519 public key of its handshakes, 32 bytes; lets the first packet carry a question already
     * @param endpoints where it can be asked, best first, at most {@value #ENDPOINTS_MAX}; none where only a link leads there
     */
    public Whereabouts(PeerId peer, Bytes linkPublic, List<Endpoint> endpoints) {
        if (linkPublic.length() != 32) throw new IllegalArgumentException("link key of " + linkPublic.length() + " B");
        if (endpoints.size() > ENDPOINTS_MAX) throw new IllegalArgumentException(endpoints.size() + " endpoints");
        this.peer = peer;
        this.linkPublic = linkPublic;
        this.endpoints = List.copyOf(endpoints);
        this.encodedBytes = AnswerCodec.sizeOfWhereabouts(this.endpoints);
        if (encodedBytes > BYTES_MAX) throw new IllegalArgumentException("whereabouts of " + encodedBytes + " B");
        this.addressGroup = this.endpoints.isEmpty() ? AddressGroup.NONE : AddressGroup.of(this.endpoints.get(0));
        this.prefix = peer.key().a();
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

    /** Returns which device this is. */
    public PeerId peer() {
        return peer;
    }

    /** Returns the X25519 public key of its handshakes. */
    public Bytes linkPublic() {
        return linkPublic;
    }

    /** Returns where it can be asked, best first. */
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /** Returns the first 32 bits of the peer's key. */
    public int prefix() {
        return prefix;
    }

    /** Returns the length of the encoding in bytes. */
    public int encodedBytes() {
        return encodedBytes;
    }

    /** Returns the {@link AddressGroup} of the first endpoint, or {@link AddressGroup#NONE}. */
    public int addressGroup() {
        return addressGroup;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Whereabouts where
                        && peer.equals(where.peer)
                        && linkPublic.equals(where.linkPublic)
                        && endpoints.equals(where.endpoints));
    }

    @Override
    public int hashCode() {
        return 31 * peer.hashCode() + endpoints.hashCode();
    }

    @Override
    public String toString() {
        return peer + " at " + endpoints;
    }

    /** Returns the bytes as an answer carries them, to be kept for the next life. */
    public Bytes encode() {
        Writer writer = new Writer();
        AnswerCodec.write(writer, this);
        return writer.toBytes();
    }

    /** Reads what {@link #encode} wrote. */
    public static Whereabouts decode(Bytes bytes) {
        return AnswerCodec.whereabouts(new Reader(bytes));
    }
}
