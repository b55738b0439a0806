package linnet.core.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import linnet.core.id.Bytes;
import linnet.core.id.Key;

/**
 * Writes the protobuf encoding, in the one form that every encoder agrees on: shortest varints, zero and empty values left
 * out. Numbers are ints wherever they fit, because longs are emulated in JavaScript.
 */
public final class Writer {
    /** Room to begin with: most messages need less. */
    static final int BYTES_FIRST = 128;

    /** How many bytes a field of a key takes, for field numbers up to 15: tag, length, key. */
    static final int KEY_FIELD_BYTES = 2 + Key.BYTES;

    private byte[] buffer;
    private int length;

    /** Creates an empty writer. */
    public Writer() {
        this(BYTES_FIRST);
    }

    /** Creates an empty writer for about {@code bytes}, so that it need not grow. */
    public Writer(int bytes) {
        this.buffer = new byte[bytes];
    }

    /** Writes a number from 0. */
    public Writer uint(int field, int value) {
        if (value < 0) throw new IllegalArgumentException("negative number: " + value);
        if (value == 0) return this;
        tag(field, Reader.VARINT);
        varint(value);
        return this;
    }

    /** Writes a number from 0 that may need more than 31 bits. */
    public Writer uint64(int field, long value) {
        if (value < 0) throw new IllegalArgumentException("negative number: " + value);
        if (value == 0) return this;
        tag(field, Reader.VARINT);
        int high = (int) (value >>> 32);
        int low = (int) value;
        while (high != 0) {
            put((low & 0x7f) | 0x80);
            low = low >>> 7 | high << 25;
            high >>>= 7;
        }
        varint(low);
        return this;
    }

    /** Writes 64 bits of any value. */
    public Writer fixed64(int field, long value) {
        if (value == 0) return this;
        tag(field, Reader.FIXED64);
        fixed32((int) value);
        fixed32((int) (value >>> 32));
        return this;
    }

    /** Writes bytes, or nothing if there are none. */
    public Writer bytes(int field, Bytes value) {
        return value.length() == 0 ? this : item(field, value);
    }

    /** Writes one element of a repeated field, even an empty one. */
    public Writer item(int field, Bytes value) {
        return item(field, value.shared());
    }

    /** Writes 32 bytes. */
    public Writer key(int field, Key value) {
        tag(field, Reader.SIZED);
        put(Key.BYTES);
        reserve(Key.BYTES);
        word(value.a());
        word(value.b());
        word(value.c());
        word(value.d());
        word(value.e());
        word(value.f());
        word(value.g());
        word(value.h());
        return this;
    }

    /** Writes text, or nothing if it is empty. */
    public Writer text(int field, String value) {
        return value.isEmpty() ? this : item(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Begins a message inside this one.
     *
     * @param expectedBytes about how long it becomes; a wrong guess costs a move of its bytes
     * @return what {@link #close} needs
     */
    public int open(int field, int expectedBytes) {
        tag(field, Reader.SIZED);
        varint(expectedBytes);
        return length;
    }

    /** Ends the message that {@link #open} began. */
    public Writer close(int start, int expectedBytes) {
        int size = length - start;
        int reserved = sizeOf(expectedBytes);
        int needed = sizeOf(size);
        if (needed != reserved) {
            if (needed > reserved) reserve(needed - reserved);
            System.arraycopy(buffer, start, buffer, start + needed - reserved, size);
        }
        length = start - reserved;
        varint(size);
        length += size;
        return this;
    }

    /** Returns how many bytes there are so far. */
    public int length() {
        return length;
    }

    /** Returns what was written. The writer is of no use after it. */
    public Bytes toBytes() {
        return Bytes.wrap(length == buffer.length ? buffer : Arrays.copyOf(buffer, length));
    }

    /** Returns how many bytes a varint of this value takes. */
    static int sizeOf(int value) {
        int size = 1;
        for (int rest = value >>> 7; rest != 0; rest >>>= 7) size++;
        return size;
    }

    /** Returns how many bytes a field of so many bytes takes, for field numbers up to 15. */
    static int sizeOfField(int bytes) {
        return 1 + sizeOf(bytes) + bytes;
    }

    /** Returns how many bytes a number from 0 takes as a field, for field numbers up to 15: none for 0. */
    static int sizeOfUint(int value) {
        return value == 0 ? 0 : 1 + sizeOf(value);
    }

    /** Returns how many bytes a number from 0 takes as a field, for field numbers up to 15: none for 0. */
    static int sizeOfUint64(long value) {
        if (value == 0) return 0;
        int size = 2;
        for (long rest = value >>> 7; rest != 0; rest >>>= 7) size++;
        return size;
    }

    /** Writes a length and bytes without a field number: one frame of a batch. */
    Writer sized(Bytes value) {
        varint(value.length());
        raw(value.shared());
        return this;
    }

    private Writer item(int field, byte[] value) {
        tag(field, Reader.SIZED);
        varint(value.length);
        raw(value);
        return this;
    }

    private void raw(byte[] value) {
        reserve(value.length);
        System.arraycopy(value, 0, buffer, length, value.length);
        length += value.length;
    }

    private void tag(int field, int shape) {
        if (field < 1 || field > Reader.FIELD_MAX) throw new IllegalArgumentException("field number: " + field);
        varint(field << 3 | shape);
    }

    /** Takes its argument as unsigned. */
    private void varint(int value) {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            put((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        put(rest);
    }

    private void fixed32(int value) {
        for (int shift = 0; shift < 32; shift += 8) put(value >>> shift);
    }

    private void word(int value) {
        buffer[length++] = (byte) (value >>> 24);
        buffer[length++] = (byte) (value >>> 16);
        buffer[length++] = (byte) (value >>> 8);
        buffer[length++] = (byte) value;
    }

    private void put(int value) {
        reserve(1);
        buffer[length++] = (byte) value;
    }

    private void reserve(int more) {
        if (length + more > buffer.length) buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
    }
}
