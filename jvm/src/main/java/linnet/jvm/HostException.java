package linnet.jvm;

/** Why a host cannot do what it was asked: a kind for programs, a sentence for people. Expected, so it is caught where the host is used. */
public final class HostException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /** Creates one with its sentence. */
    public HostException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** Creates one with its sentence and what led to it. */
    public HostException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Returns what kind of failure it is. */
    public Kind kind() {
        return kind;
    }

    /** The kinds, each with what a person can do. Local to this machine: they never travel. */
    public enum Kind {
        NO_HOME("Create the home first."),
        HOME_EXISTS("Open it, or choose another folder."),
        HOME_LOCKED("Stop the other process, or choose another home."),
        HOME_NEWER("Update the program: a newer one has written this home."),
        HOME_DAMAGED("Restore the home from a backup."),
        PASSPHRASE_NEEDED("Give the passphrase of this home."),
        PASSPHRASE_WRONG("Try again: the passphrase does not fit."),
        BACKUP_DAMAGED("Take another copy of the backup, or an older one."),
        BACKUP_NEWER("Update the program: a newer one has written this backup."),
        PORT_TAKEN("Choose another port, or stop what uses this one."),
        TLS_UNUSABLE("Check the certificate and key files."),
        DISK_FAILED("Check the disk: it may be full or broken. Nothing that was confirmed is lost."),
        STOPPED("Start the node again."),
        BUSY("Wait a moment and try again."),
        EVENTS_GONE("Read the history, then follow the events from now on.");

        private final String hint;

        Kind(String hint) {
            this.hint = hint;
        }

        /** Returns what the person can do. */
        public String hint() {
            return hint;
        }
    }
}
