package linnet.bench.peer;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import linnet.core.id.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The limit: each message sealed alone with AES-256-GCM under one key, in one WebSocket frame, on one event loop a side; what is ready is
 * written together. No handshake, no identity, no queue, no frames within messages.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty's: what came of a write is heard as events.
final class LimitNode implements Peer {
    private static final int HTTP_BYTES_MAX = 8_192;
    private static final int FRAME_BYTES_MAX = 1 << 20;
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(256 << 10, 1 << 20);

    /** Messages in one write: enough to spread its cost, few enough to stay in the processor's cache. */
    private static final int WRITTEN_TOGETHER = 64;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final int port;
    private @Nullable Dialled dialled;

    LimitNode() {
        Channel server = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(HTTP_BYTES_MAX),
                                        new WebSocketServerProtocolHandler("/", null, true, FRAME_BYTES_MAX),
                                        new Answering());
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
        port = ((InetSocketAddress) server.localAddress()).getPort();
    }

    @Override
    public List<String> ids() {
        return List.of("limit");
    }

    @Override
    public List<String> addresses() {
        return List.of("ws://127.0.0.1:" + port + "/");
    }

    @Override
    public CompletableFuture<Void> dial(String address) {
        Dialled open = dialled;
        if (open != null) return open.up;
        Dialled made = new Dialled();
        dialled = made;
        URI uri = URI.create(address);
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new HttpClientCodec(),
                                        new HttpObjectAggregator(HTTP_BYTES_MAX),
                                        new WebSocketClientProtocolHandler(
                                                WebSocketClientHandshakerFactory.newHandshaker(
                                                        uri,
                                                        WebSocketVersion.V13,
                                                        null,
                                                        false,
                                                        new DefaultHttpHeaders(),
                                                        FRAME_BYTES_MAX)),
                                        made);
                    }
                })
                .connect(uri.getHost(), uri.getPort());
        return made.up;
    }

    @Override
    public CompletableFuture<long[]> echo(String address, int size, int warm, int count) {
        CompletableFuture<long[]> done = new CompletableFuture<>();
        long[] nanos = new long[count];
        byte[] message = Probes.of(Probes.PING, size);
        Dialled open = open();
        open.onMessage = new Runnable() {
            private int left = warm + count + 1;
            private long sent;

            @Override
            public void run() {
                left--;
                if (left < count) nanos[left] = System.nanoTime() - sent;
                if (left == 0) {
                    done.complete(nanos);
                    return;
                }
                sent = System.nanoTime();
                open.context().writeAndFlush(open.sealed(message));
            }
        };
        open.context().executor().execute(open.onMessage);
        return done;
    }

    @Override
    public CompletableFuture<Integer> send(String address, int size, int count) {
        CompletableFuture<Integer> done = new CompletableFuture<>();
        byte[] message = Probes.of(Probes.COUNTED, size);
        Dialled open = open();
        open.onMessage = () -> done.complete(Probes.count(Bytes.wrap(Arrays.copyOf(open.box.plain(), 5))));
        open.onWritable = new Runnable() {
            private int left = count;

            @Override
            public void run() {
                ChannelHandlerContext to = open.context();
                while (left > 0 && to.channel().isWritable()) {
                    to.write(open.sealed(message));
                    left--;
                    if (left % WRITTEN_TOGETHER == 0) to.flush();
                }
                if (left == 0) {
                    left = -1;
                    to.write(open.sealed(Probes.of(Probes.END, 1)));
                }
                to.flush();
            }
        };
        open.context().executor().execute(open.onWritable);
        return done;
    }

    @Override
    public CompletableFuture<Integer> hold(String address) {
        throw new UnsupportedOperationException("the limit holds no channels");
    }

    private Dialled open() {
        if (dialled == null) throw new IllegalStateException("nothing is dialled");
        return dialled;
    }

    private static final class Answering extends SimpleChannelInboundHandler<BinaryWebSocketFrame> {
        private final Box box = new Box();
        private int count;

        @Override
        protected void channelRead0(ChannelHandlerContext context, BinaryWebSocketFrame frame) {
            int length = box.open(frame.content());
            switch (box.plain()[0]) {
                case Probes.PING -> answer(context, Arrays.copyOf(box.plain(), length));
                case Probes.END -> {
                    answer(context, Probes.count(count));
                    count = 0;
                }
                default -> count++;
            }
        }

        private void answer(ChannelHandlerContext context, byte[] message) {
            context.write(new BinaryWebSocketFrame(box.seal(context.alloc(), message)));
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }
    }

    private static final class Dialled extends SimpleChannelInboundHandler<BinaryWebSocketFrame> {
        private final CompletableFuture<Void> up = new CompletableFuture<>();
        private final Box box = new Box();
        private volatile @Nullable ChannelHandlerContext context;
        private volatile Runnable onMessage = () -> {};
        private volatile Runnable onWritable = () -> {};

        ChannelHandlerContext context() {
            ChannelHandlerContext open = context;
            if (open == null) throw new IllegalStateException("the channel is not open");
            return open;
        }

        BinaryWebSocketFrame sealed(byte[] message) {
            return new BinaryWebSocketFrame(box.seal(context().alloc(), message));
        }

        @Override
        public void handlerAdded(ChannelHandlerContext added) {
            context = added;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext same, Object event) {
            if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) up.complete(null);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext same, BinaryWebSocketFrame frame) {
            box.open(frame.content());
            onMessage.run();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext same) {
            if (same.channel().isWritable()) onWritable.run();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext same, Throwable error) {
            up.completeExceptionally(error);
            same.close();
        }
    }
}
