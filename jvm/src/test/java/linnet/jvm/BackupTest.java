package linnet.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import linnet.core.node.NodeConfig;
import linnet.jvm.HostException.Kind;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
    private static final char[] PASSPHRASE = "correct horse".toCharArray();
    private static final NodeConfig ALICE = new NodeConfig("Alice", "test", true);

    @TempDir
    Path temporary;

    @Test
    void aBackupSaysWhatItIs() {
        try (Home home = Home.create(temporary.resolve("home"), null)) {
            byte[] backup = backupOf(home);
            Backup.About about = Backup.check(new ByteArrayInputStream(backup), PASSPHRASE);
            assertThat(about.node()).isEqualTo(ALICE);
            assertThat(new String(backup, StandardCharsets.ISO_8859_1)).doesNotContain("Alice");
            assertThat(home.folder().resolve("backup.db")).doesNotExist();
        }
    }

    @Test
    void aRestoredHomeIsTheOwnersOnlyAndHasTheProgramsFiles() throws Exception {
        Path folder = temporary.resolve("new").resolve("home");
        byte[] backup;
        try (Home home = Home.create(temporary.resolve("home"), null)) {
            backup = backupOf(home);
        }
        Backup.restore(
                new ByteArrayInputStream(backup),
                PASSPHRASE,
                folder,
                "other".toCharArray(),
                about -> Map.of("config.yaml", "network: " + about.node().network() + "\n"));
        assertThat(Files.readString(folder.resolve("config.yaml"))).isEqualTo("network: test\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        fails(Kind.PASSPHRASE_NEEDED, () -> Home.open(folder, null));
        Home.open(folder, "other".toCharArray()).close();
    }

    @Test
    void nothingIsOverwritten() throws Exception {
        Path folder = temporary.resolve("home");
        byte[] backup;
        try (Home home = Home.create(folder, null)) {
            backup = backupOf(home);
        }
        byte[] keys = Files.readAllBytes(folder.resolve("identity.key"));
        fails(Kind.HOME_EXISTS, () -> restore(backup, folder));
        assertThat(Files.readAllBytes(folder.resolve("identity.key"))).isEqualTo(keys);
        Path file = Files.writeString(temporary.resolve("letter"), "mine");
        fails(Kind.HOME_EXISTS, () -> restore(backup, file));
        assertThat(file).hasContent("mine");
    }

    @Test
    void anEmptyFolderIsTaken() throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("empty"));
        try (Home home = Home.create(temporary.resolve("home"), null)) {
            restore(backupOf(home), folder);
        }
        Home.open(folder, null).close();
    }

    @Test
    void aWrongPassphraseIsSaidAndLeavesNothing() throws Exception {
        try (Home home = Home.create(temporary.resolve("home"), null)) {
            byte[] backup = backupOf(home);
            fails(
                    Kind.PASSPHRASE_WRONG,
                    () -> Backup.restore(
                            new ByteArrayInputStream(backup),
                            "wrong".toCharArray(),
                            temporary.resolve("new"),
                            null,
                            about -> Map.of()));
        }
        assertThat(left()).containsExactly("home");
    }

    @Test
    void theSameWordsOpenItHoweverTheyAreWritten() {
        try (Home home = Home.create(temporary.resolve("home"), null)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Backup.write(home, ALICE, "caf\u00e9".toCharArray(), cheap(), out);
            Backup.check(new ByteArrayInputStream(out.toByteArray()), "cafe\u0301".toCharArray());
        }
    }

    @Test
    void everyCutAndEveryChangedByteIsFoundAndLeavesNothing() throws Exception {
        byte[] backup;
        try (Home home = Home.create(temporary.resolve("home"), null)) {
            backup = backupOf(home);
        }
        for (int length = 0; length < backup.length; length += length < 100 ? 1 : 997) {
            byte[] cut = java.util.Arrays.copyOf(backup, length);
            assertThatThrownBy(() -> restore(cut, temporary.resolve("new")))
                    .as("cut at " + length)
                    .isInstanceOfSatisfying(
                            HostException.class,
                            e -> assertThat(e.kind()).isIn(Kind.BACKUP_DAMAGED, Kind.PASSPHRASE_WRONG));
        }
        for (int place = 0; place < backup.length; place += place < 100 ? 1 : 997) {
            byte[] changed = backup.clone();
            changed[place] ^= 1;
            assertThatThrownBy(() -> restore(changed, temporary.resolve("new")))
                    .as("changed at " + place)
                    .isInstanceOfSatisfying(
                            HostException.class,
                            e -> assertThat(e.kind())
                                    .isIn(Kind.BACKUP_DAMAGED, Kind.PASSPHRASE_WRONG, Kind.BACKUP_NEWER));
        }
        byte[] longer = java.util.Arrays.copyOf(backup, backup.length + 1);
        fails(Kind.BACKUP_DAMAGED, () -> restore(longer, temporary.resolve("new")));
        assertThat(left()).containsExactly("home");
    }

    @Test
    void chunksCannotChangePlaces() throws Exception {
        JdkCrypto crypto = new JdkCrypto();
        BackupKey key = BackupKey.create(PASSPHRASE, cheap(), crypto);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] plain = new byte[3 * BackupChunks.CHUNK_BYTES];
        for (int i = 0; i < plain.length; i++) plain[i] = (byte) (i / BackupChunks.CHUNK_BYTES);
        try (BackupChunks.Sealing sealing = new BackupChunks.Sealing(out, key, crypto)) {
            sealing.write(plain);
        }
        byte[] sealed = out.toByteArray();
        int chunk = BackupChunks.CHUNK_BYTES + 16;
        assertThat(sealed).as("a full last chunk").hasSize(3 * chunk);
        assertThat(opened(sealed, key)).isEqualTo(plain);
        byte[] swapped = sealed.clone();
        System.arraycopy(sealed, 0, swapped, chunk, chunk);
        System.arraycopy(sealed, chunk, swapped, 0, chunk);
        fails(Kind.BACKUP_DAMAGED, () -> opened(swapped, key));
        fails(Kind.BACKUP_DAMAGED, () -> opened(java.util.Arrays.copyOf(sealed, 2 * chunk), key));
    }

    @Test
    void aNewerBackupIsRefusedInWords() {
        try (Home home = Home.create(temporary.resolve("home"), null)) {
            byte[] backup = backupOf(home);
            backup[8] = 2;
            fails(Kind.BACKUP_NEWER, () -> restore(backup, temporary.resolve("new")));
        }
    }

    @Test
    void aHeadThatAsksForTooMuchIsRefused() {
        try (Home home = Home.create(temporary.resolve("home"), null)) {
            byte[] backup = backupOf(home);
            backup[12] = 0x7f;
            fails(Kind.BACKUP_DAMAGED, () -> restore(backup, temporary.resolve("new")));
        }
    }

    private static byte[] opened(byte[] sealed, BackupKey key) throws Exception {
        return new BackupChunks.Opening(new ByteArrayInputStream(sealed), key, new JdkCrypto()).readAllBytes();
    }

    /** What guessing costs is not what these tests are about. */
    private static BackupKey.Cost cheap() {
        return new BackupKey.Cost(1, 1, 8);
    }

    private static byte[] backupOf(Home home) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Backup.write(home, ALICE, PASSPHRASE, cheap(), out);
        return out.toByteArray();
    }

    private static Backup.About restore(byte[] backup, Path folder) {
        return Backup.restore(new ByteArrayInputStream(backup), PASSPHRASE, folder, null, about -> Map.of());
    }

    private java.util.List<String> left() throws Exception {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static void fails(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
