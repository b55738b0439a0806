package linnet.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import linnet.app.config.Config;
import linnet.app.node.Daemon;
import linnet.jvm.Home;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test plants one thing that is wrong. */
class DoctorTest {
    @TempDir
    Path folder;

    Path home;

    @BeforeEach
    void makeHome() {
        home = folder.resolve("home");
        Home.create(home, null).close();
    }

    private List<Finding> findings() {
        return Doctor.examine(home, Map.of());
    }

    private Finding finding(String check) {
        return findings().stream()
                .filter(one -> one.check().startsWith(check))
                .findFirst()
                .orElseThrow();
    }

    private Daemon start(String... keysAndValues) throws Exception {
        Map<String, String> flags =
                new java.util.LinkedHashMap<>(Map.of("listen", "127.0.0.1:0", "api.port", "0", "log.level", "error"));
        for (int i = 0; i < keysAndValues.length; i += 2) flags.put(keysAndValues[i], keysAndValues[i + 1]);
        return Daemon.start(home, Config.load(home, Map.of(), flags), false);
    }

    @Test
    void aHomeThatIsWellHasNothingBroken() {
        assertThat(findings()).noneMatch(one -> one.state() == Finding.State.BROKEN);
    }

    @Test
    void aRunningNodeIsReachedAtItsOwnAddress() throws Exception {
        try (Daemon running = start()) {
            assertThat(running.node().endpoints()).isNotEmpty();
            assertThat(finding("address").words()).contains("WebSocket");
            assertThat(finding("address udp").words()).contains("packets");
            assertThat(findings()).noneMatch(one -> one.state() == Finding.State.BROKEN);
        }
    }

    @Test
    void aMissingHomeIsFound() {
        home = folder.resolve("nowhere");
        assertThat(finding("home").code()).isEqualTo("NO_HOME");
    }

    @Test
    void keysThatOthersCanReadAreFound() throws Exception {
        Files.setPosixFilePermissions(home.resolve("identity.key"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(finding("permissions").code()).isEqualTo("NOT_AUTHORISED");
        assertThat(finding("permissions").advice()).contains("chmod");
    }

    @Test
    void aDamagedDatabaseIsFound() throws Exception {
        Files.writeString(home.resolve("node.db"), "this is no database, and long enough to be looked at as one");
        assertThat(finding("database").code()).isEqualTo("HOME_DAMAGED");
    }

    @Test
    void damagedKeysAreFound() throws Exception {
        Files.writeString(home.resolve("identity.key"), "{");
        assertThat(finding("keys").state()).isEqualTo(Finding.State.BROKEN);
    }

    @Test
    void aWrongConfigurationIsFound() throws Exception {
        Files.writeString(Home.config(home), "lisen: 1");
        assertThat(finding("configuration").words()).contains("did you mean 'listen'?");
    }

    @Test
    void aTakenPortIsFound() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(Home.config(home), "listen: 127.0.0.1:" + other.getLocalPort());
            assertThat(finding("port").code()).isEqualTo("PORT_TAKEN");
        }
    }

    @Test
    void takenPortsOfThePageAndOfMetricsAreFound() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int taken = other.getLocalPort();
            Files.writeString(
                    Home.config(home), "api:\n  port: " + taken + "\nmetrics:\n  listen: 127.0.0.1:" + taken + "\n");
            assertThat(finding("api port").code()).isEqualTo("PORT_TAKEN");
            assertThat(finding("metrics port").code()).isEqualTo("PORT_TAKEN");
        }
    }

    @Test
    void keysThatTheNextStartCannotOpenAreFound() throws Exception {
        home = folder.resolve("sealed");
        Home.create(home, "secret".toCharArray()).close();
        assertThat(finding("keys").state()).isEqualTo(Finding.State.WEAK);
        assertThat(finding("keys").advice()).contains("LINNET_PASSPHRASE");
        assertThat(Doctor.examine(home, Map.of("LINNET_PASSPHRASE", "secret")))
                .noneMatch(one -> one.check().equals("keys") && one.state() == Finding.State.WEAK);
    }

    @Test
    void aClockThatWentBackIsFound() throws Exception {
        Files.writeString(home.resolve("node.db"), "");
        assertThat(Doctor.clockBehind(home, Instant.now())).isEmpty();
        assertThat(Doctor.clockBehind(home, Instant.now().minusSeconds(86_400)))
                .allMatch(one -> one.advice().contains("gone back"))
                .hasSize(1);
    }

    @Test
    void aChangedTokenIsFound() throws Exception {
        try (Daemon running = start()) {
            assertThat(running.running().isAlive()).isTrue();
            Files.writeString(Home.apiToken(home), "changed");
            assertThat(finding("local API").code()).isEqualTo("NOT_AUTHORISED");
        }
    }

    @Test
    void aProcessThatHasTheNumberOfADeadNodeIsNotTakenForIt() throws Exception {
        int closed;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = free.getLocalPort();
        }
        long me = ProcessHandle.current().pid();
        Files.writeString(
                home.resolve("node.json"),
                "{\"pid\":" + me + ",\"apiPort\":" + closed + ",\"listenPort\":0,\"network\":\"linnet\"}");
        Home.writePrivately(Home.apiToken(home), "token");
        assertThat(finding("node").words()).contains("not running");
        assertThat(findings()).noneMatch(one -> one.state() == Finding.State.BROKEN);
    }

    @Test
    void anAddressThatLeadsNowhereIsFound() throws Exception {
        int closed;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = free.getLocalPort();
        }
        try (Daemon running = start("advertise", "ws://127.0.0.1:" + closed + "/")) {
            assertThat(running.running().isAlive()).isTrue();
            assertThat(finding("address").code()).isEqualTo("NOT_LISTENING");
        }
    }

    @Test
    void anAddressThatLeadsToAWebServerIsFound() throws Exception {
        try (ServerSocket web = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> refuse(web));
            server.start();
            try (Daemon running = start("advertise", "ws://127.0.0.1:" + web.getLocalPort() + "/")) {
                assertThat(running.running().isAlive()).isTrue();
                assertThat(finding("address").code()).isEqualTo("UPGRADE_REFUSED");
            }
            server.join();
        }
    }

    private static void refuse(ServerSocket web) {
        try (var socket = web.accept()) {
            assertThat(socket.getInputStream().read()).isNotNegative();
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 200\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aClockThatIsFarOffIsFound() {
        assertThat(Doctor.clock(Instant.EPOCH).code()).isEqualTo("EXPIRED");
        assertThat(Doctor.clock(Instant.parse("2190-01-01T00:00:00Z")).state()).isEqualTo(Finding.State.BROKEN);
    }
}
