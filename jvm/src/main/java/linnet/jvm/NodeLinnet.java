package linnet.jvm;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import linnet.core.env.Failure;
import linnet.core.env.Result;
import linnet.core.event.Event;
import linnet.core.event.Stage;
import linnet.core.id.MessageId;
import linnet.core.id.UserId;
import linnet.core.node.ContactView;
import linnet.core.node.Node;
import org.jspecify.annotations.Nullable;

/** A {@link Linnet} over a node with real sockets and a real disk. */
final class NodeLinnet implements Linnet {
    private final JvmNode node;
    private final String name;
    private final Deliveries deliveries = new Deliveries();
    private final AtomicReference<@Nullable MessagePump> pump = new AtomicReference<>();

    @SuppressWarnings("FutureReturnValueIgnored") // How the node ended is told to those who wait.
    NodeLinnet(JvmNode node, String name) {
        this.node = node;
        this.name = name;
        Subscription follows = node.events(node.lastEvent(), numbered -> hear(numbered.event()));
        node.whenStopped().whenComplete((done, failed) -> {
            follows.close();
            closePump();
            deliveries.failAll(failed == null ? Questions.stopped() : failed);
        });
    }

    @Override
    public UserId user() {
        return node.user();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CompletableFuture<String> invite(Duration life) {
        return durably(core -> core.invite(life.toMillis()));
    }

    @Override
    public CompletableFuture<UserId> add(String link) {
        return durably(core -> core.add(link));
    }

    @Override
    public List<ContactView> contacts() {
        try {
            return node.call(Node::contacts).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof HostException why) throw why;
            throw e;
        }
    }

    @Override
    public CompletableFuture<MessageId> queue(UserId to, String text) {
        return durably(core -> core.send(to, text));
    }

    @Override
    public CompletableFuture<Delivery> delivery(MessageId id) {
        CompletableFuture<Delivery> answer = deliveries.of(id);
        // It may have happened already; whoever looks after it has noted that they wait misses nothing.
        settleAsync(id, true);
        return answer;
    }

    @Override
    public Subscription onMessage(Consumer<Message> listener) {
        MessagePump fresh = new MessagePump(node, listener, closed -> pump.compareAndSet(closed, null));
        if (!pump.compareAndSet(null, fresh)) throw new IllegalStateException("there is a listener already");
        fresh.start();
        return fresh;
    }

    @Override
    public Subscription onContact(Consumer<Event.ContactChanged> listener) {
        return node.events(node.lastEvent(), numbered -> {
            if (numbered.event() instanceof Event.ContactChanged change) listener.accept(change);
        });
    }

    @Override
    public void close() {
        closePump();
        node.close();
    }

    private void closePump() {
        MessagePump running = pump.get();
        if (running != null) running.close();
    }

    /** On the thread of events, so only what takes no time. */
    private void hear(Event event) {
        if (event instanceof Event.Received) {
            MessagePump running = pump.get();
            if (running != null) running.wake();
        } else if (event instanceof Event.Progress step && isEnd(step.stage()) && deliveries.isAwaited(step.id())) {
            settleAsync(step.id(), false);
        }
    }

    private void settleAsync(MessageId id, boolean mayBeUnknown) {
        CompletableFuture.runAsync(() -> settle(id, mayBeUnknown)).exceptionally(why -> {
            deliveries.fail(id, why);
            return null;
        });
    }

    private void settle(MessageId id, boolean mayBeUnknown) {
        HistoryMessage message = node.message(id);
        if (message != null && message.own()) {
            if (isEnd(message.stage()))
                deliveries.settle(new Delivery(id, message.stage(), message.path(), message.cause()));
        } else if (mayBeUnknown) {
            deliveries.fail(
                    id, new RefusedException(new Failure(Failure.Code.NOT_FOUND, "no own message has this id")));
        }
    }

    private static boolean isEnd(Stage stage) {
        return stage.compareTo(Stage.DELIVERED) >= 0;
    }

    private <T> CompletableFuture<T> durably(Function<Node, Result<T>> command) {
        // A failure must leave the node's thread, too: whoever depends on it may call this object and wait.
        return node.callDurably(command).handleAsync((result, why) -> {
            if (why != null) throw new CompletionException(why);
            return value(result);
        });
    }

    /** Returns the value, or throws what the answer says. */
    static <T> T value(Result<T> result) {
        if (result instanceof Result.Ok<T> ok) return ok.value();
        if (result instanceof Result.No<T> no) throw new RefusedException(no.why());
        throw new AssertionError(result);
    }
}
