package linnet.sim.dht;

import linnet.core.link.PacketForm;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtCodec;
import linnet.core.wire.DhtQuestion;

/** How many bytes questions and answers take on the wire, as the real carrier counts them, without encoding them. */
final class Sizes {
    /** Headers of IPv4 and UDP: what idle traffic is measured with elsewhere, too. */
    static final int PACKET_HEADERS = 28;

    /** "I have no such session", and "I am where I say". */
    static final int GONE = 9;

    static final int HEARD = 29;

    /** Proof of who answers. */
    private static final int HELLO = 150;

    /** What an opening has beside proof and question: where the asker is, a number, and what tells fields apart. */
    private static final int ASKER = 45;

    /** A number of a question as a busy node has it. */
    private static final int NUMBER = 1 << 16;

    private Sizes() {}

    static int of(DhtQuestion<?> question) {
        return PacketForm.sizeOfQuestion(NUMBER, question);
    }

    static int of(DhtAnswer answer) {
        return DhtCodec.sizeOf(answer);
    }

    static int ofPackets(int answerBytes) {
        return PacketForm.sizeOfAnswer(NUMBER, answerBytes);
    }

    static int packets(int answerBytes) {
        return PacketForm.packetsOfAnswer(answerBytes);
    }

    static int ofFirst(DhtQuestion<?> question) {
        return PacketForm.sizeOfFirst(question, HELLO + ASKER + DhtCodec.sizeOf(question));
    }

    /** Returns what of an answer is said to somebody who has proved no address. */
    static DhtAnswer fitted(DhtQuestion<?> question, DhtAnswer answer) {
        return PacketForm.fitted(NUMBER, answer, HELLO, ofFirst(question));
    }

    static int ofFirstPackets(int answerBytes) {
        return PacketForm.sizeOfFirstAnswer(NUMBER, answerBytes, HELLO);
    }

    static int packetsOfFirst(int answerBytes) {
        return PacketForm.packetsOfFirstAnswer(answerBytes);
    }
}
