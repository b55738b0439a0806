package linnet.core.dht;

import linnet.core.wire.SignedRecord;
import org.jspecify.annotations.Nullable;

/** Makes the next version of an own record. */
public interface RecordMaker {
    /**
     * Returns a newer version than ever before, or null if there is nothing to say for now.
     *
     * @param day days since 1970, whose key it is for
     */
    @Nullable
    SignedRecord make(long day);
}
