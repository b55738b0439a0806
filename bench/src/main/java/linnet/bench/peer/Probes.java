package linnet.bench.peer;

import linnet.core.id.Bytes;

/** Kinds of probes, by their first byte: what the one that was dialled does with them. */
final class Probes {
    /** Comes back as it is. */
    static final char PING = 'P';

    /** Is answered with one byte and how many came since the last one. */
    static final char END = 'E';

    /** Is counted. */
    static final char COUNTED = 'D';

    private Probes() {}

    static byte[] of(char kind, int size) {
        byte[] bytes = new byte[size];
        bytes[0] = (byte) kind;
        return bytes;
    }

    /** Returns the answer to {@link #END}. */
    static byte[] count(int count) {
        return new byte[] {'C', (byte) (count >> 24), (byte) (count >> 16), (byte) (count >> 8), (byte) count};
    }

    /** Reads the answer to {@link #END}. */
    static int count(Bytes answer) {
        return answer.at(1) << 24 | answer.at(2) << 16 | answer.at(3) << 8 | answer.at(4);
    }
}
