package linnet.sim.dht;

import java.util.ArrayList;
import java.util.List;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.Whereabouts;
import org.jspecify.annotations.Nullable;

/**
 * One measured lookup, seen from outside: whatever an input causes carries the trail of that input, so its questions, answers and
 * bytes are told apart from a network that goes on living, and the hops are counted without asking the core.
 */
final class Trail {
    private int[] hosts = new int[32];
    private byte[] depths = new byte[32];
    private int known;
    private int messages;
    private int depth;
    private boolean open = true;
    private @Nullable List<String> lines;

    /** Keeps a line for everything that happens, for people. */
    Trail told() {
        lines = new ArrayList<>();
        return this;
    }

    List<String> lines() {
        return lines == null ? List.of() : lines;
    }

    void tell(long nowMillis, String what) {
        if (lines != null) lines.add(nowMillis + " " + what);
    }

    boolean isOpen() {
        return open;
    }

    /** Ends it: what its timers still do belongs to nobody. */
    void close() {
        open = false;
    }

    /** Packets of questions and answers. */
    int messages() {
        return messages;
    }

    /** Questions on the path to the last answer, that answer's own included. */
    int depth() {
        return depth;
    }

    void onSent(int packets) {
        if (open) messages += packets;
    }

    /** An answer came: whoever it names is one question further away than who gave it. */
    void onAnswer(DhtWorld world, int from, DhtAnswer answer) {
        int at = Math.max(1, depthOf(from));
        depth = at;
        List<Whereabouts> named = List.of();
        if (answer instanceof DhtAnswer.Nearest nearest) named = nearest.peers();
        if (answer instanceof DhtAnswer.Held held) named = held.peers();
        for (Whereabouts peer : named) {
            int number = world.number(peer);
            if (number >= 0 && depthOf(number) == 0) put(number, (byte) (at + 1));
        }
    }

    /** A question left: whom no answer had named was known before. */
    void onQuestion(int to) {
        if (depthOf(to) == 0) put(to, (byte) 1);
    }

    private int depthOf(int number) {
        for (int i = 0; i < known; i++) if (hosts[i] == number) return depths[i];
        return 0;
    }

    private void put(int number, byte depthOfIt) {
        if (known == hosts.length) {
            hosts = java.util.Arrays.copyOf(hosts, known * 2);
            depths = java.util.Arrays.copyOf(depths, known * 2);
        }
        hosts[known] = number;
        depths[known++] = depthOfIt;
    }
}
