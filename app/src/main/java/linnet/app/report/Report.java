package linnet.app.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linnet.app.Version;
import linnet.app.json.Json;

/**
 * What a measuring command found: configuration, figures and goals, printed as one JSON object in the last line of standard
 * output, or as a short table for people.
 *
 * <pre>{@code
 * return Report.of("crashtest")
 *         .config("cycles", cycles).config("seed", seed)
 *         .figure("cycles", done).figure("lost", lost).figure("in_flight_kills_share", share)
 *         .goal(Goal.exactly("lost", 0))
 *         .goal(Goal.atLeast("in_flight_kills_share", 0.8).from(200, "cycles"))
 *         .print(System.out, json);                       // 0, or 1 when a goal is missed
 * }</pre>
 */
public final class Report {
    /** Exit status when a goal is missed. */
    private static final int MISSED = 1;

    /** Digits kept behind the point: more would be noise, and shares need no more. */
    private static final double ROUNDING = 1_000_000;

    private final String command;
    private final Map<String, Object> config = new LinkedHashMap<>();
    private final Map<String, Double> figures = new LinkedHashMap<>();
    private final List<Goal> goals = new ArrayList<>();
    private final List<Goal> stretch = new ArrayList<>();

    private Report(String command) {
        this.command = command;
    }

    /** Starts a report of a command, named as people type it: {@code sim talk}. */
    public static Report of(String command) {
        return new Report(command);
    }

    /** Echoes a number of the configuration. */
    public Report config(String key, long value) {
        config.put(key, value);
        return this;
    }

    /** Echoes a word of the configuration. */
    public Report config(String key, String value) {
        config.put(key, value);
        return this;
    }

    /** Echoes a switch of the configuration. */
    public Report config(String key, boolean value) {
        config.put(key, value);
        return this;
    }

    /** Notes a figure: finite, not negative, its unit in its name. */
    public Report figure(String name, double value) {
        if (!Double.isFinite(value) || value < 0)
            throw new IllegalArgumentException("figure " + name + " is not finite and non-negative: " + value);
        figures.put(name, Math.round(value * ROUNDING) / ROUNDING);
        return this;
    }

    /** Notes a figure that is a whole number, not negative. */
    public Report figure(String name, long value) {
        return figure(name, (double) value);
    }

    /** Adds a goal. One that binds only from some number on goes to the stretch goals when the run was shorter. */
    public Report goal(Goal goal) {
        goals.add(goal);
        return this;
    }

    /** Adds a goal that is printed and leaves the exit status alone. */
    public Report stretch(Goal goal) {
        stretch.add(goal);
        return this;
    }

    /** Returns whether every goal that binds is met. */
    public boolean ok() {
        return goals.stream().filter(this::binds).allMatch(this::met);
    }

    /** Prints the report, as one JSON line or for people, and returns the exit status: 0, or 1 when a goal is missed. */
    public int print(PrintStream out, boolean json) {
        out.println(json ? json() : text());
        out.flush();
        return ok() ? 0 : MISSED;
    }

    /** Returns the one line of JSON. */
    public String json() {
        Map<String, Object> numbers = new LinkedHashMap<>();
        figures.forEach((name, value) -> numbers.put(name, number(value)));
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("command", command);
        all.put("version", Version.text());
        all.put("config", config);
        all.put("figures", numbers);
        all.put("goals", goals.stream().filter(this::binds).map(this::asJson).toList());
        List<Goal> loose = new ArrayList<>(stretch);
        goals.stream().filter(goal -> !binds(goal)).forEach(loose::add);
        all.put("stretch", loose.stream().map(this::asJson).toList());
        all.put("ok", ok());
        return Json.write(all);
    }

    /** Returns a table for people: figures, and under it each goal with a word on whether it is met. */
    public String text() {
        int width = figures.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text = new StringBuilder();
        figures.forEach((name, value) -> text.append(name)
                .append(" ".repeat(width - name.length() + 2))
                .append(number(value))
                .append('\n'));
        for (Goal goal : goals) text.append(line(goal, binds(goal) ? "goal   " : "stretch"));
        for (Goal goal : stretch) text.append(line(goal, "stretch"));
        return text.append(ok() ? "ok" : "NOT ok: a goal is missed").toString();
    }

    private String line(Goal goal, String kind) {
        return kind + "  " + goal.name() + " " + goal.op().sign() + " " + number(goal.value())
                + (met(goal) ? "  met\n" : "  MISSED\n");
    }

    private Map<String, Object> asJson(Goal goal) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", goal.name());
        object.put("op", goal.op().sign());
        object.put("value", number(goal.value()));
        object.put("met", met(goal));
        return object;
    }

    private boolean met(Goal goal) {
        Double figure = figures.get(goal.name());
        if (figure == null) throw new IllegalStateException("a goal for a figure that is not there: " + goal.name());
        return goal.op().holds(figure, goal.value());
    }

    private boolean binds(Goal goal) {
        if (goal.bindsBy().isEmpty()) return true;
        Double figure = figures.get(goal.bindsBy());
        if (figure != null) return figure >= goal.bindsFrom();
        if (config.get(goal.bindsBy()) instanceof Long number) return number >= goal.bindsFrom();
        throw new IllegalStateException("a goal that binds by an unknown number: " + goal.bindsBy());
    }

    /** Whole numbers print without a point. */
    private static Number number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < Long.MAX_VALUE) return (long) value;
        return value;
    }
}
