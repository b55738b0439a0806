package linnet.jvm;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.env.Failure;
import linnet.core.env.Result;
import linnet.core.env.Timer;
import linnet.core.event.Event;
import linnet.core.event.Stage;
import linnet.core.id.MessageId;
import linnet.core.id.UserId;
import linnet.core.node.ContactView;
import linnet.core.node.Node;
import linnet.jvm.HostException.Kind;
import linnet.sim.host.Network;
import linnet.sim.host.Seed;
import linnet.sim.host.SimHost;
import linnet.sim.host.Watch;
import linnet.sim.host.World;
import linnet.sim.scenario.NodeProgram;
import org.jspecify.annotations.Nullable;

/** A {@link Linnet} over a simulated host. What a real one keeps in its database, this one keeps in memory, where crashes do not reach. */
final class SimLinnet implements Linnet {
    private final World world;
    private final SimHost host;
    private final String name;
    private final UserId user;
    private final Deliveries deliveries = new Deliveries();
    private final Map<MessageId, Event.Progress> progress = new LinkedHashMap<>();
    private final ArrayDeque<Message> unseen = new ArrayDeque<>();
    private final List<Consumer<Event.ContactChanged>> contactListeners = new ArrayList<>();
    private final List<CompletableFuture<?>> open = new ArrayList<>();
    private @Nullable Consumer<Message> messageListener;
    private @Nullable NodeProgram program;

    SimLinnet(World world, Network network, Watch watch, Seed seed, int index, String name, Crypto primitives) {
        this.world = world;
        this.name = name;
        Identity[] identity = new Identity[1];
        host = new SimHost(network, watch, seed, index, name, primitives, on -> {
            NodeProgram made = new NodeProgram(on, identity[0], name);
            program = made;
            return made;
        });
        identity[0] = Identity.create(host.crypto());
        user = Identity.userId(host.crypto(), host.crypto().signingPublic(identity[0].userSeed()));
    }

    int index() {
        return host.index();
    }

    void start() {
        host.start();
        handLater();
    }

    void crash() {
        host.crash(false);
        endCalls();
    }

    @Override
    public UserId user() {
        return user;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CompletableFuture<String> invite(Duration life) {
        return durably(node -> node.invite(life.toMillis()));
    }

    @Override
    public CompletableFuture<UserId> add(String link) {
        return durably(node -> node.add(link));
    }

    @Override
    public List<ContactView> contacts() {
        List<ContactView> contacts = new ArrayList<>();
        if (!host.isUp()) throw Questions.stopped();
        host.call(() -> contacts.addAll(node().contacts()));
        return contacts;
    }

    @Override
    public CompletableFuture<MessageId> queue(UserId to, String text) {
        return durably(node -> node.send(to, text));
    }

    @Override
    public CompletableFuture<Delivery> delivery(MessageId id) {
        Event.Progress last = progress.get(id);
        if (last == null)
            return CompletableFuture.failedFuture(
                    new RefusedException(new Failure(Failure.Code.NOT_FOUND, "no own message has this id")));
        CompletableFuture<Delivery> answer = deliveries.of(id);
        settle(last);
        return answer;
    }

    @Override
    public Subscription onMessage(Consumer<Message> listener) {
        if (messageListener != null) throw new IllegalStateException("there is a listener already");
        messageListener = listener;
        handLater();
        return () -> {
            // Closed a second time it must not take the next listener away.
            if (messageListener == listener) messageListener = null;
        };
    }

    @Override
    public Subscription onContact(Consumer<Event.ContactChanged> listener) {
        contactListeners.add(listener);
        return () -> contactListeners.remove(listener);
    }

    @Override
    public void close() {
        host.stop();
        endCalls();
    }

    /** Takes an event that is durable. */
    void hear(Event event) {
        if (event instanceof Event.Progress step) {
            progress.put(step.id(), step);
            if (deliveries.isAwaited(step.id())) later(() -> settle(step));
        } else if (event instanceof Event.Received received) {
            unseen.add(new Message(
                    received.id(), received.from(), received.content(), received.sentWallMillis(), received.order()));
            handLater();
        } else if (event instanceof Event.ContactChanged change) {
            for (Consumer<Event.ContactChanged> listener : contactListeners) later(() -> listener.accept(change));
        }
    }

    /** Runs what belongs to the application: after the input that led to it, as on a thread of its own. */
    private void later(Runnable what) {
        Timer ignored = world.after(0, what);
    }

    private void settle(Event.Progress step) {
        if (step.stage().compareTo(Stage.DELIVERED) < 0) return;
        String path = step.stage() == Stage.FAILED ? "" : "direct";
        deliveries.settle(new Delivery(step.id(), step.stage(), path, step.cause()));
    }

    private void handLater() {
        later(this::hand);
    }

    private void hand() {
        Consumer<Message> listener = messageListener;
        if (listener == null || !host.isUp()) return;
        Message message = unseen.poll();
        if (message == null) return;
        listener.accept(message);
        if (!host.isUp()) {
            // The process ended in between: nothing noted that the message was seen.
            unseen.addFirst(message);
            return;
        }
        host.call(() -> node().read(message.from(), List.of(message.id())));
        handLater();
    }

    private <T> CompletableFuture<T> durably(Function<Node, Result<T>> command) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (!host.isUp()) return CompletableFuture.failedFuture(Questions.stopped());
        open.removeIf(CompletableFuture::isDone);
        open.add(answer);
        host.call(() -> {
            Result<T> result = command.apply(node());
            host.store().sync(() -> later(() -> finish(answer, result)));
        });
        return answer;
    }

    private static <T> void finish(CompletableFuture<T> answer, Result<T> result) {
        if (result instanceof Result.Ok<T> ok) answer.complete(ok.value());
        else if (result instanceof Result.No<T> no) answer.completeExceptionally(new RefusedException(no.why()));
    }

    private Node node() {
        NodeProgram running = program;
        if (running == null) throw new IllegalStateException("not started");
        return running.node();
    }

    private void endCalls() {
        HostException why = new HostException(Kind.STOPPED, "The simulated process has ended.");
        for (CompletableFuture<?> call : List.copyOf(open)) call.completeExceptionally(why);
        open.clear();
        deliveries.failAll(why);
    }
}
