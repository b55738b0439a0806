package linnet.app.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import linnet.app.api.ApiClient;
import linnet.app.api.ApiProblem;
import linnet.app.json.Json;
import linnet.jvm.Home;

/**
 * What a home tells about its last start, in {@code node.json}: commands find the process by it, and the next start takes the same ports,
 * because contacts know them.
 *
 * @param pid the process; 0 after a clean stop
 * @param apiPort where the local API listens
 * @param listenPort where other nodes connect
 * @param network the network's name
 */
public record Running(long pid, int apiPort, int listenPort, String network) {
    private static final String FILE = "node.json";

    /** Reads the file; empty when there is none, or it is not ours. */
    public static Optional<Running> read(Path home) throws IOException {
        try {
            Map<String, ?> object = Json.object(Files.readString(home.resolve(FILE)));
            if (object.get("pid") instanceof Long pid
                    && object.get("apiPort") instanceof Long api
                    && object.get("listenPort") instanceof Long listen
                    && object.get("network") instanceof String network)
                return Optional.of(new Running(pid, api.intValue(), listen.intValue(), network));
            return Optional.empty();
        } catch (NoSuchFileException | Json.Malformed e) {
            return Optional.empty();
        }
    }

    /** Returns whether a process of that number is there, which after a crash may be another one's: see {@link #answers}. */
    public boolean isAlive() {
        return pid > 0 && ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /**
     * Returns whether the node of this home answers. After a crash another process may have the number of the dead one, and another
     * program its port, so only an answer shows that the node is there.
     */
    public boolean answers(Path home) {
        if (!isAlive()) return false;
        try {
            ApiClient node = new ApiClient(apiPort, Token.read(home).orElse(""));
            return node.get("status").get("pid") instanceof Long there && there == pid;
        } catch (IOException | ApiProblem e) {
            return false;
        }
    }

    /** Writes the file, whole or not at all. */
    void write(Path home) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("pid", pid);
        object.put("apiPort", (long) apiPort);
        object.put("listenPort", (long) listenPort);
        object.put("network", network);
        Home.writePrivately(home.resolve(FILE), Json.write(object) + "\n");
    }

    /** Returns the same after a clean stop. */
    Running stopped() {
        return new Running(0, apiPort, listenPort, network);
    }
}
