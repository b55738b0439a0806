package linnet.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private final Map<String, List<Double>> found = new LinkedHashMap<>();

    /** Refuses a run without rounds. */
    protected final void checkRounds() throws CommandFailure {
        if (rounds < 1) throw CommandFailure.usage("--rounds is at least 1");
    }

    /** Notes what a figure was in this round. */
    protected final void note(String name, double value) {
        found.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }

    /** Returns whether a figure was noted in any round. */
    protected final boolean has(String name) {
        return found.containsKey(name);
    }

    /** Returns the median of a figure that was noted. */
    protected final double median(String name) {
        return Samples.median(values(name));
    }

    /** Returns how many times the median of one figure that of another is. */
    protected final double ratio(String name, String other) {
        return median(name) / median(other);
    }

    /** Returns the greatest of what one figure was, in a round, in terms of the other; both as often as they were noted. */
    protected final double greatestRatio(String name, String other) {
        List<Double> ones = values(name);
        List<Double> others = values(other);
        double greatest = 0;
        for (int i = 0; i < Math.min(ones.size(), others.size()); i++)
            greatest = Math.max(greatest, ones.get(i) / others.get(i));
        return greatest;
    }

    /** Puts the median of each figure that was noted into a report, in the order of the first round. */
    protected final Report medians(Report report) {
        for (String name : found.keySet()) report.figure(name, median(name));
        return report;
    }

    /** Returns what was noted so far, to show progress. */
    protected final String progress() {
        return found.toString();
    }

    private List<Double> values(String name) {
        return found.getOrDefault(name, List.of());
    }
}
