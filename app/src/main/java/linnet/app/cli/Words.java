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

    /** Returns a sentence as a part of another one: without its point. */
    static String clause(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
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
