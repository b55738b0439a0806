package linnet.jvm.websocket;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.ssl.NotSslRecordException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLException;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import org.jspecify.annotations.Nullable;

/** Failures as WebSockets show them: exceptions of the network, close codes, refusals of the upgrade. */
final class Failures {
    /** Close codes from 4000 on are for private use (RFC 6455, section 7.4.2). */
    private static final int CLOSE_CODE_BASE = 4_000;

    private static final int CLOSE_CODE_MAX = 4_999;

    /** A close frame is at most 125 bytes, two of them the code (RFC 6455, section 5.5). */
    private static final int REASON_BYTES_MAX = 123;

    private static final int TOO_MANY_REQUESTS = 429;

    private Failures() {}

    static CloseWebSocketFrame frame(Failure why) {
        String reason = why.detail();
        while (reason.getBytes(StandardCharsets.UTF_8).length > REASON_BYTES_MAX)
            reason = reason.substring(0, reason.length() - 1);
        // Half of a character outside the basic plane would not be UTF-8.
        if (!reason.isEmpty() && Character.isHighSurrogate(reason.charAt(reason.length() - 1)))
            reason = reason.substring(0, reason.length() - 1);
        return new CloseWebSocketFrame(CLOSE_CODE_BASE + why.code().number(), reason);
    }

    /** Returns what the other side meant. What it wrote is not trusted: shortened by the protocol, control characters replaced. */
    static Failure of(CloseWebSocketFrame frame) {
        int status = frame.statusCode();
        if (status > CLOSE_CODE_BASE && status <= CLOSE_CODE_MAX) {
            Code code = Code.of(status - CLOSE_CODE_BASE);
            String reason = printable(frame.reasonText());
            return reason.isEmpty() ? new Failure(code) : new Failure(code, reason);
        }
        if (status == WebSocketCloseStatus.MESSAGE_TOO_BIG.code()) return new Failure(Code.TOO_LARGE);
        return new Failure(Code.PEER_DISCONNECTED, "closed with " + status);
    }

    /** Returns why a dial failed. */
    static Failure ofDial(Throwable error) {
        if (error instanceof ConnectTimeoutException) return new Failure(Code.TIMEOUT, "no answer to the connection");
        if (error instanceof UnknownHostException) return new Failure(Code.NO_CONNECTION, "no such host name");
        if (error instanceof WebSocketClientHandshakeException refused) return ofRefusal(refused);
        if (error instanceof WebSocketHandshakeException) return new Failure(Code.UPGRADE_REFUSED, words(error));
        if (isTls(error)) return new Failure(Code.HANDSHAKE_FAILED, words(error));
        if (error instanceof ConnectException && words(error).contains("refused"))
            return new Failure(Code.NOT_LISTENING);
        if (error instanceof ConnectException) return new Failure(Code.NO_CONNECTION, words(error));
        return new Failure(Code.UPGRADE_REFUSED, words(error));
    }

    /** Returns why an open channel broke: by the other side's fault, or by the network's. */
    static Failure ofOpen(Throwable error) {
        if (error instanceof TooLongFrameException) return new Failure(Code.TOO_LARGE, "a message is too long");
        if (error instanceof CorruptedWebSocketFrameException corrupt) {
            boolean tooBig = corrupt.closeStatus().code() == WebSocketCloseStatus.MESSAGE_TOO_BIG.code();
            return new Failure(tooBig ? Code.TOO_LARGE : Code.MALFORMED, words(corrupt));
        }
        return new Failure(Code.PEER_DISCONNECTED, words(error));
    }

    private static Failure ofRefusal(WebSocketClientHandshakeException refused) {
        int status =
                refused.response() == null ? 0 : refused.response().status().code();
        if (status == TOO_MANY_REQUESTS) return new Failure(Code.RATE_LIMITED, "too many connections there");
        return new Failure(Code.UPGRADE_REFUSED, status == 0 ? words(refused) : "HTTP status " + status);
    }

    private static boolean isTls(@Nullable Throwable error) {
        for (Throwable each = error; each != null; each = each.getCause())
            if (each instanceof SSLException || each instanceof NotSslRecordException) return true;
        return false;
    }

    private static String words(Throwable error) {
        String message = error.getMessage();
        return printable(message == null ? error.getClass().getSimpleName() : message);
    }

    private static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        for (int i = 0; i < text.length() && i < 200; i++)
            printable.append(Character.isISOControl(text.charAt(i)) ? ' ' : text.charAt(i));
        return printable.toString();
    }
}
