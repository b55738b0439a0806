package linnet.app.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linnet.app.api.ApiClient;
import linnet.app.api.ApiProblem;
import linnet.core.env.Failure;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks for a device in the network. */
@Command(
        name = "lookup",
        description = "Find out where a device is by asking those who are nearer to it, several at once."
                + " Exit status 4 when nobody who answers knows it.")
final class LookupVerb extends NodeVerb {
    /** How long the node is asked to wait for the next step. */
    private static final long WAIT_MILLIS = 10_000;

    private static final int KEY_BITS = 256;

    /** Room for the time before a step. */
    private static final int AT_CHARS = 9;

    private static final String RUNNING = "running";

    @Parameters(
            paramLabel = "<who>",
            description = "peer1… or user1… id, name of a contact, or the beginning of one of these.")
    @SuppressWarnings("NullAway.Init")
    String who;

    @Option(
            names = "--trace",
            description =
                    "Ask the network also when the device is known here, and show each question as it is answered.")
    boolean trace;

    @Override
    protected int run() throws Exception {
        Map<String, @Nullable Object> lookup = begin(target());
        List<Map<String, @Nullable Object>> steps = new ArrayList<>(ApiClient.list(lookup, "steps"));
        show(steps);
        while (text(lookup, "state").equals(RUNNING)) {
            lookup = node().get("lookups/" + number(lookup, "id") + "?after=" + steps.size() + "&wait=" + WAIT_MILLIS);
            List<Map<String, @Nullable Object>> more = ApiClient.list(lookup, "steps");
            steps.addAll(more);
            show(more);
        }
        Map<String, @Nullable Object> result = new LinkedHashMap<>(lookup);
        result.put("steps", steps);
        print(result, words(lookup));
        return switch (text(lookup, "state")) {
            case "found" -> Exit.OK.status();
            case "not_found" -> Exit.UNREACHABLE.status();
            default -> Exit.TIMEOUT.status();
        };
    }

    /** An id that the node knows nothing to do with is as wrong as a name that is nobody's: nothing was asked. */
    private Map<String, @Nullable Object> begin(String target) throws IOException, ApiProblem, CommandFailure {
        try {
            return node().post("lookups", Map.of("target", target, "walk", trace));
        } catch (ApiProblem refused) {
            boolean isUnknown = refused.code().equals(Failure.Code.PEER_UNKNOWN.name());
            if (!isUnknown && !refused.code().equals(Failure.Code.REFUSED.name())) throw refused;
            throw new CommandFailure(
                    Exit.USAGE, refused.code(), String.valueOf(refused.getMessage()), isUnknown ? refused.hint() : "");
        }
    }

    private void show(List<Map<String, @Nullable Object>> steps) {
        if (trace && !json) for (Map<String, @Nullable Object> step : steps) say(line(step));
    }

    private static String line(Map<String, @Nullable Object> step) {
        String at = number(step, "atMillis") + " ms";
        String what = switch (text(step, "what")) {
            case "asked" -> "asked" + about(step) + ", hop " + number(step, "hop");
            case "answered" ->
                "answered in " + Math.max(1, number(step, "rttMillis")) + " ms, named " + number(step, "named")
                        + (number(step, "records") > 0 ? ", gave a record" : "");
            default -> "failed: " + text(inner(step, "why"), "code");
        };
        long bits = number(step, "bits");
        String near = bits == KEY_BITS ? "it is the one" : "shares " + NetworkWords.count(bits, "bit");
        return " ".repeat(Math.max(0, AT_CHARS - at.length())) + at + "  " + NetworkWords.who(step) + "  " + near + "  "
                + what;
    }

    /** A contact's record is looked for besides the device itself. */
    private static String about(Map<String, @Nullable Object> step) {
        return text(step, "about").equals("presence") ? " for its record" : "";
    }

    private static String words(Map<String, @Nullable Object> lookup) {
        String name = NetworkWords.who(inner(lookup, "target"));
        List<String> lines = new ArrayList<>();
        String others = addresses(lookup);
        String own = addresses(inner(lookup, "presence"));
        if (!others.isEmpty()) lines.add(name + " is at " + others);
        if (!own.isEmpty()) lines.add(name + " says of itself that it is at " + own);
        long questions = number(lookup, "questions");
        long failures = number(lookup, "failures");
        if (lines.isEmpty())
            lines.add(
                    switch (text(lookup, "state")) {
                        case "found" -> name + " is there, and is reached by links only";
                        case "not_found" -> notFound(name, questions, failures);
                        default -> "the lookup did not end in time";
                    });
        lines.add(
                questions == 0
                        ? "nobody was asked"
                                + (text(lookup, "state").equals("found") ? ", because it is known here" : "")
                        : NetworkWords.count(number(lookup, "hops"), "hop") + ", "
                                + NetworkWords.count(questions, "question") + ", " + failures
                                + " without an answer, " + number(lookup, "tookMillis") + " ms");
        return String.join("\n", lines);
    }

    /** Silence and ignorance are told apart: the one is a fault of this side's network more often than not. */
    static String notFound(String name, long questions, long failures) {
        if (questions == 0) return "nobody is known here who could be asked for " + name;
        return questions == failures
                ? "nobody of those who were asked for " + name + " answered; netcheck says more"
                : "nobody who answered knows " + name;
    }

    private static String addresses(Map<String, @Nullable Object> of) {
        if (!(of.get("addresses") instanceof List<?> list)) return "";
        List<String> clean = new ArrayList<>();
        for (Object one : list) clean.add(Words.name(String.valueOf(one)));
        return String.join(", ", clean);
    }

    /** Returns the id that is meant. Names nobody: wrong usage, because nothing was asked. */
    private String target() throws IOException, ApiProblem, CommandFailure {
        if (isId(who)) return who;
        List<String> known = known();
        if (known.size() == 1) return known.get(0);
        try {
            return contact(who).user();
        } catch (CommandFailure nobody) {
            throw new CommandFailure(
                    Exit.USAGE,
                    Failure.Code.PEER_UNKNOWN.name(),
                    "'" + who + "' is no id, and " + nobody.getMessage(),
                    nobody.hint());
        }
    }

    private static boolean isId(String text) {
        try {
            if (text.startsWith("user1")) return UserId.parse(text) != null;
            return PeerId.parse(text) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Returns the devices of the table whose ids begin so: other commands show no more of them. */
    private List<String> known() throws IOException, ApiProblem, CommandFailure {
        String beginning = who.endsWith("…") ? who.substring(0, who.length() - 1) : who;
        List<String> found = new ArrayList<>();
        if (!beginning.startsWith("peer1") || beginning.length() < ID_PREFIX_CHARS_MIN) return found;
        for (Map<String, @Nullable Object> bucket : ApiClient.list(node().get("routes"), "buckets"))
            for (Map<String, @Nullable Object> entry : ApiClient.list(bucket, "entries"))
                if (text(entry, "peer").startsWith(beginning)) found.add(text(entry, "peer"));
        return found;
    }
}
