package linnet.core.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @ParameterizedTest
    @ValueSource(strings = {"ws://192.0.2.1:7071/", "mem:7", "wss://[2001:db8::1]/path?x"})
    void printableAsciiIsTaken(String uri) {
        assertThat(Endpoint.isEndpoint(uri)).isTrue();
        assertThat(new Endpoint(uri)).hasToString(uri);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ws://a b", "ws://é", "ws://a\n", "ws://a\u007f"})
    void anythingElseIsRefused(String uri) {
        assertThat(Endpoint.isEndpoint(uri)).isFalse();
        assertThatThrownBy(() -> new Endpoint(uri)).isInstanceOf(IllegalArgumentException.class);
    }
}
