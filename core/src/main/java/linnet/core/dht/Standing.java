package linnet.core.dht;

/**
 * How far a contact of the {@link RoutingTable} can be relied on, worst first.
 *
 * <pre>
 *   TOLD ──answers──► PROVEN ──miss──► SUSPECT ──second miss──► GONE
 *     │                  ▲                │                       │
 *     └──miss──► (left)  └────answers─────┴───────answers─────────┘
 * </pre>
 *
 * <p>A miss is a question that its carrier sent two or three times in vain, while somebody else was heard.
 */
enum Standing {
    /** Two questions were not answered, an hour apart. Kept for the day when nobody else is left. */
    GONE,
    /** The last question was not answered. */
    SUSPECT,
    /** Somebody told of it; it never answered here. */
    TOLD,
    /** It answered, or asked, and proved who it is. */
    PROVEN,
    /** A link to it is up. */
    LINKED
}
