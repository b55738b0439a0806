package linnet.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Map;
import linnet.core.id.UserId;
import linnet.core.wire.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreTest {
    private static final char[] PASSPHRASE = "correct horse".toCharArray();

    @TempDir
    Path temporary;

    @Test
    void aLostHomeGoesOnFromItsBackup() {
        Path lost = temporary.resolve("Alice");
        Path found = temporary.resolve("Alice again");
        try (Person bob = new Person(temporary.resolve("Bob"), Person.local("Bob"))) {
            byte[] backup;
            UserId user;
            try (Person alice = new Person(lost, Person.local("Alice"))) {
                alice.meet(bob);
                alice.untilDelivered(alice.send(bob, "a1"));
                bob.untilDelivered(bob.send(alice, "b1"));
                alice.untilReceived("b1");
                backup = backupOf(alice.node);
                // What both learn after the backup is what it must not roll back.
                for (int i = 2; i <= 5; i++) {
                    alice.untilDelivered(alice.send(bob, "a" + i));
                    bob.untilDelivered(bob.send(alice, "b" + i));
                }
                alice.untilReceived("b5");
                bob.untilReceived("a5");
                user = alice.node.user();
                alice.crash();
            }
            assertThat(restore(backup, found).user()).isEqualTo(user);
            bob.send(user, "b6");
            try (Person again = new Person(found, Person.local("Alice"), 0)) {
                assertThat(again.node.user()).isEqualTo(user);
                for (int i = 6; i <= 9; i++) again.untilDelivered(again.send(bob, "a" + i));
                bob.untilReceived("a9");
                again.untilReceived("b6");
                bob.untilDelivered(bob.send(user, "b7"));
                again.untilReceived("b7");
                assertThat(bob.shown()).containsExactly("a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9");
                assertThat(again.node.history(bob.node.user(), Long.MAX_VALUE, 100))
                        .extracting(message -> ((Content.Text) message.content()).text())
                        .contains("a1", "b1", "b6", "b7")
                        .doesNotHaveDuplicates()
                        .doesNotContain("b2");
                assertThat(again.shown()).containsOnlyOnce("b1", "b6", "b7");
            }
        }
    }

    private static byte[] backupOf(JvmNode node) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        node.backup(PASSPHRASE, out);
        return out.toByteArray();
    }

    private static Backup.About restore(byte[] backup, Path folder) {
        return Backup.restore(new ByteArrayInputStream(backup), PASSPHRASE, folder, null, about -> Map.of());
    }
}
