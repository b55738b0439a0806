package linnet.jvm.sqlite;

import java.sql.SQLException;
import java.util.List;
import linnet.jvm.NumberedEvent;

/** Makes batches durable. On one thread; a test puts itself between this and the store. */
interface Disk extends AutoCloseable {
    /**
     * Writes the batches in one transaction: all of them or, when it throws, none.
     *
     * @return the events of the batches with their numbers, once COMMIT has returned
     */
    List<NumberedEvent> write(List<Batch> batches) throws SQLException;

    @Override
    void close() throws SQLException;
}
