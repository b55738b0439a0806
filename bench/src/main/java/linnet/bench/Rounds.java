package linnet.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import linnet.app.report.Report;

/** What figures were, round by round. A system may be left out of a round; two are compared by the rounds that have both. */
final class Rounds {
    private final Map<String, Map<Integer, Double>> found = new LinkedHashMap<>();

    /** Notes what a figure was in a round. */
    void note(int round, String name, double value) {
        found.computeIfAbsent(name, key -> new TreeMap<>()).put(round, value);
    }

    /** Returns whether a figure was noted in any round. */
    boolean has(String name) {
        return found.containsKey(name);
    }

    /** Returns the median of a figure that was noted. */
    double median(String name) {
        return Samples.median(byRound(name).values());
    }

    /** Returns how many times the median of one figure that of another is. */
    double ratio(String name, String other) {
        return Samples.median(beside(name, other).values())
                / Samples.median(beside(other, name).values());
    }

    /** Returns the greatest of what one figure was, in a round, in terms of the other. */
    double greatestRatio(String name, String other) {
        Map<Integer, Double> others = byRound(other);
        double greatest = 0;
        for (Map.Entry<Integer, Double> one : byRound(name).entrySet()) {
            Double beside = others.get(one.getKey());
            if (beside != null) greatest = Math.max(greatest, one.getValue() / beside);
        }
        return greatest;
    }

    /** Puts the median of each figure that was noted into a report, in the order of the first round. */
    Report medians(Report report) {
        for (String name : found.keySet()) report.figure(name, median(name));
        return report;
    }

    /** Returns what was noted so far: each figure, by round. */
    @Override
    public String toString() {
        return found.toString();
    }

    /** Returns what a figure was in the rounds that have another one, too. */
    private Map<Integer, Double> beside(String name, String other) {
        Map<Integer, Double> both = new TreeMap<>(byRound(name));
        both.keySet().retainAll(byRound(other).keySet());
        return both;
    }

    private Map<Integer, Double> byRound(String name) {
        return found.getOrDefault(name, Map.of());
    }
}
