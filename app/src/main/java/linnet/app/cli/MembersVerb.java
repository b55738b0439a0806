package linnet.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import linnet.app.api.ApiClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Lists the members of the network that this node knows. */
@Command(
        name = "members",
        description = "List who is in the network, as far as this node knows: you and your contacts.")
final class MembersVerb extends NodeVerb {
    @Override
    protected int run() throws Exception {
        Map<String, @Nullable Object> answer = node().get("members");
        List<String> lines = new ArrayList<>();
        for (Map<String, @Nullable Object> member : ApiClient.list(answer, "members"))
            lines.add(Words.name(text(member, "name")) + "  "
                    + (Boolean.TRUE.equals(member.get("self")) ? "you" : text(member, "reach")));
        print(answer, String.join("\n", lines));
        return Exit.OK.status();
    }
}
