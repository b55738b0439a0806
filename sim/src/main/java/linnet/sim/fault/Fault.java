package linnet.sim.fault;

import java.util.Locale;

/** A kind of fault; each can be left out, which is how a failure is made smaller. */
public enum Fault {
    /** Segments are lost and come later: up to 30 %. */
    LOSS,
    /** Decrypted envelopes are handed on twice: up to 50 %. */
    DUPLICATION,
    /** Decrypted envelopes are held back and overtaken. */
    REORDERING,
    /** Bytes change on the way. */
    CORRUPTION,
    /** One direction stands still for up to 5 s. */
    CLOGS,
    /** Some hosts cannot reach the others, both ways or one way. */
    PARTITIONS,
    /** Processes and machines stop and start; what was not durable is cut off. */
    CRASHES,
    /** In one seed of twenty hosts hear packets, form a network, and come back at other addresses. */
    MOVES,
    /** Wall clocks jump by up to 24 hours. */
    CLOCKS,
    /** Disks are slow. */
    DISKS,
    /** Much is sent at once. */
    BURSTS,
    /** A peer lies. */
    LIES;

    /** Returns the name on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the fault of a name on the command line. */
    public static Fault of(String word) {
        for (Fault fault : values()) if (fault.word().equals(word)) return fault;
        throw new IllegalArgumentException("no fault is called '" + word + "'");
    }
}
