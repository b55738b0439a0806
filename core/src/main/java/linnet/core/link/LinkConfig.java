package linnet.core.link;

import linnet.core.id.NetworkId;

/**
 * What a host may set about its links. The deadlines and sizes that both ends count on are law of the network, and constants.
 *
 * @param network peers of other networks are refused; no default
 * @param linksMax links that are up or drain, default 1,000: a phone has a dozen, a harbour sets more
 * @param halfOpenMax links that somebody dialled and that have not proved anything, default 256
 * @param halfOpenPerAddressMax of them from one address, default 8: a household behind one address starts at once, a flood does not
 * @param handshakesPerSecondPerAddress handshakes that one address may begin in the long run, default 20: at half a millisecond each a
 *     flood from there takes a hundredth of a core
 * @param handshakesBurstPerAddress of them at once, default 200: a proxy's, or a test's, whole neighbourhood returns together
 * @param queueFramesMax frames that wait for one peer in one priority, default 256
 * @param queueBytesMax bytes of them, default 1 MiB: the 64 envelopes of 16 KiB that the outbox sends ahead
 * @param strangers what peers that are nobody's contacts may
 */
public record LinkConfig(
        NetworkId network,
        int linksMax,
        int halfOpenMax,
        int halfOpenPerAddressMax,
        int handshakesPerSecondPerAddress,
        int handshakesBurstPerAddress,
        int queueFramesMax,
        int queueBytesMax,
        Strangers strangers) {
    /**
     * What peers that are nobody's contacts may.
     *
     * @param linksMax links with them that are up, by whomever dialled, default as many as there may be at all; see {@link #DESKTOP_STRANGERS}
     * @param framesPerSecond frames one of them may send in the long run, default 20
     * @param framesBurst frames at once, default 100
     */
    public record Strangers(int linksMax, int framesPerSecond, int framesBurst) {
        /** Checks the ranges. */
        public Strangers {
            check("strangers.linksMax", linksMax, COUNT_MAX);
            check("strangers.framesPerSecond", framesPerSecond, COUNT_MAX);
            check("strangers.framesBurst", framesBurst, COUNT_MAX);
        }
    }

    /** Links with strangers that a desktop holds: 8 in use and 16 that are only kept (S1's pool; SPEC decision 10). */
    public static final int DESKTOP_STRANGERS = 24;

    /** Lowest version of the protocol that this program speaks. */
    static final int VERSION_MIN = 1;

    /** Highest version of the protocol that this program speaks. */
    static final int VERSION_MAX = 1;

    /** A dial that takes longer has failed. {@link DuplicateRule} counts on it. */
    static final int DIAL_MILLIS = 10_000;

    /** From the open channel to the proof. Three small messages; more is a slow attacker or no network to speak of. */
    static final int HANDSHAKE_MILLIS = 5_000;

    /** Silence after which the other side is asked for a sign of life. */
    static final int PING_MILLIS = 10_000;

    /** The same at the side that was dialled: by then it has heard the other one's ping, if that lives. */
    static final int DIALLED_PING_MILLIS = 12_000;

    /** Silence after which the other side is gone. Two pings' worth: one may be delayed by a lost packet. */
    static final int SILENCE_MILLIS = 20_000;

    /** A channel that moves nothing for so long, while frames wait, has a dead or hostile reader. */
    static final int STALL_MILLIS = 15_000;

    /** What a link that yields may still take to send what waits. */
    static final int DRAIN_MILLIS = 5_000;

    /** A stranger that has said nothing for so long makes room for another. */
    static final int STRANGER_IDLE_MILLIS = 30_000;

    /** First handshake message: an ephemeral key of 32 B and two numbers in clear. */
    static final int FIRST_MESSAGE_BYTES_MAX = 1 << 10;

    /** Second and third handshake message: keys, a proof of less than 200 B, and room for features to come. */
    static final int PROOF_MESSAGE_BYTES_MAX = 4 << 10;

    /** Answers {@code Unsupported} in a second; a peer that sends more unknown frames than this learns nothing new. */
    static final int UNSUPPORTED_PER_SECOND = 1;

    /** Answers {@code Unsupported} at once: more kinds of frames than a newer program would try. */
    static final int UNSUPPORTED_BURST = 10;

    /** Upper bound of every count here: a typing error, not a machine, asks for more. */
    private static final int COUNT_MAX = 1_000_000;

    /** Upper bound of a queue's bytes, 64 MiB. */
    private static final int QUEUE_BYTES_LIMIT = 64 << 20;

    /** Checks the ranges. */
    public LinkConfig {
        check("linksMax", linksMax, COUNT_MAX);
        check("halfOpenMax", halfOpenMax, COUNT_MAX);
        check("halfOpenPerAddressMax", halfOpenPerAddressMax, halfOpenMax);
        check("handshakesPerSecondPerAddress", handshakesPerSecondPerAddress, COUNT_MAX);
        check("handshakesBurstPerAddress", handshakesBurstPerAddress, COUNT_MAX);
        check("queueFramesMax", queueFramesMax, COUNT_MAX);
        check("queueBytesMax", queueBytesMax, QUEUE_BYTES_LIMIT);
    }

    /** Returns the defaults for links of one network. */
    public static LinkConfig defaults(NetworkId network) {
        return new LinkConfig(network, 1_000, 256, 8, 20, 200, 256, 1 << 20, new Strangers(COUNT_MAX, 20, 100));
    }

    /** Returns these settings with bounds on the number of links. */
    public LinkConfig withLinks(int links, int halfOpen, int halfOpenPerAddress) {
        return new LinkConfig(
                network,
                links,
                halfOpen,
                halfOpenPerAddress,
                handshakesPerSecondPerAddress,
                handshakesBurstPerAddress,
                queueFramesMax,
                queueBytesMax,
                strangers);
    }

    /** Returns these settings with another limit for handshakes from one address, one after the other. */
    public LinkConfig withHandshakes(int perSecond, int burst) {
        return new LinkConfig(
                network,
                linksMax,
                halfOpenMax,
                halfOpenPerAddressMax,
                perSecond,
                burst,
                queueFramesMax,
                queueBytesMax,
                strangers);
    }

    /** Returns these settings with bounds on each priority's queue. */
    public LinkConfig withQueue(int frames, int bytes) {
        return new LinkConfig(
                network,
                linksMax,
                halfOpenMax,
                halfOpenPerAddressMax,
                handshakesPerSecondPerAddress,
                handshakesBurstPerAddress,
                frames,
                bytes,
                strangers);
    }

    /** Returns these settings with another limit for frames of strangers. */
    public LinkConfig withStrangers(int framesPerSecond, int framesBurst) {
        return withStrangers(new Strangers(strangers.linksMax, framesPerSecond, framesBurst));
    }

    /** Returns these settings with a bound on the links with strangers. */
    public LinkConfig withStrangerLinks(int max) {
        return withStrangers(new Strangers(max, strangers.framesPerSecond, strangers.framesBurst));
    }

    private LinkConfig withStrangers(Strangers others) {
        return new LinkConfig(
                network,
                linksMax,
                halfOpenMax,
                halfOpenPerAddressMax,
                handshakesPerSecondPerAddress,
                handshakesBurstPerAddress,
                queueFramesMax,
                queueBytesMax,
                others);
    }

    private static void check(String name, int value, int max) {
        if (value < 1 || value > max)
            throw new IllegalArgumentException(name + " is " + value + ", allowed are 1 to " + max);
    }
}
