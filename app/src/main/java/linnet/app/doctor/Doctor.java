package linnet.app.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import linnet.app.config.Config;
import linnet.app.config.ConfigFault;
import linnet.app.config.Setting;
import linnet.app.node.Running;
import linnet.core.env.Failure;
import linnet.jvm.HostException;

/** Goes through everything that can be wrong around a node, one check after the other. It changes nothing. */
public final class Doctor {
    /** No clock that is right shows an earlier time than that of this program. */
    private static final Instant WRITTEN = Instant.parse("2026-11-21T00:00:00Z");

    private static final int YEARS_MAX = 50;
    private static final int JAVA_MIN = 17;

    private Doctor() {}

    /** Examines a home and its node. */
    public static List<Finding> examine(Path home, Map<String, String> environment) {
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(clock(Instant.now()));
        findings.add(config(home, environment));
        findings.addAll(new HomeChecks(home).all());
        findings.addAll(new NodeChecks(home).all());
        findings.add(port(home, environment));
        return findings;
    }

    private static Finding java() {
        int version = Runtime.version().feature();
        if (version >= JAVA_MIN) return Finding.well("java", "version " + version);
        return Finding.broken("java", Failure.Code.UNSUPPORTED, "version " + version, "Install JDK 17 or newer.");
    }

    static Finding clock(Instant now) {
        if (now.isAfter(WRITTEN) && now.isBefore(WRITTEN.plusSeconds(YEARS_MAX * 365L * 86_400)))
            return Finding.well("clock", "it shows " + now);
        return Finding.broken(
                "clock",
                Failure.Code.EXPIRED,
                "it shows " + now + ", so invites and messages expire at the wrong time",
                "Set the clock of this machine.");
    }

    private static Finding config(Path home, Map<String, String> environment) {
        try {
            Config.load(home, environment, Map.of());
            return Finding.well("configuration", "it is good");
        } catch (ConfigFault e) {
            return Finding.broken(
                    "configuration", Failure.Code.MALFORMED, String.valueOf(e.getMessage()), "linnet config docs");
        }
    }

    /** Only a port that was asked for by number can be taken: with auto there is always another. */
    private static Finding port(Path home, Map<String, String> environment) {
        try {
            if (Running.read(home).map(last -> last.answers(home)).orElse(false))
                return Finding.well("port", "the node has it");
            String listen = Config.load(home, environment, Map.of()).text(Setting.LISTEN);
            int colon = listen.lastIndexOf(':');
            String text = listen.substring(colon + 1);
            Optional<Integer> last = Running.read(home).map(Running::listenPort);
            int port = text.equals("auto") ? last.orElse(0) : Integer.parseInt(text);
            if (port == 0) return Finding.well("port", "any free one is taken");
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(listen.substring(0, colon), port));
                return Finding.well("port", port + " is free");
            } catch (IOException e) {
                if (text.equals("auto"))
                    return Finding.weak(
                            "port",
                            port + " of the last start is taken by another program",
                            "The next start takes another port, and contacts learn of it when you are reached.");
                return Finding.broken("port", HostException.Kind.PORT_TAKEN, port + " is taken by another program");
            }
        } catch (ConfigFault | IOException e) {
            return Finding.weak("port", "unknown, because the home cannot be read", "See the checks above.");
        }
    }
}
