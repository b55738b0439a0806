package linnet.bench.fuzz;

import java.util.List;
import linnet.core.id.Bytes;

/** One door through which strangers' bytes come in. */
interface Target {
    /** Bytes that any input may cost, before its length counts: tables, buffers and the like. */
    int ALLOCATED_BYTES_BASE = 64 * 1024;

    /** Bytes that every byte of input may cost: a record of lists takes about 20, copies on the way a few more. */
    int ALLOCATED_PER_BYTE = 64;

    /** Returns one valid input of every kind, made by the program's own encoders. */
    List<Bytes> messages();

    /**
     * Takes an input as the program would.
     *
     * @param input the bytes
     * @param raw whether they are the fuzzer's own; otherwise they are one of {@link #messages} with a few edits, and a target with
     *     layers may put them below its outer ones, where random bytes never get
     * @return whether it decodes; a refusal that the protocol documents is false, any exception a crash
     */
    boolean accepts(Bytes input, boolean raw);

    /** Returns which primitives are behind this door, for the report: {@code quick} or {@code real} ones, or {@code none}. */
    default String crypto() {
        return "quick";
    }

    /** Returns how many bytes an input of this length may allocate, whatever it says about itself. */
    default long allocatedBytesMax(int inputBytes) {
        return ALLOCATED_BYTES_BASE + (long) ALLOCATED_PER_BYTE * inputBytes;
    }
}
