package linnet.core.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.id.Key;
import org.jspecify.annotations.Nullable;

/**
 * Reads the protobuf encoding from bytes that anybody may have made. Unknown fields are skipped. Everything else that is not as
 * {@link Writer} writes it is a {@link ProtocolViolation}: varints longer than needed, fields twice, text that is not UTF-8. No
 * length is believed before it was compared with what is there, so nothing larger than the input is ever allocated.
 */
public final class Reader {
    /** Messages within messages. Ours need six; a limit keeps hostile input off the stack. */
    public static final int DEPTH_MAX = 8;

    /** Largest field number of the encoding. */
    static final int FIELD_MAX = (1 << 29) - 1;

    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int SIZED = 2;
    private static final int FIXED32 = 5;

    private static final int VARINT_BYTES_MAX = 10;

    private final byte[] input;
    private final int end;
    private final int depth;
    private int position;
    private int field;
    private int shape;

    /** A bit for each field below 32 that was read. */
    private int seen;

    /** Creates a reader of all of {@code input}. */
    public Reader(Bytes input) {
        this(input.shared(), 0, input.length(), 1);
    }

    private Reader(byte[] input, int from, int end, int depth) {
        this.input = input;
        this.position = from;
        this.end = end;
        this.depth = depth;
    }

    /** Goes to the next field and returns its number, or 0 at the end. */
    public int field() {
        if (position == end) return 0;
        int tag = varint32();
        shape = tag & 7;
        field = tag >>> 3;
        if (field == 0) throw malformed("field number 0");
        return field;
    }

    /** Returns whether the current field is bytes, text or a message. */
    public boolean isSized() {
        return shape == SIZED;
    }

    /** Says that the current field may come again; refuses more than {@code max} of them. */
    public Reader repeated(int have, int max) {
        if (have >= max) throw tooLarge("more than " + max + " of field " + field);
        if (field < 32) seen &= ~(1 << field);
        return this;
    }

    /** Reads a number from 0 to {@code max}. */
    public int uint(int max) {
        begin(VARINT);
        int value = varint32();
        if (value < 0 || value > max) throw malformed("field " + field + " above " + max);
        return value;
    }

    /** Reads a number from 0 to {@code max} that may need more than 31 bits. */
    public long uint64(long max) {
        begin(VARINT);
        int low = 0;
        int middle = 0;
        int high = 0;
        for (int i = 0; i < VARINT_BYTES_MAX; i++) {
            int b = next();
            if (i < 4) low |= (b & 0x7f) << (7 * i);
            else if (i < 8) middle |= (b & 0x7f) << (7 * (i - 4));
            else high |= (b & 0x7f) << (7 * (i - 8));
            if (b < 0x80) {
                if (b == 0 && i > 0) throw malformed("varint longer than needed");
                long value = low | (long) middle << 28 | (long) high << 56;
                if (value < 0 || value > max || high > 0xff) throw malformed("field " + field + " above " + max);
                return value;
            }
        }
        throw malformed("varint of more than 10 bytes");
    }

    /** Reads 64 bits of any value. */
    public long fixed64() {
        begin(FIXED64);
        need(8);
        long low = fixed32() & 0xffffffffL;
        return (long) fixed32() << 32 | low;
    }

    /** Reads {@code min} to {@code max} bytes. */
    public Bytes bytes(int min, int max) {
        int length = sized(min, max);
        Bytes value = Bytes.wrap(Arrays.copyOfRange(input, position, position + length));
        position += length;
        return value;
    }

    /** Reads exactly 32 bytes. */
    public Key key() {
        sized(Key.BYTES, Key.BYTES);
        return new Key(word(), word(), word(), word(), word(), word(), word(), word());
    }

    /** Reads text of {@code min} to {@code max} bytes of UTF-8. */
    public String text(int min, int max) {
        int length = sized(min, max);
        if (!Utf8.isValid(input, position, position + length)) throw malformed("text that is not UTF-8");
        String value = new String(input, position, length, StandardCharsets.UTF_8);
        position += length;
        return value;
    }

    /** Reads a message of at most {@code max} bytes: a reader over it, without a copy. */
    public Reader message(int max) {
        if (depth == DEPTH_MAX) throw malformed("messages within messages");
        int length = sized(0, max);
        Reader inner = new Reader(input, position, position + length, depth + 1);
        position += length;
        return inner;
    }

    /** Passes over the current field. */
    public void skip() {
        switch (shape) {
            case VARINT -> skipVarint();
            case FIXED64 -> advance(8);
            case SIZED -> advance(size());
            case FIXED32 -> advance(4);
            default -> throw malformed("wire type " + shape);
        }
    }

    /** Refuses a message without {@code value}. */
    public static <T> T required(@Nullable T value, String name) {
        if (value == null) throw new ProtocolViolation(Failure.Code.MALFORMED, name + " is missing");
        return value;
    }

    /** Refuses a message without a number that starts at 1. */
    public static int positive(int value, String name) {
        if (value < 1) throw new ProtocolViolation(Failure.Code.MALFORMED, name + " is missing");
        return value;
    }

    /** Refuses a message without a number that starts at 1. */
    public static long positive(long value, String name) {
        if (value < 1) throw new ProtocolViolation(Failure.Code.MALFORMED, name + " is missing");
        return value;
    }

    /** Returns whether bytes are left. */
    boolean hasMore() {
        return position < end;
    }

    /** Reads a length and goes behind so many bytes, which the returned reader reads: one frame of a batch, without a field number. */
    Reader sized(int max) {
        int length = size();
        if (length > max) throw tooLarge(length + " B, at most " + max);
        Reader value = new Reader(input, position, position + length, depth);
        position += length;
        return value;
    }

    /** Returns the bytes that are left, and reads none of them. */
    Bytes rest() {
        return Bytes.wrap(Arrays.copyOfRange(input, position, end));
    }

    /** Checks shape and length of the current field and that its bytes are there. */
    private int sized(int min, int max) {
        begin(SIZED);
        int length = size();
        if (length > max) throw tooLarge("field " + field + " of " + length + " B, at most " + max);
        if (length < min) throw malformed("field " + field + " of " + length + " B, at least " + min);
        return length;
    }

    private int size() {
        int length = varint32();
        need(length);
        return length;
    }

    private void begin(int wanted) {
        if (shape != wanted) throw malformed("field " + field + " of wire type " + shape + " instead of " + wanted);
        if (field >= 32) return;
        int bit = 1 << field;
        if ((seen & bit) != 0) throw malformed("field " + field + " twice");
        seen |= bit;
    }

    /** Reads up to 32 bits, unsigned. */
    private int varint32() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int b = next();
            if (shift == 28 && b > 0x0f) throw malformed("number above 32 bits");
            value |= (b & 0x7f) << shift;
            if (b < 0x80) {
                if (b == 0 && shift > 0) throw malformed("varint longer than needed");
                return value;
            }
        }
        throw malformed("number above 32 bits");
    }

    private void skipVarint() {
        for (int i = 0; i < VARINT_BYTES_MAX; i++) {
            int b = next();
            if (b < 0x80) {
                if (b == 0 && i > 0) throw malformed("varint longer than needed");
                if (b > 1 && i == VARINT_BYTES_MAX - 1) throw malformed("varint above 64 bits");
                return;
            }
        }
        throw malformed("varint of more than 10 bytes");
    }

    private int fixed32() {
        int value = (input[position] & 0xff)
                | (input[position + 1] & 0xff) << 8
                | (input[position + 2] & 0xff) << 16
                | (input[position + 3] & 0xff) << 24;
        position += 4;
        return value;
    }

    private int word() {
        int value = (input[position] & 0xff) << 24
                | (input[position + 1] & 0xff) << 16
                | (input[position + 2] & 0xff) << 8
                | (input[position + 3] & 0xff);
        position += 4;
        return value;
    }

    private int next() {
        if (position >= end) throw malformed("cut");
        return input[position++] & 0xff;
    }

    private void advance(int count) {
        need(count);
        position += count;
    }

    /** A count above 31 bits is negative here. */
    private void need(int count) {
        if (count < 0 || count > end - position) throw malformed("cut");
    }

    private ProtocolViolation malformed(String what) {
        return new ProtocolViolation(Failure.Code.MALFORMED, what + ", at byte " + position);
    }

    private static ProtocolViolation tooLarge(String what) {
        return new ProtocolViolation(Failure.Code.TOO_LARGE, what);
    }
}
