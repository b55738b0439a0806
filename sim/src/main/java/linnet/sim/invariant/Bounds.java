package linnet.sim.invariant;

import linnet.core.id.PeerId;
import linnet.core.link.LinkView;
import linnet.core.node.ContactView;
import linnet.core.node.Node;
import linnet.core.wire.DeviceList;
import linnet.core.wire.Limits;
import linnet.sim.host.SimHost;
import org.jspecify.annotations.Nullable;

/** What a node may keep at most, whatever others do, each bound once more and outside the node. */
public final class Bounds {
    /** Messages that wait, other contents that wait, and room for requests. */
    private static final int OUTBOX_ROWS_MAX = 22_000;

    /** Messages before their turn, and the one that makes the node pass a gap. */
    private static final int HELD_ROWS_MAX = 2_001;

    private static final int UNREAD_ROWS_MAX = 10_000;
    private static final int INVITE_ROWS_MAX = 1_000;

    /** Sixteen that are kept, and the one in use. */
    private static final int PREKEY_ROWS_MAX = 17;

    private static final int CONTACT_ROWS_MAX = 10_000;
    private static final int LINKS_MAX = 2_000;

    /** A queue for each of three priorities with a frame more in each, and what a channel takes. */
    private static final int LINK_BYTES_MAX = 3 * ((1 << 20) + Limits.FRAME_BYTES_MAX) + (256 << 10);

    private Bounds() {}

    /** Returns the first bound that a running node breaks, {@code bounded: sentence}, or null. */
    public static @Nullable String broken(SimHost host, Node node) {
        int contacts = host.rows("contact");
        String broken = rows(host, "outbox", OUTBOX_ROWS_MAX);
        if (broken == null) broken = rows(host, "outbox.payload", host.rows("outbox"));
        if (broken == null) broken = rows(host, "held", HELD_ROWS_MAX);
        if (broken == null) broken = rows(host, "unread-page", UNREAD_ROWS_MAX);
        if (broken == null) broken = rows(host, "invite", INVITE_ROWS_MAX);
        if (broken == null) broken = rows(host, "prekey", PREKEY_ROWS_MAX);
        if (broken == null) broken = rows(host, "contact", CONTACT_ROWS_MAX);
        if (broken == null) broken = rows(host, "stream", contacts);
        if (broken == null) broken = rows(host, "window", contacts * DeviceList.DEVICES_MAX);
        return broken == null ? links(node) : broken;
    }

    private static @Nullable String rows(SimHost host, String table, int max) {
        int rows = host.rows(table);
        return rows <= max ? null : "bounded: " + rows + " rows of " + table + ", at most " + max + " are";
    }

    private static @Nullable String links(Node node) {
        int devices = 0;
        for (ContactView contact : node.contacts()) devices += contact.devices().size();
        if (node.lanes() > devices) return "bounded: " + node.lanes() + " lanes to " + devices + " devices of contacts";
        int links = 0;
        for (PeerId peer : node.linked()) {
            links++;
            LinkView link = node.link(peer);
            if (link != null && link.queuedBytes() > LINK_BYTES_MAX)
                return "bounded: " + link.queuedBytes() + " B wait for one link";
        }
        return links <= LINKS_MAX ? null : "bounded: " + links + " links";
    }
}
