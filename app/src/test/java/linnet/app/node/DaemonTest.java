package linnet.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import linnet.app.config.Config;
import linnet.jvm.Home;
import linnet.jvm.HostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start leaves in the home. */
class DaemonTest {
    @TempDir
    Path folder;

    private Daemon start(String... keysAndValues) throws Exception {
        Map<String, String> flags =
                new LinkedHashMap<>(Map.of("listen", "127.0.0.1:0", "api.port", "0", "log.level", "error"));
        for (int i = 0; i < keysAndValues.length; i += 2) flags.put(keysAndValues[i], keysAndValues[i + 1]);
        Path home = folder.resolve("home");
        return Daemon.start(home, Config.load(home, Map.of(), flags), false);
    }

    @Test
    void aHomeKeepsItsNetworkAlsoWhenTheNoteOfTheLastStartIsGone() throws Exception {
        start("network", "one").close();
        Files.delete(folder.resolve("home/node.json"));
        HostException refusal = catchThrowableOfType(
                HostException.class, () -> start("network", "two").close());
        assertThat(refusal.kind()).isEqualTo(HostException.Kind.HOME_EXISTS);
        assertThat(refusal).hasMessageContaining("'one'");
        start("network", "one").close();
    }

    @Test
    void aHomeOfTheFirstProgramKeepsItsNetwork() throws Exception {
        start("network", "one").close();
        Files.delete(folder.resolve("home/network"));
        assertThat(catchThrowableOfType(
                        HostException.class, () -> start("network", "two").close()))
                .isNotNull();
    }

    @Test
    void nothingInTheHomeIsOpenToOthers() throws Exception {
        start().close();
        try (Stream<Path> all = Files.walk(folder.resolve("home"))) {
            for (Path path : all.toList()) {
                if (path.getParent().endsWith("logs")) continue; // behind a folder that is closed
                String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
                assertThat(permissions).as(path.toString()).endsWith("------");
            }
        }
    }

    @Test
    void aFolderForTheLogOfTheStartIsOpenToNobody() throws Exception {
        Path logs = Home.logs(folder.resolve("fresh"));
        Home.createPrivately(logs);
        for (Path path : new Path[] {logs, logs.getParent()})
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rwx------");
    }
}
