package linnet.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the network is written in a terminal. */
final class NetworkWords {
    /** Of an id, so many characters are shown where there are many: the prefix, and 40 bits. */
    private static final int ID_CHARS = 14;

    private static final int BAR_CHARS = 20;
    private static final String GAP = "  ";
    private static final long KIB = 1_024;

    private NetworkWords() {}

    /** Returns the name of a contact's device, and the beginning of an id of somebody else. */
    static String who(Map<String, @Nullable Object> peer) {
        String name = NodeVerb.text(peer, "name");
        return name.isEmpty() ? shortened(NodeVerb.text(peer, "peer")) : Words.name(name);
    }

    /** Returns how many of something there are. */
    static String count(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** Returns the beginning of an id, which commands take as the id. */
    static String shortened(String id) {
        return id.length() <= ID_CHARS ? id : id.substring(0, ID_CHARS) + "…";
    }

    /** Returns what a node says of itself above its table. */
    static String self(Map<String, @Nullable Object> table) {
        long size = NodeVerb.number(table, "networkSize");
        String reach = switch (NodeVerb.text(table, "reach")) {
            case "serves" -> "others reach it";
            case "client" -> "others do not reach it";
            default -> "nobody knows yet whether others reach it";
        };
        return NodeVerb.text(table, "self") + "\n"
                + (size == 0 ? "a network of unknown size" : "a network of about " + count(size, "peer"))
                + ", " + reach + ", keeps " + count(NodeVerb.number(table, "records"), "record") + " for others";
    }

    /** Returns a round trip; a dash where none was measured. */
    static String rtt(long millis) {
        return millis <= 0 ? "–" : millis + " ms";
    }

    /** Returns the round trip of a link, which every link has. */
    static String linkRtt(long millis) {
        return millis <= 0 ? "< 1 ms" : millis + " ms";
    }

    /** Returns a number of bytes as people read it. */
    static String bytes(long count) {
        if (count < KIB) return count + " B";
        if (count < KIB * KIB) return count / KIB + " KiB";
        return count / (KIB * KIB) + " MiB";
    }

    /** Returns how full something is. */
    static String bar(long count, long of) {
        int full = of <= 0 ? 0 : (int) Math.min(BAR_CHARS, (count * BAR_CHARS + of - 1) / of);
        return "█".repeat(full) + "░".repeat(BAR_CHARS - full);
    }

    /** Returns rows with their columns below each other. */
    static String columns(List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows)
            for (int i = 0; i < row.size(); i++) {
                if (i == widths.size()) widths.add(0);
                widths.set(i, Math.max(widths.get(i), row.get(i).length()));
            }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++)
                line.append(row.get(i))
                        .append(" ".repeat(widths.get(i) - row.get(i).length()))
                        .append(GAP);
            lines.add(line.toString().stripTrailing());
        }
        return String.join("\n", lines);
    }
}
