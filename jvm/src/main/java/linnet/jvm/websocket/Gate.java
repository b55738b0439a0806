package linnet.jvm.websocket;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts the connections that others opened, in all and per address. Those above a limit are turned away with words as long as few
 * wait for them, and without a word beyond.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty's: what came of a write or a close is heard as events.
@Sharable
final class Gate extends ChannelInboundHandlerAdapter {
    /** Set on a connection that is turned away. */
    static final AttributeKey<Boolean> CROWDED = AttributeKey.valueOf("linnet.crowded");

    /** Connections that may be told at the same time that there is no room. */
    private static final int CROWDED_MAX = 64;

    private final int max;
    private final int perAddressMax;
    private final Map<String, Integer> countByAddress = new HashMap<>();
    private int count;
    private int crowded;

    Gate(int max, int perAddressMax) {
        this.max = max;
        this.perAddressMax = perAddressMax;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        String address = address(context);
        boolean room = enter(address);
        if (!room && !turnAway()) {
            context.close();
            return;
        }
        context.channel().attr(CROWDED).set(!room);
        context.channel().closeFuture().addListener(closed -> leave(address, room));
        super.channelActive(context);
    }

    synchronized int count() {
        return count;
    }

    private synchronized boolean enter(String address) {
        int here = countByAddress.getOrDefault(address, 0);
        if (count >= max || here >= perAddressMax) return false;
        count++;
        countByAddress.put(address, here + 1);
        return true;
    }

    private synchronized boolean turnAway() {
        if (crowded >= CROWDED_MAX) return false;
        crowded++;
        return true;
    }

    private synchronized void leave(String address, boolean hadRoom) {
        if (!hadRoom) {
            crowded--;
            return;
        }
        count--;
        countByAddress.computeIfPresent(address, (same, here) -> here == 1 ? null : here - 1);
    }

    /** Returns the address without the port. */
    static String address(ChannelHandlerContext context) {
        return context.channel().remoteAddress() instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress()
                : "unknown";
    }
}
