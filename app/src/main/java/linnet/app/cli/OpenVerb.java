package linnet.app.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        boolean opened = !onlyPrint && opens(url);
        Map<String, @Nullable Object> result = new LinkedHashMap<>(link);
        result.put("opened", opened);
        print(result, url);
        if (!opened && !onlyPrint) say("There is no browser here: open the address in one on this machine.");
        return Exit.OK.status();
    }

    /** Hands the address to the desktop, if there is one. */
    private static boolean opens(String url) {
        List<String> command = browser(System.getProperty("os.name", "").toLowerCase(Locale.ROOT), System.getenv());
        if (command.isEmpty()) return false;
        try {
            List<String> whole = new ArrayList<>(command);
            whole.add(url);
            new ProcessBuilder(whole)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return true;
        } catch (IOException e) {
            return false; // the desktop's command is not installed
        }
    }

    /** Returns the command that opens an address; empty where nobody sits in front of a screen. */
    static List<String> browser(String system, Map<String, String> environment) {
        if (system.contains("mac")) return List.of("open");
        if (system.contains("win")) return List.of("rundll32", "url.dll,FileProtocolHandler");
        boolean screen = environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY");
        return screen ? List.of("xdg-open") : List.of();
    }
}
