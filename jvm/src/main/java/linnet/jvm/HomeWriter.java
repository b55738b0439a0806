package linnet.jvm;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import linnet.core.event.Event;
import linnet.core.id.Bytes;
import linnet.core.id.MessageId;
import linnet.core.id.UserId;

/**
 * Writes into a home that no node runs in, batch by batch as a node would have done: years of history in seconds, for those who measure
 * what a node does with them. Nothing checks whether what is written makes sense.
 */
public final class HomeWriter implements AutoCloseable {
    private final Home home;
    private final Archive archive;
    private final CompletableFuture<Void> broken = new CompletableFuture<>();

    /** Opens the database of a home, which this writer closes. */
    public HomeWriter(Home home) {
        this.home = home;
        this.archive = new Archive(home, Runnable::run, broken::completeExceptionally);
    }

    /** Writes a row of a protocol. */
    public void put(String table, String key, Bytes value) {
        archive.store.put(table, key, value);
    }

    /** Tells an event, which the history then shows. */
    public void emit(Event event) {
        archive.store.emit(event);
    }

    /** Notes that the person has seen these messages, and what came before them. */
    public void see(UserId with, List<MessageId> ids) {
        archive.store.see(with, ids);
    }

    /** Ends the batch, as of this time. */
    public void closeBatch(long wallMillis) {
        archive.store.closeBatch(wallMillis, null);
    }

    /** Makes everything durable and closes the home. */
    @Override
    public void close() {
        CompletableFuture<Void> written = new CompletableFuture<>();
        archive.store.sync(() -> written.complete(null));
        archive.store.closeBatch(System.currentTimeMillis(), null);
        try {
            CompletableFuture.anyOf(written, broken).join();
        } finally {
            archive.close();
            home.close();
        }
    }
}
