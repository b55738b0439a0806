package linnet.core.wire;

import linnet.core.id.Bytes;
import org.jspecify.annotations.Nullable;

/** What one sealed packet says, within a session and at its beginning: {@code datagram.proto}. */
public sealed interface Packet {
    /**
     * A question within a session.
     *
     * @param asked the question and its number
     */
    record Question(DhtFrame.Asked asked) implements Packet {}

    /**
     * A piece of an answer.
     *
     * @param number that of the question
     * @param index which piece, from 0
     * @param count how many there are, 1 to {@value #COUNT_MAX}
     * @param slice 1 to {@value #SLICE_BYTES_MAX} bytes of the encoded answer
     */
    record Part(int number, int index, int count, Bytes slice) implements Packet {
        /** Pieces of one answer: three packets are what an unproven address may get for one. */
        public static final int COUNT_MAX = 3;

        /** Longest piece in bytes: a packet, less its header, the tag and this message around it. */
        public static final int SLICE_BYTES_MAX = 1_155;

        /** Checks the ranges. */
        public Part {
            if (count < 1 || count > COUNT_MAX || index < 0 || index >= count)
                throw new IllegalArgumentException("part " + index + " of " + count);
            if (slice.length() < 1 || slice.length() > SLICE_BYTES_MAX)
                throw new IllegalArgumentException("slice of " + slice.length() + " B");
        }
    }

    /** The second handshake message came. */
    record Heard() implements Packet {}

    /**
     * The payload of the first handshake message.
     *
     * @param hello versions and proof of the asker
     * @param asker where it can be asked
     * @param number that of the question, from 0
     * @param question what is asked; null for what only a newer program knows
     */
    record Opening(
            Hello hello,
            Reachable asker,
            int number,
            @Nullable DhtQuestion<?> question) {}

    /**
     * The payload of the second handshake message.
     *
     * @param hello versions and proof of who answers
     * @param session what the answering side calls the session, from 1; 0 if it keeps none
     * @param part the first part of the answer
     */
    record Opened(Hello hello, int session, Part part) {}
}
