package linnet.core.env;

/**
 * An expected failure: part of normal operation, so a value and not an exception (SPEC L6). docs/ERRORS.md is made from
 * the codes.
 *
 * @param code what went wrong, as sent on the wire, in logs, in the API and on the command line
 * @param detail a sentence for the log; never parsed
 */
public record Failure(Code code, String detail) {
    /** Creates a failure whose detail is the code's own sentence. */
    public Failure(Code code) {
        this(code, code.sentence());
    }

    /** What can go wrong. The numbers are wire values: append only, never reused. */
    public enum Code {
        NO_CONNECTION(
                1,
                "There is no connection to this peer.",
                "It is tried again by itself; check that the other side is running."),
        NOT_CONNECTED_TO_BRIDGE(
                2,
                "No linked peer got an answer on behalf of this node.",
                "Let UDP through, or wait for the next try."),
        PEER_UNKNOWN(3, "Nobody with this name is known here.", "Check the id, or ask for an invite link."),
        PEER_DISCONNECTED(4, "The peer was connected and is gone.", "It is tried again by itself."),
        TIMEOUT(5, "There was no answer in time.", "It is tried again by itself; check the network."),
        NOT_LISTENING(6, "Nothing listens at this address.", "Start the other node, or check address and port."),
        HANDSHAKE_FAILED(
                7,
                "The other side did not prove who it is.",
                "If it stays so, remove the address: something else answers there."),
        IDENTITY_MISMATCH(8, "Somebody else answered at this address.", "Ask your contact for a new invite link."),
        UPGRADE_REFUSED(
                9,
                "The address answers, but does not speak WebSocket.",
                "Check the proxy: it must pass the Upgrade header."),
        WRONG_NODE_BEHIND_PROXY(10, "The proxy leads to another node.", "Check the path in the proxy's configuration."),
        RATE_LIMITED(11, "Too much at once.", "Wait a moment; it goes on by itself."),
        BRIDGE_REFUSES_DATA(12, "A bridge node passes questions on, but keeps no data.", "Choose another node."),
        NO_BOOTSTRAP(13, "No bootstrap node could be reached.", "Check the network, or join by an invite link."),
        NETWORK_CLOSED(14, "This network is by invitation only.", "Ask a member for an invite link."),
        WRONG_NETWORK(
                15,
                "The other side belongs to another network.",
                "Use a home of that network, or ask for an invite to this one."),
        TAMPERED(16, "A signature or seal does not hold.", "Do not trust this copy; ask for it again."),
        EXPIRED(17, "Its time is over.", "Ask for a new one, or send it again."),
        TOO_LARGE(18, "It is larger than allowed.", "Send less at once."),
        UNSUPPORTED(19, "The other side does not know this.", "One of the two programs is older; update it."),
        REFUSED(20, "The other side said no.", "Ask your contact."),
        MALFORMED(21, "This cannot be read.", "It was cut or changed on its way; copy it again."),
        DUPLICATE(22, "Another link to the same peer took over.", "Nothing needs to be done."),
        QUEUE_FULL(23, "Too much waits already.", "Wait until some of it is delivered."),
        VERSION_MISMATCH(24, "The two programs have no version in common.", "Update the older one."),
        STOPPING(25, "The node is stopping.", "Start it again."),
        NOT_FOUND(26, "There is no such thing here.", "Check the name."),
        NOT_AUTHORISED(27, "The token is missing or wrong.", "Run the command as the owner of the home."),
        NOT_A_CONTACT(
                28,
                "This person is not your contact.",
                "Add the contact first, or wait until the request is accepted."),
        ALREADY_USED(29, "This invite was used already.", "Ask for a new invite link."),
        INTERNAL(30, "Something went wrong in the program.", "Please report it with the log.");

        private final int number;
        private final String sentence;
        private final String hint;

        Code(int number, String sentence, String hint) {
            this.number = number;
            this.sentence = sentence;
            this.hint = hint;
        }

        /** Returns the wire value, from 1. */
        public int number() {
            return number;
        }

        /** Returns a sentence for a person. */
        public String sentence() {
            return sentence;
        }

        /** Returns what the person can do. */
        public String hint() {
            return hint;
        }

        /** Returns the code with this wire value; a number from a newer program gives {@link #UNSUPPORTED}. */
        public static Code of(int number) {
            for (Code code : values()) if (code.number == number) return code;
            return UNSUPPORTED;
        }
    }
}
