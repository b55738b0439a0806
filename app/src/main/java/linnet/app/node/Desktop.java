package linnet.app.node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The browser of the person in front of the screen, if there is one. */
public final class Desktop {
    private Desktop() {}

    /** Hands an address to the browser; returns whether there is one. */
    public static boolean opens(String url) {
        List<String> command =
                new ArrayList<>(browser(System.getProperty("os.name", "").toLowerCase(Locale.ROOT), System.getenv()));
        if (command.isEmpty()) return false;
        command.add(url);
        try {
            new ProcessBuilder(command)
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
