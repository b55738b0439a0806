package linnet.jvm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linnet.core.dht.Dht;
import linnet.core.dht.Reachability;
import linnet.core.dht.RoutingTable;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import linnet.core.link.LinkView;
import linnet.core.node.ContactView;
import linnet.core.node.Node;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds a node at one moment: whom it has links to, and whom it knows of.
 *
 * @param self this device
 * @param links those with a link that is up, oldest first
 * @param table the table of who is where; null on a node that keeps to links
 * @param people whose devices these are, as far as they are contacts
 */
public record Surroundings(
        PeerId self, List<Linked> links, @Nullable Table table, Map<PeerId, Person> people) {
    /** Fixes the lists. */
    public Surroundings {
        links = List.copyOf(links);
        people = Map.copyOf(people);
    }

    /**
     * A peer with a link.
     *
     * @param ageMillis for how long it has been up
     */
    public record Linked(PeerId peer, LinkView link, long ageMillis) {}

    /**
     * The table of who is where.
     *
     * @param bucketSize how many contacts a bucket holds
     * @param rows everybody in it, the far buckets first
     * @param networkSize how many peers the network has, by the node's own estimate; 0 while that is unknown
     * @param isAnnounced whether those near the own key know of this node
     * @param reach whether others reach this node, as those said who were asked to try
     * @param records records that are kept for others
     */
    public record Table(
            int bucketSize,
            List<RoutingTable.Row> rows,
            int networkSize,
            boolean isAnnounced,
            Reachability.Mode reach,
            int records) {
        /** Fixes the list. */
        public Table {
            rows = List.copyOf(rows);
        }
    }

    /**
     * A contact.
     *
     * @param name as they call themselves
     */
    public record Person(UserId user, String name) {}

    /** Looks around. */
    static Surroundings of(Node node, long nowMillis) {
        List<Linked> links = new ArrayList<>();
        for (PeerId peer : node.linked()) {
            LinkView link = node.link(peer);
            if (link != null) links.add(new Linked(peer, link, Math.max(0, nowMillis - link.sinceMillis())));
        }
        Map<PeerId, Person> people = new LinkedHashMap<>();
        for (ContactView contact : node.contacts())
            for (PeerId device : contact.devices()) people.put(device, new Person(contact.user(), contact.name()));
        Dht dht = node.dht();
        return new Surroundings(node.peer(), links, dht == null ? null : table(dht), people);
    }

    private static Table table(Dht dht) {
        return new Table(
                dht.bucketSize(),
                dht.rows(),
                dht.networkSize(),
                dht.isAnnounced(),
                dht.reachability(),
                dht.shelf().size());
    }

    /** Returns whether a link to a peer is up. */
    public boolean isLinked(PeerId peer) {
        for (Linked one : links) if (one.peer().equals(peer)) return true;
        return false;
    }
}
