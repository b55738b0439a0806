package linnet.app.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linnet.app.api.ApiClient;
import linnet.core.env.Failure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends words. */
@Command(
        name = "send",
        description = "Send words to a contact, and wait until their device has them.",
        footer = "%nExit status 7: accepted and not yet delivered; the node goes on by itself.")
final class SendVerb extends NodeVerb {
    @Parameters(index = "0", paramLabel = "<contact>", description = "Name, beginning of a name, or user1… id.")
    @SuppressWarnings("NullAway.Init")
    String contact;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "<text>", description = "What to say.")
    @SuppressWarnings("NullAway.Init")
    List<String> words;

    @Option(
            names = "--wait",
            paramLabel = "<duration>",
            defaultValue = "5s",
            converter = DurationText.class,
            description = "How long to wait for the delivery; 0s returns at once (default ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    Duration wait;

    @Override
    protected int run() throws Exception {
        Person person = contact(contact);
        WatchedEvents events = WatchedEvents.fromNow(node());
        long start = System.nanoTime();
        Map<String, @Nullable Object> accepted = node().post(
                        "conversations/" + ApiClient.escaped(person.user()) + "/messages",
                        Map.of("text", String.join(" ", words)));
        String id = text(accepted, "id");
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("id", id);
        result.put("to", person.user());
        result.put("stage", "queued");
        if (!wait.isZero()) {
            events.until(wait, (type, data, event) -> {
                if (!type.equals("progress") || !text(data, "id").equals(id)) return false;
                result.put("stage", text(data, "stage"));
                result.put("cause", data.get("cause"));
                result.put("nextTryMillis", number(data, "nextTryMillis"));
                return List.of("delivered", "read", "failed").contains(text(data, "stage"));
            });
        }
        return tell(person, result, (System.nanoTime() - start) / 1_000_000);
    }

    private int tell(Person person, Map<String, @Nullable Object> result, long millis) {
        result.put("millis", millis);
        String stage = text(result, "stage");
        String why = Words.clause(text(inner(result, "cause"), "detail"));
        long next = number(result, "nextTryMillis");
        String words = stage + (why.isEmpty() ? "" : ": " + why);
        if (stage.equals("delivered") || stage.equals("read")) {
            print(result, "delivered to " + Words.name(person.name()) + " in " + DurationText.words(millis));
            return Exit.OK.status();
        }
        if (next > 0) words += "; next try in " + DurationText.words(next - System.currentTimeMillis());
        print(result, words);
        if (!stage.equals("failed")) return Exit.QUEUED.status();
        for (Failure.Code code : Failure.Code.values())
            if (code.name().equals(text(inner(result, "cause"), "code")))
                return Exit.of(code).status();
        return Exit.FAILED.status();
    }
}
