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

    /** Without any progress for so long, what is missing is lost: twice the longest wait of an open conversation, and more. */
    private static final long SILENCE_SECONDS_MAX = 90;

    private static final long LEASE_SECONDS = 3_600;

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
        Ledger ledger = new Ledger();
        int inFlight;
        try {
            alice.start();
            bob.start();
            String bobUser = introduced(alice, bob);
            Traffic traffic = new Traffic(alice, bob, bobUser, ledger);
            traffic.start();
            inFlight = cycles(alice, bob, bobUser, traffic, ledger);
            traffic.stopWriting();
            settle(traffic, ledger);
            traffic.stopReading();
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
                .figure("acknowledged", ledger.acknowledged())
                .figure("lost", ledger.missing())
                .figure("duplicates", ledger.duplicates())
                .figure("in_flight_kills_share", (double) inFlight / cycles)
                .goal(Goal.exactly("lost", 0))
                .goal(Goal.exactly("duplicates", 0))
                .goal(Goal.atLeast("acknowledged", (double) cycles * SENDS_PER_CYCLE))
                .goal(Goal.atLeast("in_flight_kills_share", IN_FLIGHT_SHARE_MIN))
                .print(System.out, wantsJson());
    }

    /** Makes the two contacts, as people do: by a link. Returns Bob. */
    private static String introduced(Victim alice, Victim bob) throws IOException, InterruptedException, ApiProblem {
        Object link = alice.living().post("identity/invite", Map.of()).get("link");
        bob.living().post("contacts", Map.of("link", String.valueOf(link)));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SILENCE_SECONDS_MAX);
        while (System.nanoTime() < deadline) {
            for (Map<String, @Nullable Object> contact :
                    ApiClient.list(alice.living().get("contacts"), "contacts"))
                if ("accepted".equals(contact.get("state"))) return String.valueOf(contact.get("user"));
            Thread.sleep(LOOK_MILLIS);
        }
        throw new IOException(
                "the two nodes do not become contacts: " + bob.living().get("contacts"));
    }

    /** Returns how many kills struck while something was in flight. */
    private int cycles(Victim alice, Victim bob, String bobUser, Traffic traffic, Ledger ledger)
            throws IOException, InterruptedException, ApiProblem {
        Chance chance = new Chance(seed);
        int inFlight = 0;
        for (int cycle = 1; cycle <= cycles; cycle++) {
            // While it is open no retry waits longer than 30 s, as for somebody who looks at the conversation.
            alice.living()
                    .post("conversations/" + bobUser + "/open", Map.of("open", true, "leaseSeconds", LEASE_SECONDS));
            alice.living().post("conversations/" + bobUser + "/retry", Map.of());
            await(ledger.acknowledged() + SENDS_PER_CYCLE + chance.below(SENDS_MORE_MAX), traffic, ledger);
            TimeUnit.MILLISECONDS.sleep(chance.below(KILL_MILLIS_MAX));
            Victim victim = cycle % 2 == 0 ? alice : bob;
            if (ledger.isInFlight()) inFlight++;
            victim.kill();
            victim.start();
            if (cycle % 10 == 0)
                say("cycle " + cycle + " of " + cycles + ": " + ledger.acknowledged() + " acknowledged, "
                        + ledger.missing() + " on their way, " + ledger.duplicates() + " duplicates");
        }
        return inFlight;
    }

    private static void await(int acknowledged, Traffic traffic, Ledger ledger)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SILENCE_SECONDS_MAX);
        while (ledger.acknowledged() < acknowledged) {
            traffic.check();
            if (System.nanoTime() > deadline)
                throw new IOException("nothing goes on: " + ledger.missing() + " messages wait to be shown");
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** Waits until everything is shown, or nothing more comes. */
    private static void settle(Traffic traffic, Ledger ledger) throws InterruptedException {
        int before = ledger.missing();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SILENCE_SECONDS_MAX);
        while (ledger.missing() > 0 && System.nanoTime() < deadline) {
            traffic.check();
            if (ledger.missing() < before) deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SILENCE_SECONDS_MAX);
            before = ledger.missing();
            Thread.sleep(LOOK_MILLIS);
        }
        // A second copy would come after the first.
        TimeUnit.SECONDS.sleep(1);
        traffic.check();
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
