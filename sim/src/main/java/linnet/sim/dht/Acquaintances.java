package linnet.sim.dht;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import linnet.core.dht.Care;
import linnet.core.env.Chance;
import linnet.core.wire.SignedRecord.Kind;
import linnet.sim.host.Seed;

/**
 * People who write to the same few again and again: whether their nodes still know where those are, and how soon the other one answers there.
 * Contacts are chosen with the frequencies of Zipf; those who have left are nobody's to find, and do not count.
 */
final class Acquaintances {
    private static final int PEOPLE = 200;
    private static final int CONTACTS = 10;

    /** Mean time between two calls of one person, in milliseconds. */
    private static final int CALL_MILLIS = 60_000;

    /** A contact that was called twice within the last ten minutes, which a presence lives, is a frequent one. */
    private static final int FREQUENT_MILLIS = 10 * 60_000;

    private final Population population;
    private final Chance chance;
    private final DhtWorld world;
    private final Samples millis = new Samples();
    private int calls;
    private int hits;

    Acquaintances(Population population, Chance chance) {
        this.population = population;
        this.chance = chance;
        this.world = population.world;
    }

    private static final class Person {
        final DhtPeer peer;
        final List<DhtPeer> contacts = new ArrayList<>();
        final long[] last = new long[CONTACTS];
        final long[] lastButOne = new long[CONTACTS];

        Person(DhtPeer peer) {
            this.peer = peer;
            Arrays.fill(last, -FREQUENT_MILLIS);
            Arrays.fill(lastButOne, -FREQUENT_MILLIS);
        }
    }

    void plan(long spanMillis) {
        for (int i = 0; i < PEOPLE; i++) {
            Person person = new Person(population.anybody());
            for (int tries = 0; person.contacts.size() < CONTACTS && tries < 1_000; tries++) {
                DhtPeer contact = population.anybody();
                boolean isGood = contact != person.peer
                        && contact.host.isReachable()
                        && contact.publishedSequence() > 0
                        && !person.contacts.contains(contact);
                if (isGood) person.contacts.add(contact);
            }
            if (person.contacts.size() < CONTACTS) continue;
            for (long at = chance.below(2 * CALL_MILLIS); at < spanMillis; at += chance.below(2 * CALL_MILLIS))
                world.after(at, () -> call(person));
        }
    }

    private void call(Person person) {
        if (!person.peer.host.isUp()) return;
        int who = zipf();
        DhtPeer contact = person.contacts.get(who);
        if (!contact.host.isUp()) return;
        long began = world.nowMillis();
        boolean isFrequent = began - person.lastButOne[who] < FREQUENT_MILLIS;
        person.lastButOne[who] = person.last[who];
        person.last[who] = began;
        Trail trail = new Trail();
        world.along(trail, () -> {
            boolean isKnown = person.peer.knows(contact);
            person.peer.fetch(contact, Kind.PRESENCE, Care.QUICK, fetched -> {});
            if (!isFrequent) return;
            person.peer.ping(contact.host.where, rtt -> {
                if (!contact.host.isUp()) return;
                calls++;
                if (!isKnown || rtt < 0) return;
                hits++;
                millis.add((int) (world.nowMillis() - began));
            });
        });
    }

    /** Draws a contact: the n-th with a frequency of 1/n. */
    private int zipf() {
        double sum = 0;
        for (int i = 1; i <= CONTACTS; i++) sum += 1.0 / i;
        double at = Seed.share(chance, 1) * sum;
        for (int i = 0; i < CONTACTS; i++) {
            at -= 1.0 / (i + 1);
            if (at < 0) return i;
        }
        return CONTACTS - 1;
    }

    void report(Map<String, Double> figures) {
        figures.put("cached_p99_ms", (double) millis.percentile(0.99));
        figures.put("cache_hit_share", LookupScenario.share(hits, calls));
        figures.put("cached_lookups", (double) calls);
    }
}
