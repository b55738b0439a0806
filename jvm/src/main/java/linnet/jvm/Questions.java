package linnet.jvm;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;
import linnet.core.node.Node;
import linnet.jvm.HostException.Kind;
import linnet.jvm.sqlite.SqliteStore;

/** Takes questions of the application to the core and brings the answers back. From any thread. */
final class Questions {
    private final Loop loop;
    private final Lives lives;
    private final SqliteStore store;
    private final Calls calls;

    Questions(Loop loop, Lives lives, SqliteStore store, Calls calls) {
        this.loop = loop;
        this.lives = lives;
        this.store = store;
        this.calls = calls;
    }

    /** Answers once the question has run. */
    <T> CompletableFuture<T> ask(Function<Node, T> question) {
        return ask(question, Calls.Call::answer);
    }

    /** Answers once everything that the command wrote is durable. */
    <T> CompletableFuture<T> askDurably(Function<Node, T> command) {
        return ask(command, (call, value) -> store.sync(() -> call.answer(value)));
    }

    private <T> CompletableFuture<T> ask(Function<Node, T> question, BiConsumer<Calls.Call<T>, T> answered) {
        Calls.Call<T> call = calls.open();
        boolean taken = loop.offer(() -> {
            Node node = lives.node();
            if (node == null) {
                call.fail(stopped());
                return;
            }
            calls.begins(call);
            try {
                answered.accept(call, question.apply(node));
            } catch (RuntimeException | Error e) {
                call.fail(e);
                // A wrong question is the caller's business; one that left half a batch is the node's.
                if (!store.isUntouched()) throw e;
            }
        });
        if (!taken && !loop.isStopped()) call.fail(new HostException(Kind.BUSY, "Too many calls wait already."));
        // The node may have stopped between the lines above, and never come to this call.
        if (loop.isStopped()) call.fail(stopped());
        return call.answer;
    }

    static HostException stopped() {
        return new HostException(Kind.STOPPED, "The node has stopped.");
    }
}
