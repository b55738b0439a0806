package linnet.bench.crash;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import linnet.app.api.ApiClient;
import linnet.app.api.ApiProblem;
import org.jspecify.annotations.Nullable;

/** Two people who write to each other at once, through every crash of either. */
final class Exchange {
    /** Without any progress for so long, what is missing is lost: twice the longest wait of an open conversation, and more. */
    static final long SILENCE_SECONDS_MAX = 90;

    private static final long LOOK_MILLIS = 2;

    /** A node that waits for nothing tells what it has within so long, slow disks included. */
    private static final long QUIET_MILLIS = 3_000;

    private static final long LEASE_SECONDS = 3_600;

    private final Victim alice;
    private final String aliceUser;
    private final Victim bob;
    private final String bobUser;
    private final Ledger toBob = new Ledger();
    private final Ledger toAlice = new Ledger();
    private final Traffic there;
    private final Traffic back;

    /**
     * Creates the traffic between two contacts.
     *
     * @param bobUser Alice's contact
     * @param aliceUser Bob's contact
     */
    Exchange(Victim alice, String bobUser, Victim bob, String aliceUser) {
        this.alice = alice;
        this.aliceUser = aliceUser;
        this.bob = bob;
        this.bobUser = bobUser;
        this.there = new Traffic(alice, bob, bobUser, toBob);
        this.back = new Traffic(bob, alice, aliceUser, toAlice);
    }

    void start() {
        there.start();
        back.start();
    }

    /** While it is open no retry waits longer than 30 s, as for somebody who looks at the conversation. */
    void open() throws IOException, ApiProblem {
        open(alice, bobUser);
        open(bob, aliceUser);
    }

    int acknowledged() {
        return toBob.acknowledged() + toAlice.acknowledged();
    }

    int missing() {
        return toBob.missing() + toAlice.missing();
    }

    int duplicates() {
        return toBob.duplicates() + toAlice.duplicates();
    }

    boolean isInFlight() {
        return toBob.isInFlight() || toAlice.isInFlight();
    }

    void killAndStart(boolean isAlice) throws IOException, InterruptedException {
        Victim victim = isAlice ? alice : bob;
        victim.kill();
        victim.start();
    }

    /** Waits until so many sends were acknowledged. */
    void await(int acknowledged) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SILENCE_SECONDS_MAX);
        while (acknowledged() < acknowledged) {
            check();
            if (System.nanoTime() > deadline)
                throw new IOException("nothing goes on: " + missing() + " messages wait to be shown");
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /**
     * Writes nothing more and waits until both nodes are quiet: all is shown, nothing waits to be acknowledged (so that no second copy
     * can come), and no event came for a while. Without progress it ends with what is missing.
     */
    void settle() throws IOException, InterruptedException, ApiProblem {
        there.stopWriting();
        back.stopWriting();
        open();
        long sum = -1;
        long since = System.nanoTime();
        while (System.nanoTime() - since < TimeUnit.SECONDS.toNanos(SILENCE_SECONDS_MAX)) {
            check();
            long now = toBob.shown() + toAlice.shown() - missing() - waiting(alice) - waiting(bob);
            if (now != sum) since = System.nanoTime();
            sum = now;
            boolean isStill = System.nanoTime() - since >= TimeUnit.MILLISECONDS.toNanos(QUIET_MILLIS);
            if (isStill && missing() == 0 && waiting(alice) == 0 && waiting(bob) == 0) break;
            Thread.sleep(LOOK_MILLIS);
        }
        there.stopReading();
        back.stopReading();
        check();
    }

    @Override
    public String toString() {
        return acknowledged() + " acknowledged, " + missing() + " on their way, " + duplicates() + " duplicates";
    }

    private void check() {
        there.check();
        back.check();
    }

    private static void open(Victim at, String with) throws IOException, ApiProblem {
        at.living().post("conversations/" + with + "/open", Map.of("open", true, "leaseSeconds", LEASE_SECONDS));
        at.living().post("conversations/" + with + "/retry", Map.of());
    }

    /** Returns how many messages a node has that nobody acknowledged. */
    private static long waiting(Victim at) throws IOException, ApiProblem {
        long waiting = 0;
        for (Map<String, @Nullable Object> contact : ApiClient.list(at.living().get("contacts"), "contacts"))
            if (contact.get("waiting") instanceof Number number) waiting += number.longValue();
        return waiting;
    }
}
