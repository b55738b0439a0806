package linnet.sim.invariant;

import linnet.sim.host.Happening;
import org.jspecify.annotations.Nullable;

/**
 * States that a thousand seeds must have met, or they prove less than they seem to: the rare moments in which a protocol
 * breaks. The names stay for ever; docs/TESTING.md lists them.
 */
public enum Sometimes {
    PROCESS_KILLED("a process was killed and its channels were closed", Happening.CRASHED),
    POWER_LOST("a machine went dark and nobody was told", Happening.POWER_LOST),
    PUTS_CUT_OFF("a crash came between put and sync and cut batches off", Happening.BATCHES_LOST),
    PUTS_HALF_KEPT(
            "a crash came between put and sync and some batches were durable all the same",
            Happening.BATCHES_HALF_KEPT),
    COMMITS_GROUPED("several batches became durable in one go", Happening.GROUP_COMMITTED),
    NODE_STOPPED("a node was stopped in order", Happening.STOPPED),
    NODE_RESTARTED("a node started again over what its disk held", Happening.RESTARTED),
    CHANNEL_BROKE("nothing got through a channel for 15 s", Happening.CHANNEL_BROKE),
    CHANNEL_FULL("a channel refused a message because too much waited", Happening.CHANNEL_FULL),
    CHANNEL_HAD_ROOM("a full channel had room again", Happening.CHANNEL_ROOM),
    CHANNEL_LINGERED("one end of a channel was gone and the other did not know", Happening.CHANNEL_LINGERS),
    DIAL_LOST("a dialler was gone before it heard that it was answered", Happening.DIAL_LOST),
    DIAL_REFUSED("a host dialled where nothing listened", Happening.DIAL_REFUSED),
    DIAL_TIMED_OUT("a dial waited in vain", Happening.DIAL_TIMED_OUT),
    HANDSHAKE_CUT("a process ended during a handshake", Happening.HANDSHAKE_CUT),
    CUT_ON_THE_WAY("a cut caught something that was already on its way", Happening.CUT_ON_THE_WAY),
    GLARE("two nodes dialled each other at once", Happening.GLARE),
    BYTES_CHANGED("a byte changed on its way", Happening.BYTES_CHANGED),
    HOST_MOVED("a device came back at another address", Happening.MOVED),
    CLOCK_WENT_BACK("a clock jumped back", Happening.CLOCK_BACK),
    CLOCK_RAN_AHEAD("a clock jumped forward", Happening.CLOCK_AHEAD),
    ENVELOPE_DOUBLED("an envelope came twice", Happening.ENVELOPE_DOUBLED),
    ENVELOPE_OVERTAKEN("an envelope was held back and overtaken", Happening.ENVELOPE_HELD),

    SEND_CUT_OFF("a crash took a message whose send had not been accepted yet"),
    SEND_KEPT_UNANSWERED("a message survived a crash that came before the application was told"),
    SENT_TO_REQUESTED("words were written to somebody who had not accepted yet"),
    QUEUE_FULL("a send was refused because too much waited"),
    GAP_PASSED("a message was shown after a gap that was waited for"),
    LATE_MESSAGE("a message came after its gap was passed"),
    DELIVERED_BEFORE_SHOWN("a message was acknowledged while it was held for a gap"),
    DELIVERED_AFTER_RESTART("a message was delivered after its sender had started again"),
    MESSAGE_EXPIRED("a device outlived a message that it could not deliver"),
    MESSAGE_REFUSED("words to somebody who then refused were given up"),
    READ_TOLD("a sender learned that a message was seen"),
    LONG_MESSAGE("a message of the largest size was delivered"),
    REQUEST_ACCEPTED("an invite made two contacts"),
    REQUEST_WHILE_AWAY("an invite was taken while its maker was off"),
    BOTH_INVITED("two people took each other's invites"),
    INVITE_EXPIRED("an invite was taken too late"),
    INVITE_USED_TWICE("an invite was taken by a second person"),
    INVITE_UNKNOWN("an invite was taken that its maker does not know"),
    CONTACT_RENAMED("a contact took another name"),
    FALSE_FRIEND_HEARD("a contact who means harm wrote something, and it was shown"),
    CONTACT_OFFLINE("a contact went offline"),
    WAITS_WITH_CAUSE("a sender was told why a message waits"),

    FOUND_IN_DHT("a device that had moved was found by what it published", "route.found-in-dht", ""),
    LINK_SILENT("a link ended because nothing came", "link.silent", "TIMEOUT"),
    LINK_STALLED("a link ended because its peer took nothing", "link.stalled", "TIMEOUT"),
    LINK_GAVE_WAY("two links to one peer, and one gave way", "link.closed", "DUPLICATE"),
    LINK_SAID_GOODBYE("a link ended because the other node stopped", "link.closed", "STOPPING"),
    PEER_LIVED_AGAIN("a new life of a peer replaced a link that still seemed up", "link.replaced", ""),
    HANDSHAKE_TIMED_OUT("a handshake took too long", "link.handshake-failed", "TIMEOUT"),
    HANDSHAKE_FORGED("a peer did not prove its device", "link.violation", "HANDSHAKE_FAILED"),
    LINK_TAMPERED("a changed byte ended a link", "link.violation", "TAMPERED"),
    FRAME_MALFORMED("bytes that are no frame ended a link", "link.violation", "MALFORMED"),
    FRAME_UNKNOWN("a frame that only newer programs know was answered", "link.unknown-frame", ""),
    STRANGER_THROTTLED("a stranger sent too much", "link.violation", "RATE_LIMITED"),
    HANDSHAKES_LIMITED("one address opened too many channels", "link.refused", "RATE_LIMITED"),
    OTHER_NETWORK("a peer of another network was refused", "link.violation", "WRONG_NETWORK"),
    OTHER_VERSION("a peer without a common version was refused", "link.violation", "VERSION_MISMATCH"),
    ENVELOPE_FORGED("a forged or changed envelope was refused", "envelope.refused", "TAMPERED"),
    ENVELOPE_OF_STRANGER("an envelope of a stranger was refused", "envelope.refused", "NOT_A_CONTACT"),
    ENVELOPE_EXPIRED("an envelope came after its time", "envelope.refused", "EXPIRED"),
    CLOCKS_DIFFERED("a message was kept out by a clock that is weeks off", "message.clocks-differ", ""),
    ENVELOPE_ASTRAY("an envelope came that is for somebody else", "envelope.not-kept", ""),
    ENVELOPE_UNREADABLE("an envelope was sealed to a prekey that is gone", "envelope.unreadable", ""),
    RESEALED("an unreadable message was sealed anew", "message.resealed", ""),
    RESENT("a message was sent again because nothing acknowledged it", "message.resent", ""),
    REPEAT_ACKNOWLEDGED("a message came again after it was shown, and was acknowledged again", "message.repeated", ""),
    WINDOW_FULL("as many messages as may be were under way to one device", "message.window-full", ""),
    RECEIPT_LIED("a receipt was ignored because its sender had no part in it", "message.receipt-ignored", ""),
    PREKEY_ROTATED("a prekey was replaced", "contact.prekey-rotated", ""),
    CARD_OF_STRANGER("a stranger showed a card", "contact.stranger", "");

    private final String sentence;
    private final @Nullable Happening happening;
    private final String logName;
    private final String logCode;

    Sometimes(String sentence) {
        this(sentence, null, "", "");
    }

    Sometimes(String sentence, Happening happening) {
        this(sentence, happening, "", "");
    }

    Sometimes(String sentence, String logName, String logCode) {
        this(sentence, null, logName, logCode);
    }

    Sometimes(String sentence, @Nullable Happening happening, String logName, String logCode) {
        this.sentence = sentence;
        this.happening = happening;
        this.logName = logName;
        this.logCode = logCode;
    }

    /** Returns what it means. */
    public String sentence() {
        return sentence;
    }

    /** Returns the state that a happening of the world stands for, or null. */
    static @Nullable Sometimes of(Happening happening) {
        for (Sometimes state : values()) if (state.happening == happening) return state;
        return null;
    }

    /** Returns the state that a log event stands for, or null. */
    static @Nullable Sometimes of(String logName, String code) {
        for (Sometimes state : values())
            if (state.logName.equals(logName) && (state.logCode.isEmpty() || state.logCode.equals(code))) return state;
        return null;
    }
}
