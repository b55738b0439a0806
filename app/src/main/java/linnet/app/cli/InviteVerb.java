package linnet.app.cli;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes an invite. */
@Command(name = "invite", description = "Make an invite link, good for one contact. Hand it over on a way you trust.")
final class InviteVerb extends NodeVerb {
    @Option(
            names = "--expires",
            paramLabel = "<duration>",
            defaultValue = "24h",
            converter = DurationText.class,
            description = "How long it is good: 1s to 30d (default ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    Duration expires;

    @Override
    protected int run() throws Exception {
        if (expires.isZero())
            throw CommandFailure.usage("--expires: '0s' is not possible; allowed: 1s to 30d, such as 30m, 24h, 7d");
        Map<String, @Nullable Object> answer =
                node().post("identity/invite", Map.of("expiresSeconds", expires.toSeconds()));
        print(answer, text(answer, "link"));
        say("Good for one contact and " + DurationText.words(expires.toMillis()) + ". They type: linnet add <link>");
        return Exit.OK.status();
    }
}
