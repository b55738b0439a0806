package linnet.app.demo;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import linnet.app.api.ApiProblem;
import linnet.app.report.Goal;
import linnet.app.report.Report;
import org.jspecify.annotations.Nullable;

/**
 * The test of the whole program: Alice invites Bob by link, they exchange 100 messages, Bob's process is killed while 50 more are sent to
 * him, he starts again, and everything is shown exactly once and in order.
 */
public final class Script {
    private static final int EXCHANGED = 100;
    private static final int SENT_TO_THE_DEAD = 50;

    /** Of these, so many are sent before the kill, without waiting for their delivery: they are in flight. */
    private static final int IN_FLIGHT = 15;

    private static final int FIRST_MESSAGE_MILLIS_MAX = 15_000;
    private static final long WAIT_MILLIS = 60_000;

    /** Fewest nodes of a demo: Alice, Bob and Carol. */
    public static final int ACTORS = 3;

    /** Most nodes of a demo: beyond, threads and files of one machine are the limit, and the simulator is the place. */
    public static final int PEERS_MAX = 64;

    private static final int CROWD_LINKS_MILLIS_MAX = 30_000;

    private final int peers;
    private final Consumer<String> talk;
    private final Ledger ledger = new Ledger();
    private long crowdLinksMillis;
    private Crowd.@Nullable Figures crowd;

    private Script(int peers, Consumer<String> talk) {
        this.peers = peers;
        this.talk = talk;
    }

    /**
     * Plays the script.
     *
     * @param peers nodes altogether, from 3; the others are a network around the three, and join in the middle of the script
     * @param talk hears how it goes
     */
    public static Report play(int peers, Consumer<String> talk) throws IOException, ApiProblem, InterruptedException {
        return new Script(peers, talk).play();
    }

    private Report play() throws IOException, ApiProblem, InterruptedException {
        talk.accept("starting three nodes ...");
        try (Theatre theatre = new Theatre()) {
            theatre.awaitReady();
            talk.accept("three nodes are up after " + sinceStart(theatre) + " ms");
            Actor alice = theatre.alice();
            Actor bob = theatre.bob();
            try (Witness atAlice = new Witness(alice, ledger);
                    Witness atBob = new Witness(bob, ledger)) {
                bob.takeInviteOf(alice);
                if (!Witness.awaitContact(alice, bob, WAIT_MILLIS)) throw new IOException("Alice never heard of Bob");
                talk.accept("Alice and Bob are contacts after " + sinceStart(theatre) + " ms");
                exchange(alice, bob);
                if (peers > ACTORS) join(theatre);
                theatre.carol().takeInviteOf(alice);
                killAndReturn(alice, bob, atBob);
                ledger.await(EXCHANGED + SENT_TO_THE_DEAD, WAIT_MILLIS);
                atAlice.check();
                atBob.check();
            }
            return report(theatre);
        }
    }

    private void join(Theatre theatre) throws IOException, ApiProblem, InterruptedException {
        long startNanos = System.nanoTime();
        Crowd around = theatre.crowd(peers - ACTORS, talk);
        crowdLinksMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
        crowd = around.measure();
    }

    private void exchange(Actor alice, Actor bob) throws IOException, ApiProblem, InterruptedException {
        for (int i = 1; i <= EXCHANGED / 2; i++) {
            say(alice, bob, "Alice's message " + i, true);
            say(bob, alice, "Bob's message " + i, true);
        }
        boolean all = ledger.await(EXCHANGED, WAIT_MILLIS);
        talk.accept(ledger.delivered() + " of " + EXCHANGED + " messages exchanged"
                + (all ? "" : "; the others did not come"));
    }

    private void killAndReturn(Actor alice, Actor bob, Witness atBob)
            throws IOException, ApiProblem, InterruptedException {
        for (int i = 1; i <= IN_FLIGHT; i++) say(alice, bob, "while Bob dies " + i, false);
        bob.kill();
        for (int i = IN_FLIGHT + 1; i <= SENT_TO_THE_DEAD; i++) say(alice, bob, "while Bob is dead " + i, false);
        talk.accept("Bob's process was killed while " + SENT_TO_THE_DEAD + " more were sent to him; he has "
                + (ledger.delivered() - EXCHANGED) + " of them");
        bob.restart();
        bob.awaitReady();
        atBob.follow(bob.node());
        talk.accept("Bob is back");
    }

    private void say(Actor from, Actor to, String text, boolean timed) throws IOException, ApiProblem {
        String id = from.send(to, text);
        ledger.sent(id, from.user() + ">" + to.user(), text, timed);
    }

    private Report report(Theatre theatre) {
        long first = ledger.firstNanos();
        long firstMillis = first == 0 ? WAIT_MILLIS : (first - theatre.startNanos()) / 1_000_000;
        Report report = Report.of("demo")
                .config("nodes", peers)
                .config("exchanged", EXCHANGED)
                .config("sent_around_kill", SENT_TO_THE_DEAD)
                .figure("first_message_ms", firstMillis)
                .figure("delivered", ledger.delivered())
                .figure("lost", ledger.lost())
                .figure("duplicates", ledger.duplicates())
                .figure("out_of_order", ledger.outOfOrder())
                .figure("stages_missing", ledger.stagesMissing())
                .figure("delivery_p50_ms", ledger.deliveryMillis(0.5))
                .figure("delivery_p99_ms", ledger.deliveryMillis(0.99))
                .goal(Goal.atMost("first_message_ms", FIRST_MESSAGE_MILLIS_MAX))
                .goal(Goal.exactly("delivered", EXCHANGED + SENT_TO_THE_DEAD))
                .goal(Goal.exactly("lost", 0))
                .goal(Goal.exactly("duplicates", 0))
                .goal(Goal.exactly("out_of_order", 0))
                .goal(Goal.exactly("stages_missing", 0));
        Crowd.Figures around = crowd;
        if (around == null) return report;
        return report.figure("three_links_ms", crowdLinksMillis)
                .figure("known_min", around.knownMin())
                .figure("lookups_found_share", around.foundShare())
                .figure("lookup_p50_ms", around.lookupP50Millis())
                .goal(Goal.atMost("three_links_ms", CROWD_LINKS_MILLIS_MAX))
                .goal(Goal.exactly("lookups_found_share", 1));
    }

    private static long sinceStart(Theatre theatre) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - theatre.startNanos());
    }
}
