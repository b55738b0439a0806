package linnet.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import linnet.app.api.ApiClient;
import linnet.app.api.ApiRequests;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Shows a conversation. */
@Command(name = "history", description = "Show the conversation with a contact, oldest first.")
final class HistoryVerb extends NodeVerb {
    @Parameters(paramLabel = "<contact>", description = "Name, beginning of a name, or user1… id.")
    @SuppressWarnings("NullAway.Init")
    String contact;

    @Option(
            names = "--limit",
            paramLabel = "<number>",
            defaultValue = "50",
            converter = Limit.class,
            description = "How many messages, 1 to 200 (default ${DEFAULT-VALUE}).")
    int limit;

    @Option(
            names = "--before",
            paramLabel = "<number>",
            defaultValue = "0",
            converter = Cursor.class,
            description = "Only older ones than this message number.")
    long before;

    @Override
    protected int run() throws Exception {
        Person person = contact(contact);
        Map<String, @Nullable Object> answer = node().get("conversations/" + ApiClient.escaped(person.user())
                + "/messages?limit=" + limit + (before > 0 ? "&before=" + before : ""));
        List<String> lines = new ArrayList<>();
        for (Map<String, @Nullable Object> message : ApiClient.list(answer, "messages"))
            lines.add(Words.line(message, person.name()));
        print(answer, String.join("\n", lines));
        if (lines.isEmpty()) say("Nothing was said yet.");
        return Exit.OK.status();
    }

    /** Reads how many messages are wanted. */
    static final class Limit extends Whole {
        /** Called by picocli. */
        Limit() {
            super(1, ApiRequests.MESSAGES_MAX);
        }
    }

    /** Reads a message number. */
    static final class Cursor implements picocli.CommandLine.ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            try {
                long number = Long.parseLong(text);
                if (number >= 0) return number;
            } catch (NumberFormatException e) {
                // The same words as for a number that is out of range.
            }
            throw new TypeConversionException("'" + text + "' is no message number; allowed: 1 and more");
        }
    }
}
