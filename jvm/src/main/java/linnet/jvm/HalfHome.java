package linnet.jvm;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import linnet.core.crypto.Crypto;
import linnet.core.node.Restored;
import linnet.jvm.HostException.Kind;
import linnet.jvm.sqlite.SqliteStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A home in the making, in a folder beside its place. It takes its place whole, or goes without a trace. */
final class HalfHome implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("linnet.jvm");

    private final Path place;
    private final Path folder;
    private final Crypto crypto = new JdkCrypto();

    private HalfHome(Path place, Path folder) {
        this.place = place;
        this.folder = folder;
    }

    /** Begins a home that will be at {@code place}, where nothing or an empty folder is: HOME_EXISTS otherwise. */
    static HalfHome beside(Path place) throws IOException {
        Path whole = place.toAbsolutePath().normalize();
        if (Files.exists(whole) && !isEmptyFolder(whole))
            throw new HostException(
                    Kind.HOME_EXISTS,
                    "There is something in " + place + " already. A restored home needs a new folder.");
        Path parent = whole.getParent();
        Path name = whole.getFileName();
        if (parent == null || name == null)
            throw new HostException(Kind.HOME_EXISTS, "The root of a file system cannot be a home.");
        PrivateFiles.createFolders(parent);
        Path folder = Files.createTempDirectory(parent, "." + name + ".restoring-");
        PrivateFiles.protect(folder);
        return new HalfHome(whole, folder);
    }

    void writeKeys(IdentityFile.Secrets secrets, char @Nullable [] passphrase) throws IOException {
        write("identity.key", IdentityFile.write(secrets, passphrase, crypto));
    }

    void write(String name, String text) throws IOException {
        PrivateFiles.write(folder.resolve(name), text);
    }

    FileChannel createDatabase() throws IOException {
        return PrivateFiles.create(database());
    }

    /** Brings the database up to date, reads all of it once, and marks it: the core goes on above what its lost life has said. */
    void becomeNewLife(IdentityFile.Secrets secrets) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Archive.useLibrariesOf(folder);
        try (SqliteStore store = SqliteStore.open(database(), crypto, secrets.dataKey(), new Wait(done))) {
            Restored.mark(store);
            store.sync(() -> done.complete(null));
            store.closeBatch(System.currentTimeMillis(), null);
            done.join();
        } catch (java.util.concurrent.CompletionException e) {
            if (e.getCause() instanceof HostException why) throw why;
            throw e;
        }
    }

    void moveToItsPlace() throws IOException {
        Files.deleteIfExists(place);
        Files.move(folder, place, StandardCopyOption.ATOMIC_MOVE);
        PrivateFiles.makeNamesDurable(place.resolveSibling("."));
    }

    /** Removes what did not take its place. */
    @Override
    public void close() {
        if (!Files.exists(folder)) return;
        try (Stream<Path> inside = Files.walk(folder)) {
            List<Path> deepestFirst = inside.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) Files.delete(each);
        } catch (IOException e) {
            LOG.atWarn().setCause(e).addKeyValue("folder", folder).log("restore.left");
        }
    }

    private Path database() {
        return folder.resolve(Home.DATABASE);
    }

    private static boolean isEmptyFolder(Path path) throws IOException {
        if (!Files.isDirectory(path)) return false;
        try (DirectoryStream<Path> inside = Files.newDirectoryStream(path)) {
            return !inside.iterator().hasNext();
        }
    }

    /** Waits for one batch. */
    private record Wait(CompletableFuture<Void> done) implements SqliteStore.Released {
        @Override
        public void onEvents(List<NumberedEvent> events) {}

        @Override
        public void onDurable(Runnable durable) {
            durable.run();
        }

        @Override
        public void onFailed(HostException why) {
            done.completeExceptionally(why);
        }
    }
}
