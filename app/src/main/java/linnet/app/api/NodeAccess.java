package linnet.app.api;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import linnet.core.env.Failure;
import linnet.core.env.Result;
import linnet.core.node.Node;
import linnet.jvm.JvmNode;
import org.jspecify.annotations.Nullable;

/** How calls reach the node, and how its answers come back onto the API's event loop. What reads the disk runs on Vert.x's workers. */
record NodeAccess(JvmNode node, Vertx vertx, Context loop) {
    /** Runs a command; the answer comes when what it wrote is durable. */
    <T> Future<Answer> durably(Function<Node, Result<T>> command, Function<T, Answer> words) {
        return onLoop(node.callDurably(command)).compose(result -> answer(result, words));
    }

    /** Asks the node. */
    <T> Future<T> call(Function<Node, T> question) {
        return onLoop(node.call(question));
    }

    /** Brings an answer of the node onto the event loop. */
    <T> Future<T> onLoop(CompletableFuture<T> future) {
        return Future.fromCompletionStage(future, loop);
    }

    /** Does what may wait for the disk. */
    <T> Future<T> blocking(Callable<T> reading) {
        return vertx.executeBlocking(reading, false);
    }

    static <T> Future<Answer> answer(Result<T> result, Function<T, Answer> words) {
        if (result instanceof Result.Ok<T> ok) return Future.succeededFuture(words.apply(ok.value()));
        if (result instanceof Result.No<T> no) return Future.failedFuture(ApiProblem.of(no.why()));
        throw new AssertionError(result);
    }

    static <T> Future<T> refused(Failure.Code code, String detail) {
        return Future.failedFuture(ApiProblem.of(new Failure(code, detail)));
    }

    static Result<Boolean> done(Runnable command) {
        command.run();
        return new Result.Ok<>(true);
    }

    static Map<String, @Nullable Object> one(String name, @Nullable Object value) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("v", 1L);
        object.put(name, value);
        return object;
    }
}
