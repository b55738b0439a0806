package linnet.app.doctor;

import java.util.ArrayList;
import java.util.List;
import linnet.core.bootstrap.Door;
import linnet.core.dht.RoutingTable;
import linnet.core.env.Failure.Code;
import linnet.core.id.Endpoint;
import linnet.core.node.NodeConfig;
import linnet.core.node.Role;
import linnet.jvm.Surroundings;
import org.jspecify.annotations.Nullable;

/** What stands between a node and its network, one check after the other, each with what to do. */
public final class NetworkChecks {
    /** With fewer links a node that loses one may be alone (SPEC R4). */
    private static final int LINKS_MIN = 3;

    private static final String PACKETS_SCHEME = "udp:";

    private NetworkChecks() {}

    /**
     * What a walk through the own neighbourhood met.
     *
     * @param asked peers that were asked
     * @param answered those of them that answered
     */
    public record Walked(int asked, int answered) {}

    /** Examines a node. Sends packets to its own addresses, dials bootstrap nodes that are not known yet, and waits for both. */
    public static List<Finding> examine(
            NodeConfig config, List<Endpoint> endpoints, Surroundings around, Walked walked) {
        List<Finding> findings = new ArrayList<>();
        findings.addAll(packets(endpoints));
        // Dials wait for each other's ends; together they take as long as a few.
        findings.addAll(config.bootstrap().parallelStream()
                .map(door -> door(door, around))
                .toList());
        findings.addAll(judge(config, endpoints, around, walked));
        return findings;
    }

    private static Finding door(Door door, Surroundings around) {
        String check = "bootstrap " + door.at();
        if (around.isLinked(door.peer()) || hasAnswered(door, around))
            return Finding.well(check, "it answered, as who it should be");
        Finding dialled = NodeChecks.reach(door.at().uri());
        if (dialled.state() == Finding.State.WELL)
            return Finding.well(check, "it speaks WebSocket, and was not needed yet");
        return Finding.weak(
                check, dialled.words(), "Ask whoever runs it, or name another one in 'bootstrap' of config.yaml.");
    }

    private static boolean hasAnswered(Door door, Surroundings around) {
        Surroundings.@Nullable Table table = around.table();
        if (table == null) return false;
        for (RoutingTable.Row row : table.rows())
            if (row.where().peer().equals(door.peer())) return row.isProven() && !row.isGone();
        return false;
    }

    private static List<Finding> packets(List<Endpoint> endpoints) {
        List<Finding> findings = new ArrayList<>();
        for (Endpoint endpoint : endpoints)
            if (endpoint.uri().startsWith(PACKETS_SCHEME)) findings.add(PacketCheck.of(endpoint.uri()));
        if (findings.isEmpty())
            findings.add(Finding.weak(
                    "packets",
                    "no UDP port is open",
                    "Questions of the network take links then, which is slower; check 'listen' of config.yaml."));
        return findings;
    }

    /** Judges what is known. */
    static List<Finding> judge(NodeConfig config, List<Endpoint> endpoints, Surroundings around, Walked walked) {
        List<Finding> findings = new ArrayList<>();
        findings.add(address(endpoints));
        // A bootstrap node keeps no links to those whom it lets in.
        if (config.roles().contains(Role.BOOTSTRAP))
            findings.add(Finding.well("links", count(around.links().size(), "link") + "; it lets newcomers in and go"));
        else findings.add(links(around));
        Surroundings.Table table = around.table();
        if (table == null) return findings;
        findings.add(acquaintances(table, walked));
        findings.add(reach(table));
        findings.add(neighbourhood(table));
        findings.add(size(table));
        return findings;
    }

    private static Finding address(List<Endpoint> endpoints) {
        for (Endpoint endpoint : endpoints)
            if (!endpoint.uri().startsWith(PACKETS_SCHEME))
                return Finding.well("address", "links are taken at " + endpoint.uri());
        return Finding.weak(
                "address",
                "this node has no address that others could dial",
                "Only you can begin a link; set 'advertise' of config.yaml if others should, too.");
    }

    private static Finding links(Surroundings around) {
        int links = around.links().size();
        if (links >= LINKS_MIN) return Finding.well("links", count(links, "link"));
        Surroundings.@Nullable Table table = around.table();
        int known = table == null ? around.people().size() : table.rows().size();
        if (links == 0 && known > 0)
            return Finding.broken(
                    "links",
                    Code.NO_CONNECTION,
                    "no link is up, and " + count(known, "peer") + (known == 1 ? " is" : " are") + " known",
                    "It is tried again by itself; check the network and the firewall.");
        if (known <= links && links > 0)
            return Finding.well("links", count(links, "link") + ": everybody who is known here");
        return Finding.weak(
                "links",
                links == 0 ? "no link is up" : count(links, "link") + ", and " + LINKS_MIN + " are wanted",
                "More come by themselves as more peers are known.");
    }

    private static Finding acquaintances(Surroundings.Table table, Walked walked) {
        String check = "peers";
        if (table.rows().isEmpty())
            return Finding.broken(
                    check,
                    Code.NO_BOOTSTRAP,
                    "nobody is known whom this node could ask",
                    "Join by an invite of somebody who is up (linnet add), or name a node in 'bootstrap' of config.yaml.");
        if (walked.answered() == 0)
            return Finding.broken(
                    check,
                    Code.NO_BOOTSTRAP,
                    "none of the " + walked.asked() + " peers that were asked now answers",
                    "They may be off, or a firewall drops UDP in both directions.");
        String words = walked.answered() + " of " + walked.asked() + " peers that were asked now answered";
        if (2 * walked.answered() >= walked.asked()) return Finding.well(check, words);
        return Finding.weak(check, words, "Many have left, or packets are lost on the way; it heals by itself.");
    }

    private static Finding reach(Surroundings.Table table) {
        return switch (table.reach()) {
            case SERVES -> Finding.well("reach", "others reach this node: it serves the network");
            case UNKNOWN ->
                Finding.weak(
                        "reach",
                        "not enough others have tried yet whether they reach this node",
                        "Wait a minute; two of three must have tried.");
            case CLIENT ->
                Finding.weak(
                        "reach",
                        "others do not reach this node: it asks, and is not asked",
                        "Let UDP in at the port of 'listen', or forward it in the router; all else works without.");
        };
    }

    private static Finding neighbourhood(Surroundings.Table table) {
        if (table.isAnnounced())
            return Finding.well(
                    "neighbourhood",
                    "those near this node know of it; it keeps " + count(table.records(), "record") + " for others");
        return Finding.weak(
                "neighbourhood", "this node has not found its place yet", "It goes on by itself once a peer answers.");
    }

    private static Finding size(Surroundings.Table table) {
        int proven = 0;
        for (RoutingTable.Row row : table.rows()) if (row.isProven() && !row.isGone()) proven++;
        String known = count(table.rows().size(), "peer") + " known here, " + proven + " of them answered";
        return Finding.well(
                "network",
                table.networkSize() == 0 ? known : "about " + count(table.networkSize(), "peer") + "; " + known);
    }

    private static String count(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
