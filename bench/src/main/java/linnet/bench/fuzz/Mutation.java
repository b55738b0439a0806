package linnet.bench.fuzz;

import java.util.Arrays;
import java.util.List;
import linnet.core.id.Bytes;

/**
 * Reads the fuzzer's bytes as instructions, so that coverage can guide it behind the outermost check: take them as they are, or
 * take a valid message and edit it in a few places.
 * <pre>
 * 0, input …                                    the input itself
 * n, message, {operation, place, place, value}  message number modulo how many there are, then up to 2 edits
 * </pre>
 */
final class Mutation {
    /** More edits than this hardly ever leave a message that decodes. */
    private static final int EDITS_MAX = 2;

    private static final int HEAD_BYTES = 2;

    /** Three that move what follows, five that change in place: a message that is cut seldom decodes. */
    private static final int OPERATIONS = 8;

    private static final int EDIT_BYTES = 4;

    /** Longest piece that an edit repeats or cuts out, in bytes. */
    private static final int PIECE_BYTES_MAX = 64;

    private Mutation() {}

    /** Returns whether the instructions are an input of their own. */
    static boolean isRaw(byte[] instructions) {
        return instructions.length < HEAD_BYTES || instructions[0] == 0;
    }

    /** Returns instructions that give {@code input}. */
    static byte[] raw(Bytes input) {
        byte[] instructions = new byte[1 + input.length()];
        System.arraycopy(input.shared(), 0, instructions, 1, input.length());
        return instructions;
    }

    /** Returns instructions that give a message with one of its bytes changed. */
    static byte[] edited(int message) {
        return new byte[] {1, (byte) message, 0, 0, 0, 0};
    }

    /** Follows the instructions. */
    static Bytes input(byte[] instructions, List<Bytes> messages) {
        if (instructions.length == 0) return Bytes.EMPTY;
        if (isRaw(instructions)) return Bytes.wrap(Arrays.copyOfRange(instructions, 1, instructions.length));
        byte[] message =
                messages.get((instructions[1] & 0xff) % messages.size()).toArray();
        int edits = Math.min(EDITS_MAX, (instructions.length - HEAD_BYTES) / EDIT_BYTES);
        for (int edit = 0; edit < edits; edit++) {
            int at = HEAD_BYTES + edit * EDIT_BYTES;
            int place = (instructions[at + 1] & 0xff) << 8 | instructions[at + 2] & 0xff;
            message = edit(message, instructions[at] & 0xff, place, instructions[at + 3]);
        }
        return Bytes.wrap(message);
    }

    private static byte[] edit(byte[] message, int operation, int place, byte value) {
        if (message.length == 0) return new byte[] {value};
        int at = place % message.length;
        int piece = Math.min(1 + (value & 0xff) % PIECE_BYTES_MAX, message.length - at);
        switch (operation % OPERATIONS) {
            case 0 -> message[at] = value;
            case 1 -> message[at] ^= (byte) (1 << (value & 7));
            case 2 -> message[at] += (byte) (value % 4);
            case 3 -> message = spliced(message, at, at, new byte[] {value});
            case 4 -> message = spliced(message, at, at, Arrays.copyOfRange(message, at, at + piece));
            case 5 -> message = spliced(message, at, at + piece, new byte[0]);
            default -> message[at] = (byte) ~message[at];
        }
        return message;
    }

    private static byte[] spliced(byte[] message, int from, int to, byte[] instead) {
        byte[] result = new byte[message.length - (to - from) + instead.length];
        System.arraycopy(message, 0, result, 0, from);
        System.arraycopy(instead, 0, result, from, instead.length);
        System.arraycopy(message, to, result, from + instead.length, message.length - to);
        return result;
    }
}
