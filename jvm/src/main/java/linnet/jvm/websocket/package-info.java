/**
 * Channels as WebSockets, {@code ws} and {@code wss}: {@link WebSockets} listens and dials, {@code WebSocketChannel} is one of them.
 *
 * <p>One message is one binary frame of at most 65,535 bytes, at the path {@code /linnet}, subprotocol {@code linnet.1}, without
 * compression (what travels is encrypted). A close code is 4000 plus the wire number of a failure.
 */
@NullMarked
package linnet.jvm.websocket;

import org.jspecify.annotations.NullMarked;
