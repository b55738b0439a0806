package linnet.jvm;

import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.env.Datagrams;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.id.Endpoint;
import linnet.core.id.MessageId;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import linnet.core.node.Node;
import linnet.core.node.NodeConfig;
import linnet.jvm.HostException.Kind;
import linnet.jvm.datagram.UdpSocket;
import linnet.jvm.websocket.WebSockets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running node: the core on its thread, sockets, disk. Every method may be called from any thread; none waits for the
 * network.
 *
 * <p><b>Errors in the program.</b> An exception that escapes the core is logged with the code INTERNAL and counted, and
 * its input is dropped. If that input had written or told nothing yet, the core goes on. Otherwise half a batch exists:
 * it is taken back, and the core begins a new life from the last whole batch, with new links, exactly as after a crash,
 * which is the path that the simulator proves. (To commit the half would break "disk before promise", and to end the
 * process would let anybody who finds an error switch the node off.) After {@value Lives#LIVES_MAX} new lives within ten
 * minutes the node stops with STOPPED.
 */
public final class JvmNode implements History, AutoCloseable {
    /** How long {@link #start} waits for the core, which reads what the store holds. */
    private static final long START_SECONDS = 30;

    /** How long {@link #close} waits for the core; with goodbyes and the disk, all of it stays below 5 s. */
    private static final long STOP_MILLIS = 500;

    private static final Logger LOG = LoggerFactory.getLogger("linnet.jvm");

    private final Home home;
    private final Loop loop;
    private final Archive archive;
    private final WebSockets sockets;
    private final UdpSocket udp;
    private final int port;
    private final List<Endpoint> endpoints;
    private final PeerId peer;
    private final UserId user;
    private final Lives lives;
    private final Calls calls = new Calls();
    private final Questions questions;
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CompletableFuture<Void> whenStopped = new CompletableFuture<>();

    private JvmNode(Home home, JvmConfig config) {
        this.home = home;
        Crypto crypto = new JdkCrypto();
        peer = Identity.peerId(crypto, crypto.signingPublic(home.identity().deviceSeed()));
        user = Identity.userId(crypto, crypto.signingPublic(home.identity().userSeed()));
        loop = new Loop(new Inputs());
        archive = new Archive(home, loop::post, this::fail);
        udp = new UdpSocket(loop.thread(), loop::hear);
        WebSockets opened = null;
        try {
            opened = new WebSockets(config, loop.thread(), loop::hear);
            sockets = opened;
            lives = new Lives(
                    home.identity(),
                    config.node(),
                    loop,
                    archive.store,
                    opened,
                    config.datagrams() ? udp : Datagrams.NONE);
            questions = new Questions(loop, lives, archive.store, calls);
            port = opened.listen(lives::incoming);
            endpoints = Addresses.endpoints(config, port, config.datagrams() ? openUdp(config) : 0);
        } catch (RuntimeException e) {
            if (opened != null) opened.abandon();
            udp.close();
            archive.abandon();
            loop.join(STOP_MILLIS);
            throw e;
        }
    }

    /**
     * Starts a node in an open home, which it closes when it stops. Returns when it takes links.
     *
     * @throws HostException PORT_TAKEN, TLS_UNUSABLE, HOME_NEWER, HOME_DAMAGED, HOME_EXISTS, DISK_FAILED or STOPPED; the home is closed
     *     then
     */
    public static JvmNode start(Home home, JvmConfig config) {
        JvmNode node;
        try {
            HomeNetwork.require(home.folder(), config.node().network());
            node = new JvmNode(home, config);
        } catch (RuntimeException e) {
            home.close();
            if (e.getCause() instanceof ClosedByInterruptException) throw interrupted(e);
            throw e;
        }
        CompletableFuture<Void> began = new CompletableFuture<>();
        node.loop.post(() -> {
            node.lives.begin(node.endpoints);
            // The core takes links once its start is durable.
            node.archive.store.sync(() -> {
                node.sockets.takeIn();
                node.udp.hear(node.lives::packet);
                began.complete(null);
            });
        });
        try {
            CompletableFuture.anyOf(began, node.whenStopped).get(START_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            // First the end, which waits for threads, then the interrupt, which would cut it short.
            node.abandon();
            Thread.currentThread().interrupt();
            throw interrupted(e);
        } catch (ExecutionException | TimeoutException e) {
            node.abandon();
            if (e.getCause() instanceof HostException why) throw why;
            throw new HostException(Kind.STOPPED, "The node did not start.", e);
        }
        return node;
    }

    /** Takes the same number as the port of links, which is easier to let through a firewall; or any, when somebody else has that. */
    private int openUdp(JvmConfig config) {
        try {
            return udp.open(config.bindAddress(), port);
        } catch (HostException taken) {
            LOG.atInfo().addKeyValue("port", port).log("udp.port-taken");
            return udp.open(config.bindAddress(), 0);
        }
    }

    private static HostException interrupted(Exception e) {
        return new HostException(Kind.STOPPED, "The start was interrupted.", e);
    }

    /** Returns what this person calls themself, the network, and whether receipts are sent, as it is now. */
    public NodeConfig settings() {
        return lives.config();
    }

    /**
     * Changes what this person calls themself, 0 to 64 characters; contacts hear of it now, or when they are linked next. Done when that
     * is durable. The caller keeps the name for the next start.
     */
    public CompletableFuture<Void> rename(String name) {
        return callDurably(node -> {
                    node.rename(name);
                    lives.configure(config -> config.withName(name));
                    return name;
                })
                .thenAccept(done -> {});
    }

    /** Says whether contacts are told, from now on, that this person has seen their messages. The caller keeps it for the next start. */
    public CompletableFuture<Void> receipts(boolean told) {
        return callDurably(node -> {
                    node.receipts(told);
                    lives.configure(config -> config.withReceipts(told));
                    return told;
                })
                .thenAccept(done -> {});
    }

    /** Returns this device. */
    public PeerId peer() {
        return peer;
    }

    /** Returns this person. */
    public UserId user() {
        return user;
    }

    /** Returns the port that it listens at. */
    public int port() {
        return port;
    }

    /** Returns where others are told to dial it, best first. */
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /**
     * Runs a question on the node's thread. For questions that change nothing durable, such as {@code Node::contacts}.
     *
     * <p>The future fails with {@link HostException} STOPPED, BUSY or DISK_FAILED, or with what {@code question} threw.
     */
    public <T> CompletableFuture<T> call(Function<Node, T> question) {
        return questions.ask(question);
    }

    /** Runs a command on the node's thread; the answer comes once everything the command wrote would survive a power cut. */
    public <T> CompletableFuture<T> callDurably(Function<Node, T> command) {
        return questions.askDurably(command);
    }

    /**
     * Follows the events after {@code since}: first those kept, then new ones as they happen; each once, in order, on one thread
     * that all followers share, so a listener must be quick. A listener that throws is dropped.
     *
     * @param since the last number already known; 0 for all that are kept
     * @throws HostException EVENTS_GONE when events after {@code since} were dropped already (10,000 are kept)
     */
    public Subscription events(long since, Consumer<NumberedEvent> listener) {
        return events(since, listener, why -> {});
    }

    /**
     * Follows the events as {@link #events(long, Consumer)}, and hears if that ends before it is closed.
     *
     * @param onDropped hears what {@code listener} threw, or {@link HostException} with EVENTS_GONE for a follower that was
     *     more than 10,000 events behind
     */
    public Subscription events(long since, Consumer<NumberedEvent> listener, Consumer<RuntimeException> onDropped) {
        return archive.feed.follow(since, listener, onDropped);
    }

    /** Returns at most {@code limit} kept events after {@code since}, oldest first; EVENTS_GONE as {@link #events}. */
    public List<NumberedEvent> eventsAfter(long since, int limit) {
        return archive.feed.after(since, limit);
    }

    /** Returns the number of the newest durable event; 0 when there has been none. */
    public long lastEvent() {
        return archive.feed.last();
    }

    @Override
    public List<HistoryMessage> history(UserId with, long beforeNumber, int limit) {
        return archive.reading.history(with, beforeNumber, limit);
    }

    @Override
    public List<HistoryMessage> historyAfter(UserId with, long afterNumber, int limit) {
        return archive.reading.historyAfter(with, afterNumber, limit);
    }

    @Override
    public List<HistoryMessage> unread(long afterNumber, int limit) {
        return archive.reading.unread(afterNumber, limit);
    }

    @Override
    public List<Conversation> conversations(long beforeNumber, int limit) {
        return archive.reading.conversations(beforeNumber, limit);
    }

    @Override
    public @Nullable HistoryMessage ownMessage(UserId to, MessageId id) {
        return archive.reading.ownMessage(to, id);
    }

    /**
     * Says that the person has seen these messages, which marks what came before them in the conversation as seen too. The sender is told
     * of those named here if receipts are on. Done once the mark is durable.
     */
    public CompletableFuture<Void> read(UserId from, List<MessageId> ids) {
        return callDurably(node -> {
                    node.read(from, ids);
                    archive.store.see(from, ids);
                    return ids;
                })
                .thenAccept(done -> {});
    }

    /**
     * Changes the passphrase of the home: the file of the keys is written anew, whole or not at all. Slow on purpose (up to a second), and on
     * the caller's thread; the node goes on meanwhile.
     *
     * @param current the passphrase until now; null when there is none
     * @param next the passphrase from now on; null for none
     * @throws HostException PASSPHRASE_NEEDED, PASSPHRASE_WRONG, HOME_DAMAGED or DISK_FAILED
     */
    public void changePassphrase(char @Nullable [] current, char @Nullable [] next) {
        home.changePassphrase(current, next);
    }

    @Override
    public @Nullable HistoryMessage message(MessageId id) {
        return archive.reading.message(id);
    }

    /**
     * Writes a backup of everything that is durable now, while the node goes on; see {@link Backup}. On the caller's thread.
     *
     * @param passphrase opens the backup; not that of the home
     * @param out stays open
     * @throws HostException DISK_FAILED
     */
    public void backup(char[] passphrase, OutputStream out) {
        Backup.write(home, lives.config(), passphrase, out);
    }

    /** Returns what the node counts. */
    public CompletableFuture<NodeMetrics> metrics() {
        return call(node -> new NodeMetrics(
                lives.counters().messages(node),
                lives.counters().links(node),
                new NodeMetrics.Work(
                        loop.times(),
                        loop.waiting(),
                        dropped.get(),
                        lives.counters().lives()),
                archive.store.metrics(lastEvent())));
    }

    /** Returns whom the node has links to, and whom it knows of. */
    public CompletableFuture<Surroundings> surroundings() {
        return call(node -> Surroundings.of(node, loop.nowMillis()));
    }

    /** Returns how often an input was dropped because of an error in the program. */
    public long droppedInputs() {
        return dropped.get();
    }

    /** Completes when the node has stopped: normally after {@link #close}, with {@link HostException} after a failure. */
    public CompletableFuture<Void> whenStopped() {
        return whenStopped;
    }

    /** Stops in at most 5 s: says goodbye to every link, makes everything durable, unlocks the home. */
    @Override
    public void close() {
        if (!stopping.compareAndSet(false, true)) {
            whenStopped.exceptionally(failed -> null).join();
            return;
        }
        CompletableFuture<Void> saidGoodbye = new CompletableFuture<>();
        loop.post(() -> {
            lives.end(new Failure(Code.STOPPING));
            saidGoodbye.complete(null);
        });
        saidGoodbye.completeOnTimeout(null, STOP_MILLIS, TimeUnit.MILLISECONDS).join();
        sockets.close();
        udp.close();
        loop.stop();
        loop.join(STOP_MILLIS);
        archive.close();
        unlock();
        finish(null);
    }

    /** Stops as a crash would: nothing is written, nobody is told. */
    void abandon() {
        if (stopping.compareAndSet(false, true)) kill(null);
    }

    private final class Inputs implements Loop.Owner {
        @Override
        public void onFinished() {
            archive.store.closeBatch(System.currentTimeMillis(), lives.takeRemote());
            calls.batchClosed();
        }

        @Override
        public void onEscaped(Throwable error) {
            calls.batchDiscarded(error);
            LOG.atError()
                    .setCause(error)
                    .addKeyValue("code", Code.INTERNAL)
                    .addKeyValue("dropped", dropped.incrementAndGet())
                    .log("input.dropped");
            boolean goesOn = lives.node() != null || stopping.get();
            if (goesOn && archive.store.isUntouched() && !(error instanceof VirtualMachineError)) return;
            archive.store.discardBatch();
            if (!stopping.get()) beginAgain(error);
        }

        @Override
        public void onDied(Throwable error) {
            fail(new HostException(Kind.STOPPED, "The node's thread has ended: " + error, error));
        }

        private void beginAgain(Throwable error) {
            try {
                lives.beginAgain(endpoints, error);
                onFinished();
            } catch (HostException e) {
                fail(e);
            } catch (RuntimeException | Error e) {
                archive.store.discardBatch();
                fail(new HostException(Kind.STOPPED, "The node cannot begin again: " + e, e));
            }
        }
    }

    /** Something that cannot go on. The parts are stopped on a thread of its own: this one may be one of theirs. */
    private void fail(HostException why) {
        if (!stopping.compareAndSet(false, true)) return;
        LOG.atError().setCause(why).addKeyValue("kind", why.kind()).log("node.failed");
        new Thread(() -> kill(why), "linnet-stop").start();
    }

    private void kill(@Nullable HostException why) {
        loop.stop();
        sockets.abandon();
        udp.close();
        loop.join(STOP_MILLIS);
        archive.abandon();
        unlock();
        finish(why);
    }

    /** While a disk that hangs still has a write of ours, nobody else may open the home: the lock goes with the process then. */
    private void unlock() {
        if (archive.isEnded()) home.close();
        else LOG.error("home.locked: the disk does not answer");
    }

    private void finish(@Nullable HostException why) {
        if (why == null) whenStopped.complete(null);
        else whenStopped.completeExceptionally(why);
        calls.failAll(why == null ? Questions.stopped() : why);
    }
}
