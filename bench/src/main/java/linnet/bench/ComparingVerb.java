package linnet.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import linnet.app.report.Report;
import linnet.bench.peer.PeerSystem;
import picocli.CommandLine.Option;

/** A measurement beside other systems in the same run; one that is not set up is left out, with a word. */
public abstract class ComparingVerb extends RoundsVerb {
    /** The folder of the other systems. */
    @Option(
            names = "--peers",
            paramLabel = "<folder>",
            description = "The other systems, set up; default ../shared/peers beside the checkout.")
    protected Path peers = Checkout.root().resolve("../shared/peers");

    /** Returns those of the named systems that are set up. */
    protected final List<PeerSystem> others(String... folders) throws IOException {
        Path home = peers.toAbsolutePath().normalize();
        List<PeerSystem> others = new ArrayList<>();
        for (String name : folders) {
            Optional<PeerSystem> other = PeerSystem.other(home, name);
            if (other.isPresent()) others.add(other.get());
            else say(name + " is not set up in " + home + ": its figures are left out");
        }
        return others;
    }

    /** Starts the report of a command, with who was compared and in how many rounds. */
    protected final Report compared(String command, List<PeerSystem> others) {
        String names = String.join(" ", others.stream().map(PeerSystem::name).toList());
        return Report.of(command)
                .config("rounds", rounds)
                .config("peers", names.isEmpty() ? "none: not set up" : names);
    }
}
