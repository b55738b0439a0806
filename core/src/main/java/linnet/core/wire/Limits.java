package linnet.core.wire;

/** Limits that several messages share. They are law of the network, not configuration. */
public final class Limits {
    /** Longest plaintext of one message of a link in bytes: what Noise allows (section 3), less the tag. */
    public static final int BATCH_BYTES_MAX = 65_519;

    /** Longest frame in bytes: a batch of one frame, less the three bytes of its length. */
    public static final int FRAME_BYTES_MAX = 65_516;

    /** Largest counter: 2^53 - 1, what a JavaScript number holds exactly. */
    public static final long COUNTER_MAX = (1L << 53) - 1;

    /** Latest time in milliseconds since 1970: 2^48, the year 10889. Sums of two such times cannot overflow. */
    public static final long MILLIS_MAX = 1L << 48;

    /** Longest name of a person or a network in bytes of UTF-8: 64 characters of any script. */
    public static final int NAME_BYTES_MAX = 256;

    /** Largest wire value of a failure code, and of a protocol version: 16 bits are plenty. */
    public static final int NUMBER_MAX = 65_535;

    private Limits() {}
}
