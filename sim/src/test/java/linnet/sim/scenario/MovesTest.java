package linnet.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import linnet.core.dht.Dht;
import linnet.core.dht.RoutingTable;
import linnet.core.env.Result;
import linnet.core.event.Event;
import linnet.core.id.Key;
import linnet.core.id.MessageId;
import linnet.core.node.Node;
import linnet.core.wire.SignedRecord;
import linnet.sim.host.FastCrypto;
import linnet.sim.host.Network;
import linnet.sim.host.Seed;
import linnet.sim.host.Trace;
import linnet.sim.host.Weather;
import linnet.sim.host.World;
import linnet.sim.invariant.Judge;
import linnet.sim.invariant.Sometimes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People whose devices come back at other addresses find each other by the network of all nodes, on hosts with packets. */
class MovesTest {
    private static final int MINUTE = 60_000;

    /** One packet in ten is lost, and half of those that arrive come twice or late. */
    private static final Weather POOR = new Weather(0.1, 0.3, 0.2, 300, 0.002);

    private final World world = new World();
    private final Trace trace = new Trace(world, null);
    private final Judge judge = new Judge(world, trace);
    private final Network network = new Network(world, trace, new Seed(11));
    private final List<Person> people = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();

    private Person person() {
        Person person = new Person(network, judge, new Seed(11), people.size(), new FastCrypto());
        people.add(person);
        person.host().setDisk(1, 1);
        return person;
    }

    /** Starts a ring: everybody has the next one as a contact, and nobody else. */
    private void ring(int count) {
        network.letPackets();
        judge.setListener((host, event) -> events.add(event));
        for (int i = 0; i < count; i++) person();
        for (Person one : people) one.host().start();
        run(100);
        for (int i = 0; i < count; i++) meet(people.get(i), people.get((i + 1) % count));
        run(MINUTE);
    }

    @ParameterizedTest(name = "loss and doubles: {0}")
    @ValueSource(booleans = {false, true})
    void twoWhoBothMovedFindEachOther(boolean isPoor) {
        ring(12);
        if (isPoor) network.setWeather(POOR);
        Person alice = people.get(0);
        Person bob = people.get(1);
        alice.host().move();
        bob.host().move();
        run(20 * MINUTE);
        alice.host().start();
        run(MINUTE);
        MessageId id = say(alice, bob, "where are you?");
        run(MINUTE);
        bob.host().start();
        run(5 * MINUTE);
        assertThat(judge.ledger().missing(host -> false)).isEmpty();
        assertThat(events)
                .anyMatch(event -> event instanceof Event.Received received
                        && received.id().equals(id));
        assertThat(judge.reached()).contains(Sometimes.FOUND_IN_DHT);
    }

    @Test
    void whoseFirewallLetsNoPacketsThroughAsksByNeighbours() {
        network.letPackets();
        judge.setListener((host, event) -> events.add(event));
        for (int i = 0; i < 30; i++) person();
        Person alice = people.get(0);
        Person bob = people.get(1);
        alice.host().blockPackets();
        for (Person one : people) one.host().start();
        run(100);
        for (int i = 0; i < 30; i++) meet(people.get(i), people.get((i + 1) % 30));
        run(3 * MINUTE);
        alice.host().move();
        bob.host().move();
        bob.host().start();
        run(MINUTE);
        alice.host().start();
        run(MINUTE);
        MessageId id = say(alice, bob, "where are you?");
        run(5 * MINUTE);
        assertThat(events)
                .anyMatch(event -> event instanceof Event.Received received
                        && received.id().equals(id));
        long proven =
                dht(alice).rows().stream().filter(RoutingTable.Row::isProven).count();
        assertThat(proven)
                .as("also peers that no link leads to have answered")
                .isGreaterThan(alice.node().linked().size());
    }

    @Test
    void theStageSaysThatTheNetworkKnowsNoOtherAddress() {
        ring(8);
        Person bob = people.get(1);
        bob.host().crash(true);
        run(30 * MINUTE);
        events.clear();
        say(people.get(0), bob, "are you there?");
        run(3 * MINUTE);
        assertThat(events)
                .anyMatch(event -> event instanceof Event.Progress progress
                        && progress.cause() != null
                        && progress.cause().detail().endsWith("; the network knows no other address"));
    }

    @Test
    void presenceOfTheNewPlaceReplacesTheOldOne() {
        ring(8);
        Person bob = people.get(1);
        for (int move = 0; move < 3; move++) {
            bob.host().move();
            bob.host().start();
            run(2 * MINUTE);
        }
        Person alice = people.get(0);
        assertThat(alice.node().link(bob.peer())).isNotNull();
        assertThat(presences()).hasSize(8);
    }

    @Test
    void whoWasInTheNetworkOnceComesBackWithoutItsContacts() {
        ring(8);
        run(11 * MINUTE);
        Person alice = people.get(0);
        alice.host().crash(false);
        people.get(1).host().crash(true);
        people.get(7).host().crash(true);
        run(MINUTE);
        alice.host().start();
        run(MINUTE);
        assertThat(dht(alice).isAnnounced()).isTrue();
        assertThat(alice.node().linked()).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void whoCannotBeDialledPublishesNothing() {
        ring(8);
        run(MINUTE);
        assertThat(presences()).hasSize(8);
        Person quiet = people.get(2);
        quiet.host().call(() -> quiet.node().listening(List.of()));
        run(13 * MINUTE);
        assertThat(presences()).hasSize(7);
    }

    /** Returns the keys of all records that say where somebody is. */
    private Set<Key> presences() {
        Set<Key> keys = new TreeSet<>();
        for (Person one : people)
            for (SignedRecord record : dht(one).shelf())
                if (record.kind() == SignedRecord.Kind.PRESENCE) keys.add(record.key());
        return keys;
    }

    private static Dht dht(Person person) {
        Node node = person.node();
        Dht dht = node.dht();
        if (dht == null) throw new AssertionError("no network");
        return dht;
    }

    private void meet(Person maker, Person taker) {
        String[] link = new String[1];
        maker.host().call(() -> {
            if (maker.node().invite(MINUTE) instanceof Result.Ok<String> ok) link[0] = ok.value();
            judge.invitations().onMade(maker.host().index(), link[0], false);
        });
        run(100);
        taker.host().call(() -> assertThat(taker.node().add(link[0])).isInstanceOf(Result.Ok.class));
        judge.invitations().onTaken(taker.host(), link[0]);
        run(3_000);
    }

    private MessageId say(Person from, Person to, String text) {
        MessageId[] said = new MessageId[1];
        from.host().call(() -> {
            if (from.node().send(to.user(), text) instanceof Result.Ok<MessageId> ok) {
                said[0] = ok.value();
                judge.onSendCalled(from.host(), to.host(), ok.value(), text);
            }
        });
        return said[0];
    }

    private void run(long millis) {
        long until = world.nowMillis() + millis;
        while (world.step(until)) assertThat(judge.violations()).isEmpty();
        world.rest(until);
    }
}
