package linnet.app.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import linnet.app.node.Desktop;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Opens the page. */
@Command(
        name = "open",
        description =
                "Open the page of this node in the browser; prints its address, which is good once and for 5 minutes.")
final class OpenVerb extends NodeVerb {
    @Option(names = "--print", description = "Only print the address.")
    boolean onlyPrint;

    @Override
    protected int run() throws Exception {
        Map<String, @Nullable Object> link = node().post("login-links", Map.of());
        String url = text(link, "url");
        boolean opened = !onlyPrint && Desktop.opens(url);
        Map<String, @Nullable Object> result = new LinkedHashMap<>(link);
        result.put("opened", opened);
        print(result, url);
        if (!opened && !onlyPrint) say("There is no browser here: open the address in one on this machine.");
        return Exit.OK.status();
    }
}
