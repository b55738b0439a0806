package linnet.jvm;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands what was received and not seen to one listener, on a thread of its own, and marks it as seen. It reads the disk, so a listener may
 * be as slow as it likes and nothing is kept in memory for it.
 */
final class MessagePump implements Subscription {
    /** Messages read at once. */
    private static final int PAGE = 64;

    /** How long a disk that failed is left alone. */
    private static final long RETRY_MILLIS = 1_000;

    /** Marks on their way to the disk. Each is a call of the node, of which the program's own need most. */
    private static final int MARKS_MAX = 256;

    private static final Logger LOG = LoggerFactory.getLogger("linnet.jvm");

    private final JvmNode node;
    private final Consumer<Message> listener;
    private final Consumer<MessagePump> onClosed;
    private final Semaphore marks = new Semaphore(MARKS_MAX);
    private final Thread thread;
    private boolean fresh = true;
    private boolean closed;

    /** The number of the newest message that was handed over; its mark may still be on its way to the disk. */
    private long handed;

    MessagePump(JvmNode node, Consumer<Message> listener, Consumer<MessagePump> onClosed) {
        this.node = node;
        this.listener = listener;
        this.onClosed = onClosed;
        thread = new Thread(this::run, "linnet-messages");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Something was received. */
    synchronized void wake() {
        fresh = true;
        notifyAll();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        onClosed.accept(this);
    }

    private void run() {
        while (awaitFresh()) {
            try {
                List<HistoryMessage> page = node.unread(handed, PAGE);
                for (HistoryMessage message : page) if (!isClosed()) hand(message);
                if (!page.isEmpty()) wake();
            } catch (RuntimeException e) {
                LOG.atWarn().setCause(e).addKeyValue("after", handed).log("messages.read.failed");
                rest();
            }
        }
    }

    private void hand(HistoryMessage message) {
        try {
            listener.accept(new Message(
                    message.id(), message.with(), message.content(), message.sentWallMillis(), message.order()));
        } catch (RuntimeException | Error e) {
            // An error, too: without this thread nothing would be handed over any more, and nobody would know.
            LOG.atWarn().setCause(e).addKeyValue("message", message.id()).log("messages.listener.threw");
        }
        handed = message.number();
        marks.acquireUninterruptibly();
        node.read(message.with(), List.of(message.id()))
                .whenComplete((done, why) -> marks.release())
                .exceptionally(why -> {
                    LOG.atDebug()
                            .setCause(why)
                            .addKeyValue("message", message.id())
                            .log("messages.mark.failed");
                    return null;
                });
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Waits until there is something to read; false at the end. */
    private synchronized boolean awaitFresh() {
        while (!fresh && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                LOG.debug("messages.interrupted");
            }
        }
        fresh = false;
        return !closed;
    }

    /** Leaves the disk alone for a while, then looks again. */
    private synchronized void rest() {
        long until = System.nanoTime() + RETRY_MILLIS * 1_000_000;
        fresh = true;
        while (!closed && System.nanoTime() - until < 0) {
            try {
                wait(RETRY_MILLIS);
            } catch (InterruptedException e) {
                LOG.debug("messages.interrupted");
            }
        }
    }
}
