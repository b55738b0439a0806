package linnet.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import linnet.core.env.Failure.Code;
import linnet.core.event.Event;
import linnet.core.event.Stage;
import linnet.core.id.MessageId;
import linnet.core.id.UserId;
import linnet.core.node.ContactView;
import linnet.jvm.HostException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinnetTest {
    @TempDir
    Path temporary;

    private final LinkedBlockingQueue<Message> heard = new LinkedBlockingQueue<>();

    @Test
    void twoProgramsMeetAndTalk() throws Exception {
        try (Linnet alice = open("Alice");
                Linnet bob = open("Bob")) {
            alice.onMessage(heard::add);
            assertThat(soon(bob.add(soon(alice.invite())))).isEqualTo(alice.user());
            Delivery delivery = soon(bob.send(alice.user(), "hello"));
            assertThat(delivery.stage()).isIn(Stage.DELIVERED, Stage.READ);
            assertThat(delivery.path()).isEqualTo("direct");
            assertThat(delivery.cause()).isNull();
            Message message = next();
            assertThat(message.text()).isEqualTo("hello");
            assertThat(message.from()).isEqualTo(bob.user());
            assertThat(message.id()).isEqualTo(delivery.id());
            assertThat(alice.contacts()).extracting(ContactView::name).containsExactly("Bob");
        }
    }

    @Test
    void aListenerMayAnswerAndWait() throws Exception {
        try (Linnet alice = open("Alice");
                Linnet bob = open("Bob")) {
            alice.onMessage(m -> alice.send(m.from(), "echo " + m.text()).join());
            bob.onMessage(heard::add);
            soon(bob.add(soon(alice.invite())));
            soon(bob.send(alice.user(), "one"));
            soon(bob.send(alice.user(), "two"));
            assertThat(next().text()).isEqualTo("echo one");
            assertThat(next().text()).isEqualTo("echo two");
        }
    }

    @Test
    void whatNobodyListenedToIsHandedOverAtTheNextOpening() throws Exception {
        try (Linnet bob = open("Bob")) {
            UserId alices;
            try (Linnet alice = open("Alice")) {
                alices = alice.user();
                soon(bob.add(soon(alice.invite())));
                Subscription first = alice.onMessage(heard::add);
                soon(bob.send(alices, "one"));
                assertThat(next().text()).isEqualTo("one");
                first.close();
                soon(bob.send(alices, "two"));
            }
            CompletableFuture<Delivery> later = bob.send(alices, "three");
            try (Linnet alice = open("Alice")) {
                alice.onMessage(heard::add);
                assertThat(next().text()).isEqualTo("two");
                assertThat(next().text()).isEqualTo("three");
                assertThat(soon(later).cause()).isNull();
            }
        }
        assertThat(heard).isEmpty();
    }

    @Test
    void aListenerThatThrowsIsGivenTheNextMessage() throws Exception {
        Consumer<Message> clumsy = m -> {
            heard.add(m);
            throw new IllegalStateException("planted");
        };
        try (Linnet alice = open("Alice");
                Linnet bob = open("Bob")) {
            alice.onMessage(clumsy);
            soon(bob.add(soon(alice.invite())));
            soon(bob.send(alice.user(), "one"));
            soon(bob.send(alice.user(), "two"));
            assertThat(List.of(next().text(), next().text())).containsExactly("one", "two");
        }
    }

    @Test
    void aMessageOfAnEarlierRunCanStillBeWaitedFor() throws Exception {
        MessageId id;
        try (Linnet alice = open("Alice")) {
            UserId bobs;
            try (Linnet bob = open("Bob")) {
                bobs = bob.user();
                soon(bob.add(soon(alice.invite())));
                soon(bob.send(alice.user(), "here"));
            }
            id = soon(alice.queue(bobs, "later"));
        }
        try (Linnet alice = open("Alice");
                Linnet bob = open("Bob")) {
            assertThat(bob.name()).isEqualTo("Bob");
            assertThat(soon(alice.delivery(id)).stage()).isIn(Stage.DELIVERED, Stage.READ);
            assertThat(soon(alice.delivery(id)).id()).as("asked again").isEqualTo(id);
        }
    }

    @Test
    void whatTheNodeRefusesFailsInWords() {
        try (Linnet alice = open("Alice");
                Linnet bob = open("Bob")) {
            assertThatThrownBy(() -> soon(alice.send(bob.user(), "who are you?")))
                    .cause()
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            e -> assertThat(e.failure().code()).isEqualTo(Code.NOT_A_CONTACT));
            assertThatThrownBy(() -> soon(alice.delivery(new MessageId(new JdkCrypto().random(16)))))
                    .cause()
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            e -> assertThat(e.failure().code()).isEqualTo(Code.NOT_FOUND));
        }
    }

    @Test
    void futuresThatAreNotDoneFailAtTheEnd() throws Exception {
        CompletableFuture<Delivery> never;
        try (Linnet alice = open("Alice")) {
            UserId bobs;
            try (Linnet bob = open("Bob")) {
                bobs = bob.user();
                soon(bob.add(soon(alice.invite())));
                soon(bob.send(alice.user(), "here"));
            }
            never = alice.send(bobs, "gone?");
        }
        assertThatThrownBy(() -> soon(never)).isInstanceOf(Exception.class);
        assertThat(never).isCompletedExceptionally();
    }

    @Test
    void aHomeBelongsToOneNetworkAndKeepsItsPort() {
        try (Linnet alice = open("Alice")) {
            assertThat(alice.name()).isEqualTo("Alice");
        }
        assertThatThrownBy(() -> Linnet.at(temporary.resolve("Alice"))
                        .network("another")
                        .listen("127.0.0.1", 0)
                        .open())
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.kind()).isEqualTo(Kind.HOME_EXISTS));
        try (Linnet alice = Linnet.at(temporary.resolve("Alice"))
                .network("test")
                .listen("127.0.0.1", 0)
                .open()) {
            assertThat(alice.name()).as("as it was").isEqualTo("Alice");
        }
    }

    @Test
    void thereIsOneListenerOfMessages() {
        try (Linnet alice = open("Alice")) {
            Subscription first = alice.onMessage(heard::add);
            assertThatThrownBy(() -> alice.onMessage(heard::add)).isInstanceOf(IllegalStateException.class);
            first.close();
            alice.onMessage(heard::add);
        }
    }

    @Test
    void contactsAreTold() throws Exception {
        LinkedBlockingQueue<Event.ContactChanged> changes = new LinkedBlockingQueue<>();
        try (Linnet alice = open("Alice");
                Linnet bob = open("Bob")) {
            alice.onContact(changes::add);
            soon(bob.add(soon(alice.invite())));
            assertThat(changes.poll(20, TimeUnit.SECONDS))
                    .isNotNull()
                    .satisfies(change -> assertThat(change.user()).isEqualTo(bob.user()));
        }
    }

    @Test
    void aNameWithAnyLineBreakOpensAgain() {
        open("Alice\rA").close();
        try (Linnet alice =
                Linnet.at(temporary.resolve("Alice\rA")).listen("127.0.0.1", 0).open()) {
            assertThat(alice.name()).isEqualTo("Alice A");
        }
    }

    private Linnet open(String name) {
        return Linnet.at(temporary.resolve(name))
                .name(name)
                .network("test")
                .listen("127.0.0.1", 0)
                .open();
    }

    private Message next() throws InterruptedException {
        Message message = heard.poll(20, TimeUnit.SECONDS);
        assertThat(message).as("a message within 20 s").isNotNull();
        return message;
    }

    private static <T> T soon(CompletableFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }
}
