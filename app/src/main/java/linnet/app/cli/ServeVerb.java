package linnet.app.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linnet.app.config.Config;
import linnet.app.config.Setting;
import linnet.app.node.Daemon;
import linnet.core.bootstrap.Door;
import linnet.core.id.Endpoint;
import linnet.jvm.JvmNode;
import picocli.CommandLine.Command;

/** Runs a node for the network. It is a node as any other, with a home, a local API and metrics; only it is nobody's. */
@Command(
        name = "serve",
        description =
                "Run a node for the network and stay: bootstrap lets newcomers in, bridge passes questions on and keeps no data.",
        footer =
                "%nIt prints how other nodes name it in their option 'bootstrap'. Ctrl-C or SIGTERM stops it; status, metrics and doctor work beside it.")
final class ServeVerb extends Verb {
    @Override
    protected int run() throws Exception {
        Config config = Config.load(home(), System.getenv(), UpVerb.flags(spec));
        String roles = config.text(Setting.ROLE);
        if (roles.isEmpty())
            throw CommandFailure.usage(Setting.ROLE.flag() + ": what to serve is not said; allowed: "
                    + Setting.ROLE.rule().allowed());
        try (Daemon daemon = Daemon.start(home(), config, true)) {
            Runtime.getRuntime().addShutdownHook(new Thread(daemon::close, "linnet-stop"));
            tell(roles, daemon);
            daemon.prepareNextStart();
            daemon.await();
        }
        return Exit.OK.status();
    }

    private void tell(String roles, Daemon daemon) {
        JvmNode node = daemon.node();
        List<String> endpoints = node.endpoints().stream().map(Endpoint::uri).toList();
        List<String> doors = node.endpoints().stream()
                .filter(endpoint -> !endpoint.isForPackets())
                .map(endpoint -> new Door(node.peer(), endpoint).toString())
                .toList();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("home", home().toString());
        object.put("pid", daemon.running().pid());
        object.put("role", List.of(roles.split(",", -1)));
        object.put("peer", node.peer().toString());
        object.put("api", "127.0.0.1:" + daemon.running().apiPort());
        object.put("endpoints", endpoints);
        object.put("bootstrap", doors);
        print(
                object,
                "Serving as " + roles.replace(",", " and ") + " at " + String.join(", ", endpoints)
                        + ".\nOther nodes name it so:\n  bootstrap: [" + String.join(", ", doors) + "]");
    }
}
