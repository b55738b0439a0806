package linnet.jvm.datagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import linnet.core.env.Datagrams;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.jvm.HostException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real packets on the loopback interface. */
class UdpSocketTest {
    private static final long WAIT_SECONDS = 10;

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop thread = group.next();
    private final UdpSocket one = new UdpSocket(thread, Runnable::run);
    private final UdpSocket two = new UdpSocket(thread, Runnable::run);
    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();

    private record Heard(Endpoint from, Bytes packet) {}

    @AfterEach
    void close() {
        one.close();
        two.close();
        group.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }

    private void hear(UdpSocket socket) {
        socket.hear((from, packet) -> heard.add(new Heard(from, packet)));
    }

    private void send(UdpSocket from, String to, Bytes packet) {
        thread.execute(() -> from.send(new Endpoint(to), packet));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void aPacketArrivesWholeAndSaysWhereItCameFrom(String address) throws Exception {
        int from = one.open(address, 0);
        int to = two.open(address, 0);
        hear(two);
        String host = address.contains(":") ? "[" + address + "]" : address;
        Bytes packet = Bytes.wrap(new byte[Datagrams.PACKET_BYTES_MAX]);
        send(one, "udp://" + host + ":" + to, packet);
        Heard came = heard.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        assertThat(came).isEqualTo(new Heard(new Endpoint("udp://" + host + ":" + from), packet));
    }

    @Test
    void oneSocketSpeaksBothFamilies() throws Exception {
        int port = two.open("0.0.0.0", 0);
        hear(two);
        one.open("0.0.0.0", 0);
        send(one, "udp://127.0.0.1:" + port, Bytes.utf8("four"));
        assertThat(heard.poll(WAIT_SECONDS, TimeUnit.SECONDS).packet()).isEqualTo(Bytes.utf8("four"));
        send(one, "udp://[::1]:" + port, Bytes.utf8("six"));
        Heard six = heard.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        assertThat(six.packet()).isEqualTo(Bytes.utf8("six"));
        assertThat(six.from().uri()).startsWith("udp://[::1]:");
    }

    @Test
    void aPacketThatIsTooLongIsDropped() throws Exception {
        int port = two.open("127.0.0.1", 0);
        hear(two);
        try (DatagramSocket stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            for (int length : new int[] {1_201, 60_000, 3})
                stranger.send(new DatagramPacket(new byte[length], length, InetAddress.getLoopbackAddress(), port));
        }
        assertThat(heard.poll(WAIT_SECONDS, TimeUnit.SECONDS).packet().length()).isEqualTo(3);
        assertThat(heard).isEmpty();
    }

    @Test
    void nobodyIsThereAndTheSocketGoesOn() throws Exception {
        int port = two.open("127.0.0.1", 0);
        hear(two);
        one.open("127.0.0.1", 0);
        int closed;
        try (DatagramSocket gone = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            closed = gone.getLocalPort();
        }
        for (int i = 0; i < 3; i++) send(one, "udp://127.0.0.1:" + closed, Bytes.utf8("x"));
        send(one, "udp://127.0.0.1:" + port, Bytes.utf8("here"));
        assertThat(heard.poll(WAIT_SECONDS, TimeUnit.SECONDS).packet()).isEqualTo(Bytes.utf8("here"));
    }

    @Test
    void aPortThatIsTakenIsSaidInWords() {
        int port = one.open("127.0.0.1", 0);
        assertThatThrownBy(() -> two.open("127.0.0.1", port))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("127.0.0.1:" + port);
    }

    @Test
    void addressesOnlyAndOnlyOfHosts() {
        one.open("127.0.0.1", 0);
        for (String good : new String[] {"udp://192.0.2.1:7071", "udp://[2001:db8::1]:1"})
            assertThat(one.canSend(new Endpoint(good))).as(good).isTrue();
        for (String bad : new String[] {
            "ws://192.0.2.1:7071/",
            "udp://host.example:7071",
            "udp://192.0.2.1",
            "udp://192.0.2.1:0",
            "udp://:7071",
            "udp://192.0.2.1:65536",
            "udp://192.0.2.1:7x",
            "udp://0.0.0.0:7071",
            "udp://224.0.0.1:7071",
            "udp://",
            "udp:"
        }) assertThat(one.canSend(new Endpoint(bad))).as(bad).isFalse();
        assertThat(two.canSend(new Endpoint("udp://192.0.2.1:7071"))).isFalse();
    }
}
