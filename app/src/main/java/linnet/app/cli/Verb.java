package linnet.app.cli;

import java.io.PrintWriter;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import linnet.app.api.ApiProblem;
import linnet.app.config.Config;
import linnet.app.config.ConfigFault;
import linnet.app.json.Json;
import linnet.core.env.Failure;
import linnet.jvm.HostException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every verb has: {@code --json}, {@code --home}, a place for data and a place for talk. */
public abstract class Verb implements Callable<Integer> {
    /** Version of the JSON that verbs print. */
    private static final long JSON_VERSION = 1;

    @Option(names = "--json", description = "Print one line of JSON.")
    boolean json;

    @Option(
            names = "--home",
            paramLabel = "<folder>",
            description = "Home of the node; default $LINNET_HOME or ~/.linnet.")
    @Nullable
    Path homeFlag;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    CommandSpec spec;

    @Override
    public final Integer call() throws Exception {
        try {
            return run();
        } catch (ConfigFault e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        } catch (ApiProblem e) {
            throw new CommandFailure(exitOf(e.code()), e.code(), String.valueOf(e.getMessage()), e.hint());
        } catch (HostException e) {
            throw new CommandFailure(
                    Exit.FAILED,
                    e.kind().name(),
                    String.valueOf(e.getMessage()),
                    e.kind().hint());
        } catch (SocketException e) {
            // Nothing listens, or the node ended in the middle of the call.
            throw notRunning();
        } catch (AccessDeniedException e) {
            throw CommandFailure.of(
                    new Failure(Failure.Code.NOT_AUTHORISED, "this account may not use " + e.getMessage()));
        } catch (FileSystemException e) {
            throw new CommandFailure(
                    Exit.FAILED,
                    HostException.Kind.DISK_FAILED.name(),
                    "the home cannot be used: " + e.getClass().getSimpleName() + " " + e.getMessage(),
                    HostException.Kind.DISK_FAILED.hint());
        } catch (SocketTimeoutException e) {
            throw CommandFailure.of(new Failure(Failure.Code.TIMEOUT, "the node did not answer in time"));
        }
    }

    /** Does the work and returns the exit status. */
    protected abstract int run() throws Exception;

    /** Returns whether the result is asked for as JSON. */
    public final boolean wantsJson() {
        return json;
    }

    /** Returns the home that this command is about. */
    protected final Path home() {
        if (homeFlag != null) return homeFlag.toAbsolutePath().normalize();
        String variable = System.getenv("LINNET_HOME");
        if (variable != null && !variable.isEmpty())
            return Path.of(variable).toAbsolutePath().normalize();
        return Path.of(System.getProperty("user.home"), ".linnet");
    }

    /** Returns the failure of a command that needs a node. */
    protected final CommandFailure notRunning() {
        return new CommandFailure(
                Exit.NOT_RUNNING, "NOT_RUNNING", "no node is running in " + home(), "Start it: linnet up");
    }

    private static Exit exitOf(String code) {
        for (Failure.Code known : Failure.Code.values()) if (known.name().equals(code)) return Exit.of(known);
        return Exit.FAILED;
    }

    /** Returns the configuration of the home, without flags. */
    protected final Config config() throws ConfigFault {
        return Config.load(home(), System.getenv(), Map.of());
    }

    /** Prints the result: the object with {@code --json}, the words otherwise. */
    protected final void print(Map<String, ?> object, String words) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> versioned = new LinkedHashMap<>();
            versioned.put("v", JSON_VERSION);
            versioned.putAll(object);
            out.println(Json.write(versioned));
        } else if (!words.isEmpty()) {
            out.println(words);
        }
        out.flush();
    }

    /** Says something that is no data. */
    protected final void say(String words) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(words);
        err.flush();
    }
}
