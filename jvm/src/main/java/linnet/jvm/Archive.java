package linnet.jvm;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import linnet.core.id.Bytes;
import linnet.jvm.sqlite.Reading;
import linnet.jvm.sqlite.SqliteStore;

/** Everything that a home's database is used for: the core's store, the reading of it, and the feed of events. */
final class Archive implements SqliteStore.Released, AutoCloseable {
    /** Where the SQLite driver unpacks its library. */
    private static final String LIBRARY_FOLDER = "org.sqlite.tmpdir";

    final SqliteStore store;
    final Reading reading;
    final EventFeed feed;
    private final Executor node;
    private final Consumer<HostException> onFailed;

    /**
     * Opens the database of a home.
     *
     * @param node runs inputs on the node's thread, in order
     * @param onFailed hears, on the writer's thread, that nothing more becomes durable
     */
    Archive(Home home, Executor node, Consumer<HostException> onFailed) {
        this.node = node;
        this.onFailed = onFailed;
        Bytes key = home.dataKey();
        Path libraries = Home.nativeLibraries(home.folder());
        // Read once, when the driver loads: the first home of a process serves all of them.
        if (System.getProperty(LIBRARY_FOLDER) == null) System.setProperty(LIBRARY_FOLDER, libraries.toString());
        store = SqliteStore.open(home.database(), new JdkCrypto(), key, this);
        Reading opened = null;
        try {
            opened = new Reading(home.database(), new JdkCrypto(), key);
            reading = opened;
            feed = new EventFeed(opened);
        } catch (RuntimeException e) {
            if (opened != null) opened.close();
            store.abandon();
            throw e;
        }
    }

    /** Lets the driver unpack its library in a home, if it has not been used yet. */
    static void useLibrariesOf(Path home) {
        if (System.getProperty(LIBRARY_FOLDER) != null) return;
        System.setProperty(LIBRARY_FOLDER, Home.nativeLibraries(home).toString());
    }

    @Override
    public void onEvents(List<NumberedEvent> events) {
        feed.add(events);
    }

    @Override
    public void onDurable(Runnable durable) {
        node.execute(durable);
    }

    @Override
    public void onFailed(HostException why) {
        onFailed.accept(why);
    }

    /** Makes durable what was closed, then closes. */
    @Override
    public void close() {
        store.close();
        closeReading();
    }

    /** Closes as a crash would. */
    void abandon() {
        store.abandon();
        closeReading();
    }

    /** Returns whether nothing writes any more. */
    boolean isEnded() {
        return store.isEnded();
    }

    private void closeReading() {
        feed.close();
        reading.close();
    }
}
