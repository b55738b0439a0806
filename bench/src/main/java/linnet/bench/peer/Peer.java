package linnet.bench.peer;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A system under test in this process. The futures fail when the channel does. */
interface Peer {
    /** Returns the names of its nodes. */
    List<String> ids();

    /** Returns what dials its nodes. */
    List<String> addresses();

    /** Dials, and returns when messages can be sent; a second call for the same address finds the channel. */
    CompletableFuture<Void> dial(String address);

    /** Sends a message of {@code size} bytes there and back, {@code warm + count} times, and returns the last times in nanoseconds. */
    CompletableFuture<long[]> echo(String address, int size, int warm, int count);

    /** Sends so many messages one way and returns how many the other side has counted. */
    CompletableFuture<Integer> send(String address, int size, int count);

    /** Lets every node of this process dial, prove the channel with an echo, and keep it. Returns how many. */
    CompletableFuture<Integer> hold(String address);
}
