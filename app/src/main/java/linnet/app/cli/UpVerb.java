package linnet.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import linnet.app.config.Config;
import linnet.app.config.Setting;
import linnet.app.node.Background;
import linnet.app.node.Daemon;
import linnet.app.node.Running;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** Starts the node. Its flags, and those of {@link ServeVerb}, are made from the table of options. */
@Command(
        name = "up",
        description = "Start the node of this home; the first start makes the home and asks nothing.",
        footer = "%nA passphrase comes from --passphrase-file or from LINNET_PASSPHRASE, never from an argument.")
final class UpVerb extends Verb {
    @Option(names = "--foreground", description = "Stay, and show the log; Ctrl-C stops the node.")
    boolean foreground;

    @Option(
            names = "--until-stdin-ends",
            hidden = true,
            description = "Stop when the program that started this one ends.")
    boolean untilStdinEnds;

    /** Adds a flag for every option of the table. */
    static void addFlags(CommandSpec up) {
        for (Setting setting : Setting.ALL) {
            up.addOption(OptionSpec.builder(setting.flag())
                    .paramLabel(setting.rule().label())
                    .type(String.class)
                    .arity("1")
                    .description(setting.doc())
                    .build());
        }
    }

    /** Returns the values that were given as flags, by key. */
    static Map<String, String> flags(CommandSpec verb) {
        Map<String, String> flags = new LinkedHashMap<>();
        for (Setting setting : Setting.ALL) {
            @Nullable String value = verb.findOption(setting.flag()).getValue();
            if (value != null) flags.put(setting.key(), value);
        }
        return flags;
    }

    @Override
    protected int run() throws Exception {
        Map<String, String> flags = flags(spec);
        Config config = Config.load(home(), System.getenv(), flags);
        return foreground ? stay(config) : leave(flags);
    }

    private int stay(Config config) throws Exception {
        try (Daemon daemon = Daemon.start(home(), config, true)) {
            // Ctrl-C and SIGTERM end the process from another thread; the node still stops cleanly.
            Runtime.getRuntime().addShutdownHook(new Thread(daemon::close, "linnet-stop"));
            tell(daemon.running(), true);
            if (untilStdinEnds) follow(System.in, daemon);
            else daemon.prepareNextStart();
            daemon.await();
        }
        return Exit.OK.status();
    }

    /** The pipe to a program that was killed ends, even if it could say nothing any more. */
    private static void follow(InputStream in, Daemon daemon) {
        Thread thread = new Thread(
                () -> {
                    try {
                        in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        // A broken pipe is an end, too.
                    }
                    daemon.close();
                },
                "linnet-stdin");
        thread.setDaemon(true);
        thread.start();
    }

    private int leave(Map<String, String> flags) throws Exception {
        Running before =
                Running.read(home()).filter(last -> last.answers(home())).orElse(null);
        if (before != null) {
            tell(before, false);
            return Exit.OK.status();
        }
        Background.Started started = Background.start(home(), flags);
        if (started.running() == null)
            throw new CommandFailure(Exit.FAILED, started.code(), started.words(), started.hint());
        tell(started.running(), true);
        return Exit.OK.status();
    }

    private void tell(Running running, boolean fresh) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("home", home().toString());
        object.put("pid", running.pid());
        object.put("api", "127.0.0.1:" + running.apiPort());
        object.put("listenPort", (long) running.listenPort());
        object.put("started", fresh);
        print(
                object,
                (fresh ? "The node is up" : "The node was up already") + ": others connect at port "
                        + running.listenPort() + ", the local API is at 127.0.0.1:" + running.apiPort() + ".");
    }
}
