package linnet.bench.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import linnet.app.api.ApiClient;
import linnet.app.api.ApiProblem;
import linnet.app.cli.CommandFailure;
import linnet.app.cli.Verb;
import linnet.app.report.Goal;
import linnet.app.report.Report;
import linnet.core.env.Chance;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code linnet crashtest}: nothing that was acknowledged is lost and nothing is shown twice, however often either side is killed. */
@Command(
        name = "crashtest",
        description = "Kill two talking nodes again and again; nothing may be lost or shown twice.")
public final class Crashtest extends Verb {
    /** Acknowledged sends before each kill. */
    private static final int SENDS_PER_CYCLE = 50;

    /** The kill comes up to so many sends and milliseconds later. */
    private static final int SENDS_MORE_MAX = 20;

    private static final int KILL_MILLIS_MAX = 40;
    private static final double IN_FLIGHT_SHARE_MIN = 0.8;
    private static final long LOOK_MILLIS = 2;

    @Option(
            names = "--cycles",
            defaultValue = "200",
            paramLabel = "<n>",
            description = "How many kills; default ${DEFAULT-VALUE}.")
    int cycles;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "<n>",
            description = "Draws the moments of the kills; default ${DEFAULT-VALUE}.")
    long seed;

    @Override
    protected int run() throws IOException, InterruptedException, ApiProblem, CommandFailure {
        if (cycles < 1) throw CommandFailure.usage("--cycles must be at least 1");
        Path folder = Files.createTempDirectory("linnet-crashtest");
        Victim alice = new Victim(folder, "alice");
        Victim bob = new Victim(folder, "bob");
        Thread cleaning = new Thread(() -> clean(folder, alice, bob), "crashtest-clean");
        Runtime.getRuntime().addShutdownHook(cleaning);
        Exchange exchange;
        int inFlight;
        try {
            alice.start();
            bob.start();
            exchange = introduced(alice, bob);
            exchange.start();
            inFlight = cycles(exchange);
            exchange.settle();
        } catch (IOException | RuntimeException e) {
            say(alice.log());
            say(bob.log());
            throw e;
        } finally {
            Runtime.getRuntime().removeShutdownHook(cleaning);
            clean(folder, alice, bob);
        }
        return Report.of("crashtest")
                .config("cycles", cycles)
                .config("seed", seed)
                .figure("cycles", cycles)
                .figure("acknowledged", exchange.acknowledged())
                .figure("lost", exchange.missing())
                .figure("duplicates", exchange.duplicates())
                .figure("in_flight_kills_share", (double) inFlight / cycles)
                .goal(Goal.exactly("lost", 0))
                .goal(Goal.exactly("duplicates", 0))
                .goal(Goal.atLeast("acknowledged", (double) cycles * SENDS_PER_CYCLE))
                .goal(Goal.atLeast("in_flight_kills_share", IN_FLIGHT_SHARE_MIN))
                .print(System.out, wantsJson());
    }

    /** Makes the two contacts, as people do: by a link. */
    private static Exchange introduced(Victim alice, Victim bob) throws IOException, InterruptedException, ApiProblem {
        Object link = alice.living().post("identity/invite", Map.of()).get("link");
        bob.living().post("contacts", Map.of("link", String.valueOf(link)));
        return new Exchange(alice, accepted(alice), bob, accepted(bob));
    }

    /** Waits for the only contact of a node and returns who it is. */
    private static String accepted(Victim at) throws IOException, InterruptedException, ApiProblem {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Exchange.SILENCE_SECONDS_MAX);
        while (System.nanoTime() < deadline) {
            for (Map<String, @Nullable Object> contact :
                    ApiClient.list(at.living().get("contacts"), "contacts"))
                if ("accepted".equals(contact.get("state"))) return String.valueOf(contact.get("user"));
            Thread.sleep(LOOK_MILLIS);
        }
        throw new IOException(
                "the two nodes do not become contacts: " + at.living().get("contacts"));
    }

    /** Returns how many kills struck while something was in flight. */
    private int cycles(Exchange exchange) throws IOException, InterruptedException, ApiProblem {
        Chance chance = new Chance(seed);
        int inFlight = 0;
        for (int cycle = 1; cycle <= cycles; cycle++) {
            exchange.open();
            exchange.await(exchange.acknowledged() + SENDS_PER_CYCLE + chance.below(SENDS_MORE_MAX));
            TimeUnit.MILLISECONDS.sleep(chance.below(KILL_MILLIS_MAX));
            if (exchange.isInFlight()) inFlight++;
            exchange.killAndStart(cycle % 2 == 0);
            if (cycle % 10 == 0) say("cycle " + cycle + " of " + cycles + ": " + exchange);
        }
        return inFlight;
    }

    private static void clean(Path folder, Victim... victims) {
        try {
            for (Victim victim : victims) victim.bury();
            List<Path> all;
            try (Stream<Path> walk = Files.walk(folder)) {
                all = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : all) Files.deleteIfExists(path);
        } catch (IOException | InterruptedException e) {
            System.err.println("linnet: could not clean " + folder + ": " + e);
        }
    }
}
