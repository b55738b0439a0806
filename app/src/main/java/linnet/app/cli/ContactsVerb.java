package linnet.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import linnet.app.api.ApiClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Lists the contacts. */
@Command(name = "contacts", description = "List your contacts: how they are reached, and what waits for them.")
final class ContactsVerb extends NodeVerb {
    @Override
    protected int run() throws Exception {
        Map<String, @Nullable Object> answer = node().get("contacts");
        List<String> lines = new ArrayList<>();
        for (Map<String, @Nullable Object> contact : ApiClient.list(answer, "contacts")) {
            String state = text(contact, "state").equals("accepted") ? text(contact, "reach") : text(contact, "state");
            long waiting = number(contact, "waiting");
            String cause = Words.clause(text(inner(contact, "cause"), "detail"));
            lines.add(Words.name(text(contact, "name")) + "  " + state
                    + (Boolean.TRUE.equals(contact.get("verified")) ? "  verified" : "")
                    + (waiting > 0 ? "  " + waiting + " waiting" + (cause.isEmpty() ? "" : ": " + cause) : "")
                    + "  " + text(contact, "user"));
        }
        print(answer, String.join("\n", lines));
        if (lines.isEmpty()) say("No contacts yet. Make an invite: linnet invite");
        return Exit.OK.status();
    }
}
