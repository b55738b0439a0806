package linnet.app.cli;

import linnet.core.env.Failure;

/** How a command ends; the numbers are for scripts and stay for ever. */
public enum Exit {
    /** Done. */
    OK(0, "done"),
    /** It failed, or a goal was missed. */
    FAILED(1, "failed, or a goal of a measuring command was missed"),
    /** The command line or the configuration cannot be used. */
    USAGE(2, "wrong flag, argument or configuration"),
    /** There is no node to talk to. */
    NOT_RUNNING(3, "the node is not running"),
    /** The other person's device cannot be reached. */
    UNREACHABLE(4, "the peer cannot be reached"),
    /** It took too long. */
    TIMEOUT(5, "no answer in time"),
    /** The token does not fit. */
    NOT_AUTHORISED(6, "not authorised"),
    /** Accepted, and not yet delivered. */
    QUEUED(7, "accepted, not yet delivered");

    private final int status;
    private final String meaning;

    Exit(int status, String meaning) {
        this.status = status;
        this.meaning = meaning;
    }

    /** Returns the exit status. */
    public int status() {
        return status;
    }

    /** Returns what it means, for the documents. */
    public String meaning() {
        return meaning;
    }

    /** Returns how a command ends that met this failure. */
    public static Exit of(Failure.Code code) {
        return switch (code) {
            case TIMEOUT -> TIMEOUT;
            case NOT_AUTHORISED -> NOT_AUTHORISED;
            case NO_CONNECTION,
                    PEER_DISCONNECTED,
                    NOT_LISTENING,
                    NOT_CONNECTED_TO_BRIDGE,
                    NO_BOOTSTRAP,
                    HANDSHAKE_FAILED,
                    IDENTITY_MISMATCH,
                    UPGRADE_REFUSED -> UNREACHABLE;
            default -> FAILED;
        };
    }
}
