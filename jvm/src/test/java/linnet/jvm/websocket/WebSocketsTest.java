package linnet.jvm.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import linnet.core.env.Channel;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.jvm.HostException;
import linnet.jvm.JvmConfig;
import org.junit.jupiter.api.Test;

class WebSocketsTest {
    @Test
    void messagesGoBothWaysWholeAndInOrder() {
        try (Host server = Host.listening(JvmConfig.defaults());
                Host client = new Host(JvmConfig.defaults())) {
            Ear dialled = client.dial(server.endpoint());
            assertThat(dialled.next()).isEqualTo("open");
            Ear accepted = server.accepted();
            for (int i = 0; i < 1_000; i++)
                assertThat(client.send(dialled, Bytes.utf8("m" + i))).isTrue();
            for (int i = 0; i < 1_000; i++) assertThat(accepted.next()).isEqualTo("bytes m" + i);
            assertThat(server.send(accepted, Bytes.wrap(new byte[Channel.MESSAGE_BYTES_MAX])))
                    .isTrue();
            assertThat(dialled.next()).isEqualTo("bytes 65535");
        }
    }

    @Test
    void anAddressWithoutAPathLeadsToThePeers() {
        try (Host server = Host.listening(JvmConfig.defaults());
                Host client = new Host(JvmConfig.defaults())) {
            for (String end : new String[] {"", "/"}) {
                Ear dialled = client.dial(new Endpoint("ws://127.0.0.1:" + server.port() + end));
                assertThat(dialled.next()).as("the path '" + end + "'").isEqualTo("open");
            }
        }
    }

    @Test
    void aGoodbyeArrivesAfterWhatWasSentAndWithItsCode() {
        try (Host server = Host.listening(JvmConfig.defaults());
                Host client = new Host(JvmConfig.defaults())) {
            Ear dialled = client.dial(server.endpoint());
            assertThat(dialled.next()).isEqualTo("open");
            Ear accepted = server.accepted();
            server.send(accepted, Bytes.utf8("last words"));
            server.close(accepted, new Failure(Code.WRONG_NETWORK, "an ".repeat(60) + "é"));
            assertThat(dialled.next()).isEqualTo("bytes last words");
            assertThat(dialled.next()).startsWith("closed WRONG_NETWORK: an an");
            assertThat(server.send(accepted, Bytes.utf8("too late"))).isFalse();
            assertThat(accepted.heardNothingMore())
                    .as("who closes hears nothing more")
                    .isTrue();
        }
    }

    @Test
    void aNodeCanRefuseAConnectionWithACode() {
        try (Host server = Host.listening(JvmConfig.defaults());
                Host client = new Host(JvmConfig.defaults())) {
            server.refusal = new Failure(Code.RATE_LIMITED, "eight wait already");
            Ear dialled = client.dial(server.endpoint());
            assertThat(dialled.next()).isEqualTo("open");
            assertThat(dialled.next()).isEqualTo("closed RATE_LIMITED: eight wait already");
        }
    }

    @Test
    void aSlowReaderStopsTheSenderWhoGoesOnWhenThereIsRoom() {
        CountDownLatch release = new CountDownLatch(1);
        try (Host server = Host.listening(JvmConfig.defaults());
                Host client = new Host(JvmConfig.defaults())) {
            Ear dialled = client.dial(server.endpoint());
            assertThat(dialled.next()).isEqualTo("open");
            Ear accepted = server.accepted();
            server.block(release);
            Bytes message = Bytes.wrap(new byte[32 << 10]);
            int sent = 0;
            while (client.send(dialled, message)) sent++;
            assertThat(dialled.channel.queuedBytes())
                    .isGreaterThanOrEqualTo(WebSocketChannel.HIGH_WATER_BYTES / 2)
                    .isLessThanOrEqualTo(WebSocketChannel.HIGH_WATER_BYTES + message.length());
            release.countDown();
            assertThat(dialled.next()).isEqualTo("room");
            for (int i = 0; i < sent; i++) assertThat(accepted.next()).isEqualTo("bytes 32768");
            assertThat(accepted.heardNothingMore()).isTrue();
        }
    }

    @Test
    void anUnwillingReaderCannotHoldUpAGoodbye() {
        CountDownLatch release = new CountDownLatch(1);
        try (Host server = Host.listening(JvmConfig.defaults());
                Host client = new Host(JvmConfig.defaults())) {
            Ear dialled = client.dial(server.endpoint());
            assertThat(dialled.next()).isEqualTo("open");
            Ear accepted = server.accepted();
            server.block(release);
            Bytes message = Bytes.wrap(new byte[32 << 10]);
            int sent = 0;
            while (client.send(dialled, message)) sent++;
            client.close(dialled, new Failure(Code.TIMEOUT));
            assertThat(sent).isPositive();
            client.sockets.close();
            release.countDown();
            String last = accepted.next();
            while (last.startsWith("bytes")) last = accepted.next();
            assertThat(last).startsWith("closed ");
        }
    }

    @Test
    void dialsThatFailSayWhy() throws Exception {
        try (Host client = new Host(JvmConfig.defaults())) {
            int free;
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                free = socket.getLocalPort();
            }
            assertThat(client.dial(new Endpoint("ws://127.0.0.1:" + free + "/linnet"))
                            .next())
                    .startsWith("closed NOT_LISTENING");
            assertThat(client.dial(new Endpoint("ws://no-such-host.invalid/linnet"))
                            .next())
                    .startsWith("closed NO_CONNECTION");
            assertThat(client.dial(new Endpoint("mem:7")).next()).startsWith("closed UNSUPPORTED");
            assertThat(client.dial(new Endpoint("http://127.0.0.1/")).next()).startsWith("closed UNSUPPORTED");
        }
    }

    @Test
    void anAddressThatDoesNotSpeakWebSocketIsTold() throws Exception {
        try (Host client = new Host(JvmConfig.defaults())) {
            assertThat(answerOf("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", client))
                    .startsWith("closed UPGRADE_REFUSED: HTTP status 404");
            assertThat(answerOf("SSH-2.0-OpenSSH_9.2\r\n\r\n", client)).startsWith("closed UPGRADE_REFUSED");
            assertThat(answerOf("", client)).startsWith("closed UPGRADE_REFUSED");
            assertThat(answerOf(
                            "HTTP/1.1 101 Yes\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: wrong\r\n\r\n", client))
                    .startsWith("closed UPGRADE_REFUSED");
        }
    }

    @Test
    void whoSaysNothingIsCutOff() throws Exception {
        try (Host server = Host.listening(JvmConfig.defaults());
                Host client = new Host(JvmConfig.defaults());
                ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket slow = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            slow.getOutputStream().write("GET /linnet HT".getBytes(StandardCharsets.US_ASCII));
            Ear dialled = client.dial(new Endpoint("ws://127.0.0.1:" + mute.getLocalPort() + "/linnet"));
            assertThat(slow.getInputStream().read()).as("closed by the server").isEqualTo(-1);
            assertThat(dialled.next()).startsWith("closed TIMEOUT");
        }
    }

    @Test
    void connectionsAreLimitedPerAddressAndInAll() {
        try (Host server = Host.listening(JvmConfig.defaults().withConnections(10, 2));
                Host client = new Host(JvmConfig.defaults())) {
            List<Ear> open = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Ear ear = client.dial(server.endpoint());
                assertThat(ear.next()).isEqualTo("open");
                open.add(ear);
            }
            assertThat(client.dial(server.endpoint()).next()).startsWith("closed RATE_LIMITED");
            server.accepted();
            client.close(open.get(0), new Failure(Code.STOPPING));
            assertThat(server.accepted()).isNotNull();
            assertThat(server.sockets.accepted()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void aTakenPortIsSaidInWords() {
        try (Host server = Host.listening(JvmConfig.defaults())) {
            try (Host second = new Host(JvmConfig.defaults().withBind("127.0.0.1", server.port()))) {
                assertThatThrownBy(() -> second.sockets.listen(remote -> {
                            throw new IllegalStateException("nobody comes");
                        }))
                        .isInstanceOf(HostException.class)
                        .hasMessageContaining("127.0.0.1:" + server.port());
            }
        }
    }

    /** Dials a server that reads a request and answers with {@code text}. */
    private static String answerOf(String text, Host client) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ear ear = client.dial(new Endpoint("ws://127.0.0.1:" + server.getLocalPort() + "/linnet"));
            try (Socket socket = server.accept()) {
                assertThat(socket.getInputStream().read()).isEqualTo('G');
                OutputStream out = socket.getOutputStream();
                out.write(text.getBytes(StandardCharsets.US_ASCII));
                socket.shutdownOutput();
                return ear.next();
            }
        }
    }
}
