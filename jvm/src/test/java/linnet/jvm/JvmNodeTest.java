package linnet.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import linnet.core.env.Failure.Code;
import linnet.core.env.Result;
import linnet.core.event.Event;
import linnet.core.event.Stage;
import linnet.core.id.MessageId;
import linnet.core.wire.Content;
import linnet.jvm.HostException.Kind;
import linnet.jvm.JvmConfig.Trust;
import linnet.jvm.websocket.Certificates;
import linnet.jvm.websocket.RawSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JvmNodeTest {
    @TempDir
    Path temporary;

    @Test
    void twoPeopleMeetAndTalk() {
        try (Person alice = person("Alice");
                Person bob = person("Bob")) {
            alice.meet(bob);
            MessageId question = alice.send(bob, "are you there?");
            bob.untilReceived("are you there?");
            alice.untilDelivered(question);
            MessageId answer = bob.send(alice, "yes, é 😀");
            alice.untilReceived("yes, é 😀");
            bob.untilDelivered(answer);
            assertThat(alice.node.history(bob.node.user(), Long.MAX_VALUE, 10))
                    .extracting(HistoryMessage::content, HistoryMessage::own, HistoryMessage::stage)
                    .containsExactly(
                            tuple(new Content.Text("are you there?"), true, Stage.DELIVERED),
                            tuple(new Content.Text("yes, é 😀"), false, Stage.DELIVERED));
        }
    }

    @Test
    void whatWasSentToSomebodyWhoIsDownArrivesAfterTheirCrash() {
        try (Person alice = person("Alice");
                Person bob = person("Bob")) {
            alice.meet(bob);
            List<MessageId> ids = new ArrayList<>();
            for (int i = 0; i < 20; i++) ids.add(alice.send(bob, "m" + i));
            bob.untilReceived("m10");
            bob.crash();
            for (int i = 20; i < 40; i++) ids.add(alice.send(bob, "m" + i));
            bob.start();
            for (MessageId id : ids) alice.untilDelivered(id);
            bob.untilReceived("m39");
            assertThat(bob.shown()).containsExactlyElementsOf(names(40));
        }
    }

    @Test
    void aSenderWhoCrashesKeepsWhatItPromised() {
        try (Person alice = person("Alice");
                Person bob = person("Bob")) {
            alice.meet(bob);
            bob.crash();
            List<MessageId> ids = new ArrayList<>();
            for (int i = 0; i < 20; i++) ids.add(alice.send(bob, "m" + i));
            alice.crash();
            alice.start();
            bob.start();
            for (MessageId id : ids) alice.untilDelivered(id);
            bob.untilReceived("m19");
            assertThat(bob.shown()).containsExactlyElementsOf(names(20));
        }
    }

    @Test
    void eventsAreNumberedWithoutGapsThroughRestarts() {
        try (Person alice = person("Alice");
                Person bob = person("Bob")) {
            alice.meet(bob);
            alice.send(bob, "one");
            bob.untilReceived("one");
            bob.node.close();
            bob.start();
            alice.send(bob, "two");
            bob.untilReceived("two");
            assertThat(bob.heard())
                    .extracting(NumberedEvent::number)
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, bob.heard().size())
                                    .mapToObj(Long::valueOf)
                                    .toList());
            assertThat(bob.node.eventsAfter(0, 1_000))
                    .as("what is kept is what was heard")
                    .startsWith(bob.heard().toArray(new NumberedEvent[0]));
        }
    }

    @Test
    void aFollowerWhoComesLateHearsEverythingOnce() {
        try (Person alice = person("Alice");
                Person bob = person("Bob")) {
            alice.meet(bob);
            for (int i = 0; i < 10; i++) alice.send(bob, "m" + i);
            bob.untilReceived("m9");
            long last = bob.node.lastEvent();
            assertThat(bob.node.eventsAfter(last, 10)).isEmpty();
            assertThat(bob.node.eventsAfter(last - 1, 10)).hasSize(1);
            assertThat(bob.node.eventsAfter(0, 3))
                    .extracting(NumberedEvent::number)
                    .containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void peopleTalkOverTls() throws Exception {
        var key = Certificates.selfSigned(temporary);
        JvmConfig config = Person.local("Alice").withTls(key, new Trust(null, true));
        try (Person alice = new Person(temporary.resolve("Alice"), config);
                Person bob = new Person(temporary.resolve("Bob"), config)) {
            assertThat(alice.node.endpoints().get(0).uri()).startsWith("wss://127.0.0.1:");
            alice.meet(bob);
            alice.untilDelivered(alice.send(bob, "hidden"));
            bob.untilReceived("hidden");
        }
    }

    @Test
    void aHandshakeOfGarbageLeavesTheNodeUp() throws Exception {
        try (Person alice = person("Alice");
                Person bob = person("Bob")) {
            for (int length : new int[] {1, 31, 32, 33, 96, 1_000, 65_535}) {
                try (RawSocket raw = RawSocket.upgraded(alice.node.port())) {
                    raw.binary(new byte[length]);
                    assertThat(raw.closeCode()).isGreaterThan(4_000);
                }
            }
            try (RawSocket raw = RawSocket.upgraded(alice.node.port())) {
                raw.frame(0x82, 70_000);
                assertThat(raw.closeCode()).isEqualTo(4_018);
            }
            alice.meet(bob);
            alice.untilDelivered(alice.send(bob, "still here"));
            assertThat(alice.node.droppedInputs()).isZero();
        }
    }

    @Test
    void everythingInTheHomeIsTheOwnersOnly() throws Exception {
        try (Person alice = person("Alice");
                Person bob = person("Bob")) {
            alice.meet(bob);
            try (Stream<Path> files = Files.list(temporary.resolve("Alice"))) {
                for (Path file : files.toList())
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .as(file.toString())
                            .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
            }
        }
    }

    @Test
    void aHomeOfANewerProgramIsRefusedAndLeftAlone() throws Exception {
        Path folder = temporary.resolve("Alice");
        person("Alice").close();
        execute(folder, "PRAGMA user_version = 99");
        assertThatThrownBy(() -> JvmNode.start(Home.open(folder, null), Person.local("Alice")))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.kind()).isEqualTo(Kind.HOME_NEWER));
        execute(folder, "PRAGMA user_version = 2");
        JvmNode.start(Home.open(folder, null), Person.local("Alice")).close();
    }

    @Test
    void twoNodesNeverHaveOneHome() {
        Path folder = temporary.resolve("Alice");
        try (Person alice = person("Alice")) {
            assertThat(alice.node.port()).isPositive();
            assertThatThrownBy(() -> Home.open(folder, null))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.kind()).isEqualTo(Kind.HOME_LOCKED));
        }
        Home.open(folder, null).close();
    }

    @Test
    void aTakenPortClosesTheHomeAgain() {
        try (Person alice = person("Alice")) {
            Path folder = temporary.resolve("Bob");
            JvmConfig taken = Person.local("Bob").withBind("127.0.0.1", alice.node.port());
            assertThatThrownBy(() -> JvmNode.start(Home.create(folder, null), taken))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PORT_TAKEN));
            Home.open(folder, null).close();
        }
    }

    @Test
    void aWrongQuestionIsTheCallersBusiness() {
        try (Person alice = person("Alice")) {
            assertThatThrownBy(() -> Person.await(alice.node.call(node -> {
                        throw new IllegalArgumentException("planted");
                    })))
                    .hasRootCauseMessage("planted");
            assertThat(alice.node.droppedInputs()).isZero();
            assertThat(alice.node.call(node -> node.contacts()).join()).isEmpty();
        }
    }

    @Test
    void anErrorWithHalfABatchBeginsANewLifeFromTheLastWholeOne() {
        try (Person alice = person("Alice");
                Person bob = person("Bob")) {
            alice.meet(bob);
            assertThatThrownBy(() -> Person.await(alice.node.call(node -> {
                        assertThat(node.send(bob.node.user(), "half")).isNotNull();
                        throw new IllegalStateException("planted");
                    })))
                    .hasRootCauseMessage("planted");
            alice.untilDelivered(alice.send(bob, "whole"));
            bob.untilReceived("whole");
            assertThat(bob.shown()).containsExactly("whole");
            // The caller hears of the error first; the input is counted before the next one runs.
            assertThat(alice.node.droppedInputs()).isEqualTo(1);
        }
    }

    @Test
    void errorsWithoutEndStopTheNodeInWords() {
        Person alice = person("Alice");
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> Person.await(alice.node.call(node -> {
                        assertThat(node.invite(60_000)).isNotNull();
                        throw new IllegalStateException("planted");
                    })))
                    .isInstanceOf(CompletionException.class);
        }
        assertThatThrownBy(() -> Person.await(alice.node.whenStopped()))
                .cause()
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.kind()).isEqualTo(Kind.STOPPED))
                .hasMessageContaining("again and again");
        alice.close();
        Home.open(temporary.resolve("Alice"), null).close();
    }

    @Test
    void aStoppedNodeAnswersInWords() {
        Person alice = person("Alice");
        alice.close();
        alice.close();
        assertThatThrownBy(() -> Person.await(alice.node.call(node -> node.contacts())))
                .cause()
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.kind()).isEqualTo(Kind.STOPPED));
        assertThat(alice.node.whenStopped()).isCompleted();
    }

    @Test
    void anInterruptedStartSaysSoAndLeavesTheHomeUsable() {
        Path folder = temporary.resolve("Alice");
        Home home = Home.create(folder, null);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> JvmNode.start(home, Person.local("Alice")))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.kind()).isEqualTo(Kind.STOPPED));
        assertThat(Thread.interrupted()).as("the caller's interrupt").isTrue();
        Home.open(folder, null).close();
    }

    @Test
    void aQuestionThatLeavesAnInterruptEndsNothing() {
        try (Person alice = person("Alice")) {
            String asked = Person.await(alice.node.call(node -> {
                Thread.currentThread().interrupt();
                return "asked";
            }));
            assertThat(asked).isEqualTo("asked");
            assertThat(Person.await(alice.node.callDurably(node -> node.invite(60_000))) instanceof Result.Ok)
                    .isTrue();
        }
    }

    @Test
    void aNodeCountsWhatItDoes() {
        try (Person alice = person("Alice");
                Person bob = person("Bob")) {
            alice.meet(bob);
            alice.untilDelivered(alice.send(bob, "one"));
            alice.untilDelivered(alice.send(bob, "two"));
            bob.untilDelivered(bob.send(alice, "three"));
            alice.untilReceived("three");
            NodeMetrics counted = Person.await(alice.node.metrics());
            assertThat(counted.messages())
                    .extracting(NodeMetrics.Messages::accepted, NodeMetrics.Messages::received)
                    .containsExactly(2L, 1L);
            assertThat(counted.messages().stages()).containsEntry(Stage.DELIVERED, 2L);
            assertThat(counted.messages().contactsReachedNow()).isEqualTo(1);
            NodeMetrics.Links links = counted.links();
            assertThat(links.upDialledNow() + links.upTakenNow()).isEqualTo(1);
            assertThat(links.dialled() + links.taken()).isPositive();
            assertThat(links.sent().frames()).isPositive();
            assertThat(links.received().bytes()).isGreaterThan(links.received().records());
            assertThat(counted.disk().commits().count())
                    .isBetween(1L, counted.disk().batches());
            assertThat(counted.disk().lastEvent()).isEqualTo(alice.node.lastEvent());
            assertThat(counted.work().inputs().count()).isPositive();
            assertThat(counted.work().lives()).isEqualTo(1);
        }
    }

    @Test
    void aNewNameReachesContactsAndOutlivesErrors() {
        try (Person alice = person("Alice");
                Person bob = person("Bob")) {
            alice.meet(bob);
            Person.await(alice.node.rename("Alicia"));
            bob.until(event -> event instanceof Event.ContactChanged changed
                    && changed.name().equals("Alicia"));
            assertThatThrownBy(() -> Person.await(alice.node.call(node -> {
                        assertThat(node.invite(60_000)).isNotNull();
                        throw new IllegalStateException("planted");
                    })))
                    .hasRootCauseMessage("planted");
            alice.untilDelivered(alice.send(bob, "still Alicia"));
            assertThat(alice.node.settings().name()).isEqualTo("Alicia");
            assertThat(bob.node.call(node -> node.contacts().get(0).name()).join())
                    .isEqualTo("Alicia");
        }
    }

    @Test
    void receiptsAreToldOnlyWhileTheyAreWanted() {
        try (Person alice = person("Alice");
                Person bob = person("Bob")) {
            alice.meet(bob);
            Person.await(bob.node.receipts(false));
            MessageId secret = alice.send(bob, "seen in secret");
            bob.untilReceived("seen in secret");
            alice.untilDelivered(secret);
            Person.await(bob.node.read(alice.node.user(), List.of(secret)));
            Person.await(bob.node.receipts(true));
            MessageId open = alice.send(bob, "seen openly");
            bob.untilReceived("seen openly");
            Person.await(bob.node.read(alice.node.user(), List.of(open)));
            alice.untilStage(open, Stage.READ);
            assertThat(alice.node.message(secret).stage()).isEqualTo(Stage.DELIVERED);
            assertThat(bob.node.settings().receipts()).isTrue();
        }
    }

    @Test
    void aNodeThatStopsSaysGoodbye() {
        try (Person alice = person("Alice");
                Person bob = person("Bob")) {
            alice.meet(bob);
            alice.untilDelivered(alice.send(bob, "hello"));
            bob.node.close();
            Event gone = alice.until(
                    event -> event instanceof Event.Reached reached && reached.reach() == Event.Reach.OFFLINE);
            assertThat(((Event.Reached) gone).why())
                    .satisfies(why -> assertThat(why.code()).isEqualTo(Code.STOPPING));
        }
    }

    @Test
    void whoDoesNotReadIsCutOffAndServedLater() {
        CountDownLatch wakes = new CountDownLatch(1);
        try (Person alice = person("Alice");
                Person bob = person("Bob")) {
            alice.meet(bob);
            CompletableFuture<Boolean> sleeps = bob.node.call(node -> {
                try {
                    return wakes.await(60, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            String long15k = "x".repeat(Content.TEXT_BYTES_MAX);
            for (int i = 0; i < 100; i++) alice.send(bob, i + long15k.substring(5));
            Event.Reached gone = (Event.Reached) alice.until(
                    event -> event instanceof Event.Reached reached && reached.reach() == Event.Reach.OFFLINE);
            assertThat(gone.why()).satisfies(why -> assertThat(why.code()).isEqualTo(Code.TIMEOUT));
            wakes.countDown();
            assertThat(Person.await(sleeps)).isTrue();
            bob.untilReceived(99 + long15k.substring(5));
            assertThat(bob.shown()).hasSize(100).doesNotHaveDuplicates();
        }
    }

    private Person person(String name) {
        return new Person(temporary.resolve(name), Person.local(name));
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "m" + i).toList();
    }

    private static void execute(Path folder, String command) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("node.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
