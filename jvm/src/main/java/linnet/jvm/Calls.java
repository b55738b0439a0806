package linnet.jvm;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The calls of the application that have no answer yet. Each gets one, whatever becomes of the node. */
final class Calls {
    private final Set<Call<?>> open = ConcurrentHashMap.newKeySet();

    /** The call that is the current input. The loop's thread. */
    private @Nullable Call<?> current;

    /** Notes a call, which is open until it is answered or failed. From any thread. */
    <T> Call<T> open() {
        Call<T> call = new Call<>();
        open.add(call);
        return call;
    }

    /** The current input is this call: what it waits for stands and falls with the input's batch. On the loop's thread. */
    void begins(Call<?> call) {
        current = call;
    }

    /** The current input's batch is on its way to the disk. On the loop's thread. */
    void batchClosed() {
        current = null;
    }

    /** The current input's batch was taken back, and with it what would have answered the call. On the loop's thread. */
    void batchDiscarded(Throwable why) {
        Call<?> call = current;
        current = null;
        if (call != null) call.fail(why);
    }

    /** Nothing more will come. From any thread. */
    void failAll(Throwable why) {
        for (Call<?> call : open) call.fail(why);
    }

    /** A call without an answer. The first answer or failure counts. */
    final class Call<T> {
        final CompletableFuture<T> answer = new CompletableFuture<>();

        void answer(T value) {
            open.remove(this);
            answer.complete(value);
        }

        void fail(Throwable why) {
            open.remove(this);
            answer.completeExceptionally(why);
        }
    }
}
