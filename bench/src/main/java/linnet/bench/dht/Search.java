package linnet.bench.dht;

import java.util.concurrent.CompletableFuture;
import linnet.core.dht.LookupTrace;
import linnet.core.dht.Purpose;
import linnet.core.id.PeerId;
import linnet.jvm.NodeHost.Member;

/** The first lookup of a newcomer: asked for at once, before it knows anybody but those it joins by. */
record Search(Member newcomer, PeerId target, CompletableFuture<Long> ended) {
    void begin() {
        newcomer.dht().lookup(target, Purpose.WAITED, LookupTrace.NONE, found -> {
            if (found.peer() != null) ended.complete(System.nanoTime());
            else ended.completeExceptionally(new IllegalStateException("the first lookup found nobody"));
        });
    }
}
