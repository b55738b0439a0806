package linnet.app.node;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import linnet.app.Version;
import linnet.app.api.ApiSetup;
import linnet.app.api.LocalApi;
import linnet.app.config.Config;
import linnet.app.config.ConfigFile;
import linnet.app.config.Setting;
import linnet.core.bootstrap.Door;
import linnet.core.id.Endpoint;
import linnet.core.node.NodeConfig;
import linnet.core.node.Role;
import linnet.jvm.Home;
import linnet.jvm.HomeNetwork;
import linnet.jvm.HostException;
import linnet.jvm.JvmConfig;
import linnet.jvm.JvmNode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node with its local API, in this process: home, node, API, in this order, and back when it stops. */
public final class Daemon implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
    private static final int LISTEN_PORT = 7071;
    private static final int API_PORT = 7070;

    private final Path folder;
    private final JvmNode node;
    private final LocalApi api;
    private final Running running;
    private final CompletableFuture<Void> stopAsked;
    private boolean closed;

    private Daemon(Path folder, JvmNode node, LocalApi api, Running running, CompletableFuture<Void> stopAsked) {
        this.folder = folder;
        this.node = node;
        this.api = api;
        this.running = running;
        this.stopAsked = stopAsked;
    }

    /**
     * Starts a node; makes its home at the first start.
     *
     * @param foreground whether people watch standard error
     * @throws HostException when the home or a port cannot be had
     */
    public static Daemon start(Path folder, Config config, boolean foreground) throws IOException {
        NodeConfig nodeConfig = new NodeConfig(
                        nameOf(config), config.text(Setting.NETWORK), config.isOn(Setting.RECEIPTS))
                .withRoles(each(config, Setting.ROLE, word -> Role.valueOf(word.toUpperCase(Locale.ROOT))))
                .withBootstrap(each(config, Setting.BOOTSTRAP, Door::parse));
        Optional<Running> last = Running.read(folder);
        JvmNode node = startNode(folder, config, nodeConfig, last, foreground);
        try {
            CompletableFuture<Void> stopAsked = new CompletableFuture<>();
            LocalApi api = openApi(node, folder, config, last, () -> stopAsked.complete(null));
            Running running = new Running(ProcessHandle.current().pid(), api.port(), node.port(), nodeConfig.network());
            running.write(folder);
            if (last.isEmpty()) writeConfig(folder, config, nodeConfig);
            LOG.info(
                    "linnet {} is up: {} listens at {}, local API at 127.0.0.1:{}",
                    Version.text(),
                    node.peer(),
                    node.endpoints(),
                    api.port());
            return new Daemon(folder, node, api, running, stopAsked);
        } catch (IOException | RuntimeException e) {
            node.close();
            throw e;
        }
    }

    /** Returns where it is reached. */
    public Running running() {
        return running;
    }

    /** Returns the node. */
    public JvmNode node() {
        return node;
    }

    /** Makes what the next start is faster with, if it is not there yet; does not wait for it. */
    public void prepareNextStart() {
        ClassArchive.makeWhenMissing(folder);
    }

    /** Waits until somebody asks it to stop, or it cannot go on, which throws {@link HostException}. */
    public void await() {
        try {
            CompletableFuture.anyOf(stopAsked, node.whenStopped()).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof HostException host) throw host;
            throw e;
        }
    }

    /** Stops the API and the node; nothing is lost. */
    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        api.close();
        try {
            // While the home is still locked: afterwards the file may be another process's.
            running.stopped().write(folder);
        } catch (HostException e) {
            LOG.warn("the stop could not be noted in the home: {}", e.toString());
        }
        node.close();
        stopAsked.complete(null);
    }

    private static JvmNode startNode(
            Path folder, Config config, NodeConfig nodeConfig, Optional<Running> last, boolean foreground)
            throws IOException {
        Home home = open(folder, config);
        try {
            // A home of the first program noted its network only with its ports.
            String noted = HomeNetwork.read(folder)
                    .or(() -> last.map(Running::network))
                    .orElse(nodeConfig.network());
            if (!noted.equals(nodeConfig.network())) throw HomeNetwork.other(noted, nodeConfig.network());
            Home.createPrivately(Home.logs(folder));
        } catch (HostException e) {
            home.close();
            throw e;
        }
        Logs.toFiles(Home.logs(folder), config.text(Setting.LOG_LEVEL), config.number(Setting.LOG_FILES), foreground);
        JvmConfig wished = jvmConfig(config, nodeConfig, last);
        try {
            return JvmNode.start(home, wished);
        } catch (HostException e) {
            // Somebody took the port since it was looked at; the failed start has closed the home.
            if (e.kind() != HostException.Kind.PORT_TAKEN || !isAuto(config.text(Setting.LISTEN))) throw e;
            return JvmNode.start(open(folder, config), wished.withBind(wished.bindAddress(), 0));
        }
    }

    private static LocalApi openApi(JvmNode node, Path folder, Config config, Optional<Running> last, Runnable stop)
            throws IOException {
        String text = config.text(Setting.API_PORT);
        ApiSetup setup = new ApiSetup(
                folder,
                portOr(text, "127.0.0.1", last.map(Running::apiPort), API_PORT),
                Token.readOrMake(folder),
                config.number(Setting.API_RATE),
                config.number(Setting.API_BURST),
                metrics(config));
        try {
            return LocalApi.open(node, setup, stop);
        } catch (HostException e) {
            if (e.kind() != HostException.Kind.PORT_TAKEN || !isAuto(text)) throw e;
            return LocalApi.open(node, setup.withPort(0), stop);
        }
    }

    private static @Nullable InetSocketAddress metrics(Config config) {
        String listen = config.text(Setting.METRICS_LISTEN);
        if (listen.isEmpty()) return null;
        int colon = listen.lastIndexOf(':');
        String port = listen.substring(colon + 1);
        return new InetSocketAddress(listen.substring(0, colon), port.equals("auto") ? 0 : Integer.parseInt(port));
    }

    private static boolean isAuto(String address) {
        return address.endsWith("auto");
    }

    private static Home open(Path folder, Config config) {
        char @Nullable [] passphrase = Passphrase.from(config);
        try {
            if (!Home.exists(folder)) return Home.create(folder, passphrase);
            if (passphrase != null && !Home.needsPassphrase(folder))
                LOG.warn("the keys of this home are not encrypted: a passphrase only counts at the first start");
            return Home.open(folder, passphrase);
        } finally {
            if (passphrase != null) Arrays.fill(passphrase, ' ');
        }
    }

    private static JvmConfig jvmConfig(Config config, NodeConfig nodeConfig, Optional<Running> last) {
        String listen = config.text(Setting.LISTEN);
        int colon = listen.lastIndexOf(':');
        String host = listen.substring(0, colon);
        int port = portOr(listen.substring(colon + 1), host, last.map(Running::listenPort), LISTEN_PORT);
        List<Endpoint> endpoints = each(config, Setting.ADVERTISE, Endpoint::new);
        return JvmConfig.defaults().withNode(nodeConfig).withBind(host, port).withAdvertise(endpoints);
    }

    /** Returns what is written with commas between. */
    private static <T> List<T> each(Config config, Setting setting, Function<String, T> read) {
        String text = config.text(setting);
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(read).toList();
    }

    /** A port that was asked for is taken or nothing; {@code auto} tries the last one, the usual one, then any. */
    private static int portOr(String text, String host, Optional<Integer> last, int usual) {
        if (!text.equals("auto")) return Integer.parseInt(text);
        int wished = last.orElse(usual);
        if (isFree(host, wished)) return wished;
        return wished != usual && isFree(host, usual) ? usual : 0;
    }

    private static boolean isFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String nameOf(Config config) {
        String name = config.text(Setting.NAME);
        if (!name.isEmpty()) return name;
        String account = System.getProperty("user.name", "");
        return account.substring(0, Math.min(account.length(), NodeConfig.NAME_CHARS_MAX));
    }

    /** The first start notes what it was told, so that the second needs no flags. */
    private static void writeConfig(Path folder, Config config, NodeConfig nodeConfig) {
        Path file = Home.config(folder);
        if (Files.exists(file)) return;
        Map<Setting, String> settings = new LinkedHashMap<>();
        for (Setting setting : Setting.ALL)
            if (!config.value(setting).origin().equals("default")) settings.put(setting, config.text(setting));
        settings.put(Setting.NAME, nodeConfig.name());
        settings.put(Setting.NETWORK, nodeConfig.network());
        Home.writePrivately(file, ConfigFile.text(settings));
    }
}
