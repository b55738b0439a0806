package linnet.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import linnet.core.id.Endpoint;
import linnet.jvm.JvmConfig.ServerTls;
import linnet.jvm.JvmConfig.Trust;
import org.junit.jupiter.api.Test;

class AddressesTest {
    @Test
    void whatTheOwnerAdvertisesIsAdvertised() {
        List<Endpoint> own = List.of(new Endpoint("wss://example.org/linnet"));
        assertThat(Addresses.endpoints(JvmConfig.defaults().withAdvertise(own), 7, 0))
                .isEqualTo(own);
    }

    @Test
    void oneAddressThatIsListenedAtIsTheOnlyOne() {
        assertThat(Addresses.endpoints(JvmConfig.defaults().withBind("127.0.0.1", 0), 7, 0))
                .containsExactly(new Endpoint("ws://127.0.0.1:7/linnet"));
        assertThat(Addresses.endpoints(JvmConfig.defaults().withBind("::1", 0), 7, 0))
                .containsExactly(new Endpoint("ws://[0:0:0:0:0:0:0:1]:7/linnet"));
    }

    @Test
    void aListenerWithAKeyIsAdvertisedAsEncrypted() {
        ServerTls key = new ServerTls(Path.of("cert.pem"), Path.of("key.pem"));
        JvmConfig config = JvmConfig.defaults().withBind("127.0.0.1", 0).withTls(key, new Trust(null, false));
        assertThat(Addresses.endpoints(config, 7, 0)).containsExactly(new Endpoint("wss://127.0.0.1:7/linnet"));
    }

    @Test
    void everyAddressOfTheMachineGivesAtLeastOneEndpointAndAtMostEight() {
        assertThat(Addresses.endpoints(JvmConfig.defaults(), 7, 0))
                .isNotEmpty()
                .hasSizeLessThanOrEqualTo(JvmConfig.ADVERTISE_MAX)
                .doesNotHaveDuplicates();
    }

    @Test
    void whereLinksAreTakenPacketsAreTakenToo() {
        assertThat(Addresses.endpoints(JvmConfig.defaults().withBind("127.0.0.1", 0), 7, 8))
                .containsExactly(new Endpoint("ws://127.0.0.1:7/linnet"), new Endpoint("udp://127.0.0.1:8"));
        assertThat(Addresses.endpoints(JvmConfig.defaults().withBind("::1", 0), 7, 8))
                .contains(new Endpoint("udp://[::1]:8"));
    }

    @Test
    void anAddressOfAnotherMachineIsSaidInWords() {
        assertThatThrownBy(() -> Addresses.endpoints(JvmConfig.defaults().withBind("no such address", 0), 7, 0))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("no such address");
    }

    @Test
    void rangesAreChecked() {
        JvmConfig defaults = JvmConfig.defaults();
        assertThatThrownBy(() -> defaults.withBind("127.0.0.1", 65_536)).hasMessageContaining("port");
        assertThatThrownBy(() -> defaults.withBind("127.0.0.1", -1)).hasMessageContaining("port");
        assertThatThrownBy(() -> defaults.withConnections(0, 1)).hasMessageContaining("connectionsMax");
        assertThatThrownBy(() -> defaults.withConnections(1, 0)).hasMessageContaining("connectionsPerAddressMax");
        assertThatThrownBy(() -> defaults.withAdvertise(Collections.nCopies(9, new Endpoint("ws://a/linnet"))))
                .hasMessageContaining("advertised");
    }
}
