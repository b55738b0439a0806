package linnet.jvm.websocket;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.env.Result;
import linnet.core.id.Endpoint;
import linnet.jvm.HostException;
import linnet.jvm.HostException.Kind;
import linnet.jvm.JvmConfig;
import org.jspecify.annotations.Nullable;

/** The sockets of a node: listens at one port and dials, {@code ws} and {@code wss}. All listeners hear on the node's thread. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty's: what came of a write or a close is heard as events.
public final class WebSockets implements AutoCloseable {
    /** What they speak there; another version of the channel would have another name. */
    public static final String SUBPROTOCOL = "linnet.1";

    /** How long a connection may take to become a WebSocket: three round trips on a bad line. */
    /** Messages of one write at most; the room of a channel ends it sooner. */
    private static final int FLUSHES_TOGETHER = 256;

    private static final int UPGRADE_MILLIS = 5_000;

    /** How long a dial may take until the connection stands. */
    private static final int CONNECT_MILLIS = 5_000;

    /** First line of a request or an answer. */
    private static final int HTTP_LINE_BYTES_MAX = 2_048;

    /** All headers, and a body, which nobody needs to send. */
    private static final int HTTP_BYTES_MAX = 8_192;

    /** Connections that the system holds until they are taken in. */
    private static final int BACKLOG = 128;

    /** Dials that may wait for a host name. */
    private static final int NAMES_MAX = 64;

    private static final WriteBufferWaterMark WATER_MARK =
            new WriteBufferWaterMark(WebSocketChannel.LOW_WATER_BYTES, WebSocketChannel.HIGH_WATER_BYTES);

    /** How long {@link #close} waits for goodbyes. */
    private static final long CLOSE_MILLIS = 1_500;

    private final ThreadPoolExecutor names = new ThreadPoolExecutor(
            2,
            2,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(NAMES_MAX),
            new DefaultThreadFactory("linnet-names", true));
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Tls tls;
    private final JvmConfig config;
    private final EventLoop thread;
    private final Executor inputs;
    private final Gate gate;
    private final HttpFront front = new HttpFront();
    private final PingLimit pings = new PingLimit();
    private @Nullable Channel port;

    /**
     * Creates sockets; nothing listens yet. Reads the key of a {@code wss} listener: TLS_UNUSABLE if it cannot.
     *
     * @param thread the node's
     * @param inputs runs an input of the node: at once when called on its thread between two inputs, else later
     */
    public WebSockets(JvmConfig config, EventLoop thread, Executor inputs) {
        this.config = config;
        this.thread = thread;
        this.inputs = inputs;
        names.allowCoreThreadTimeOut(true);
        gate = new Gate(config.connectionsMax(), config.connectionsPerAddressMax());
        tls = new Tls(config.serverTls(), config.trust());
    }

    /**
     * Listens; nobody is let in before {@link #takeIn}. Not on the node's thread.
     *
     * @param whoListens asked on the node's thread for every connection that came in, with the remote address
     * @return the port
     */
    public int listen(Function<String, Result<linnet.core.env.Channel.Listener>> whoListens) {
        SslContext server = tls.server();
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(thread)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel socket) {
                        accept(socket, server, WebSocketChannel.accepted(inputs, whoListens));
                    }
                });
        var bound = bootstrap.bind(config.bindAddress(), config.port()).awaitUninterruptibly();
        if (!bound.isSuccess())
            throw new HostException(
                    Kind.PORT_TAKEN,
                    "Nothing can listen at " + config.bindAddress() + ":" + config.port() + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        port = bound.channel();
        return ((InetSocketAddress) bound.channel().localAddress()).getPort();
    }

    /** Lets in who dials, and who has dialled since {@link #listen}. */
    public void takeIn() {
        if (port != null) port.config().setAutoRead(true);
    }

    /** Returns whether the endpoint is a URI that can be dialled. */
    public boolean canDial(Endpoint endpoint) {
        return JvmConfig.dialled(endpoint) != null;
    }

    /** Dials; the listener hears {@code onOpen} or {@code onClosed}. */
    public void dial(Endpoint endpoint, linnet.core.env.Channel.Listener listener) {
        WebSocketChannel channel = WebSocketChannel.dialled(inputs, listener);
        URI uri = JvmConfig.dialled(endpoint);
        if (uri == null) {
            channel.fail(new Failure(Code.UNSUPPORTED, "this host cannot dial " + endpoint));
            return;
        }
        // An address needs no search, so it never waits behind a name.
        InetAddress literal = NetUtil.createInetAddressFromIpAddressString(withoutBrackets(uri.getHost()));
        if (literal != null && uri.getScheme().equals("ws")) {
            connect(uri, literal, null, channel);
            return;
        }
        try {
            // Finding an address, and reading certificates for the first time, may take long: not on the network's
            // thread.
            names.execute(() -> find(uri, channel));
        } catch (RejectedExecutionException full) {
            channel.fail(new Failure(Code.RATE_LIMITED, "too many dials wait for a host name"));
        }
    }

    /** Says goodbye on every connection. On the node's thread. */
    public void closeAll(Failure why) {
        for (Channel each : connections) {
            WebSocketChannel channel = each.pipeline().get(WebSocketChannel.class);
            if (channel != null) channel.close(why);
        }
    }

    /** Returns how many connections that others opened are open. */
    public int accepted() {
        return gate.count();
    }

    /** Stops listening, waits a little for the goodbyes of {@link #closeAll}, and closes everything. */
    @Override
    public void close() {
        if (port != null) await(port.close());
        await(connections.newCloseFuture());
        abandon();
    }

    /** Closes everything without a word. */
    public void abandon() {
        if (port != null) await(port.close());
        names.shutdownNow();
        await(connections.close());
    }

    /** The node's thread cannot wait for itself, and a node's thread that hangs must not hang who closes it. */
    private void await(Future<?> closed) {
        if (!thread.inEventLoop()) closed.awaitUninterruptibly(CLOSE_MILLIS);
    }

    private void accept(SocketChannel socket, @Nullable SslContext server, WebSocketChannel channel) {
        ChannelPipeline pipeline = socket.pipeline();
        pipeline.addLast(gate);
        if (server != null) pipeline.addLast(server.newHandler(socket.alloc()));
        pipeline.addLast(new HttpServerCodec(HTTP_LINE_BYTES_MAX, HTTP_BYTES_MAX, HTTP_BYTES_MAX));
        pipeline.addLast(new HttpObjectAggregator(HTTP_BYTES_MAX));
        pipeline.addLast(front);
        pipeline.addLast(pings);
        pipeline.addLast(new WebSocketServerProtocolHandler(WebSocketServerProtocolConfig.newBuilder()
                .websocketPath(JvmConfig.PATH)
                .subprotocols(SUBPROTOCOL)
                .checkStartsWith(true)
                .handleCloseFrames(false)
                .handshakeTimeoutMillis(UPGRADE_MILLIS)
                .decoderConfig(decoder(true))
                .build()));
        finish(pipeline, channel);
        // Whoever says nothing, or one byte a second, is gone after this.
        socket.eventLoop()
                .schedule(
                        () -> {
                            if (!channel.isDecided()) socket.close();
                        },
                        UPGRADE_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    private void find(URI uri, WebSocketChannel channel) {
        try {
            SslContext client = uri.getScheme().equals("wss") ? tls.client() : null;
            connect(uri, InetAddress.getByName(uri.getHost()), client, channel);
        } catch (UnknownHostException | HostException e) {
            channel.fail(Failures.ofDial(e));
        }
    }

    private void connect(URI uri, InetAddress address, @Nullable SslContext client, WebSocketChannel channel) {
        new Bootstrap()
                .group(thread)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel socket) {
                        prepare(socket, uri, client, channel);
                    }
                })
                .connect(address, port(uri))
                .addListener((io.netty.channel.ChannelFuture connected) -> {
                    if (!connected.isSuccess()) channel.fail(Failures.ofDial(connected.cause()));
                    else expectUpgrade(connected.channel(), channel);
                });
    }

    private void prepare(SocketChannel socket, URI uri, @Nullable SslContext client, WebSocketChannel channel) {
        ChannelPipeline pipeline = socket.pipeline();
        if (client != null) pipeline.addLast(client.newHandler(socket.alloc(), uri.getHost(), port(uri)));
        pipeline.addLast(new HttpClientCodec(HTTP_LINE_BYTES_MAX, HTTP_BYTES_MAX, HTTP_BYTES_MAX));
        pipeline.addLast(new HttpObjectAggregator(HTTP_BYTES_MAX));
        pipeline.addLast(pings);
        pipeline.addLast(new WebSocketClientProtocolHandler(WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri(uri)
                .version(WebSocketVersion.V13)
                .subprotocol(SUBPROTOCOL)
                .customHeaders(new DefaultHttpHeaders())
                .allowExtensions(false)
                .handleCloseFrames(false)
                .maxFramePayloadLength(linnet.core.env.Channel.MESSAGE_BYTES_MAX)
                .handshakeTimeoutMillis(2L * UPGRADE_MILLIS)
                .build()));
        finish(pipeline, channel);
    }

    private void finish(ChannelPipeline pipeline, WebSocketChannel channel) {
        // Nearest to the socket: what one input says leaves in one system call.
        pipeline.addFirst(new FlushConsolidationHandler(FLUSHES_TOGETHER, true));
        pipeline.addLast(new WebSocketFrameAggregator(linnet.core.env.Channel.MESSAGE_BYTES_MAX));
        pipeline.addLast(channel);
        connections.add(pipeline.channel());
    }

    private static void expectUpgrade(Channel socket, WebSocketChannel channel) {
        socket.eventLoop()
                .schedule(
                        () -> {
                            if (!channel.isDecided())
                                channel.fail(new Failure(Code.TIMEOUT, "no answer to the upgrade"));
                        },
                        UPGRADE_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    private static WebSocketDecoderConfig decoder(boolean masked) {
        return WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(linnet.core.env.Channel.MESSAGE_BYTES_MAX)
                .expectMaskedFrames(masked)
                .allowMaskMismatch(false)
                .allowExtensions(false)
                .closeOnProtocolViolation(false)
                .build();
    }

    /** Returns what to dial, or null. People write addresses without a path, and mean the one where peers connect. */
    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(URI uri) {
        if (uri.getPort() > 0) return uri.getPort();
        return uri.getScheme().equals("wss") ? 443 : 80;
    }
}
