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
        /** The folder holds no home. */
        NO_HOME("Create the home first."),
        /** There is something already where a home should be made, or it belongs to another network. */
        HOME_EXISTS("Open it, or choose another folder."),
        /** Another process has the home open. */
        HOME_LOCKED("Stop the other process, or choose another home."),
        /** A newer program has written the home. */
        HOME_NEWER("Update the program: a newer one has written this home."),
        /** The keys or the database are not what a program of ours writes. */
        HOME_DAMAGED("Restore the home from a backup."),
        /** The keys are encrypted, and no passphrase was given. */
        PASSPHRASE_NEEDED("Give the passphrase of this home."),
        /** The passphrase does not fit. */
        PASSPHRASE_WRONG("Try again: the passphrase does not fit."),
        /** The file is no backup, or was changed or cut. */
        BACKUP_DAMAGED("Take another copy of the backup, or an older one."),
        /** A newer program has written the backup. */
        BACKUP_NEWER("Update the program: a newer one has written this backup."),
        /** Another program listens at the port. */
        PORT_TAKEN("Choose another port, or stop what uses this one."),
        /** The certificate or its key cannot be used. */
        TLS_UNUSABLE("Check the certificate and key files."),
        /** Something could not be read or written. */
        DISK_FAILED("Check the disk: it may be full or broken. Nothing that was confirmed is lost."),
        /** The node has stopped, or could not start. */
        STOPPED("Start the node again."),
        /** Too many calls wait. */
        BUSY("Wait a moment and try again."),
        /** The events after a number are not kept any more. */
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
