package linnet.app.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import linnet.app.api.ApiClient;
import linnet.app.api.ApiProblem;
import linnet.app.api.ApiRequests;
import linnet.app.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A conversation in the terminal: lines that are typed are sent, messages that come are shown, ticks follow the stages, and a line
 * tells how the other person is reached. One thread reads the keyboard, one the events; everything they share is guarded by this.
 */
public final class Chat {
    /** Messages shown at the start; more when more of them are new. */
    private static final int HISTORY = 20;

    /** Most new messages shown at the start: more than anybody scrolls back. The older ones stay unread. */
    private static final int UNREAD_MAX = 1_000;

    /** Own messages whose ticks still move on the screen; older lines have scrolled away. */
    private static final int LINES_MAX = 20;

    /** Messages remembered so that one that is in the history is not shown again. */
    private static final int KNOWN_MAX = 1_000;

    private static final long POLL_MILLIS = 20_000;

    private final ApiClient node;
    private final NodeVerb.Person person;
    private final PrintWriter out;
    private final Terminal terminal;
    private final boolean json;
    private final String holder = "chat-" + ProcessHandle.current().pid();
    private final Map<String, Line> own = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();
    private final Set<String> waiting = new LinkedHashSet<>();
    private long since;
    private int lines;
    private boolean failed;
    private volatile boolean done;
    private volatile @Nullable Exception broken;

    /**
     * A line of an own message.
     *
     * @param at how many lines were on the screen when it came
     */
    private record Line(String text, int at) {}

    /** What became of the own messages of a conversation. */
    public enum Outcome {
        /** All arrived. */
        DELIVERED,
        /** Some wait; the node goes on by itself. */
        WAITING,
        /** Some will never arrive. */
        FAILED
    }

    Chat(ApiClient node, NodeVerb.Person person, PrintWriter out, boolean json) {
        this.node = node;
        this.person = person;
        this.out = out;
        this.terminal = new Terminal(out);
        this.json = json;
    }

    /** Opens a conversation by ids, for the demo. */
    public static Chat with(ApiClient node, String user, String name, PrintWriter out) {
        return new Chat(node, new NodeVerb.Person(user, name), out, false);
    }

    /**
     * Talks until the input ends or the person types {@code /quit}.
     *
     * @param wait how long to wait at the end for what is not delivered yet
     * @return what became of what was typed
     */
    public Outcome run(BufferedReader input, Duration wait) throws IOException, ApiProblem, InterruptedException {
        // With Ctrl-C the node may end in the same moment; that is no news then.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> done = true, "chat-stop"));
        since = NodeVerb.number(node.get("status"), "lastEvent");
        greet();
        Thread events = new Thread(this::follow, "chat-events");
        events.setDaemon(true);
        events.start();
        for (String line = input.readLine(); line != null && !line.equals("/quit"); line = input.readLine()) {
            if (broken != null) break;
            if (line.isBlank()) continue;
            if (line.equals("/retry")) node.post(path("retry"), Map.of());
            else if (line.startsWith("/")) show(terminal.quiet("/quit ends, /retry tries again what waits"));
            else say(line);
        }
        Outcome outcome = awaitDelivery(wait);
        done = true;
        if (broken instanceof IOException lost) throw lost;
        if (broken instanceof ApiProblem problem) throw problem;
        node.post(path("open"), Map.of("open", false, "holder", holder));
        return outcome;
    }

    private synchronized void greet() throws IOException, ApiProblem {
        open();
        String reach = "";
        for (Map<String, @Nullable Object> contact : ApiClient.list(node.get("contacts"), "contacts"))
            if (NodeVerb.text(contact, "user").equals(person.user()))
                reach = " · " + NodeVerb.text(contact, "reach")
                        + (Boolean.TRUE.equals(contact.get("verified")) ? " · verified" : " · not verified");
        show(terminal.strong(Words.clean(person.name()) + reach)
                + terminal.quiet("   (type and press Enter; /quit ends)"));
        List<Map<String, @Nullable Object>> messages = lastMessages();
        List<String> unread = new ArrayList<>();
        for (Map<String, @Nullable Object> message : messages) {
            String id = NodeVerb.text(message, "id");
            remember(id);
            if (isUnread(message)) unread.add(id);
            if (json && isUnread(message)) out.println(Json.write(message));
            show(Words.line(message, person.name()));
        }
        for (int i = 0; i < unread.size(); i += ApiRequests.IDS_MAX)
            node.post(path("read"), Map.of("ids", unread.subList(i, Math.min(unread.size(), i + ApiRequests.IDS_MAX))));
    }

    /** Returns the end of the conversation, oldest first, and so much of it that nothing new is left out. */
    private List<Map<String, @Nullable Object>> lastMessages() throws IOException, ApiProblem {
        List<Map<String, @Nullable Object>> messages = new ArrayList<>();
        String cursor = "";
        while (true) {
            Map<String, @Nullable Object> page = node.get(path("messages") + "?limit=" + HISTORY + cursor);
            messages.addAll(0, ApiClient.list(page, "messages"));
            boolean more = page.get("before") != null && messages.size() < UNREAD_MAX;
            if (!more || messages.subList(0, HISTORY).stream().noneMatch(Chat::isUnread)) return messages;
            cursor = "&before=" + page.get("before");
        }
    }

    private static boolean isUnread(Map<String, @Nullable Object> message) {
        return Boolean.FALSE.equals(message.get("own"))
                && NodeVerb.text(message, "stage").equals("delivered");
    }

    private void open() throws IOException, ApiProblem {
        node.post(path("open"), Map.of("open", true, "holder", holder));
    }

    private synchronized void say(String text) throws IOException, ApiProblem {
        String id;
        try {
            id = NodeVerb.text(node.post(path("messages"), Map.of("text", text)), "id");
        } catch (ApiProblem problem) {
            failed = true;
            if (json) out.println(Json.write(problem.object()));
            show(terminal.strong("not sent: ") + problem.getMessage() + " " + problem.hint());
            return;
        }
        waiting.add(id);
        String line = Words.time(System.currentTimeMillis()) + " you: " + Words.clean(text);
        if (terminal.rich() && Terminal.fits(line)) {
            terminal.takeBackTyped();
            show(line + "  " + Words.ticks("queued"));
        }
        own.put(id, new Line(line, lines));
        if (own.size() > LINES_MAX) own.remove(own.keySet().iterator().next());
    }

    private void follow() {
        long opened = System.nanoTime();
        try {
            while (!done) {
                List<Map<String, @Nullable Object>> events = node.events(since, POLL_MILLIS);
                for (Map<String, @Nullable Object> event : events) {
                    since = NodeVerb.number(event, "seq");
                    onEvent(event);
                }
                if (System.nanoTime() - opened < POLL_MILLIS * 1_000_000) continue;
                // The node forgets after a minute that somebody looks.
                open();
                opened = System.nanoTime();
            }
        } catch (IOException | ApiProblem e) {
            if (done) return;
            fail(e);
            show("The node has stopped" + (e instanceof ConnectException ? "." : ": " + e.getMessage())
                    + " Press Enter to leave.");
        }
    }

    private synchronized void fail(Exception why) {
        broken = why;
        notifyAll();
    }

    private synchronized void onEvent(Map<String, @Nullable Object> event) throws IOException, ApiProblem {
        Map<String, @Nullable Object> data = NodeVerb.inner(event, "data");
        switch (NodeVerb.text(event, "type")) {
            case "received" -> onReceived(event, data);
            case "progress" -> onProgress(event, data);
            case "reached" -> onReached(event, data);
            default -> {}
        }
    }

    private void onReceived(Map<String, @Nullable Object> event, Map<String, @Nullable Object> data)
            throws IOException, ApiProblem {
        if (!NodeVerb.text(data, "from").equals(person.user())) return;
        String id = NodeVerb.text(data, "id");
        if (!remember(id)) return;
        if (json) out.println(Json.write(event));
        show(Words.time(NodeVerb.number(event, "ts")) + " " + Words.clean(person.name()) + ": " + Words.said(data)
                + Words.order(data));
        node.post(path("read"), Map.of("ids", List.of(id)));
    }

    private void onProgress(Map<String, @Nullable Object> event, Map<String, @Nullable Object> data) {
        String id = NodeVerb.text(data, "id");
        Line line = own.get(id);
        if (json && (line != null || waiting.contains(id))) out.println(Json.write(event));
        String stage = NodeVerb.text(data, "stage");
        // Also of a message whose line has scrolled away: the end waits for it.
        if (List.of("delivered", "read", "failed").contains(stage) && waiting.remove(id)) {
            failed |= stage.equals("failed");
            notifyAll();
        }
        if (line == null) return;
        String cause = Words.clause(NodeVerb.text(NodeVerb.inner(data, "cause"), "detail"));
        String words = Words.ticks(stage) + (cause.isEmpty() ? "" : " " + stage + ": " + cause);
        int up = lines - line.at() + 1;
        if (terminal.rich() && Terminal.fits(line.text() + "  " + words) && up <= LINES_MAX) {
            terminal.over(up, line.text() + "  " + terminal.quiet(words));
        } else if (!stage.equals("sent") && (!stage.equals("queued") || !cause.isEmpty())) {
            show(terminal.quiet(Words.ticks(stage) + " " + stage + (cause.isEmpty() ? "" : " (" + cause + ")") + ": ")
                    + line.text());
        }
    }

    private void onReached(Map<String, @Nullable Object> event, Map<String, @Nullable Object> data) {
        if (!NodeVerb.text(data, "user").equals(person.user())) return;
        if (json) out.println(Json.write(event));
        String why = Words.clause(NodeVerb.text(NodeVerb.inner(data, "why"), "detail"));
        show(terminal.quiet("— " + Words.clean(person.name()) + ": " + NodeVerb.text(data, "reach")
                + (why.isEmpty() ? "" : " (" + why + ")") + " —"));
    }

    private synchronized Outcome awaitDelivery(Duration wait) throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        while (!waiting.isEmpty() && broken == null) {
            long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) break;
            wait(leftMillis);
        }
        if (failed) return Outcome.FAILED;
        return waiting.isEmpty() ? Outcome.DELIVERED : Outcome.WAITING;
    }

    private boolean remember(String id) {
        if (!known.add(id)) return false;
        if (known.size() > KNOWN_MAX) known.remove(known.iterator().next());
        return true;
    }

    private synchronized void show(String text) {
        if (json) {
            out.flush();
            return;
        }
        terminal.line(text);
        lines += 1 + (int) text.chars().filter(c -> c == '\n').count();
    }

    private String path(String what) {
        return "conversations/" + ApiClient.escaped(person.user()) + "/" + what;
    }
}
