package linnet.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import linnet.app.api.ApiClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Shows the table of who is where. */
@Command(
        name = "routes",
        description = "Show the table of who is where, bucket by bucket: bucket i has those who share i leading bits"
                + " with this node.")
final class RoutesVerb extends NodeVerb {
    @Override
    protected int run() throws Exception {
        Map<String, @Nullable Object> table = node().get("routes");
        List<Map<String, @Nullable Object>> buckets = ApiClient.list(table, "buckets");
        List<String> lines = new ArrayList<>();
        lines.add(NetworkWords.self(table));
        for (Map<String, @Nullable Object> bucket : buckets) {
            List<Map<String, @Nullable Object>> entries = ApiClient.list(bucket, "entries");
            lines.add("");
            lines.add("bucket " + number(bucket, "bucket") + "  "
                    + NetworkWords.bar(entries.size(), number(table, "bucketSize")) + "  " + entries.size() + " of "
                    + number(table, "bucketSize"));
            List<List<String>> rows = new ArrayList<>();
            for (Map<String, @Nullable Object> entry : entries) rows.add(row(entry));
            if (!rows.isEmpty()) lines.add(NetworkWords.columns(rows));
        }
        print(table, String.join("\n", lines));
        if (buckets.isEmpty()) say("Nobody is known yet. Why: linnet netcheck");
        return Exit.OK.status();
    }

    private static List<String> row(Map<String, @Nullable Object> entry) {
        List<?> addresses = entry.get("addresses") instanceof List<?> list ? list : List.of();
        return List.of(
                "",
                NetworkWords.who(entry),
                text(entry, "state"),
                NetworkWords.count(number(entry, "bits"), "bit"),
                NetworkWords.rtt(number(entry, "rttMillis")),
                "heard " + DurationText.words(number(entry, "silentMillis")) + " ago",
                addresses.isEmpty() ? "" : Words.name(String.valueOf(addresses.get(0))));
    }
}
