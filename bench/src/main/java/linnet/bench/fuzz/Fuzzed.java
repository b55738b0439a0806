package linnet.bench.fuzz;

import java.nio.file.Path;
import java.util.List;
import linnet.core.id.Bytes;

/** What Jazzer calls, by these names, in a process of its own. */
public final class Fuzzed {
    private static Target target;
    private static List<Bytes> messages;
    private static Meter meter;
    private static Path counts;

    private Fuzzed() {}

    /** Takes the target's name and the file for the counts. */
    public static void fuzzerInitialize(String[] args) {
        target = Targets.named(args[0]);
        counts = Path.of(args[1]);
        messages = target.messages();
        for (Bytes message : messages) target.accepts(message, false);
        meter = new Meter(target);
    }

    /** One execution. */
    public static void fuzzerTestOneInput(byte[] instructions) {
        meter.run(Mutation.input(instructions, messages), Mutation.isRaw(instructions));
    }

    /** The end, also after a crash. */
    public static void fuzzerTearDown() {
        meter.write(counts);
    }
}
