package linnet.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import linnet.core.env.Result;
import linnet.core.event.Event;
import linnet.core.event.Stage;
import linnet.core.id.MessageId;
import linnet.core.id.UserId;
import linnet.core.node.Node;
import linnet.core.node.NodeConfig;
import linnet.core.wire.Content;

/** Somebody with a node and a home, for tests: what they do waits until it is durable, what they hear is kept. */
final class Person implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final Path folder;
    private final JvmConfig config;
    private final List<NumberedEvent> heard = new ArrayList<>();
    private LinkedBlockingQueue<NumberedEvent> coming = new LinkedBlockingQueue<>();
    JvmNode node;

    Person(Path folder, JvmConfig config) {
        this.folder = folder;
        this.config = config;
        node = JvmNode.start(Home.create(folder, null), config);
        listen(0);
    }

    /** Opens a home that is there already; hears of events after {@code since}. */
    Person(Path folder, JvmConfig config, long since) {
        this.folder = folder;
        this.config = config;
        node = JvmNode.start(Home.open(folder, null), config);
        listen(since);
    }

    static JvmConfig local(String name) {
        return JvmConfig.defaults().withNode(new NodeConfig(name, "test", true)).withBind("127.0.0.1", 0);
    }

    /** The process dies: nothing more is written, nobody is told. */
    void crash() {
        node.abandon();
    }

    /** The process starts again, at the same port: contacts know the address. */
    void start() {
        int port = node.port();
        node = JvmNode.start(Home.open(folder, null), config.withBind("127.0.0.1", port));
        listen(heard.isEmpty() ? 0 : heard.get(heard.size() - 1).number());
    }

    /** The process starts again, at another port: nobody answers where contacts think that it is. */
    void startElsewhere() {
        node = JvmNode.start(Home.open(folder, null), config);
        listen(heard.isEmpty() ? 0 : heard.get(heard.size() - 1).number());
    }

    private void listen(long since) {
        LinkedBlockingQueue<NumberedEvent> fresh = new LinkedBlockingQueue<>();
        coming = fresh;
        assertThat(node.events(since, fresh::add)).isNotNull();
    }

    void meet(Person other) {
        assertThat(other.add(invite())).isEqualTo(node.user());
        until(contactOf(other.node.user()));
        other.until(contactOf(node.user()));
    }

    String invite() {
        return ok(ask(n -> n.invite(Duration.ofHours(1).toMillis())));
    }

    UserId add(String link) {
        return ok(ask(n -> n.add(link)));
    }

    MessageId send(Person to, String text) {
        return send(to.node.user(), text);
    }

    MessageId send(UserId user, String text) {
        return ok(ask(n -> n.send(user, text)));
    }

    <T> T ask(Function<Node, T> command) {
        return await(node.callDurably(command));
    }

    /** Waits for an event, or finds it among those heard before. */
    Event until(Predicate<Event> wanted) {
        for (NumberedEvent event : heard) if (wanted.test(event.event())) return event.event();
        try {
            while (true) {
                NumberedEvent event = coming.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertThat(event).as(() -> "an event, after " + heard).isNotNull();
                heard.add(event);
                if (wanted.test(event.event())) return event.event();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Looks at the node again and again until it is so. */
    void untilSeen(Predicate<Node> wanted) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!await(node.call(wanted::test)))
            assertThat(System.nanoTime()).as("patience").isLessThan(end);
    }

    void untilDelivered(MessageId id) {
        untilStage(id, Stage.DELIVERED);
    }

    void untilStage(MessageId id, Stage stage) {
        until(event -> event instanceof Event.Progress step && step.id().equals(id) && step.stage() == stage);
    }

    void untilReceived(String text) {
        until(event ->
                event instanceof Event.Received received && received.content().equals(new Content.Text(text)));
    }

    List<NumberedEvent> heard() {
        return heard;
    }

    /** Returns the words that were shown, in order. */
    List<String> shown() {
        List<String> shown = new ArrayList<>();
        for (NumberedEvent event : heard)
            if (event.event() instanceof Event.Received received && received.content() instanceof Content.Text words)
                shown.add(words.text());
        return shown;
    }

    @Override
    public void close() {
        node.close();
    }

    static <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    private static Predicate<Event> contactOf(UserId user) {
        return event -> event instanceof Event.ContactChanged changed
                && changed.user().equals(user)
                && changed.state() == Event.ContactState.ACCEPTED;
    }

    private static <T> T ok(Result<T> result) {
        if (result instanceof Result.Ok<T> ok) return ok.value();
        throw new AssertionError(result);
    }
}
