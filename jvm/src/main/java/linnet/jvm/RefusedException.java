package linnet.jvm;

import linnet.core.env.Failure;

/** The node refused what it was asked, such as a message to somebody who is no contact; nothing happened. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Failure failure;

    /** Creates one. */
    public RefusedException(Failure failure) {
        super(failure.code() + (failure.detail().isEmpty() ? "" : ": " + failure.detail()));
        this.failure = failure;
    }

    /** Returns why. */
    public Failure failure() {
        return failure;
    }
}
