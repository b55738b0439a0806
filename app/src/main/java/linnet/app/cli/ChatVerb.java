package linnet.app.cli;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Talks in the terminal. */
@Command(
        name = "chat",
        description =
                "Talk with a contact in the terminal: lines in, messages and ticks out. Also takes lines from a pipe.",
        footer = "%nTicks: · queued, ✓ sent, ✓✓ delivered, ✓✓✓ read, ✗ failed.")
final class ChatVerb extends NodeVerb {
    @Parameters(paramLabel = "<contact>", description = "Name, beginning of a name, or user1… id.")
    @SuppressWarnings("NullAway.Init")
    String contact;

    @Option(
            names = "--wait",
            paramLabel = "<duration>",
            defaultValue = "5s",
            converter = DurationText.class,
            description = "How long to wait at the end for what is not delivered yet (default ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    Duration wait;

    @Override
    protected int run() throws Exception {
        Person person = contact(contact);
        BufferedReader keyboard = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        Chat.Outcome outcome = new Chat(node(), person, spec.commandLine().getOut(), json).run(keyboard, wait);
        return switch (outcome) {
            case DELIVERED -> Exit.OK.status();
            case WAITING -> {
                say("Not everything is delivered yet; the node goes on by itself.");
                yield Exit.QUEUED.status();
            }
            case FAILED -> {
                say("Not everything could be sent; what failed is above, with its cause.");
                yield Exit.FAILED.status();
            }
        };
    }
}
