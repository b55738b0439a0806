package linnet.app.cli;

import java.net.ConnectException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import linnet.app.node.Running;
import picocli.CommandLine.Command;

/** Stops the node. */
@Command(name = "down", description = "Stop the node of this home; nothing that waits is lost.")
final class DownVerb extends NodeVerb {
    /** A node stops in 5 s at most, its API in another 5. */
    private static final long WAIT_SECONDS_MAX = 15;

    @Override
    protected int run() throws Exception {
        Optional<Running> running = Running.read(home()).filter(Running::isAlive);
        if (running.isEmpty()) throw notRunning();
        Optional<ProcessHandle> process = ProcessHandle.of(running.get().pid());
        try {
            node().post("stop", Map.of());
        } catch (ConnectException e) {
            if (process.map(ProcessHandle::isAlive).orElse(false)) throw e;
        }
        try {
            if (process.isPresent()) process.get().onExit().get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new CommandFailure(
                    Exit.TIMEOUT,
                    "TIMEOUT",
                    "the node did not stop in time",
                    "Look into " + home().resolve("logs") + ".");
        }
        print(Map.of("stopped", true), "The node has stopped.");
        return Exit.OK.status();
    }
}
