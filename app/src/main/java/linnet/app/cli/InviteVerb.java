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

    @Option(names = "--qr", description = "Show it as a QR code, too, for a camera.")
    boolean qr;

    @Option(
            names = "--light",
            description = "With --qr on a terminal without colours: its letters are dark on a light ground.")
    boolean light;

    @Override
    protected int run() throws Exception {
        if (expires.isZero())
            throw CommandFailure.usage("--expires: '0s' is not possible; allowed: 1s to 30d, such as 30m, 24h, 7d");
        Map<String, @Nullable Object> answer =
                node().post("identity/invite", Map.of("expiresSeconds", expires.toSeconds()));
        String link = text(answer, "link");
        print(answer, link);
        if (qr) showQr(link);
        say("Good for one contact and " + DurationText.words(expires.toMillis()) + ". They type: linnet add <link>");
        return Exit.OK.status();
    }

    /** On standard error with the other talk: standard output is the link, so that it can be piped. */
    private void showQr(String link) {
        Terminal terminal = new Terminal(spec.commandLine().getErr());
        say(QrText.of(link, terminal.rich(), light));
        if (terminal.rich() && Terminal.columns() < QrText.columns(link))
            say("The code needs " + QrText.columns(link)
                    + " columns: widen the terminal, or make its letters smaller.");
    }
}
