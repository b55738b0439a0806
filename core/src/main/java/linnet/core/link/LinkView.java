package linnet.core.link;

/**
 * What there is to show about a link that is up.
 *
 * @param remote the endpoint that was dialled, or the address that the other side dialled from
 * @param dialledHere whether this side dialled
 * @param incarnation how many times the peer has started, as it says
 * @param sinceMillis {@code Env.nowMillis} when it came up
 * @param queuedBytes bytes that wait here, in this link's queues and in its channel
 */
public record LinkView(String remote, boolean dialledHere, long incarnation, long sinceMillis, int queuedBytes) {}
