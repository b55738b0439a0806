package linnet.core.dht;

/** How much a lookup distrusts those who answer it. */
public enum Care {
    /** Takes the first answer that holds. For what is asked often and checked by its reader. */
    QUICK,
    /**
     * Walks on paths that share no peer, asks the whole region around the key and everybody in it, and takes the newest of all answers.
     * For a record that somebody may want to hide (SPEC D10); costs about ten times as much.
     */
    GUARDED
}
