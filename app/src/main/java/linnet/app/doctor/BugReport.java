package linnet.app.doctor;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import linnet.app.Version;
import linnet.app.api.MetricsText;
import linnet.app.config.Config;
import linnet.app.config.ConfigFault;
import linnet.app.config.Rule;
import linnet.app.config.Setting;
import linnet.app.json.Json;
import linnet.core.env.Failure;
import linnet.jvm.Home;
import linnet.jvm.HostException;
import linnet.jvm.NodeMetrics;
import org.jspecify.annotations.Nullable;

/**
 * What helps to find a fault, and nothing that is anybody's business: no keys, tokens and passphrases, no words of conversations, no names,
 * ids, addresses and folders. It is made from what is known to be harmless (counts, codes, sentences of the program itself), so that what
 * is unknown stays out.
 */
public final class BugReport {
    /** Newest lines of the log that are told: the last minutes of a quiet node. */
    private static final int LOG_LINES = 200;

    /** Longest line of the log that is looked at, in characters: a stack of a thousand calls. */
    private static final int LINE_CHARS_MAX = 256 * 1_024;

    /** Calls of one stack that are told: the innermost are where it happened. */
    private static final int STEPS_MAX = 30;

    /** Fields of a line whose values are codes of the program. */
    private static final List<String> CODES = List.of("code", "kind");

    private BugReport() {}

    /** Returns the report of a running node. */
    public static String ofNode(Path home, NodeMetrics metrics) {
        return head() + configuration(home) + "\n## Counts\n\n" + MetricsText.of(metrics, Version.text()) + log(home);
    }

    /** Returns the report of a home whose node does not answer. */
    public static String ofHome(Path home) {
        return head() + configuration(home) + log(home);
    }

    /** Returns what {@link Doctor} found, for a report: the checks and their codes, without words that name folders or addresses. */
    public static String findings(List<Finding> findings) {
        StringBuilder text = new StringBuilder("\n## Doctor\n\n");
        for (Finding finding : findings) {
            int space = finding.check().indexOf("://") < 0
                    ? finding.check().length()
                    : finding.check().indexOf(' ');
            text.append(finding.state().word()).append("  ").append(finding.check(), 0, space);
            text.append(finding.code().isEmpty() ? "" : "  ")
                    .append(finding.code())
                    .append('\n');
        }
        return text.toString();
    }

    private static String head() {
        return "# Linnet " + Version.text() + ", " + Instant.now() + "\n\n"
                + "Java " + Runtime.version() + " on " + System.getProperty("os.name") + " "
                + System.getProperty("os.version") + " " + System.getProperty("os.arch") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors\n";
    }

    private static String configuration(Path home) {
        StringBuilder text = new StringBuilder("\n## Configuration\n\n");
        try {
            Config config = Config.load(home, System.getenv(), Map.of());
            for (Setting setting : Setting.ALL) {
                Config.Value value = config.value(setting);
                text.append(setting.key()).append(" = ").append(shown(setting, value.text()));
                text.append("  (").append(value.origin()).append(")\n");
            }
        } catch (ConfigFault e) {
            text.append("cannot be read; 'linnet config check' says why\n");
        }
        return text.toString();
    }

    /** Numbers and words of the program are told; what a person wrote is not. */
    private static String shown(Setting setting, String value) {
        if (setting.rule() instanceof Rule.Whole || setting.rule() instanceof Rule.Choice) return value;
        return value.equals(setting.standard()) ? "as usual" : "set";
    }

    private static String log(Path home) {
        Deque<String> lines = new ArrayDeque<>();
        try (BufferedReader reader =
                Files.newBufferedReader(Home.logs(home).resolve("linnet.log"), StandardCharsets.ISO_8859_1)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.addLast(line);
                if (lines.size() > LOG_LINES) lines.removeFirst();
            }
        } catch (IOException e) {
            return "\n## Log\n\ncannot be read\n";
        }
        StringBuilder text = new StringBuilder("\n## Log\n\n");
        for (String line : lines) text.append(harmless(line));
        return text.toString();
    }

    /**
     * A line of the log without its values: the sentence as it stands in the program ({@code message}, with its blanks), never as it was filled
     * in ({@code formattedMessage}).
     */
    private static String harmless(String line) {
        if (line.length() > LINE_CHARS_MAX) return "";
        try {
            Map<String, @Nullable Object> object = Json.object(line);
            StringBuilder text = new StringBuilder();
            if (object.get("timestamp") instanceof Long millis)
                text.append(Instant.ofEpochMilli(millis)).append(' ');
            text.append(object.get("level"))
                    .append(' ')
                    .append(object.get("loggerName"))
                    .append(": ");
            text.append(object.get("message"));
            if (object.get("kvpList") instanceof List<?> pairs) for (Object pair : pairs) text.append(codeOf(pair));
            if (object.get("throwable") instanceof Map<?, ?> thrown) stack(thrown, text);
            return text.append('\n').toString();
        } catch (Json.Malformed e) {
            return "";
        }
    }

    private static String codeOf(Object pair) {
        if (!(pair instanceof Map<?, ?> map)) return "";
        for (String name : CODES) if (map.get(name) instanceof String value && isCode(value)) return " [" + value + "]";
        return "";
    }

    private static boolean isCode(String value) {
        for (Failure.Code code : Failure.Code.values()) if (code.name().equals(value)) return true;
        for (HostException.Kind kind : HostException.Kind.values())
            if (kind.name().equals(value)) return true;
        return false;
    }

    /** Classes and lines of the program; the sentence of an exception may quote anything. */
    private static void stack(Map<?, ?> thrown, StringBuilder text) {
        text.append("\n    ").append(thrown.get("className"));
        if (!(thrown.get("stepArray") instanceof List<?> steps)) return;
        for (Object step : steps.subList(0, Math.min(steps.size(), STEPS_MAX)))
            if (step instanceof Map<?, ?> one)
                text.append("\n    at ")
                        .append(one.get("className"))
                        .append('.')
                        .append(one.get("methodName"))
                        .append(':')
                        .append(one.get("lineNumber"));
    }
}
