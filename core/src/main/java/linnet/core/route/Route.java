package linnet.core.route;

import linnet.core.id.PeerId;

/** A way to a peer that works now. (Relays, circuits and mailboxes join with their protocols.) */
public sealed interface Route {
    /**
     * Over a link of this node.
     *
     * @param peer the peer itself
     */
    record Direct(PeerId peer) implements Route {}
}
