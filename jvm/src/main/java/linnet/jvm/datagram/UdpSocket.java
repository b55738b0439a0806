package linnet.jvm.datagram;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import linnet.core.env.Datagrams;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.jvm.HostException;
import linnet.jvm.HostException.Kind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One UDP socket (and a second one to dial others back), IPv4 and IPv6, on the node's thread: what comes is an input at once, what is sent leaves at once. What waits in
 * either direction is bounded by the system's buffers and {@value #WAITING_BYTES_MAX} bytes; the rest is lost, as packets may be.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty's: a packet that could not be sent is a lost packet.
public final class UdpSocket implements Datagrams, AutoCloseable {
    /** What the system keeps for a thread that is busy: some 200 first packets. */
    private static final int RECEIVE_BYTES = 512 << 10;

    /** What waits for a system that takes nothing. */
    private static final int WAITING_BYTES_MAX = 256 << 10;

    /** Longer than any packet of ours, so that one that is too long is seen as such and not cut. */
    private static final int READ_BYTES = Datagrams.PACKET_BYTES_MAX + 1;

    /** How long {@link #close} waits. */
    private static final long CLOSE_MILLIS = 500;

    private static final Logger LOG = LoggerFactory.getLogger("linnet.jvm");

    private final EventLoop thread;
    private final Executor inputs;
    private final UdpAddresses addresses = new UdpAddresses();
    private @Nullable Channel socket;

    /** A second socket, whose address nobody is told. */
    private @Nullable Channel aside;

    private @Nullable BiConsumer<Endpoint, Bytes> listener;
    private long received;
    private long sent;
    private long dropped;

    /**
     * Creates a socket that is not open yet.
     *
     * @param thread the node's
     * @param inputs runs an input of the node: at once when called on its thread between two inputs, else later
     */
    public UdpSocket(EventLoop thread, Executor inputs) {
        this.thread = thread;
        this.inputs = inputs;
    }

    /**
     * Opens the socket; nothing is heard before {@link #hear}. Not on the node's thread.
     *
     * @param port 0 for any that is free
     * @return the port
     */
    public int open(String bindAddress, int port) {
        socket = bind(bindAddress, port);
        aside = bind(bindAddress, 0);
        return ((InetSocketAddress) socket.localAddress()).getPort();
    }

    private Channel bind(String bindAddress, int port) {
        ChannelFuture bound = new Bootstrap()
                .group(thread)
                .channel(NioDatagramChannel.class)
                .option(ChannelOption.SO_RCVBUF, RECEIVE_BYTES)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(0, WAITING_BYTES_MAX))
                .option(ChannelOption.AUTO_READ, false)
                .handler(new Ear())
                .bind(bindAddress, port)
                .awaitUninterruptibly();
        if (bound.isSuccess()) return bound.channel();
        throw new HostException(
                Kind.PORT_TAKEN,
                "No packets can be heard at " + bindAddress + ":" + port + ": "
                        + bound.cause().getMessage(),
                bound.cause());
    }

    /** Hears packets from now on, on the node's thread, one input each. */
    public void hear(BiConsumer<Endpoint, Bytes> who) {
        thread.execute(() -> {
            listener = who;
            if (socket != null) socket.config().setAutoRead(true);
            if (aside != null) aside.config().setAutoRead(true);
        });
    }

    @Override
    public boolean canSend(Endpoint to) {
        return socket != null && addresses.of(to) != null;
    }

    @Override
    public void send(Endpoint to, Bytes packet) {
        send(socket, to, packet);
    }

    @Override
    public void sendAside(Endpoint to, Bytes packet) {
        send(aside, to, packet);
    }

    private void send(@Nullable Channel from, Endpoint to, Bytes packet) {
        InetSocketAddress address = addresses.of(to);
        if (address == null || from == null || !from.isWritable()) {
            dropped++;
            return;
        }
        sent++;
        from.writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(packet.shared()), address));
    }

    /** Returns what an address is called. */
    public static Endpoint endpoint(InetAddress address, int port) {
        return UdpAddresses.endpoint(address, port);
    }

    /** Returns whether packets can be sent to what is written so: {@code udp://192.0.2.1:7071}, no host names. */
    public static boolean isAddress(String uri) {
        return UdpAddresses.isAddress(uri);
    }

    /** Returns how many packets came. On the node's thread. */
    public long received() {
        return received;
    }

    /** Returns how many packets left. On the node's thread. */
    public long sent() {
        return sent;
    }

    /** Returns how many packets were too long, or found no room. On the node's thread. */
    public long dropped() {
        return dropped;
    }

    @Override
    public void close() {
        close(socket);
        close(aside);
    }

    private void close(@Nullable Channel open) {
        if (open == null) return;
        ChannelFuture closed = open.close();
        if (!thread.inEventLoop()) closed.awaitUninterruptibly(CLOSE_MILLIS);
    }

    private void take(DatagramPacket packet) {
        ByteBuf content = packet.content();
        BiConsumer<Endpoint, Bytes> hears = listener;
        if (content.readableBytes() > Datagrams.PACKET_BYTES_MAX || hears == null) {
            dropped++;
            return;
        }
        received++;
        byte[] bytes = new byte[content.readableBytes()];
        content.readBytes(bytes);
        Endpoint from = addresses.of(packet.sender());
        Bytes whole = Bytes.wrap(bytes);
        inputs.execute(() -> hears.accept(from, whole));
    }

    private final class Ear extends SimpleChannelInboundHandler<DatagramPacket> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            take(packet);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // Such as "port unreachable" for a packet that was sent before: that packet is lost, the socket goes on.
            LOG.atDebug().setCause(cause).log("udp.error");
        }
    }
}
