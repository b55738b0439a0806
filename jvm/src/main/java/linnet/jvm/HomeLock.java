package linnet.jvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import linnet.jvm.HostException.Kind;

/** The lock of a home: held by one process at a time, gone with it, and naming it to people. */
final class HomeLock implements AutoCloseable {
    /**
     * The homes open in this process. POSIX forgets all locks of a process on a file as soon as it closes any handle to
     * that file, so a second attempt within the process must be refused before it touches the file.
     */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path real;
    private final FileChannel channel;

    private HomeLock(Path real, FileChannel channel) {
        this.real = real;
        this.channel = channel;
    }

    /** Locks the home, or fails with HOME_LOCKED. */
    static HomeLock of(Path folder) throws IOException {
        Path real = folder.toRealPath();
        if (!OPEN.add(real))
            throw new HostException(Kind.HOME_LOCKED, "The home in " + folder + " is open in this process already.");
        FileChannel channel = null;
        try {
            Path file = real.resolve("lock");
            channel = Files.exists(file)
                    ? FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)
                    : PrivateFiles.create(file);
            if (channel.tryLock() == null)
                throw new HostException(
                        Kind.HOME_LOCKED,
                        "The home in " + folder + " is open in process "
                                + Files.readString(file, StandardCharsets.US_ASCII)
                                        .strip() + ".");
            byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(pid), 0);
            return new HomeLock(real, channel);
        } catch (RuntimeException | IOException e) {
            if (channel != null) channel.close();
            OPEN.remove(real);
            throw e;
        }
    }

    /** Lets others in. Does nothing the second time. */
    @Override
    public void close() {
        if (!channel.isOpen()) return;
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            OPEN.remove(real);
        }
    }
}
