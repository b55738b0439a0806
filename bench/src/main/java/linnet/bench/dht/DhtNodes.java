package linnet.bench.dht;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import linnet.bench.peer.Line;
import linnet.bench.peer.LineLoop;
import linnet.bench.peer.Memory;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.PeerId;
import linnet.core.wire.SignedRecord;
import linnet.core.wire.Whereabouts;
import linnet.jvm.NodeHost;
import linnet.jvm.NodeHost.Member;

/**
 * Many whole nodes in one process, told by lines what to do: {@code dht} as the line protocol says, {@code grow} for more of them,
 * {@code first} for the first lookups of newcomers, {@code rss} for what all of them hold.
 *
 * <p>Each node listens in a /24 of its own on the loopback device (Linux answers on all of 127.0.0.0/8), so that the limits for one address
 * and the diversity of a table are what they are among strangers.
 */
public final class DhtNodes {
    private static final long PATIENCE_SECONDS = 110;

    /** How often a node that joins is looked at. */
    private static final int LOOK_MILLIS = 2;

    private static final int BETWEEN_NEWCOMERS_MILLIS = 1_000;

    private static final int GROUPS = 250;
    private static final long NANOS_PER_MICRO = 1_000;

    private final NodeHost host = new NodeHost();
    private final List<Member> members = new ArrayList<>();
    private final List<Whereabouts> seeds;
    private final Operations operations = new Operations(host, members, SignedRecord.Kind.PRESENCE);

    private DhtNodes(int nodes, String bootstrap) throws ExecutionException, InterruptedException, TimeoutException {
        seeds = new ArrayList<>();
        if (!bootstrap.isEmpty()) seeds.add(parse(bootstrap));
        grow(nodes);
    }

    /**
     * Runs until standard input ends.
     *
     * @param bootstrap the address of a node of the network, or empty for the first
     */
    public static void run(int nodes, String bootstrap) throws IOException {
        DhtNodes all;
        try {
            all = new DhtNodes(nodes, bootstrap);
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            throw new IOException("the nodes do not join", e);
        }
        StringBuilder ids = new StringBuilder();
        StringBuilder addresses = new StringBuilder();
        for (Member member : all.members) {
            ids.append(ids.length() == 0 ? "\"" : ",\"").append(member.peer()).append('"');
            addresses
                    .append(addresses.length() == 0 ? "\"" : ",\"")
                    .append(format(member.where()))
                    .append('"');
        }
        LineLoop.run(",\"ids\":[" + ids + "],\"addrs\":[" + addresses + ']', all::answer);
    }

    private String answer(String command, Line line) throws ExecutionException, InterruptedException, TimeoutException {
        return switch (command) {
            case "dht" ->
                operations.run(line.number("ops"), line.number("valueBytes")).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            case "grow" -> {
                grow(line.number("nodes"));
                yield "";
            }
            case "first" -> {
                long[] micros = new long[line.number("n")];
                for (int i = 0; i < micros.length; i++) {
                    micros[i] = firstLookup() / NANOS_PER_MICRO;
                    settle();
                }
                yield LineLoop.field("us", micros);
            }
            case "rss" -> Memory.afterCollection();
            default -> throw new IllegalArgumentException("not supported: " + command);
        };
    }

    private void grow(int nodes) throws ExecutionException, InterruptedException, TimeoutException {
        for (int i = 0; i < nodes; i++) {
            Member member = join();
            boolean isFirst = seeds.isEmpty();
            if (isFirst) seeds.add(member.where());
            else awaitJoined(member);
            members.add(member);
        }
    }

    private Member join() throws ExecutionException, InterruptedException, TimeoutException {
        String address = "127.0." + (1 + members.size() % GROUPS) + '.' + (1 + members.size() / GROUPS);
        return host.join(address, seeds).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void awaitJoined(Member member) throws ExecutionException, InterruptedException, TimeoutException {
        CompletableFuture<Void> joined = new CompletableFuture<>();
        host.run(() -> look(member, joined));
        joined.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** All nodes share a thread: what a newcomer still has to do is not to be on the next one's bill. */
    private void settle() throws ExecutionException, InterruptedException, TimeoutException {
        awaitJoined(members.get(members.size() - 1));
        CompletableFuture.runAsync(
                        () -> {}, CompletableFuture.delayedExecutor(BETWEEN_NEWCOMERS_MILLIS, TimeUnit.MILLISECONDS))
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void look(Member member, CompletableFuture<Void> joined) {
        if (member.dht().isAnnounced()) joined.complete(null);
        else
            CompletableFuture.delayedExecutor(LOOK_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(() -> host.run(() -> look(member, joined)));
    }

    /** Returns the nanoseconds from before a node exists to the answer of its first lookup: for the member before last, whom it does not know. */
    private long firstLookup() throws ExecutionException, InterruptedException, TimeoutException {
        PeerId target = members.get(members.size() - 2).peer();
        long began = System.nanoTime();
        Member newcomer = join();
        members.add(newcomer);
        CompletableFuture<Long> ended = new CompletableFuture<>();
        host.run(() -> new Search(newcomer, target, ended).begin());
        return ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS) - began;
    }

    private static String format(Whereabouts where) {
        StringBuilder text = new StringBuilder(where.peer().toString());
        text.append(' ').append(HexFormat.of().formatHex(where.linkPublic().toArray()));
        for (Endpoint endpoint : where.endpoints()) text.append(' ').append(endpoint);
        return text.toString();
    }

    private static Whereabouts parse(String text) {
        String[] words = text.split(" ", -1);
        List<Endpoint> endpoints = new ArrayList<>();
        for (int i = 2; i < words.length; i++) endpoints.add(new Endpoint(words[i]));
        return new Whereabouts(PeerId.parse(words[0]), Bytes.wrap(HexFormat.of().parseHex(words[1])), endpoints);
    }
}
