package linnet.core.wire;

import java.util.List;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.Key;

/**
 * What one peer asks another about the network. Every question may be asked twice without harm, because the first packet to a peer can be
 * replayed by whoever saw it.
 *
 * @param <A> what answers it
 */
public sealed interface DhtQuestion<A extends DhtAnswer> {
    /** Are you there? */
    record Ping() implements DhtQuestion<DhtAnswer.Pong> {}

    /**
     * Whom do you know that is near this key?
     *
     * @param target a peer's key, or where a record belongs
     * @param wanted how many, 1 to {@link DhtAnswer#PEERS_MAX}
     */
    record Find(Key target, int wanted) implements DhtQuestion<DhtAnswer.Nearest> {}

    /**
     * What do you hold at this key, and whom do you know that is near it?
     *
     * @param key where the record belongs
     * @param kind of which kind
     */
    record Get(Key key, SignedRecord.Kind kind) implements DhtQuestion<DhtAnswer.Held> {}

    /**
     * Keep this. The answer comes when it is kept; a holder that has a newer one says so by giving it.
     *
     * @param record what to keep
     */
    record Put(SignedRecord record) implements DhtQuestion<DhtAnswer.Kept> {}

    /**
     * Which of these do you lack, or have older? Asked before records move between holders.
     *
     * @param digests one for each record, 1 to {@value #DIGESTS_MAX}
     */
    record Compare(List<Digest> digests) implements DhtQuestion<DhtAnswer.Lacking> {
        /** Digests of one question: 16 fit into a packet. */
        public static final int DIGESTS_MAX = 16;

        /** Keeps its own list. */
        public Compare {
            digests = List.copyOf(digests);
        }
    }

    /**
     * Ask me back at this address, from a socket that I have not heard of. Decides whether the asker serves others.
     *
     * @param endpoint the asker's own, at the host that the question comes from
     */
    record DialBack(Endpoint endpoint) implements DhtQuestion<DhtAnswer.DialledBack> {}

    /**
     * Names one version of one record.
     *
     * @param key where it belongs
     * @param hash the first 16 bytes of SHA-256 of its bytes
     * @param sequence which version
     */
    record Digest(Key key, Bytes hash, long sequence) {}
}
