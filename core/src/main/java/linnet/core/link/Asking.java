package linnet.core.link;

import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.env.ProtocolViolation;
import linnet.core.env.Timer;
import linnet.core.id.Bytes;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtCodec;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.Packet;
import linnet.core.wire.Whereabouts;
import org.jspecify.annotations.Nullable;

/**
 * One question on its way, by whatever carries it.
 *
 * @param <A> what answers it
 */
final class Asking<A extends DhtAnswer> {
    /** How often a question is sent at most: two packets lost in a row are a hundredth of a hundredth, three are no network. */
    static final int SENDINGS_MAX = 3;

    /** A number on the wire says which sending it is, so that an answer tells its round trip. */
    private static final int SENDING_BITS = 3;

    /** Numbers of questions; then they begin again. */
    static final int NUMBER_MAX = Integer.MAX_VALUE >>> SENDING_BITS;

    private final int number;
    private final Whereabouts to;
    private final DhtQuestion<A> question;
    private final Rpc.Answer<A> answer;
    private final long deadlineMillis;
    private final long[] sentMillis = new long[1 << SENDING_BITS];
    private int sendings;

    /** How often it left in a packet of its own: each has another number on the wire, for ever. */
    private int packets;

    private boolean isAmbiguous;

    /** The pieces of the answer to the sending that was answered last. */
    private @Nullable Bytes[] slices = new Bytes[0];

    private int slicesNumber = -1;
    private @Nullable Timer timer;

    /** The session in which it was sent last; null while a handshake carries it. */
    private @Nullable Session session;

    private @Nullable Knock knock;

    Asking(int number, Whereabouts to, DhtQuestion<A> question, Rpc.Answer<A> answer, long deadlineMillis) {
        this.number = number;
        this.to = to;
        this.question = question;
        this.answer = answer;
        this.deadlineMillis = deadlineMillis;
    }

    int number() {
        return number;
    }

    Whereabouts to() {
        return to;
    }

    DhtQuestion<A> question() {
        return question;
    }

    long deadlineMillis() {
        return deadlineMillis;
    }

    /** Returns how often it left. */
    int sendings() {
        return sendings;
    }

    @Nullable
    Session session() {
        return session;
    }

    /** Returns the question that an answer's number belongs to. */
    static int numberOf(int wireNumber) {
        return wireNumber >>> SENDING_BITS;
    }

    /** Returns what the next sending is called on the wire. */
    int nextWireNumber() {
        return number << SENDING_BITS | packets;
    }

    /** Returns whether there is a number for another sending. */
    boolean canBeSent() {
        return packets < sentMillis.length;
    }

    /** It leaves now, as {@link #nextWireNumber}. */
    void sent(long nowMillis, @Nullable Session in) {
        sentMillis[packets++] = nowMillis;
        sendings++;
        session = in;
    }

    /** The packet that carried it, or that it waits for, leaves once more, the same as before. */
    void sentAgain(long nowMillis) {
        if (packets > 0) sentMillis[packets - 1] = nowMillis;
        sendings++;
        isAmbiguous = true;
    }

    /** The handshake that it has waited for is done: it leaves for the first time, or once more. */
    void begin() {
        sendings = packets == 0 ? 0 : SENDINGS_MAX - 1;
        isAmbiguous = false;
    }

    /** It waits for a handshake, or that is over. */
    void waitFor(@Nullable Knock begun) {
        knock = begun;
    }

    /** Returns the handshake that it waits for, or null. */
    @Nullable
    Knock knock() {
        return knock;
    }

    /** The handshake that carried it is done. */
    void isIn(Session in) {
        session = in;
    }

    /** Returns whether there was such a sending: whoever answers may say anything. */
    boolean wasSent(int wireNumber) {
        return sendingOf(wireNumber) < packets;
    }

    /** Returns the time from a sending to its answer. */
    int rttMillis(int wireNumber, long nowMillis) {
        return (int) (nowMillis - sentMillis[sendingOf(wireNumber)]);
    }

    private static int sendingOf(int wireNumber) {
        return wireNumber & (1 << SENDING_BITS) - 1;
    }

    /** Returns whether it is known which sending was answered. */
    boolean isMeasurable() {
        return !isAmbiguous;
    }

    /** Waits for another moment than before. */
    void waitUntil(Timer next) {
        cancel();
        timer = next;
    }

    void cancel() {
        if (timer != null) timer.cancel();
        timer = null;
    }

    /** Takes a piece of the answer; pieces of answers to different sendings are not mixed. Returns the whole once it is there. */
    @Nullable
    Bytes take(Packet.Part part) {
        if (part.number() < slicesNumber) return null;
        if (part.number() > slicesNumber || part.count() != slices.length) {
            slices = new Bytes[part.count()];
            slicesNumber = part.number();
        }
        slices[part.index()] = part.slice();
        Bytes whole = Bytes.EMPTY;
        for (Bytes slice : slices) {
            if (slice == null) return null;
            whole = whole.length() == 0 ? slice : Bytes.concat(whole, slice);
        }
        return whole;
    }

    /** Tells who asked, in bytes. */
    void answered(Bytes bytes, int rttMillis) {
        DhtAnswer given;
        try {
            given = DhtCodec.decodeAnswer(bytes);
        } catch (ProtocolViolation violation) {
            failed(violation.failure());
            return;
        }
        answered(given, rttMillis);
    }

    /** Tells who asked; null is an answer that only a newer program knows. */
    void answered(@Nullable DhtAnswer given, int rttMillis) {
        if (given == null) {
            failed(new Failure(Code.UNSUPPORTED, "an answer that is not known here"));
            return;
        }
        if (given instanceof DhtAnswer.Refused refused) {
            failed(refused.why());
            return;
        }
        A matching = question.match(given);
        if (matching == null) failed(new Failure(Code.MALFORMED, "an answer to another question"));
        else answer.onAnswer(matching, rttMillis);
    }

    void failed(Failure why) {
        answer.onFailure(why);
    }
}
