package linnet.core.link;

import linnet.core.id.Bytes;

/**
 * What there is to show about a link that is up.
 *
 * @param linkPublic X25519 public key that the peer has proved in the handshake, 32 bytes
 * @param remote the endpoint that was dialled, or the address that the other side dialled from
 * @param dialledHere whether this side dialled
 * @param incarnation how many times the peer has started, as it says
 * @param sinceMillis {@code Env.nowMillis} when it came up
 * @param queuedBytes bytes that wait here, in this link's queues and in its channel
 * @param rttMillis of the last ping, or of the handshake, whose keys take time too, while there was none
 * @param sentBytes bytes of messages that the channel took since it opened
 * @param receivedBytes bytes of messages that came since then
 */
public record LinkView(
        Bytes linkPublic,
        String remote,
        boolean dialledHere,
        long incarnation,
        long sinceMillis,
        int queuedBytes,
        int rttMillis,
        long sentBytes,
        long receivedBytes) {}
