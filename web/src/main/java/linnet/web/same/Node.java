package linnet.web.same;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An installed Node.
 *
 * @param program its launcher
 * @param version as it names itself without the v, {@code 20.20.2}
 */
public record Node(String program, String version) {
    private static final int MAJOR_MIN = 20;

    /** What to do when there is none. */
    public static final String ADVICE = "install Node " + MAJOR_MIN
            + " or newer so that 'node' is in the PATH (apt-get install nodejs, brew install node, or from nodejs.org)";

    /** Returns the one in the PATH, unless it is too old. */
    public static Optional<Node> installed() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("node", "--version").start();
            String version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0 || !version.startsWith("v")) return Optional.empty();
            Node node = new Node("node", version.substring(1));
            return node.major() >= MAJOR_MIN ? Optional.of(node) : Optional.empty();
        } catch (IOException notInstalled) {
            return Optional.empty();
        }
    }

    private int major() {
        return Integer.parseInt(version.substring(0, version.indexOf('.')));
    }
}
