package linnet.app.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linnet.app.api.ApiClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Draws the neighbourhood. */
@Command(
        name = "graph",
        description = "Draw whom this node knows: links, and those of the table. With --dot for Graphviz:"
                + " linnet graph --dot | dot -Tsvg > network.svg")
final class GraphVerb extends NodeVerb {
    @Option(names = "--dot", description = "Print it in the language of Graphviz.")
    boolean dot;

    /**
     * Somebody in the picture.
     *
     * @param id the device
     * @param label a name, or the beginning of the id
     * @param state linked, proven, told, suspect or gone
     */
    private record Spot(String id, String label, String state, long rttMillis, long bits) {}

    @Override
    protected int run() throws Exception {
        Map<String, @Nullable Object> table = node().get("routes");
        String self = text(table, "self");
        List<Spot> spots = spots(table);
        if (dot && !json) print(Map.of(), dot(self, spots));
        else print(object(self, spots), plain(spots));
        if (spots.isEmpty()) say("Nobody is known yet. Why: linnet netcheck");
        return Exit.OK.status();
    }

    /** Everybody of the table, then those with a link who are in no table: they serve nobody. */
    private List<Spot> spots(Map<String, @Nullable Object> table) throws Exception {
        Map<String, Spot> spots = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> bucket : ApiClient.list(table, "buckets"))
            for (Map<String, @Nullable Object> entry : ApiClient.list(bucket, "entries"))
                put(spots, entry, text(entry, "state"), number(entry, "bits"));
        for (Map<String, @Nullable Object> peer : ApiClient.list(node().get("peers"), "peers"))
            if (!spots.containsKey(text(peer, "peer"))) put(spots, peer, "linked", -1);
        return List.copyOf(spots.values());
    }

    private static void put(Map<String, Spot> spots, Map<String, @Nullable Object> peer, String state, long bits) {
        String id = text(peer, "peer");
        spots.put(id, new Spot(id, NetworkWords.who(peer), state, number(peer, "rttMillis"), bits));
    }

    private static Map<String, Object> object(String self, List<Spot> spots) {
        List<Map<String, Object>> nodes = new ArrayList<>();
        List<Map<String, Object>> edges = new ArrayList<>();
        nodes.add(Map.of("id", self, "label", "this node"));
        for (Spot spot : spots) {
            nodes.add(Map.of("id", spot.id(), "label", spot.label()));
            edges.add(Map.of(
                    "from",
                    self,
                    "to",
                    spot.id(),
                    "state",
                    spot.state(),
                    "rttMillis",
                    spot.rttMillis(),
                    "bits",
                    spot.bits()));
        }
        return Map.of("nodes", nodes, "edges", edges);
    }

    private static String plain(List<Spot> spots) {
        List<List<String>> rows = new ArrayList<>();
        for (Spot spot : spots)
            rows.add(List.of(
                    "you " + (spot.state().equals("linked") ? "──" : "┄┄"),
                    spot.label(),
                    spot.state(),
                    NetworkWords.rtt(spot.rttMillis())));
        return NetworkWords.columns(rows);
    }

    private static String dot(String self, List<Spot> spots) {
        StringBuilder text = new StringBuilder("graph network {\n")
                .append("  layout=twopi; overlap=false; splines=true;\n")
                .append("  root=")
                .append(quoted(self))
                .append(";\n")
                .append("  node [shape=box, style=\"rounded,filled\", fillcolor=white, fontname=\"sans-serif\"];\n  ")
                .append(quoted(self))
                .append(" [label=\"this node\", fillcolor=\"#dceeee\"];\n");
        for (Spot spot : spots) {
            text.append("  ")
                    .append(quoted(spot.id()))
                    .append(" [label=")
                    .append(quoted(spot.label()))
                    .append("];\n");
            text.append("  ")
                    .append(quoted(self))
                    .append(" -- ")
                    .append(quoted(spot.id()))
                    .append(" [style=")
                    .append(
                            spot.state().equals("linked")
                                    ? "bold"
                                    : spot.state().equals("proven") ? "solid" : "dotted")
                    .append(spot.state().equals("gone") || spot.state().equals("suspect") ? ", color=\"#b0241c\"" : "")
                    .append(spot.rttMillis() > 0 ? ", label=" + quoted(spot.rttMillis() + " ms") : "")
                    .append("];\n");
        }
        return text.append('}').toString();
    }

    /** A name may have anything in it. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
