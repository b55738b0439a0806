package linnet.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import linnet.core.event.Event.ContactState;
import linnet.core.event.Stage;
import linnet.core.id.MessageId;
import linnet.core.id.UserId;
import linnet.core.node.ContactView;
import linnet.core.wire.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Homes that earlier programs made are read by this one, and go on. Each version's homes are files that never change. */
class FrozenHomeTest {
    /** Homes are kept in {@code homes/<version>/{alice,bob}}; a version is added when what a home holds has changed. */
    private static final String HOMES = "/homes/";

    private static final String BACKUP = "/backups/1/alice.linnet-backup";

    private static final int NEWEST = 1;

    private static final List<String> FILES = List.of("identity.key", "node.db");

    @TempDir
    Path temporary;

    static Stream<Integer> versions() {
        return Stream.iterate(1, version -> version + 1).limit(NEWEST);
    }

    @ParameterizedTest(name = "version {0}")
    @MethodSource("versions")
    void whatAnEarlierProgramKeptIsReadAndGoesOn(int version) throws Exception {
        try (Person alice = new Person(thaw(version, "alice"), Person.local("Alice"), 0);
                Person bob = new Person(thaw(version, "bob"), Person.local("Bob"), 0)) {
            UserId bobs = bob.node.user();
            assertThat(alice.node.call(node -> node.contacts()).join())
                    .singleElement()
                    .satisfies(contact -> {
                        assertThat(contact.user()).isEqualTo(bobs);
                        assertThat(contact.name()).isEqualTo("Bob");
                        assertThat(contact.state()).isEqualTo(ContactState.ACCEPTED);
                        assertThat(contact.verified()).isTrue();
                    });
            assertThat(texts(alice.node.history(bobs, Long.MAX_VALUE, 10)))
                    .containsExactly("one, é 😀", "two", "three", "waits");
            assertThat(texts(bob.node.history(alice.node.user(), Long.MAX_VALUE, 10)))
                    .containsExactly("one, é 😀", "two", "three");
            assertThat(alice.node.history(bobs, Long.MAX_VALUE, 10))
                    .extracting(HistoryMessage::stage)
                    .startsWith(Stage.READ, Stage.READ, Stage.DELIVERED);
            assertThat(alice.node.conversations(Long.MAX_VALUE, 10))
                    .singleElement()
                    .satisfies(conversation -> {
                        assertThat(conversation.with()).isEqualTo(bobs);
                        assertThat(conversation.unread()).isZero();
                    });
            goesOn(alice, bob);
        }
    }

    /** Backups lie about for years: {@code backups/1} is of Alice's home of version 1. */
    @Test
    void aBackupOfTheFirstFormatIsRestored() throws Exception {
        Path folder = temporary.resolve("restored");
        try (InputStream backup = FrozenHomeTest.class.getResourceAsStream(BACKUP)) {
            Backup.About about = Backup.restore(backup, "linnet".toCharArray(), folder, null, known -> Map.of());
            assertThat(about.node()).isEqualTo(Person.local("Alice").node());
        }
        try (Person alice = new Person(folder, Person.local("Alice"), 0)) {
            UserId bobs = alice.node.call(node -> node.contacts().get(0).user()).join();
            assertThat(texts(alice.node.history(bobs, Long.MAX_VALUE, 10)))
                    .containsExactly("one, é 😀", "two", "three", "waits");
        }
    }

    /** Writes the backup of version 1: {@code -Dbackups.write=<file>}. It is committed once and then left alone. */
    @Test
    @EnabledIfSystemProperty(named = "backups.write", matches = ".+")
    void writeBackup() throws Exception {
        try (Home home = Home.open(thaw(1, "alice"), null);
                OutputStream out = Files.newOutputStream(Path.of(System.getProperty("backups.write")))) {
            Backup.write(home, Person.local("Alice").node(), "linnet".toCharArray(), out);
        }
    }

    /** Both have new addresses: one hands the other a link, as people would. Their old messages wait no longer than 14 days. */
    private static void goesOn(Person alice, Person bob) {
        String link = bob.invite();
        assertThat(alice.add(link)).isEqualTo(bob.node.user());
        alice.untilDelivered(alice.send(bob, "after the thaw"));
        bob.untilReceived("after the thaw");
        bob.untilDelivered(bob.send(alice, "and back"));
        alice.untilReceived("and back");
        ContactView contact =
                alice.node.call(node -> node.contact(bob.node.user())).join();
        assertThat(contact.waiting()).isZero();
    }

    /** Writes the homes of the newest version: {@code -Dhomes.write=<folder>}. They are committed once and then left alone. */
    @Test
    @EnabledIfSystemProperty(named = "homes.write", matches = ".+")
    void writeHomes() throws Exception {
        Path folder = Path.of(System.getProperty("homes.write"), Integer.toString(NEWEST));
        try (Person alice = new Person(temporary.resolve("alice"), Person.local("Alice"));
                Person bob = new Person(temporary.resolve("bob"), Person.local("Bob"))) {
            alice.meet(bob);
            alice.ask(node -> node.verify(bob.node.user(), true));
            MessageId seen = alice.send(bob, "one, é 😀");
            bob.untilReceived("one, é 😀");
            alice.untilDelivered(seen);
            bob.ask(node -> {
                node.read(alice.node.user(), List.of(seen));
                return seen;
            });
            alice.untilStage(seen, Stage.READ);
            bob.untilDelivered(bob.send(alice, "two"));
            alice.untilDelivered(alice.send(bob, "three"));
            bob.node.close();
            alice.send(bob, "waits");
        }
        for (String name : List.of("alice", "bob")) copy(temporary.resolve(name), folder.resolve(name));
    }

    private Path thaw(int version, String name) throws Exception {
        URI kept =
                FrozenHomeTest.class.getResource(HOMES + version + "/" + name).toURI();
        Path home = temporary.resolve(name);
        copy(Path.of(kept), home);
        return home;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (String file : FILES) Files.copy(from.resolve(file), to.resolve(file));
    }

    private static List<String> texts(List<HistoryMessage> messages) {
        List<String> texts = new ArrayList<>();
        for (HistoryMessage message : messages) texts.add(((Content.Text) message.content()).text());
        return texts;
    }
}
