package linnet.core.wire;

import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.Key;
import org.jspecify.annotations.Nullable;

/**
 * What one peer asks another about the network. Every question may be asked twice without harm, because the first packet to a peer can be
 * replayed by whoever saw it.
 *
 * @param <A> what answers it
 */
public sealed interface DhtQuestion<A extends DhtAnswer> {
    /** Longest encoding in bytes: one sealed packet. */
    int BYTES_MAX = 1_100;

    /** Returns the answer if it is one to this question, or null: peers may answer anything. */
    @Nullable
    A match(DhtAnswer answer);

    /** Are you there? */
    record Ping() implements DhtQuestion<DhtAnswer.Pong> {
        @Override
        public DhtAnswer.@Nullable Pong match(DhtAnswer answer) {
            return answer instanceof DhtAnswer.Pong pong ? pong : null;
        }
    }

    /**
     * Whom do you know that is near this key?
     *
     * @param target a peer's key, or where a record belongs
     * @param wanted how many, 1 to {@link DhtAnswer#PEERS_MAX}
     */
    record Find(Key target, int wanted) implements DhtQuestion<DhtAnswer.Nearest> {
        /** Checks the number. */
        public Find {
            if (wanted < 1 || wanted > DhtAnswer.PEERS_MAX) throw new IllegalArgumentException("wanted: " + wanted);
        }

        @Override
        public DhtAnswer.@Nullable Nearest match(DhtAnswer answer) {
            return answer instanceof DhtAnswer.Nearest nearest ? nearest : null;
        }
    }

    /**
     * What do you hold at this key, and whom do you know that is near it?
     *
     * @param key where the record belongs
     * @param kind of which kind
     */
    record Get(Key key, SignedRecord.Kind kind) implements DhtQuestion<DhtAnswer.Held> {
        @Override
        public DhtAnswer.@Nullable Held match(DhtAnswer answer) {
            return answer instanceof DhtAnswer.Held held ? held : null;
        }
    }

    /**
     * Keep this. The answer comes when it is kept; a holder that has a newer one says so by giving it.
     *
     * @param record what to keep
     */
    record Put(SignedRecord record) implements DhtQuestion<DhtAnswer.Kept> {
        @Override
        public DhtAnswer.@Nullable Kept match(DhtAnswer answer) {
            return answer instanceof DhtAnswer.Kept kept ? kept : null;
        }
    }

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
            if (digests.isEmpty() || digests.size() > DIGESTS_MAX)
                throw new IllegalArgumentException(digests.size() + " digests");
            digests = List.copyOf(digests);
        }

        @Override
        public DhtAnswer.@Nullable Lacking match(DhtAnswer answer) {
            return answer instanceof DhtAnswer.Lacking lacking ? lacking : null;
        }
    }

    /**
     * Ask me back at this address, from a socket that I have not heard of. Decides whether the asker serves others.
     *
     * @param endpoint the asker's own, at the host that the question comes from
     */
    record DialBack(Endpoint endpoint) implements DhtQuestion<DhtAnswer.DialledBack> {
        @Override
        public DhtAnswer.@Nullable DialledBack match(DhtAnswer answer) {
            return answer instanceof DhtAnswer.DialledBack back ? back : null;
        }
    }

    /**
     * Ask this peer for me, and give me its answer: I cannot send it packets, and no link of mine leads there. Only over a link; what comes back is
     * no proof of the peer.
     *
     * @param to whom to ask, at addresses for packets
     * @param question what to ask, no {@link DialBack} and no errand again
     */
    record OnBehalf<A extends DhtAnswer>(Whereabouts to, DhtQuestion<A> question) implements DhtQuestion<A> {
        /** Refuses errands that nobody else can do. */
        public OnBehalf {
            if (question instanceof OnBehalf || question instanceof DialBack)
                throw new IllegalArgumentException("this is asked by oneself");
        }

        @Override
        public @Nullable A match(DhtAnswer answer) {
            return question.match(answer);
        }
    }

    /**
     * Names one version of one record.
     *
     * @param key where it belongs
     * @param hash the first 16 bytes of SHA-256 of its bytes
     * @param sequence which version
     */
    record Digest(Key key, Bytes hash, long sequence) {
        /** Length of the hash in bytes: nobody gains by finding two records with one hash. */
        public static final int HASH_BYTES = 16;

        /** Checks the length and the number. */
        public Digest {
            if (hash.length() != HASH_BYTES) throw new IllegalArgumentException("hash of " + hash.length() + " B");
            if (sequence < 1 || sequence > Limits.COUNTER_MAX)
                throw new IllegalArgumentException("sequence: " + sequence);
        }

        /** Returns the digest of a record. */
        public static Digest of(Crypto crypto, SignedRecord record) {
            return new Digest(record.key(), crypto.sha256(record.raw()).slice(0, HASH_BYTES), record.sequence());
        }
    }
}
