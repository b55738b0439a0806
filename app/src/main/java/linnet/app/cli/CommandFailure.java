package linnet.app.cli;

import linnet.core.env.Failure;

/** A command cannot go on. It is told in words on standard error, with {@code --json} as an object on standard output too. */
public final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final Exit exit;
    private final String code;
    private final String hint;

    /**
     * Creates a failure.
     *
     * @param code what scripts look at
     * @param message one sentence
     * @param hint what to do, or empty
     */
    public CommandFailure(Exit exit, String code, String message, String hint) {
        super(message);
        this.exit = exit;
        this.code = code;
        this.hint = hint;
    }

    /** Creates the failure of a code of docs/ERRORS.md. */
    public static CommandFailure of(Failure why) {
        return new CommandFailure(
                Exit.of(why.code()), why.code().name(), why.detail(), why.code().hint());
    }

    /** Creates a failure of the command line or the configuration. */
    public static CommandFailure usage(String message) {
        return new CommandFailure(Exit.USAGE, "USAGE", message, "");
    }

    /** Returns how the command ends. */
    public Exit exit() {
        return exit;
    }

    /** Returns what scripts look at. */
    public String code() {
        return code;
    }

    /** Returns what the person can do; may be empty. */
    public String hint() {
        return hint;
    }
}
