package linnet.sim.host;

/** What the simulated world knows of itself and no node could tell. */
public enum Happening {
    /** The process was killed; the operating system closed its channels. */
    CRASHED,
    /** The power went; nobody was told. */
    POWER_LOST,
    /** A crash cut off batches that were put and not yet durable. */
    BATCHES_LOST,
    /** A crash came between put and sync, and some of the batches were durable all the same. */
    BATCHES_HALF_KEPT,
    /** Several batches became durable together. */
    GROUP_COMMITTED,
    /** The node was stopped in order. */
    STOPPED,
    /** The node started again over what its disk held. */
    RESTARTED,
    /** A channel broke because nothing got through for its time. */
    CHANNEL_BROKE,
    /** A channel refused a message: too much waited. */
    CHANNEL_FULL,
    /** A refused channel had room again. */
    CHANNEL_ROOM,
    /** A channel ended before its dialler knew that it had begun. */
    DIAL_LOST,
    /** Nobody listened where a host dialled. */
    DIAL_REFUSED,
    /** A dial waited in vain. */
    DIAL_TIMED_OUT,
    /** One end of a channel is gone, and the other end does not know. */
    CHANNEL_LINGERS,
    /** A process ended while a handshake of its was under way. */
    HANDSHAKE_CUT,
    /** A cut caught something that was already on its way. */
    CUT_ON_THE_WAY,
    /** Two hosts dialled each other at the same time. */
    GLARE,
    /** A device came to another address. */
    MOVED,
    /** A wall clock jumped back. */
    CLOCK_BACK,
    /** A wall clock jumped forward. */
    CLOCK_AHEAD,
    /** A byte was changed on the way. */
    BYTES_CHANGED,
    /** A decrypted envelope was handed on twice. */
    ENVELOPE_DOUBLED,
    /** A decrypted envelope was held back. */
    ENVELOPE_HELD
}
