package linnet.core.route;

/** The ways to find a peer, in the order in which they are tried. */
public enum Rung {
    /** A link to the peer is up already. */
    OPEN_LINK,
    /** One of the addresses on its card answers; the one that worked last is tried first. */
    ADDRESSES,
    /** One of the addresses answers that it published itself, where others keep it (docs/protocol/dht.md). */
    DHT
}
