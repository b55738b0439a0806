package linnet.jvm;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import linnet.core.crypto.Crypto;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The body of a backup: chunks of {@value #CHUNK_BYTES} bytes, the last one shorter, each sealed with AES-256-GCM under a nonce that is its
 * number and whether it is the last. So chunks cannot change places, and a body cannot be cut or go on. (The STREAM construction of Hoang,
 * Reyhanitabar, Rogaway and Vizár 2015, with the sizes that the file format of age chose.)
 */
final class BackupChunks {
    static final int CHUNK_BYTES = 64 * 1024;

    private static final int TAG_BYTES = 16;
    private static final int NONCE_BYTES = 12;

    private BackupChunks() {}

    private static Bytes nonce(long number, boolean last) {
        ByteBuffer nonce = ByteBuffer.allocate(NONCE_BYTES);
        nonce.putLong(NONCE_BYTES - 1 - Long.BYTES, number).put(NONCE_BYTES - 1, (byte) (last ? 1 : 0));
        return Bytes.wrap(nonce.array());
    }

    /** Seals what is written; {@link #close} writes the last chunk, and leaves the stream below open. */
    static final class Sealing extends OutputStream {
        private final OutputStream out;
        private final BackupKey key;
        private final Crypto crypto;
        private final byte[] chunk = new byte[CHUNK_BYTES];
        private int filled;
        private long number;

        Sealing(OutputStream out, BackupKey key, Crypto crypto) {
            this.out = out;
            this.key = key;
            this.crypto = crypto;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            int done = 0;
            while (done < length) {
                // A full chunk waits until more comes: it may be the last one.
                if (filled == CHUNK_BYTES) seal(false);
                int part = Math.min(CHUNK_BYTES - filled, length - done);
                System.arraycopy(bytes, from + done, chunk, filled, part);
                filled += part;
                done += part;
            }
        }

        @Override
        public void close() throws IOException {
            seal(true);
            out.flush();
        }

        private void seal(boolean last) throws IOException {
            Bytes plain = Bytes.wrap(Arrays.copyOf(chunk, filled));
            out.write(crypto.seal(key.seal(), nonce(number, last), key.head(), plain)
                    .shared());
            number++;
            filled = 0;
        }
    }

    /** Opens what was sealed. Holds one chunk; what is not whole is BACKUP_DAMAGED. */
    static final class Opening extends InputStream {
        private final InputStream in;
        private final BackupKey key;
        private final Crypto crypto;
        private final byte[] sealed = new byte[CHUNK_BYTES + TAG_BYTES];
        private byte @Nullable [] ahead;
        private byte[] chunk = new byte[0];
        private int position;
        private long number;
        private boolean ended;

        Opening(InputStream in, BackupKey key, Crypto crypto) {
            this.in = in;
            this.key = key;
            this.crypto = crypto;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (length == 0) return 0;
            while (position == chunk.length) {
                if (ended) return -1;
                open();
            }
            int part = Math.min(length, chunk.length - position);
            System.arraycopy(chunk, position, into, from, part);
            position += part;
            return part;
        }

        private void open() throws IOException {
            int taken = 0;
            if (ahead != null) {
                sealed[0] = ahead[0];
                taken = 1;
            }
            taken += in.readNBytes(sealed, taken, sealed.length - taken);
            byte[] next = in.readNBytes(1);
            ahead = next;
            ended = next.length == 0;
            if (taken < TAG_BYTES) throw BackupKey.damaged("it ends too early");
            try {
                Bytes plain = crypto.open(
                        key.seal(), nonce(number, ended), key.head(), Bytes.wrap(Arrays.copyOf(sealed, taken)));
                chunk = plain.toArray();
            } catch (ProtocolViolation e) {
                throw BackupKey.damaged("chunk " + number + " is damaged, missing or cut");
            }
            number++;
            position = 0;
        }
    }
}
