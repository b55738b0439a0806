package linnet.core.wire;

import java.util.List;
import linnet.core.env.Failure;
import linnet.core.id.Endpoint;

/** What a peer answers about the network; see {@link DhtQuestion}. */
public sealed interface DhtAnswer {
    /** Peers in one answer: k, what a bucket holds (SPEC D1). */
    int PEERS_MAX = 20;

    /** Records in one answer: of one key, from several signers, because a holder cannot know which is the owner's. */
    int RECORDS_MAX = 3;

    /**
     * I am.
     *
     * @param seenAs where the question came from, as the answering host saw it
     */
    record Pong(Endpoint seenAs) implements DhtAnswer {}

    /**
     * These are the nearest that I know.
     *
     * @param peers nearest first, at most {@value #PEERS_MAX}
     */
    record Nearest(List<Whereabouts> peers) implements DhtAnswer {
        /** Keeps its own list. */
        public Nearest {
            peers = List.copyOf(peers);
        }
    }

    /**
     * This is what I hold, and who is nearer.
     *
     * @param records at most {@value #RECORDS_MAX}, each of another signer
     * @param peers nearest first, at most {@value #PEERS_MAX}; fewer where there are records, so that the answer fits
     */
    record Held(List<SignedRecord> records, List<Whereabouts> peers) implements DhtAnswer {
        /** Keeps its own lists. */
        public Held {
            records = List.copyOf(records);
            peers = List.copyOf(peers);
        }
    }

    /**
     * I keep this version now: the one that was put, or a newer one.
     *
     * @param sequence which version
     */
    record Kept(long sequence) implements DhtAnswer {}

    /**
     * I lack these.
     *
     * @param bits one for each digest, the first one lowest
     */
    record Lacking(int bits) implements DhtAnswer {}

    /**
     * I tried.
     *
     * @param reached whether the asker answered there
     */
    record DialledBack(boolean reached) implements DhtAnswer {}

    /**
     * I will not.
     *
     * @param why the typed reason, such as BRIDGE_REFUSES_DATA or RATE_LIMITED
     */
    record Refused(Failure why) implements DhtAnswer {}
}
