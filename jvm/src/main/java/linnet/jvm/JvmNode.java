package linnet.jvm;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import linnet.core.id.Endpoint;
import linnet.core.id.MessageId;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import linnet.core.node.Node;
import org.jspecify.annotations.Nullable;

/**
 * A running node: the core on its thread, sockets, disk. Every method may be called from any thread; none waits for the
 * network.
 */
public final class JvmNode implements AutoCloseable {
    /** Starts a node in an open home, which it closes when it stops. Returns when it listens. */
    public static JvmNode start(Home home, JvmConfig config) {
        throw new IllegalStateException("being built");
    }

    /** Returns this device. */
    public PeerId peer() {
        throw new IllegalStateException("being built");
    }

    /** Returns this person. */
    public UserId user() {
        throw new IllegalStateException("being built");
    }

    /** Returns the port that it listens at. */
    public int port() {
        throw new IllegalStateException("being built");
    }

    /** Returns where others are told to dial it, best first. */
    public List<Endpoint> endpoints() {
        throw new IllegalStateException("being built");
    }

    /**
     * Runs a question on the node's thread. For questions that change nothing durable, such as {@code Node::contacts}.
     *
     * <p>The future fails with {@link HostException} STOPPED, BUSY or DISK_FAILED, or with what {@code question} threw.
     */
    public <T> CompletableFuture<T> call(Function<Node, T> question) {
        throw new IllegalStateException("being built");
    }

    /** Runs a command on the node's thread; the answer comes once everything the command wrote would survive a power cut. */
    public <T> CompletableFuture<T> callDurably(Function<Node, T> command) {
        throw new IllegalStateException("being built");
    }

    /**
     * Follows the events after {@code since}: first those kept, then new ones as they happen, each once, in order, on one thread of its
     * own kind; the listener must be quick. A listener that throws is dropped.
     *
     * @param since the last number already known; 0 for all that are kept
     * @throws HostException EVENTS_GONE when events after {@code since} were dropped already (10,000 are kept)
     */
    public Subscription events(long since, Consumer<NumberedEvent> listener) {
        throw new IllegalStateException("being built");
    }

    /** Returns at most {@code limit} kept events after {@code since}, oldest first; EVENTS_GONE as {@link #events(long, Consumer)}. */
    public List<NumberedEvent> eventsAfter(long since, int limit) {
        throw new IllegalStateException("being built");
    }

    /** Returns the number of the newest durable event; 0 when there has been none. */
    public long lastEvent() {
        throw new IllegalStateException("being built");
    }

    /**
     * Returns the newest {@code limit} messages with a person that come before {@code beforeNumber}, oldest first.
     *
     * @param beforeNumber a {@link HistoryMessage#number}; {@link Long#MAX_VALUE} for the newest
     */
    public List<HistoryMessage> history(UserId with, long beforeNumber, int limit) {
        throw new IllegalStateException("being built");
    }

    /** Returns one message, or null if it is not known. */
    public @Nullable HistoryMessage message(MessageId id) {
        throw new IllegalStateException("being built");
    }

    /** Returns how often an input was dropped because of an error in the program. */
    public long droppedInputs() {
        throw new IllegalStateException("being built");
    }

    /** Completes when the node has stopped: normally after {@link #close}, exceptionally with {@link HostException} DISK_FAILED. */
    public CompletableFuture<Void> whenStopped() {
        throw new IllegalStateException("being built");
    }

    /** Stops in at most 5 s: says goodbye to every link, makes everything durable, unlocks the home. */
    @Override
    public void close() {}

    /** A listener that can be taken back. */
    public interface Subscription extends AutoCloseable {
        /** Stops listening; one event that is on its way may still come. */
        @Override
        void close();
    }
}
