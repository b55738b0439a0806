package linnet.core.crypto;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.IntFunction;
import linnet.core.env.Chance;
import linnet.core.id.Bytes;

/** Random bytes that tests know beforehand. */
public final class Draws {
    private Draws() {}

    /** Returns real primitives with random bytes from a seed. */
    public static Crypto seeded(long seed) {
        return new BouncyCrypto(bytes(new Chance(seed)));
    }

    /** Returns real primitives that draw exactly these, in this order. */
    public static Crypto fixed(Bytes... draws) {
        Queue<Bytes> rest = new ArrayDeque<>(List.of(draws));
        return new BouncyCrypto(count -> rest.remove());
    }

    /** Returns so many bytes of chance. */
    public static Bytes bytes(Chance chance, int count) {
        return bytes(chance).apply(count);
    }

    private static IntFunction<Bytes> bytes(Chance chance) {
        return count -> {
            byte[] array = new byte[count];
            for (int i = 0; i < count; i++) array[i] = (byte) chance.nextLong();
            return Bytes.wrap(array);
        };
    }
}
