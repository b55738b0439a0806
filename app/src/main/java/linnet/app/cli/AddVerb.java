package linnet.app.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes an invite. */
@Command(name = "add", description = "Take an invite link and become contacts.")
final class AddVerb extends NodeVerb {
    @Parameters(paramLabel = "<link>", description = "What the other person's 'linnet invite' printed.")
    @SuppressWarnings("NullAway.Init")
    String link;

    @Option(
            names = "--wait",
            paramLabel = "<duration>",
            defaultValue = "10s",
            converter = DurationText.class,
            description = "How long to wait for the answer (default ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    Duration wait;

    @Override
    protected int run() throws Exception {
        WatchedEvents events = WatchedEvents.fromNow(node());
        String user = text(node().post("contacts", Map.of("link", link)), "user");
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("user", user);
        result.put("state", "requested");
        Map<String, @Nullable Object> refused = new LinkedHashMap<>();
        boolean answered = isAccepted(user, result)
                || events.until(wait, (type, data, event) -> {
                    if (!type.equals("contact") || !text(data, "user").equals(user)) return false;
                    result.put("name", text(data, "name"));
                    result.put("state", text(data, "state"));
                    if (text(data, "state").equals("refused")) refused.putAll(inner(data, "why"));
                    return !text(data, "state").equals("requested");
                });
        if (result.get("state").equals("refused"))
            throw new CommandFailure(
                    Exit.FAILED, text(refused, "code"), text(refused, "detail"), text(refused, "hint"));
        String name = String.valueOf(result.getOrDefault("name", user));
        print(
                result,
                answered
                        ? Words.name(name) + " is your contact now."
                        : "Asked " + Words.name(name) + "; the answer comes when they are reached.");
        if (answered) say("Compare the safety number once: linnet verify " + Words.typed(name, user));
        return answered ? Exit.OK.status() : Exit.QUEUED.status();
    }

    /** Adding somebody again changes nothing, so no event would come. */
    private boolean isAccepted(String user, Map<String, Object> result) throws Exception {
        for (Map<String, @Nullable Object> contact :
                linnet.app.api.ApiClient.list(node().get("contacts"), "contacts")) {
            if (!text(contact, "user").equals(user)) continue;
            result.put("name", text(contact, "name"));
            result.put("state", text(contact, "state"));
            return text(contact, "state").equals("accepted");
        }
        return false;
    }
}
