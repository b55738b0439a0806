package linnet.app.api;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the local API is told at the start.
 *
 * @param home the node's folder
 * @param port 0 takes any free one
 * @param token what programs must show
 * @param callsPerSecond of each kind of caller, from 1
 * @param callsAtOnce of each kind of caller, from 1
 * @param metrics where metrics are read without a token; null: nowhere
 */
public record ApiSetup(
        Path home,
        int port,
        String token,
        int callsPerSecond,
        int callsAtOnce,
        @Nullable InetSocketAddress metrics) {
    /** Returns a copy with another port. */
    public ApiSetup withPort(int other) {
        return new ApiSetup(home, other, token, callsPerSecond, callsAtOnce, metrics);
    }

    @Override
    public String toString() {
        return "ApiSetup " + port; // the token is in no log
    }
}
