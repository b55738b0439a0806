package linnet.bench.message;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import linnet.core.event.Event;
import linnet.core.event.Stage;
import linnet.core.id.Bytes;
import linnet.core.id.MessageId;
import linnet.core.wire.Content;
import linnet.core.wire.Envelope;
import linnet.jvm.HostException;
import linnet.jvm.JdkCrypto;
import linnet.jvm.NumberedEvent;
import linnet.jvm.sqlite.SqliteStore;

/**
 * The limit of messages: the cryptography and the batches of the disk that one side of so many messages needs, with no link, no protocol
 * and no waiting for the other side in between.
 */
final class Alone {
    /** Groups of messages whose batches may wait for the disk: while one is written, the next is sealed. */
    private static final int GROUPS_MAX = 2;

    private static final int KEY_BYTES = 32;

    /** Lengths of the rows that a node writes for a message. */
    private static final int ROW_BYTES = 60;

    private static final double NANOS_PER_SECOND = 1e9;

    private final Sealing sealing = new Sealing();
    private final SqliteStore store;
    private final int together;
    private final Semaphore groups = new Semaphore(GROUPS_MAX);

    /** Which end of the messages. */
    enum Side {
        /** Seals, writes three batches a message, opens acknowledgements. */
        SENDER,
        /** Opens, writes one batch a message, seals acknowledgements. */
        RECEIVER
    }

    private Alone(SqliteStore store, int together) {
        this.store = store;
        this.together = together;
    }

    /** Returns how many seconds one side of so many messages takes. */
    static double run(Path home, Side side, int count, int together) throws IOException, InterruptedException {
        Path file = Files.createTempFile(home, "alone", ".db");
        try (SqliteStore store =
                SqliteStore.open(file, new JdkCrypto(), new JdkCrypto().random(KEY_BYTES), new Released())) {
            Alone alone = new Alone(store, together);
            // The compiler sees it twice before it counts.
            alone.messages(side, count / 4, 1);
            long from = System.nanoTime();
            alone.messages(side, count, count);
            return (System.nanoTime() - from) / NANOS_PER_SECOND;
        }
    }

    private void messages(Side side, int count, long first) throws InterruptedException {
        Envelope came = sealing.seal(first);
        for (int done = 0; done < count; done += together) {
            groups.acquire();
            for (int i = 0; i < together; i++) {
                if (side == Side.SENDER) write(first + done + i);
                else receive(came, first + done + i);
            }
            if (side == Side.SENDER) sealing.open(came);
            else sealing.sealReceipt(together);
            store.sync(groups::release);
            store.closeBatch(1, null);
        }
        groups.acquire(GROUPS_MAX);
        groups.release(GROUPS_MAX);
    }

    /** A node writes more: rows of the stream and of what is said about the message while it waits. */
    private void write(long number) {
        String key = Long.toString(number);
        MessageId id = Sealing.id(number);
        Envelope envelope = sealing.seal(number);
        store.put("waiting", key, envelope.sealed());
        store.put("rows", key, Bytes.wrap(new byte[ROW_BYTES]));
        store.emit(new Event.Accepted(
                sealing.user(), sealing.conversation(), id, number, new Content.Text("The quick brown fox")));
        store.closeBatch(1, null);
        store.emit(progress(id, Stage.SENT));
        store.closeBatch(1, null);
        store.put("waiting", key, null);
        store.put("rows", key, null);
        store.emit(progress(id, Stage.DELIVERED));
        store.closeBatch(1, null);
    }

    private void receive(Envelope came, long number) {
        sealing.open(came);
        store.put("window", "one", Bytes.wrap(new byte[ROW_BYTES]));
        store.emit(new Event.Received(
                sealing.user(),
                sealing.peer(),
                sealing.conversation(),
                Sealing.id(number),
                number,
                number,
                Event.Order.IN_ORDER,
                new Content.Text("The quick brown fox")));
        store.closeBatch(1, null);
    }

    private Event progress(MessageId id, Stage stage) {
        return new Event.Progress(sealing.user(), id, stage, sealing.peer(), null, 0);
    }

    /** What is durable goes on at once: there is nobody to tell. */
    private static final class Released implements SqliteStore.Released {
        @Override
        public void onEvents(List<NumberedEvent> events) {}

        @Override
        public void onDurable(Runnable durable) {
            durable.run();
        }

        @Override
        public void onFailed(HostException why) {
            throw why;
        }
    }
}
