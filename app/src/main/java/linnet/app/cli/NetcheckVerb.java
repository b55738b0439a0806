package linnet.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import linnet.app.api.ApiClient;
import linnet.app.doctor.Finding;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Looks for what keeps a node from its network. */
@Command(
        name = "netcheck",
        description = "Find out what keeps the node from its network, and what to do: packets, addresses, links, who"
                + " answers, who reaches it. Exit status 1 when something is broken.")
final class NetcheckVerb extends NodeVerb {
    @Override
    protected int run() throws Exception {
        Map<String, @Nullable Object> answer = node().get("netcheck");
        List<String> lines = new ArrayList<>();
        for (Map<String, @Nullable Object> finding : ApiClient.list(answer, "findings")) {
            String code = text(finding, "code");
            String advice = text(finding, "advice");
            lines.add(sign(text(finding, "state")) + " " + text(finding, "check") + ": " + text(finding, "words")
                    + (code.isEmpty() ? "" : " (" + code + ")") + (advice.isEmpty() ? "" : "\n  " + advice));
        }
        print(answer, String.join("\n", lines));
        return (Boolean.TRUE.equals(answer.get("ok")) ? Exit.OK : Exit.FAILED).status();
    }

    private static String sign(String word) {
        for (Finding.State state : Finding.State.values()) if (state.word().equals(word)) return state.sign();
        return "?";
    }
}
