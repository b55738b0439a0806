package linnet.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import linnet.core.crypto.Identity;
import linnet.core.id.Bytes;
import linnet.jvm.HostException.Kind;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    /** Under the passphrase "linnet". */
    private static final String SEALED = """
            linnet-identity 1
            kdf pbkdf2-hmac-sha256 600000 5a7ef609ebdcd3728beb88bb3a4b8f4d
            secrets 0a2113ce4fd53d2ad8ddc8ac7c7c155ed35db441e7fd8c1307607923cafc7b6fb3f3a4cb9c1f8968e7047b3d\
            52e05044856f9af10b0a60d7280491acec0bc2b0abbc8792c03eb7309b40ad46efa2bbc3ede385d70eac5887\
            19b749e805d262cf696ed709ff799c44f43140424006221e83d83c6d763b167005c56b5fa9b30942b7993275\
            eb83d4b393ee60aea79598bd7bca8d1ce67ceafc69c05817
            """;

    @TempDir
    Path temporary;

    @Test
    void aHomeKeepsItsKeys() {
        Path folder = temporary.resolve("home");
        Identity identity;
        Bytes dataKey;
        try (Home home = Home.create(folder, null)) {
            identity = home.identity();
            dataKey = home.dataKey();
        }
        try (Home home = Home.open(folder, null)) {
            assertThat(home.identity()).isEqualTo(identity);
            assertThat(home.dataKey()).isEqualTo(dataKey);
        }
    }

    @Test
    void onlyTheOwnerCanReadIt() throws Exception {
        Path folder = temporary.resolve("home");
        try (Home home = Home.create(folder, null)) {
            Path database = home.database();
            assertThat(permissions(folder)).isEqualTo("rwx------");
            for (Path file : List.of(folder.resolve("identity.key"), folder.resolve("lock"), database))
                assertThat(permissions(file)).as(file.toString()).isEqualTo("rw-------");
        }
    }

    @Test
    void permissionsThatWereWidenedAreTakenBackAtTheNextStart() throws Exception {
        Path folder = temporary.resolve("home");
        Home.create(folder, null).close();
        Path key = folder.resolve("identity.key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        Home.open(folder, null).close();
        assertThat(permissions(key)).isEqualTo("rw-------");
    }

    @Test
    void aSecondOpeningIsRefusedWhileTheFirstLasts() {
        Path folder = temporary.resolve("home");
        try (Home home = Home.create(folder, null)) {
            assertThat(home.folder()).isEqualTo(folder);
            fails(Kind.HOME_LOCKED, () -> Home.open(folder, null)).hasMessageContaining("this process");
            fails(Kind.HOME_LOCKED, () -> Home.open(folder, null));
        }
        Home.open(folder, null).close();
    }

    @Test
    void anotherProcessIsRefusedAndToldWhoHasIt() throws Exception {
        Path folder = temporary.resolve("home");
        try (Home home = Home.create(folder, null)) {
            assertThat(home.folder()).isEqualTo(folder);
            Process other = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            OpensHome.class.getName(),
                            folder.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(other.waitFor()).isZero();
            assertThat(said)
                    .contains("HOME_LOCKED")
                    .contains("process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void aPassphraseProtectsTheKeys() throws Exception {
        Path folder = temporary.resolve("home");
        Identity identity;
        try (Home home = Home.create(folder, "correct horse".toCharArray())) {
            identity = home.identity();
        }
        assertThat(Home.needsPassphrase(folder)).isTrue();
        assertThat(Files.readString(folder.resolve("identity.key")))
                .doesNotContain(identity.userSeed().hex())
                .doesNotContain(identity.deviceSeed().hex());
        fails(Kind.PASSPHRASE_NEEDED, () -> Home.open(folder, null));
        fails(Kind.PASSPHRASE_WRONG, () -> Home.open(folder, "wrong".toCharArray()));
        try (Home home = Home.open(folder, "correct horse".toCharArray())) {
            assertThat(home.identity()).isEqualTo(identity);
        }
    }

    @Test
    void aPassphraseIsChangedWhileTheHomeIsOpen() throws Exception {
        Path folder = temporary.resolve("home");
        Identity identity;
        try (Home home = Home.create(folder, null)) {
            identity = home.identity();
            home.changePassphrase(null, "first".toCharArray());
            assertThat(permissions(folder.resolve("identity.key"))).isEqualTo("rw-------");
            fails(Kind.PASSPHRASE_NEEDED, () -> home.changePassphrase(null, null));
            fails(Kind.PASSPHRASE_WRONG, () -> home.changePassphrase("wrong".toCharArray(), null));
            home.changePassphrase("first".toCharArray(), "second".toCharArray());
        }
        fails(Kind.PASSPHRASE_WRONG, () -> Home.open(folder, "first".toCharArray()));
        try (Home home = Home.open(folder, "second".toCharArray())) {
            assertThat(home.identity()).isEqualTo(identity);
            home.changePassphrase("second".toCharArray(), null);
        }
        try (Home home = Home.open(folder, null)) {
            assertThat(home.identity()).isEqualTo(identity);
        }
    }

    @Test
    void theKeysOfAnotherHomeAreNotTakenForThisOnes() throws Exception {
        Path folder = temporary.resolve("home");
        Path other = temporary.resolve("other");
        Home.create(other, null).close();
        try (Home home = Home.create(folder, null)) {
            Files.write(folder.resolve("identity.key"), Files.readAllBytes(other.resolve("identity.key")));
            fails(Kind.HOME_DAMAGED, () -> home.changePassphrase(null, "next".toCharArray()));
        }
    }

    @Test
    void theCountOfIterationsCannotBeLowered() throws Exception {
        Path folder = temporary.resolve("home");
        Home.create(folder, "secret".toCharArray()).close();
        Path key = folder.resolve("identity.key");
        Files.writeString(key, Files.readString(key).replace(" 600000 ", " 599999 "));
        fails(Kind.PASSPHRASE_WRONG, () -> Home.open(folder, "secret".toCharArray()));
    }

    /** Version 1 as it was when it was new: every later program reads it. */
    @Test
    void theFirstFormatStaysReadable() {
        String secrets = "00".repeat(32) + "11".repeat(32) + "22".repeat(32) + "33".repeat(32);
        IdentityFile.Secrets read =
                IdentityFile.read("linnet-identity 1\nkdf none\nsecrets " + secrets + "\n", null, new JdkCrypto());
        assertThat(read.identity().userSeed().hex()).isEqualTo("00".repeat(32));
        assertThat(read.identity().deviceSeed().hex()).isEqualTo("11".repeat(32));
        assertThat(read.identity().linkSecret().hex()).isEqualTo("22".repeat(32));
        assertThat(read.dataKey().hex()).isEqualTo("33".repeat(32));
        IdentityFile.Secrets unsealed = IdentityFile.read(SEALED, "linnet".toCharArray(), new JdkCrypto());
        assertThat(unsealed).isEqualTo(read);
    }

    @Test
    void aNewerKeyFileIsRefusedInWords() throws Exception {
        Path folder = temporary.resolve("home");
        Home.create(folder, null).close();
        Path key = folder.resolve("identity.key");
        Files.writeString(key, Files.readString(key).replace("linnet-identity 1", "linnet-identity 2"));
        fails(Kind.HOME_NEWER, () -> Home.open(folder, null)).hasMessageContaining("version 2");
    }

    @Test
    void everyDamageOfTheKeyFileIsFoundInWords() throws Exception {
        Path folder = temporary.resolve("home");
        Home.create(folder, null).close();
        Path key = folder.resolve("identity.key");
        String whole = Files.readString(key);
        for (int length = 0; length < whole.length(); length++) {
            Files.writeString(key, whole.substring(0, length));
            fails(Kind.HOME_DAMAGED, () -> Home.open(folder, null));
        }
        Files.write(key, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 10});
        fails(Kind.HOME_DAMAGED, () -> Home.open(folder, null));
    }

    @Test
    void aFolderThatHoldsOtherThingsIsLeftAlone() throws Exception {
        Path folder = Files.createDirectories(temporary.resolve("letters"));
        Files.writeString(folder.resolve("letter.txt"), "mine");
        var before = Files.getPosixFilePermissions(folder);
        fails(Kind.HOME_EXISTS, () -> Home.create(folder, null));
        assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(before);
        assertThat(Home.exists(folder)).isFalse();
    }

    @Test
    void aHomeIsMadeOnceAndOpenedOnlyWhereThereIsOne() {
        Path folder = temporary.resolve("home");
        fails(Kind.NO_HOME, () -> Home.open(folder, null));
        assertThat(Home.exists(folder)).isFalse();
        Home.create(folder, null).close();
        assertThat(Home.exists(folder)).isTrue();
        fails(Kind.HOME_EXISTS, () -> Home.create(folder, null));
        Home.open(folder, null).close();
    }

    private static AbstractThrowableAssert<?, ?> fails(Kind kind, ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /** Another process that wants the home. */
    static final class OpensHome {
        private OpensHome() {}

        public static void main(String[] arguments) {
            try (Home home = Home.open(Path.of(arguments[0]), null)) {
                System.out.println("opened " + home.folder());
            } catch (HostException e) {
                System.out.println(e.kind() + " " + e.getMessage());
            }
        }
    }
}
