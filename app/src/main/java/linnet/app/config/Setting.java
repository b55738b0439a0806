package linnet.app.config;

import java.util.List;
import java.util.Locale;
import linnet.core.node.NodeConfig;

/**
 * One option of the program. This table is the only place that knows them: the file, the environment variables, the flags of
 * {@code up} and the documentation are made from it.
 *
 * @param key the key in config.yaml; a point is one level of nesting
 * @param rule which values it takes
 * @param standard the value without file, variable or flag
 * @param doc one sentence for people
 */
public record Setting(String key, Rule rule, String standard, String doc) {
    /** What the person calls themself. */
    public static final Setting NAME = new Setting(
            "name",
            new Rule.Text(0, 64),
            "",
            "What you call yourself; your contacts see it. Empty: the name of the account.");

    /** The network of the home. */
    public static final Setting NETWORK = new Setting(
            "network",
            new Rule.Text(1, 64),
            "linnet",
            "The network this home belongs to. Nodes of different networks never talk.");

    /** Where other nodes reach this one. */
    public static final Setting LISTEN = new Setting(
            "listen",
            new Rule.HostPort(false),
            "0.0.0.0:auto",
            "Where other nodes connect. auto: the port of the last start, else 7071, else a free one.");

    /** What contacts are told to dial. */
    public static final Setting ADVERTISE = new Setting(
            "advertise",
            new Rule.Addresses(8),
            "",
            "Addresses that contacts dial, best first. Empty: those of this machine's network interfaces.");

    /** Where the local API listens, always on 127.0.0.1. */
    public static final Setting API_PORT = new Setting(
            "api.port",
            new Rule.Whole(0, 65_535, true),
            "auto",
            "Port of the local API on 127.0.0.1. auto: the port of the last start, else 7070, else a free one.");

    /** Nodes that let this one into the network. */
    public static final Setting BOOTSTRAP = new Setting(
            "bootstrap",
            new Rule.Doors(NodeConfig.DOORS_MAX),
            "",
            "Bootstrap nodes that are asked when neither contacts nor peers of the last time let this node into the network.");

    /** What the node does for the network. */
    public static final Setting ROLE = new Setting(
            "role",
            new Rule.Words(List.of("bootstrap", "bridge")),
            "",
            "What the node does for the network in place of being a person's: bootstrap lets newcomers in, bridge passes questions on and keeps no data."
                    + " Empty: a person's node.");

    /** Whether contacts hear that their messages were seen. */
    public static final Setting RECEIPTS = new Setting(
            "receipts",
            new Rule.Choice(List.of("on", "off")),
            "on",
            "Whether contacts are told that you have seen their messages.");

    /** How fast the local API may be called. */
    public static final Setting API_RATE = new Setting(
            "api.rate",
            new Rule.Whole(1, 1_000_000, false),
            "200",
            "Calls of the local API a second, for programs and for the page each; more are refused with RATE_LIMITED.");

    /** How many calls may come at once. */
    public static final Setting API_BURST = new Setting(
            "api.burst", new Rule.Whole(1, 1_000_000, false), "400", "Calls of the local API that may come at once.");

    /** Where metrics are read without a token. */
    public static final Setting METRICS_LISTEN = new Setting(
            "metrics.listen",
            new Rule.HostPort(true),
            "",
            "Where Prometheus reads /metrics without a token, 127.0.0.1:9464 say. Empty: only at the local API, with the token.");

    /** How much is logged. */
    public static final Setting LOG_LEVEL = new Setting(
            "log.level", new Rule.Choice(List.of("error", "warn", "info", "debug")), "info", "How much is logged.");

    /** How many log files are kept. */
    public static final Setting LOG_FILES =
            new Setting("log.files", new Rule.Whole(1, 100, false), "5", "How many log files of 10 MB are kept.");

    /** Where the passphrase is read from. */
    public static final Setting PASSPHRASE_FILE = new Setting(
            "passphrase.file",
            new Rule.Text(0, 1_024),
            "",
            "A file whose first line is the passphrase that encrypts the keys of this home. Empty: none, or LINNET_PASSPHRASE.");

    /** Every option, in the order of the documentation. */
    public static final List<Setting> ALL = List.of(
            NAME,
            NETWORK,
            LISTEN,
            ADVERTISE,
            BOOTSTRAP,
            ROLE,
            API_PORT,
            API_RATE,
            API_BURST,
            METRICS_LISTEN,
            RECEIPTS,
            LOG_LEVEL,
            LOG_FILES,
            PASSPHRASE_FILE);

    /** Returns the flag of {@code up}: {@code --api-port}. */
    public String flag() {
        return "--" + key.replace('.', '-');
    }

    /** Returns the environment variable: {@code LINNET_API_PORT}. */
    public String variable() {
        return "LINNET_" + key.replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
