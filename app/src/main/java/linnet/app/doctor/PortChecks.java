package linnet.app.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import linnet.app.config.Config;
import linnet.app.config.ConfigFault;
import linnet.app.config.Setting;
import linnet.app.node.Running;
import linnet.jvm.HostException;

/** Whether the ports of the configuration can be had. */
final class PortChecks {
    private final Path home;
    private final Map<String, String> environment;

    PortChecks(Path home, Map<String, String> environment) {
        this.home = home;
        this.environment = environment;
    }

    List<Finding> all() {
        try {
            Optional<Running> last = Running.read(home);
            boolean runs = last.map(one -> one.answers(home)).orElse(false);
            if (runs) return List.of(Finding.well("port", "the node has its ports"));
            Config config = Config.load(home, environment, Map.of());
            List<Finding> findings = new ArrayList<>();
            findings.add(port("port", config.text(Setting.LISTEN), last.map(Running::listenPort)));
            String api = "127.0.0.1:" + config.text(Setting.API_PORT);
            findings.add(port("api port", api, last.map(Running::apiPort)));
            String metrics = config.text(Setting.METRICS_LISTEN);
            if (!metrics.isEmpty()) findings.add(port("metrics port", metrics, Optional.empty()));
            return findings;
        } catch (ConfigFault | IOException e) {
            return List.of(Finding.weak("port", "unknown, because the home cannot be read", "See the checks above."));
        }
    }

    /** Only a port that was asked for by number can be taken: with auto there is always another. */
    private static Finding port(String check, String listen, Optional<Integer> last) {
        int colon = listen.lastIndexOf(':');
        String text = listen.substring(colon + 1);
        int port = text.equals("auto") ? last.orElse(0) : Integer.parseInt(text);
        if (port == 0) return Finding.well(check, "any free one is taken");
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(listen.substring(0, colon), port));
            return Finding.well(check, port + " is free");
        } catch (IOException e) {
            if (!text.equals("auto"))
                return Finding.broken(check, HostException.Kind.PORT_TAKEN, port + " is taken by another program");
            return Finding.weak(
                    check,
                    port + " of the last start is taken by another program",
                    "The next start takes another one by itself.");
        }
    }
}
