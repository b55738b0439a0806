package linnet.app.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How messages and stages are written in a terminal. */
final class Words {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

    private Words() {}

    /** Returns one line of a conversation. */
    static String line(Map<String, @Nullable Object> message, String name) {
        boolean own = Boolean.TRUE.equals(message.get("own"));
        String cause = clause(NodeVerb.text(NodeVerb.inner(message, "cause"), "detail"));
        String stage = NodeVerb.text(message, "stage");
        return time(NodeVerb.number(message, "sentMillis")) + " " + (own ? "you" : clean(name)) + ": " + said(message)
                + (own ? "  " + ticks(stage) + " " + stage + (cause.isEmpty() ? "" : " (" + cause + ")") : "")
                + order(message);
    }

    /** Returns what was said, safe for a terminal. */
    static String said(Map<String, @Nullable Object> message) {
        if (!NodeVerb.text(message, "kind").equals("text")) return "[something that only a newer program can show]";
        return clean(NodeVerb.text(message, "text"));
    }

    /** Returns a mark when something before a message is missing, or it came late. */
    static String order(Map<String, @Nullable Object> message) {
        return switch (NodeVerb.text(message, "order")) {
            case "after_gap" -> "  [something before this is missing]";
            case "late" -> "  [came late]";
            default -> "";
        };
    }

    /** Returns a sentence as a part of another one: without its point. It may be what the other side said when it closed. */
    static String clause(String sentence) {
        String safe = name(sentence);
        return safe.endsWith(".") ? safe.substring(0, safe.length() - 1) : safe;
    }

    /** Returns the name of somebody, who has chosen it, safe for a line of a terminal. */
    static String name(String chosen) {
        return clean(chosen.replace('\n', '\ufffd'));
    }

    /** Returns what stands for somebody in a command that people copy: the name, or the id where a shell could read more into the name. */
    static String typed(String name, String user) {
        boolean plain = !name.isEmpty()
                && !name.startsWith("-")
                && name.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || " ._-".indexOf(c) >= 0);
        return plain ? "'" + name + "'" : user;
    }

    /** Returns the ticks of a stage. */
    static String ticks(String stage) {
        return switch (stage) {
            case "queued" -> "·";
            case "sent", "stored" -> "✓";
            case "delivered" -> "✓✓";
            case "read" -> "✓✓✓";
            case "failed" -> "✗";
            default -> "?";
        };
    }

    /** Returns the time of the day. */
    static String time(long wallMillis) {
        return TIME.format(Instant.ofEpochMilli(wallMillis).atZone(ZoneId.systemDefault()));
    }

    /** Words of others must not steer the terminal: control characters become a mark. */
    static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean steers = (Character.isISOControl(c) && c != '\t') || Character.getType(c) == Character.FORMAT;
            if (c == '\n') clean.append("\n      ");
            else clean.append(steers ? '\ufffd' : c);
        }
        return clean.toString();
    }
}
