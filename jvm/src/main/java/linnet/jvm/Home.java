package linnet.jvm;

import java.nio.file.Path;
import linnet.core.crypto.Identity;
import linnet.core.id.Bytes;
import org.jspecify.annotations.Nullable;

/** The folder of one node. Being written. */
public final class Home implements AutoCloseable {
    /** Returns whether {@code folder} holds a home. */
    public static boolean exists(Path folder) {
        throw new IllegalStateException("being built");
    }

    /** Returns whether the home in {@code folder} opens only with a passphrase. */
    public static boolean needsPassphrase(Path folder) {
        throw new IllegalStateException("being built");
    }

    /** Creates a home with a new identity, and opens it. */
    public static Home create(Path folder, char @Nullable [] passphrase) {
        throw new IllegalStateException("being built");
    }

    /** Opens a home and locks it against other processes. Slow with a passphrase, on purpose. */
    public static Home open(Path folder, char @Nullable [] passphrase) {
        throw new IllegalStateException("being built");
    }

    /** Returns the folder. */
    public Path folder() {
        throw new IllegalStateException("being built");
    }

    /** Returns the file {@code config.yaml}, which may be absent. */
    public static Path config(Path folder) {
        return folder.resolve("config.yaml");
    }

    /** Returns the file {@code api-token}, which may be absent. */
    public static Path apiToken(Path folder) {
        return folder.resolve("api-token");
    }

    /** Returns the folder of the logs. */
    public static Path logs(Path folder) {
        return folder.resolve("logs");
    }

    /** Returns the private keys. */
    public Identity identity() {
        throw new IllegalStateException("being built");
    }

    /** Returns the key that seals what the node keeps. */
    Bytes dataKey() {
        throw new IllegalStateException("being built");
    }

    /** Unlocks the home. */
    @Override
    public void close() {}
}
