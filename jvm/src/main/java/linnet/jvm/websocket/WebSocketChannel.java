package linnet.jvm.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import linnet.core.env.Channel;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.env.Result;
import linnet.core.id.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket. Two threads meet here: the network's, which runs the handler methods, and the node's, which runs the
 * {@link Channel} methods and all calls of the listener.
 *
 * <pre>
 *   CONNECTING ──upgraded──► OPEN ──close or violation──► CLOSING ──gone──► GONE
 *       └────────────────────┴──────────── lost ───────────────────────────►
 * </pre>
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty's: what came of a write or a close is heard as events.
final class WebSocketChannel extends SimpleChannelInboundHandler<WebSocketFrame> implements Channel {
    /** Bytes that may wait to be sent before {@link #send} says no: a quarter of a second at 1 MiB/s. */
    static final int HIGH_WATER_BYTES = 256 << 10;

    /** {@code onRoom} follows when less than this waits. */
    private static final int LOW_WATER_BYTES = HIGH_WATER_BYTES / 2;

    /** Messages that may wait for the node's thread before the socket is not read any more. */
    private static final int UNHEARD_MESSAGES_MAX = 64;

    /** The same in bytes: what a stranger can make this host hold per connection, beside one read of the socket. */
    private static final int UNHEARD_BYTES_MAX = 128 << 10;

    /** How long what is queued, and the other side's goodbye, may take after {@link #close}. */
    private static final long CLOSE_MILLIS = 3_000;

    private final Executor node;
    private final Function<String, Result<Channel.Listener>> whoListens;
    private final AtomicInteger queuedBytes = new AtomicInteger();
    private final AtomicInteger unheardMessages = new AtomicInteger();
    private final AtomicInteger unheardBytes = new AtomicInteger();
    private final AtomicBoolean wantsRoom = new AtomicBoolean();
    private final AtomicBoolean drainComes = new AtomicBoolean();
    private final ConcurrentLinkedQueue<Bytes> outgoing = new ConcurrentLinkedQueue<>();

    // The network's thread.
    private State state = State.CONNECTING;
    private @Nullable Failure why;
    private volatile @Nullable ChannelHandlerContext context;

    // The node's thread.
    private Channel.@Nullable Listener listener;
    private boolean ended;

    private enum State {
        CONNECTING,
        OPEN,
        CLOSING,
        GONE
    }

    private WebSocketChannel(
            Executor node, Channel.@Nullable Listener listener, Function<String, Result<Channel.Listener>> whoListens) {
        this.node = node;
        this.listener = listener;
        this.whoListens = whoListens;
    }

    /** Returns a channel for a dial that was begun. */
    static WebSocketChannel dialled(Executor node, Channel.Listener listener) {
        return new WebSocketChannel(node, listener, remote -> new Result.Ok<>(listener));
    }

    /** Returns a channel for a connection that came in; {@code whoListens} is asked on the node's thread. */
    static WebSocketChannel accepted(Executor node, Function<String, Result<Channel.Listener>> whoListens) {
        return new WebSocketChannel(node, null, whoListens);
    }

    @Override
    public boolean send(Bytes bytes) {
        if (bytes.length() == 0 || bytes.length() > MESSAGE_BYTES_MAX)
            throw new IllegalArgumentException("message of " + bytes.length() + " B");
        ChannelHandlerContext open = context;
        if (ended || open == null || !open.channel().isActive()) return false;
        if (queuedBytes.get() >= HIGH_WATER_BYTES) {
            wantsRoom.set(true);
            // Everything may have left between the two lines above.
            tellRoom();
            return false;
        }
        queuedBytes.addAndGet(bytes.length());
        outgoing.add(bytes);
        // One task, and one flush, for all that is sent before the network's thread comes to it.
        if (drainComes.compareAndSet(false, true)) open.executor().execute(() -> drain(open));
        return true;
    }

    @Override
    public int queuedBytes() {
        return queuedBytes.get();
    }

    @Override
    public void close(Failure failure) {
        ended = true;
        ChannelHandlerContext open = context;
        if (open != null) open.executor().execute(() -> sayGoodbye(open, failure));
    }

    /** The first of the methods that the network calls. */
    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext same, Object event) throws Exception {
        boolean upgraded = event instanceof WebSocketServerProtocolHandler.HandshakeComplete
                || event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE;
        if (upgraded && state == State.CONNECTING) {
            state = State.OPEN;
            String remote = Gate.address(same);
            node.execute(() -> open(remote));
        }
        super.userEventTriggered(same, event);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext same, WebSocketFrame frame) {
        if (frame instanceof CloseWebSocketFrame goodbye) {
            if (why == null) why = Failures.of(goodbye);
            same.close();
        } else if (state == State.OPEN) {
            if (frame instanceof BinaryWebSocketFrame && frame.content().isReadable()) hear(same, frame.content());
            else
                violation(same, new Failure(Code.MALFORMED, "only binary messages that are not empty are spoken here"));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext same, Throwable error) {
        if (state == State.CONNECTING) fail(Failures.ofDial(error));
        else if (state == State.OPEN) violation(same, Failures.ofOpen(error));
        else same.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext same) throws Exception {
        fail(new Failure(
                state == State.CONNECTING ? Code.UPGRADE_REFUSED : Code.PEER_DISCONNECTED, "the connection was cut"));
        super.channelInactive(same);
    }

    /** Returns whether the upgrade is done, or will not come. On the network's thread. */
    boolean isDecided() {
        return state != State.CONNECTING;
    }

    /** It is over, or did not begin: tells the listener once. On the network's thread, or before there is one. */
    void fail(Failure failure) {
        if (state == State.GONE) return;
        state = State.GONE;
        Failure first = why == null ? failure : why;
        why = first;
        ChannelHandlerContext open = context;
        if (open != null) open.close();
        node.execute(() -> closed(first));
    }

    private void hear(ChannelHandlerContext same, ByteBuf content) {
        Bytes bytes = Bytes.wrap(ByteBufUtil.getBytes(content));
        int messages = unheardMessages.incrementAndGet();
        int held = unheardBytes.addAndGet(bytes.length());
        node.execute(() -> heard(same, bytes));
        if (messages < UNHEARD_MESSAGES_MAX && held < UNHEARD_BYTES_MAX) return;
        same.channel().config().setAutoRead(false);
        // The node's thread may have caught up before the line above; then it will not switch it on again.
        if (isCalm(unheardMessages.get(), unheardBytes.get()))
            same.channel().config().setAutoRead(true);
    }

    /** The other side broke the rules: it is told, and so is the listener. */
    private void violation(ChannelHandlerContext same, Failure failure) {
        why = failure;
        node.execute(() -> closed(failure));
        sayGoodbye(same, failure);
    }

    private void sayGoodbye(ChannelHandlerContext same, Failure failure) {
        if (state == State.CLOSING || state == State.GONE) return;
        boolean upgraded = state == State.OPEN;
        state = State.CLOSING;
        if (!upgraded) {
            same.close();
            return;
        }
        // Read on until the other side is gone: closing with unread input resets the connection, and the goodbye is
        // lost.
        same.channel().config().setAutoRead(true);
        drain(same);
        same.writeAndFlush(Failures.frame(failure));
        same.executor().schedule(() -> same.close(), CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void drain(ChannelHandlerContext same) {
        // First the flag: what is added from here on has a task of its own.
        drainComes.set(false);
        for (Bytes next = outgoing.poll(); next != null; next = outgoing.poll()) {
            int length = next.length();
            same.write(new BinaryWebSocketFrame(
                            Unpooled.wrappedBuffer(next.shared()).asReadOnly()))
                    .addListener(sent -> onSent(length));
        }
        same.flush();
    }

    private void onSent(int length) {
        queuedBytes.addAndGet(-length);
        tellRoom();
    }

    private void tellRoom() {
        if (queuedBytes.get() < LOW_WATER_BYTES && wantsRoom.compareAndSet(true, false)) node.execute(this::room);
    }

    /** The first of the methods that run on the node's thread. */
    private void open(String remote) {
        if (ended) {
            close(new Failure(Code.STOPPING));
            return;
        }
        Result<Channel.Listener> answer = whoListens.apply(remote);
        if (answer instanceof Result.Ok<Channel.Listener> ok) {
            listener = ok.value();
            ok.value().onOpen(this);
        } else if (answer instanceof Result.No<Channel.Listener> no) {
            close(no.why());
        }
    }

    private void heard(ChannelHandlerContext same, Bytes bytes) {
        int messages = unheardMessages.decrementAndGet();
        int held = unheardBytes.addAndGet(-bytes.length());
        if (isCalm(messages, held) && !same.channel().config().isAutoRead())
            same.channel().config().setAutoRead(true);
        if (listener != null && !ended) listener.onBytes(bytes);
    }

    private static boolean isCalm(int messages, int bytes) {
        return messages < UNHEARD_MESSAGES_MAX / 2 && bytes < UNHEARD_BYTES_MAX / 2;
    }

    private void room() {
        if (listener != null && !ended) listener.onRoom();
    }

    private void closed(Failure failure) {
        if (ended) return;
        ended = true;
        if (listener != null) listener.onClosed(failure);
    }
}
