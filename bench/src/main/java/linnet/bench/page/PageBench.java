package linnet.bench.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import linnet.app.api.ApiClient;
import linnet.app.cli.CommandFailure;
import linnet.app.config.Config;
import linnet.app.config.ConfigFault;
import linnet.app.node.Daemon;
import linnet.app.node.Token;
import linnet.app.report.Goal;
import linnet.app.report.Report;
import linnet.bench.RoundsVerb;
import linnet.bench.Samples;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import linnet.jvm.HistoryMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code linnet bench page}: the page of a real node in Chromium, with thousands of people and one long conversation. Every round is a
 * visit with nothing cached; a figure is the median of the rounds, {@code event_to_screen_p99_ms} is taken over the messages of all of them.
 */
@Command(
        name = "page",
        description = "Measure the page in Chromium: paint, scroll, size, and how soon a message appears.")
public final class PageBench extends RoundsVerb {
    private static final double KILO = 1_000;
    private static final double MEGA = 1_000_000;

    /** Messages come so often, as in a lively group. */
    private static final long PACE_MILLIS = 50;

    private static final long PATIENCE_MILLIS = 60_000;

    @Option(
            names = "--people",
            defaultValue = "2000",
            paramLabel = "<n>",
            description = "Members; default ${DEFAULT-VALUE}.")
    int people;

    @Option(
            names = "--messages",
            defaultValue = "50000",
            paramLabel = "<n>",
            description = "Messages of the conversation; default ${DEFAULT-VALUE}.")
    int messages;

    @Option(
            names = "--arrivals",
            defaultValue = "100",
            paramLabel = "<n>",
            description = "Messages that arrive in each visit; default ${DEFAULT-VALUE}.")
    int arrivals;

    private final List<Double> delays = new ArrayList<>();

    @Override
    protected int run() throws Exception {
        checkRounds();
        if (people < 1 || messages < 1 || arrivals < 1)
            throw CommandFailure.usage("--people, --messages and --arrivals are at least 1");
        Path folder = Files.createTempDirectory("linnet-page");
        try (Chromium chromium = new Chromium(folder)) {
            fill(folder);
            try (Daemon alice = start(folder, "alice");
                    Daemon bob = start(folder, "bob")) {
                for (int round = 1; round <= rounds; round++) {
                    visit(round, chromium, folder, alice, bob);
                    say("visit " + round + ": " + progress());
                }
            }
            return report(chromium.version()).print(System.out, wantsJson());
        } finally {
            delete(folder);
        }
    }

    private Report report(String browser) {
        Report report = Report.of("bench page")
                .config("people", people)
                .config("messages", messages)
                .config("rounds", rounds)
                .config("arrivals", arrivals)
                .config("chromium", browser);
        for (String name : List.of("first_paint_ms", "interactive_ms", "frames_60_share", "page_kb", "heap_mb"))
            report.figure(name, median(name));
        return report.figure("event_to_screen_p50_ms", Samples.median(delays))
                .figure("event_to_screen_p99_ms", Samples.at(delays, 0.99))
                .goal(Goal.atMost("page_kb", 150))
                .goal(Goal.atMost("event_to_screen_p99_ms", 100))
                .stretch(Goal.atLeast("frames_60_share", 0.95));
    }

    /** Makes two contacts, and a long past for one of them. */
    private void fill(Path folder) throws Exception {
        say("filling a home with " + people + " people and " + messages + " messages ...");
        BigHome.Partner partner;
        try (Daemon alice = start(folder, "alice");
                Daemon bob = start(folder, "bob")) {
            Object link = api(folder, alice, "alice")
                    .post("identity/invite", Map.of())
                    .get("link");
            api(folder, bob, "bob").post("contacts", Map.of("link", String.valueOf(link)));
            UserId user = bob.node().user();
            PeerId device = bob.node().peer();
            String id = say(folder, bob, alice, "The first one");
            HistoryMessage first = await(alice, user, id);
            partner = new BigHome.Partner(user, device, first.in());
        }
        BigHome.fill(folder.resolve("alice"), people - 1, partner, messages - 1);
    }

    private void visit(int round, Chromium chromium, Path folder, Daemon alice, Daemon bob) throws Exception {
        ApiClient api = api(folder, alice, "alice");
        String login = String.valueOf(api.post("login-links", Map.of()).get("url"));
        String page = "http://127.0.0.1:" + alice.running().apiPort() + "/#/chat/"
                + bob.node().user();
        Visit visit = new Visit(chromium, login, page);
        note(round, "first_paint_ms", visit.firstPaintMillis());
        note(round, "interactive_ms", visit.interactiveMillis());
        note(round, "page_kb", visit.pageBytes() / KILO);
        note(round, "frames_60_share", visit.framesShare());
        visit.toTheEnd();
        arrive(folder, alice, bob, visit);
        note(round, "heap_mb", visit.heapBytes() / MEGA);
        visit.end();
    }

    /** Lets messages come and notes how long each took from the node's event to the screen. */
    private void arrive(Path folder, Daemon alice, Daemon bob, Visit visit) throws Exception {
        long since = alice.node().lastEvent();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < arrivals; i++) {
            ids.add(say(folder, bob, alice, "Arrival " + i));
            Thread.sleep(PACE_MILLIS);
        }
        List<Double> drawn = visit.drawnMillis(ids);
        Map<String, Long> told = new HashMap<>();
        ApiClient api = api(folder, alice, "alice");
        long last = since;
        for (List<Map<String, Object>> events = events(api, last); !events.isEmpty(); events = events(api, last)) {
            for (Map<String, Object> event : events) {
                last = (Long) event.get("seq");
                if ("received".equals(event.get("type")))
                    told.put(String.valueOf(((Map<?, ?>) event.get("data")).get("id")), (Long) event.get("ts"));
            }
        }
        for (int i = 0; i < ids.size(); i++) {
            Long at = told.get(ids.get(i));
            if (at == null) throw new IllegalStateException("the node told of no message " + ids.get(i));
            delays.add(Math.max(0, drawn.get(i) - at));
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static List<Map<String, Object>> events(ApiClient api, long since) throws Exception {
        return (List) api.events(since, 0);
    }

    private static String say(Path folder, Daemon from, Daemon to, String words) throws Exception {
        String path = "conversations/" + to.node().user() + "/messages";
        return String.valueOf(
                api(folder, from, "bob").post(path, Map.of("text", words)).get("id"));
    }

    private static HistoryMessage await(Daemon at, UserId from, String id) throws Exception {
        long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (System.nanoTime() < deadline) {
            for (HistoryMessage one : at.node().history(from, Long.MAX_VALUE, 1))
                if (one.id().toString().equals(id)) return one;
            Thread.sleep(PACE_MILLIS);
        }
        throw new IllegalStateException("the first message did not come");
    }

    private static Daemon start(Path folder, String name) throws IOException, ConfigFault {
        Path home = folder.resolve(name);
        Map<String, String> flags =
                Map.of("name", name, "listen", "127.0.0.1:auto", "api.port", "auto", "log.level", "warn");
        return Daemon.start(home, Config.load(home, Map.of(), flags), false);
    }

    private static ApiClient api(Path folder, Daemon daemon, String name) throws IOException {
        return new ApiClient(
                daemon.running().apiPort(), Token.read(folder.resolve(name)).orElseThrow());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            Path[] paths = all.sorted(Comparator.reverseOrder()).toArray(Path[]::new);
            for (Path path : Arrays.asList(paths)) Files.deleteIfExists(path);
        }
    }
}
