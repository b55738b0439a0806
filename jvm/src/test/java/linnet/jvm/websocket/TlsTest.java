package linnet.jvm.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.jvm.HostException;
import linnet.jvm.HostException.Kind;
import linnet.jvm.JvmConfig;
import linnet.jvm.JvmConfig.ServerTls;
import linnet.jvm.JvmConfig.Trust;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static final Trust SYSTEM = new Trust(null, false);

    @TempDir
    static Path folder;

    private static ServerTls key;

    @BeforeAll
    static void makeCertificate() throws Exception {
        key = Certificates.selfSigned(folder);
    }

    @Test
    void aTrustedCertificateOpensTheChannel() {
        talks(new Trust(key.certificate(), false));
    }

    @Test
    void anInsecureClientTakesAnyCertificate() {
        talks(new Trust(null, true));
    }

    @Test
    void anUnknownCertificateIsRefused() {
        try (Host server = Host.listening(JvmConfig.defaults().withTls(key, SYSTEM));
                Host client = new Host(JvmConfig.defaults())) {
            assertThat(client.dial(server.endpoint()).next()).startsWith("closed HANDSHAKE_FAILED");
        }
    }

    @Test
    void plainAndEncryptedDoNotMix() {
        try (Host encrypted = Host.listening(JvmConfig.defaults().withTls(key, SYSTEM));
                Host plain = Host.listening(JvmConfig.defaults());
                Host client = new Host(JvmConfig.defaults().withTls(null, new Trust(null, true)))) {
            assertThat(client.dial(new Endpoint("ws://localhost:" + encrypted.port() + "/linnet"))
                            .next())
                    .startsWith("closed UPGRADE_REFUSED");
            assertThat(client.dial(new Endpoint("wss://localhost:" + plain.port() + "/linnet"))
                            .next())
                    .startsWith("closed HANDSHAKE_FAILED");
        }
    }

    @Test
    void keysThatCannotBeUsedAreSaidInWords() throws Exception {
        Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "nonsense");
        for (ServerTls bad : new ServerTls[] {
            new ServerTls(nonsense, key.key()),
            new ServerTls(key.certificate(), nonsense),
            new ServerTls(folder.resolve("absent.pem"), key.key())
        })
            assertThatThrownBy(() -> new Host(JvmConfig.defaults().withTls(bad, SYSTEM)))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TLS_UNUSABLE));
    }

    private static void talks(Trust trust) {
        try (Host server = Host.listening(JvmConfig.defaults().withTls(key, SYSTEM));
                Host client = new Host(JvmConfig.defaults().withTls(null, trust))) {
            Ear dialled = client.dial(server.endpoint());
            assertThat(dialled.next()).isEqualTo("open");
            Ear accepted = server.accepted();
            client.send(dialled, Bytes.utf8("over TLS"));
            assertThat(accepted.next()).isEqualTo("bytes over TLS");
            server.send(accepted, Bytes.utf8("and back"));
            assertThat(dialled.next()).isEqualTo("bytes and back");
        }
    }
}
