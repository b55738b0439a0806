package linnet.jvm.websocket;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;

/**
 * Forgets pings of somebody who does not read the answers. Netty answers every ping at once, without asking whether the answers leave:
 * whoever sends pings and never reads could fill the memory with them.
 */
@Sharable
final class PingLimit extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof PingWebSocketFrame ping && !context.channel().isWritable()) ping.release();
        else super.channelRead(context, message);
    }
}
