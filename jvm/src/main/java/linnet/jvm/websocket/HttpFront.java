package linnet.jvm.websocket;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import linnet.jvm.JvmConfig;

/** Lets upgrades to {@code linnet.1} through, and answers everything else that comes to the port in words. */
@Sharable
final class HttpFront extends SimpleChannelInboundHandler<FullHttpRequest> {
    HttpFront() {
        super(false);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (!request.decoderResult().isSuccess()) {
            refuse(context, request, HttpResponseStatus.BAD_REQUEST, "This is not HTTP.");
        } else if (Boolean.TRUE.equals(context.channel().attr(Gate.CROWDED).get())) {
            refuse(context, request, HttpResponseStatus.TOO_MANY_REQUESTS, "Too many connections. Try again later.");
        } else if (!path(request.uri()).equals(JvmConfig.PATH)) {
            refuse(
                    context,
                    request,
                    HttpResponseStatus.NOT_FOUND,
                    "Nothing is here. Peers connect at " + JvmConfig.PATH + ".");
        } else if (!request.method().equals(HttpMethod.GET)
                || !request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
            refuse(context, request, HttpResponseStatus.UPGRADE_REQUIRED, "Peers connect here by WebSocket.");
        } else if (!request.headers()
                .containsValue(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, WebSockets.SUBPROTOCOL, false)) {
            refuse(
                    context,
                    request,
                    HttpResponseStatus.BAD_REQUEST,
                    "The subprotocol must be " + WebSockets.SUBPROTOCOL + ".");
        } else {
            context.fireChannelRead(request);
        }
    }

    private static void refuse(
            ChannelHandlerContext context, FullHttpRequest request, HttpResponseStatus status, String words) {
        request.release();
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(words + "\n", StandardCharsets.UTF_8));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (status.equals(HttpResponseStatus.UPGRADE_REQUIRED))
            response.headers().set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    private static String path(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }
}
