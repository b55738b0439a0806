package linnet.core.env;

/** The other side did something that the protocol forbids. Caught in one place, in the link, which closes with the code. */
public final class ProtocolViolation extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Failure failure;

    /** Creates a violation without a stack trace: hostile input must be cheap to refuse. */
    public ProtocolViolation(Failure.Code code, String detail) {
        super(detail, null, false, false);
        this.failure = new Failure(code, detail);
    }

    /** Returns what is told to the other side and the log. */
    public Failure failure() {
        return failure;
    }
}
