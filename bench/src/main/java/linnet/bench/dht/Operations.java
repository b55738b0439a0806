package linnet.bench.dht;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongConsumer;
import linnet.core.crypto.Crypto;
import linnet.core.dht.Care;
import linnet.core.dht.LookupTrace;
import linnet.core.dht.Purpose;
import linnet.core.wire.SignedRecord;
import linnet.jvm.JdkCrypto;
import linnet.jvm.NodeHost;
import linnet.jvm.NodeHost.Member;

/**
 * Puts, then gets, then searches for peers, one after the other, each by a random node, as somebody who waits has them done. A put includes
 * signing and sealing, a get opening and checking. Runs on the nodes' thread, as the other systems' loops do; each operation is an input of
 * its own.
 */
final class Operations {
    private static final double NANOS_PER_MICRO = 1_000;
    private static final long FAILED = -1;

    private final NodeHost host;
    private final List<Member> members;
    private final Crypto crypto = new JdkCrypto();
    private final SignedRecord.Kind kind;
    private int filling;

    private int filledBytes;

    /** Creates operations of nodes; there may be more of them with each run. */
    Operations(NodeHost host, List<Member> members, SignedRecord.Kind kind) {
        this.host = host;
        this.members = members;
        this.kind = kind;
    }

    /** Does one operation and hands on how long it took in nanoseconds, or {@link #FAILED}. */
    @FunctionalInterface
    private interface Operation {
        void run(int number, LongConsumer onDone);
    }

    /** Does so many of each and returns the fields of the answer. */
    CompletableFuture<String> run(int count, int valueBytes) {
        if (filledBytes != valueBytes) filling = Value.filling(crypto, kind, valueBytes, wall());
        filledBytes = valueBytes;
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < count; i++) values.add(Value.draw(crypto, kind, filling));
        return times(count, (number, onDone) -> put(values.get(number), onDone))
                .thenCompose(puts -> times(count, (number, onDone) -> get(values.get(number), onDone))
                        .thenCompose(gets -> times(count, (number, onDone) -> find(onDone))
                                .thenApply(finds -> ",\"ops\":" + count + fields("put", puts)
                                        + fields("get", gets)
                                        + fields("find", finds))));
    }

    private CompletableFuture<List<Long>> times(int count, Operation operation) {
        CompletableFuture<List<Long>> done = new CompletableFuture<>();
        host.run(() -> next(0, count, operation, new ArrayList<>(), done));
        return done;
    }

    private void next(int number, int count, Operation operation, List<Long> all, CompletableFuture<List<Long>> done) {
        if (number == count) {
            done.complete(all);
            return;
        }
        operation.run(number, nanos -> {
            if (nanos != FAILED) all.add(nanos);
            host.run(() -> next(number + 1, count, operation, all, done));
        });
    }

    private void put(Value value, LongConsumer onDone) {
        Member by = anybody();
        long began = System.nanoTime();
        by.dht()
                .put(
                        value.record(wall()),
                        Purpose.NORMAL,
                        Care.QUICK,
                        LookupTrace.NONE,
                        stored -> onDone.accept(stored.holders().isEmpty() ? FAILED : System.nanoTime() - began));
    }

    private void get(Value value, LongConsumer onDone) {
        Member by = anybody();
        long began = System.nanoTime();
        by.dht()
                .get(
                        value.wanted(wall()),
                        Purpose.NORMAL,
                        Care.QUICK,
                        LookupTrace.NONE,
                        fetched -> onDone.accept(fetched.record() == null ? FAILED : System.nanoTime() - began));
    }

    private void find(LongConsumer onDone) {
        Member by = anybody();
        Member other = by;
        while (other == by) other = anybody();
        long began = System.nanoTime();
        by.dht()
                .lookup(
                        other.peer(),
                        Purpose.NORMAL,
                        LookupTrace.NONE,
                        found -> onDone.accept(found.peer() == null ? FAILED : System.nanoTime() - began));
    }

    private Member anybody() {
        return members.get(ThreadLocalRandom.current().nextInt(members.size()));
    }

    private static long wall() {
        return System.currentTimeMillis();
    }

    /** Microseconds with their fractions: a search that needs no packet takes about one. */
    private static String fields(String name, List<Long> nanos) {
        StringJoiner micros = new StringJoiner(",");
        for (long each : nanos) micros.add(Double.toString(each / NANOS_PER_MICRO));
        return ",\"" + name + "_ok\":" + nanos.size() + ",\"" + name + "_us\":[" + micros + ']';
    }
}
