package linnet.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import linnet.app.api.ApiClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Lists the peers with a link. */
@Command(
        name = "peers",
        description = "List the peers that are linked now: who, who dialled, where, for how long, round trip, bytes.")
final class PeersVerb extends NodeVerb {
    private static final List<String> HEAD = List.of("PEER", "", "ADDRESS", "UP FOR", "RTT", "SENT", "RECEIVED");

    @Override
    protected int run() throws Exception {
        Map<String, @Nullable Object> answer = node().get("peers");
        long now = System.currentTimeMillis();
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        for (Map<String, @Nullable Object> peer : ApiClient.list(answer, "peers"))
            rows.add(List.of(
                    NetworkWords.who(peer),
                    text(peer, "direction"),
                    Words.name(text(peer, "address")),
                    DurationText.words(now - number(peer, "sinceMillis")),
                    NetworkWords.linkRtt(number(peer, "rttMillis")),
                    NetworkWords.bytes(number(peer, "sentBytes")),
                    NetworkWords.bytes(number(peer, "receivedBytes"))));
        print(answer, rows.size() == 1 ? "" : NetworkWords.columns(rows));
        if (rows.size() == 1) say("No link is up. What keeps it: linnet netcheck");
        return Exit.OK.status();
    }
}
