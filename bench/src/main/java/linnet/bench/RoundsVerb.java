package linnet.bench;

import linnet.app.cli.CommandFailure;
import linnet.app.cli.Verb;
import linnet.app.report.Report;
import picocli.CommandLine.Option;

/** A measurement in rounds: what is compared takes turns within each, and a figure is the median of them, so that one bad minute decides nothing. */
public abstract class RoundsVerb extends Verb {
    /** How many rounds there are, at least 1 once {@link #checkRounds} has returned. */
    @Option(
            names = "--rounds",
            defaultValue = "3",
            paramLabel = "<n>",
            description = "Rounds; default ${DEFAULT-VALUE}.")
    protected int rounds;

    private final Rounds found = new Rounds();

    /** Refuses a run without rounds. */
    protected final void checkRounds() throws CommandFailure {
        if (rounds < 1) throw CommandFailure.usage("--rounds is at least 1");
    }

    /** Notes what a figure was in a round. */
    protected final void note(int round, String name, double value) {
        found.note(round, name, value);
    }

    /** Returns whether a figure was noted in any round. */
    protected final boolean has(String name) {
        return found.has(name);
    }

    /** Returns the median of a figure that was noted. */
    protected final double median(String name) {
        return found.median(name);
    }

    /** Returns how many times the median of one figure that of another is, over the rounds that have both. */
    protected final double ratio(String name, String other) {
        return found.ratio(name, other);
    }

    /** Returns the greatest of what one figure was, in a round that has both, in terms of the other. */
    protected final double greatestRatio(String name, String other) {
        return found.greatestRatio(name, other);
    }

    /** Puts the median of each figure that was noted into a report, in the order of the first round. */
    protected final Report medians(Report report) {
        return found.medians(report);
    }

    /** Returns what was noted so far, to show progress. */
    protected final String progress() {
        return found.toString();
    }
}
