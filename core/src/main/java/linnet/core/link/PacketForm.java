package linnet.core.link;

import java.util.ArrayList;
import java.util.List;
import linnet.core.crypto.NoiseIK;
import linnet.core.crypto.PacketCipher;
import linnet.core.env.Datagrams;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtCodec;
import linnet.core.wire.DhtFrame;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.Packet;
import linnet.core.wire.PacketCodec;

/**
 * The packets as they travel (docs/protocol/datagram.md), and how many bytes they take: {@link SealedDatagrams} makes them, and a simulator
 * that carries questions as objects counts them.
 * <pre>
 *   FIRST   0xf1 ‖ asker's session (4) ‖ Noise IK message 1: length (2) ‖ Opening ‖ zeros      720 or 1,200 B
 *   SECOND  0xf2 ‖ asker's session (4) ‖ Noise IK message 2: Opened
 *   SEALED  0xf3 ‖ receiver's session (4) ‖ number (4) ‖ AES-256-GCM: Packet
 *   GONE    0xf4 ‖ session (4) ‖ number (4)                                                    both from a packet that cannot be opened
 * </pre>
 * The first bytes are none that STUN, DTLS or RTP packets begin with (RFC 7983), so that one socket can serve them all one day.
 */
public final class PacketForm {
    /** A question with the handshake that carries it. */
    static final int FIRST = 0xf1;

    /** The answer to it. */
    static final int SECOND = 0xf2;

    /** Anything within a session. */
    static final int SEALED = 0xf3;

    /** "I have no such session." */
    static final int GONE = 0xf4;

    /**
     * Bytes of a usual first packet, and the fewest: an answer has at most three times as many, and 20 peers fit into those. Who sends in somebody
     * else's name makes nobody say more than that.
     */
    public static final int FIRST_BYTES_MIN = 720;

    /** Bytes of a first packet whose question is long, or asks for records: with less, a holder could be made to leave out one of them. */
    public static final int FIRST_BYTES_MAX = Datagrams.PACKET_BYTES_MAX;

    /** How many times the bytes of a first packet its answer may have (RFC 9000, section 8.1). */
    private static final int AMPLIFICATION_MAX = 3;

    /** Bytes of the answer that fit beside the proof of who answers. */
    static final int FIRST_SLICE_BYTES = 960;

    /** Kind and session, in clear before every packet. */
    static final int HEADER_BYTES = 5;

    /** Kind, session and number. */
    static final int SEALED_HEADER_BYTES = 9;

    static final int GONE_BYTES = SEALED_HEADER_BYTES;

    private static final int LENGTH_BYTES = 2;

    /** What a first packet takes beside the opening. */
    private static final int FIRST_OVERHEAD_BYTES = HEADER_BYTES + NoiseIK.FIRST_OVERHEAD_BYTES + LENGTH_BYTES;

    /** Longest opening in bytes. */
    static final int OPENING_BYTES_MAX = FIRST_BYTES_MAX - FIRST_OVERHEAD_BYTES;

    private PacketForm() {}

    /** Returns how many bytes the packet of a question takes within a session. */
    public static int sizeOfQuestion(int number, DhtQuestion<?> question) {
        return sizeOfSealed(PacketCodec.sizeOf(new Packet.Question(new DhtFrame.Asked(number, question, null))));
    }

    /** Returns how many packets an answer of so many bytes takes within a session. */
    public static int packetsOfAnswer(int answerBytes) {
        return (answerBytes + Packet.Part.SLICE_BYTES_MAX - 1) / Packet.Part.SLICE_BYTES_MAX;
    }

    /** Returns how many bytes the packets of an answer of so many bytes take together, within a session. */
    public static int sizeOfAnswer(int number, int answerBytes) {
        return sizeOfParts(number, answerBytes, packetsOfAnswer(answerBytes), 0);
    }

    /** Returns how many bytes a first packet takes: one of two lengths, so that they tell little of what is inside. */
    public static int sizeOfFirst(DhtQuestion<?> question, int openingBytes) {
        boolean isShort = openingBytes + FIRST_OVERHEAD_BYTES <= FIRST_BYTES_MIN;
        return isShort && !(question instanceof DhtQuestion.Get) ? FIRST_BYTES_MIN : FIRST_BYTES_MAX;
    }

    /**
     * Returns the answer to a first packet without as many of its farthest peers as it takes to be three times as long as what came, at most.
     * Records that do not fit are no answer: programs of ours ask for them in a long packet.
     *
     * @param helloBytes of the proof of who answers: 150 for a usual incarnation
     */
    public static DhtAnswer fitted(int number, DhtAnswer answer, int helloBytes, int firstBytes) {
        DhtAnswer fitted = DhtCodec.fitted(answer);
        int most = AMPLIFICATION_MAX * firstBytes;
        while (fitted != null && sizeOfFirstAnswer(number, DhtCodec.sizeOf(fitted), helloBytes) > most)
            fitted = DhtCodec.withoutFarthest(fitted);
        return fitted == null ? new DhtAnswer.Refused(new Failure(Failure.Code.TOO_LARGE)) : fitted;
    }

    /** Returns how many packets an answer of so many bytes to a first packet takes. */
    public static int packetsOfFirstAnswer(int answerBytes) {
        int rest = Math.max(0, answerBytes - FIRST_SLICE_BYTES);
        return 1 + (rest + Packet.Part.SLICE_BYTES_MAX - 1) / Packet.Part.SLICE_BYTES_MAX;
    }

    /**
     * Returns how many bytes the packets take together that answer a first packet with so many bytes.
     *
     * @param helloBytes of the proof of who answers: 150 for a usual incarnation
     */
    public static int sizeOfFirstAnswer(int number, int answerBytes, int helloBytes) {
        int count = packetsOfFirstAnswer(answerBytes);
        int slice = Math.min(answerBytes, FIRST_SLICE_BYTES);
        int part = PacketCodec.sizeOfPart(number, 0, count, slice);
        int hello = 2 + (helloBytes < 128 ? 0 : 1) + helloBytes;
        int second = HEADER_BYTES + NoiseIK.SECOND_OVERHEAD_BYTES + hello + 6 + part;
        return second + sizeOfParts(number, answerBytes - slice, count, 1);
    }

    private static int sizeOfParts(int number, int bytes, int count, int from) {
        int size = 0;
        int left = bytes;
        for (int index = from; index < count; index++) {
            int slice = Math.min(left, Packet.Part.SLICE_BYTES_MAX);
            left -= slice;
            size += sizeOfSealed(PacketCodec.sizeOfPart(number, index, count, slice));
        }
        return size;
    }

    private static int sizeOfSealed(int contentBytes) {
        return SEALED_HEADER_BYTES + contentBytes + PacketCipher.TAG_BYTES;
    }

    /** Returns the pieces of an answer that was encoded. The first one is no longer than {@code firstMax}. */
    static List<Packet.Part> parts(int number, Bytes answer, int firstMax) {
        int rest = Math.max(0, answer.length() - firstMax);
        int count = 1 + (rest + Packet.Part.SLICE_BYTES_MAX - 1) / Packet.Part.SLICE_BYTES_MAX;
        List<Packet.Part> parts = new ArrayList<>(count);
        int at = 0;
        for (int index = 0; index < count; index++) {
            int end = Math.min(answer.length(), at + (index == 0 ? firstMax : Packet.Part.SLICE_BYTES_MAX));
            parts.add(new Packet.Part(number, index, count, answer.slice(at, end)));
            at = end;
        }
        return parts;
    }

    /** Returns the opening with its length before it and so many zeros behind it that the first packet has this length. */
    static Bytes pad(Bytes opening, int packetBytes) {
        byte[] padded = new byte[packetBytes - HEADER_BYTES - NoiseIK.FIRST_OVERHEAD_BYTES];
        padded[0] = (byte) (opening.length() >>> 8);
        padded[1] = (byte) opening.length();
        System.arraycopy(opening.shared(), 0, padded, LENGTH_BYTES, opening.length());
        return Bytes.wrap(padded);
    }

    static Bytes unpad(Bytes padded) {
        int length = padded.length() < LENGTH_BYTES ? -1 : padded.at(0) << 8 | padded.at(1);
        if (length < 0 || length > padded.length() - LENGTH_BYTES)
            throw new ProtocolViolation(Failure.Code.MALFORMED, "padding is not as it must be");
        return padded.slice(LENGTH_BYTES, LENGTH_BYTES + length);
    }

    /** Returns kind and session as they stand before a packet. */
    static Bytes header(int kind, int session) {
        byte[] header = new byte[HEADER_BYTES];
        header[0] = (byte) kind;
        put(header, 1, session);
        return Bytes.wrap(header);
    }

    /** Returns kind, session and number as they stand before a packet. */
    static Bytes header(int kind, int session, int number) {
        byte[] header = new byte[SEALED_HEADER_BYTES];
        header[0] = (byte) kind;
        put(header, 1, session);
        put(header, HEADER_BYTES, number);
        return Bytes.wrap(header);
    }

    /** Returns the session of a packet that is long enough; negative where no session of ours is meant. */
    static int session(Bytes packet) {
        return word(packet, 1);
    }

    /** Returns the number of a sealed packet that is long enough; negative where none of ours is meant. */
    static int number(Bytes packet) {
        return word(packet, HEADER_BYTES);
    }

    private static int word(Bytes bytes, int at) {
        return bytes.at(at) << 24 | bytes.at(at + 1) << 16 | bytes.at(at + 2) << 8 | bytes.at(at + 3);
    }

    private static void put(byte[] array, int at, int value) {
        for (int i = 0; i < 4; i++) array[at + i] = (byte) (value >>> (24 - 8 * i));
    }
}
