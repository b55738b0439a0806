package linnet.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import linnet.core.dht.Found;
import linnet.core.dht.LookupTrace;
import linnet.core.dht.Purpose;
import linnet.core.event.Event;
import linnet.core.id.Endpoint;
import linnet.core.id.MessageId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole nodes find each other over real packets, by those that they know. */
class NeighbourhoodTest {
    /** A lookup takes milliseconds, and the neighbours may still be meeting when the first ones are made. */
    private static final int LOOKUPS_MAX = 2_000;

    @TempDir
    Path folder;

    private Person person(String name) {
        return new Person(folder.resolve(name), Person.local(name));
    }

    private static Found lookup(Person who, Person whom) {
        CompletableFuture<Found> found = new CompletableFuture<>();
        Person.await(who.node.call(node -> {
            node.dht().lookup(whom.node.peer(), Purpose.WAITED, LookupTrace.NONE, found::complete);
            return whom;
        }));
        return Person.await(found);
    }

    @Test
    void aContactOfAContactIsFound() {
        try (Person alice = person("Alice");
                Person bob = person("Bob");
                Person carol = person("Carol")) {
            alice.meet(bob);
            bob.meet(carol);
            Found found = lookup(alice, carol);
            for (int i = 0; i < LOOKUPS_MAX && found.peer() == null; i++) found = lookup(alice, carol);
            assertThat(found.peer()).isNotNull();
            assertThat(found.peer().endpoints())
                    .anyMatch(endpoint -> endpoint.uri().startsWith("udp://127.0.0.1:"));
        }
    }

    @Test
    void whoKnowsFewGetsLinksToThoseWhoAreNoContacts() {
        try (Person alice = person("Alice");
                Person bob = person("Bob");
                Person carol = person("Carol");
                Person dave = person("Dave")) {
            alice.meet(bob);
            bob.meet(carol);
            carol.meet(dave);
            alice.untilSeen(node -> node.linked().contains(dave.node.peer()));
            assertThat(alice.heard())
                    .noneMatch(event -> event.event() instanceof Event.Reached reached
                            && reached.peer().equals(dave.node.peer()));
        }
    }

    @Test
    void twoWhoBothMovedFindEachOtherByWhatTheyPublish() {
        try (Person alice = person("Alice");
                Person bob = person("Bob");
                Person carol = person("Carol")) {
            alice.meet(carol);
            bob.meet(carol);
            alice.meet(bob);
            alice.node.close();
            bob.node.close();
            alice.startElsewhere();
            MessageId id = alice.send(bob, "where are you?");
            bob.startElsewhere();
            bob.untilReceived("where are you?");
            alice.untilDelivered(id);
        }
    }

    @Test
    void whoWasInTheNetworkComesBackWithoutItsContacts() {
        try (Person alice = person("Alice");
                Person bob = person("Bob");
                Person carol = person("Carol");
                Person dave = person("Dave")) {
            alice.meet(bob);
            bob.meet(carol);
            carol.meet(dave);
            alice.untilSeen(node -> node.dht().known(dave.node.peer()) != null);
            alice.node.close();
            bob.node.close();
            alice.startElsewhere();
            alice.untilSeen(node -> node.linked().contains(carol.node.peer()));
        }
    }

    @Test
    void aNodeThatKeepsToLinksHearsNoPackets() {
        try (Person alice = new Person(folder.resolve("a"), Person.local("a").withDatagrams(false))) {
            assertThat(alice.node.endpoints()).extracting(Endpoint::uri).allMatch(uri -> uri.startsWith("ws://"));
            boolean isAlone = Person.await(alice.node.call(node -> node.dht() == null));
            assertThat(isAlone).isTrue();
        }
    }
}
