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
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import linnet.core.env.Channel;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.env.Result;
import linnet.core.id.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket, on the node's thread. What the network brings is an input of the node at once; what the network says while
 * the node runs (there is room, it is over) waits until that input has finished.
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
    static final int LOW_WATER_BYTES = HIGH_WATER_BYTES / 2;

    /** How long what is queued, and the other side's goodbye, may take after {@link #close}. */
    private static final long CLOSE_MILLIS = 3_000;

    private final Executor inputs;
    private final Function<String, Result<Channel.Listener>> whoListens;
    private State state = State.CONNECTING;
    private @Nullable Failure why;
    private volatile @Nullable ChannelHandlerContext context;
    private Channel.@Nullable Listener listener;
    private boolean wantsRoom;
    private boolean ended;

    private enum State {
        CONNECTING,
        OPEN,
        CLOSING,
        GONE
    }

    private WebSocketChannel(
            Executor inputs,
            Channel.@Nullable Listener listener,
            Function<String, Result<Channel.Listener>> whoListens) {
        this.inputs = inputs;
        this.listener = listener;
        this.whoListens = whoListens;
    }

    /** Returns a channel for a dial that was begun. */
    static WebSocketChannel dialled(Executor inputs, Channel.Listener listener) {
        return new WebSocketChannel(inputs, listener, remote -> new Result.Ok<>(listener));
    }

    /** Returns a channel for a connection that came in; {@code whoListens} is asked once it is a WebSocket. */
    static WebSocketChannel accepted(Executor inputs, Function<String, Result<Channel.Listener>> whoListens) {
        return new WebSocketChannel(inputs, null, whoListens);
    }

    @Override
    public boolean send(Bytes bytes) {
        if (bytes.length() == 0 || bytes.length() > MESSAGE_BYTES_MAX)
            throw new IllegalArgumentException("message of " + bytes.length() + " B");
        ChannelHandlerContext open = context;
        if (ended || open == null || !open.channel().isActive()) return false;
        if (!open.channel().isWritable()) {
            wantsRoom = true;
            return false;
        }
        // Netty only reads it: what it masks goes into a buffer of its own.
        open.writeAndFlush(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes.shared())));
        return true;
    }

    @Override
    public int queuedBytes() {
        ChannelHandlerContext open = context;
        if (open == null) return 0;
        long toHighWater = open.channel().bytesBeforeUnwritable();
        if (toHighWater > 0) return (int) (HIGH_WATER_BYTES - toHighWater);
        return (int) (LOW_WATER_BYTES + open.channel().bytesBeforeWritable());
    }

    @Override
    public void close(Failure failure) {
        ended = true;
        ChannelHandlerContext open = context;
        if (open != null) sayGoodbye(open, failure);
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
            inputs.execute(() -> open(remote));
        }
        super.userEventTriggered(same, event);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext same, WebSocketFrame frame) {
        if (frame instanceof CloseWebSocketFrame goodbye) {
            if (why == null) why = Failures.of(goodbye);
            same.close();
        } else if (state == State.OPEN) {
            if (frame instanceof BinaryWebSocketFrame && frame.content().isReadable()) hear(frame.content());
            else
                violation(same, new Failure(Code.MALFORMED, "only binary messages that are not empty are spoken here"));
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext same) throws Exception {
        if (wantsRoom && same.channel().isWritable()) {
            wantsRoom = false;
            inputs.execute(this::room);
        }
        super.channelWritabilityChanged(same);
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
        inputs.execute(() -> closed(first));
    }

    private void hear(ByteBuf content) {
        Bytes bytes = Bytes.wrap(ByteBufUtil.getBytes(content));
        inputs.execute(() -> heard(bytes));
    }

    /** The other side broke the rules: it is told, and so is the listener. */
    private void violation(ChannelHandlerContext same, Failure failure) {
        why = failure;
        inputs.execute(() -> closed(failure));
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
        same.writeAndFlush(Failures.frame(failure));
        same.executor().schedule(() -> same.close(), CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The first of the methods that are inputs. */
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

    private void heard(Bytes bytes) {
        if (listener != null && !ended) listener.onBytes(bytes);
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
