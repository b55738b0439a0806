package linnet.core.node;

import linnet.core.env.Store;
import linnet.core.id.Bytes;

/**
 * The mark of a home that was made from a backup. Whoever restores puts it into the new home's store before the first start; the node then goes
 * on above what its lost life may have told others (docs/decisions/0064), and takes the mark away with what it has done about it.
 */
public final class Restored {
    private static final String TABLE = "self";
    private static final String KEY = "restored";

    private Restored() {}

    /** Marks a home. */
    public static void mark(Store store) {
        store.put(TABLE, KEY, Bytes.utf8("restored"));
    }

    /** Takes the mark away, and returns whether there was one. */
    static boolean take(Store store) {
        if (store.get(TABLE, KEY) == null) return false;
        store.put(TABLE, KEY, null);
        return true;
    }
}
