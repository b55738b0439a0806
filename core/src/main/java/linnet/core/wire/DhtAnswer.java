package linnet.core.wire;

import java.util.List;
import linnet.core.env.Failure;
import linnet.core.id.Endpoint;

/** What a peer answers about the network; see {@link DhtQuestion}. */
public sealed interface DhtAnswer {
    /** Longest encoding in bytes: three packets, the first of which may still prove who answers. */
    int BYTES_MAX = 3_200;

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
            checkPeers(peers);
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
            if (records.size() > RECORDS_MAX) throw new IllegalArgumentException(records.size() + " records");
            checkPeers(peers);
            records = List.copyOf(records);
            peers = List.copyOf(peers);
        }
    }

    /**
     * I keep this version now: the one that was put, or a newer one.
     *
     * @param sequence which version
     */
    record Kept(long sequence) implements DhtAnswer {
        /** Checks the number. */
        public Kept {
            if (sequence < 1 || sequence > Limits.COUNTER_MAX)
                throw new IllegalArgumentException("sequence: " + sequence);
        }
    }

    /**
     * I lack these.
     *
     * @param bits one for each digest, the first one lowest
     */
    record Lacking(int bits) implements DhtAnswer {
        /** All bits that a question can have asked for. */
        static final int BITS_MAX = (1 << DhtQuestion.Compare.DIGESTS_MAX) - 1;

        /** Checks the bits. */
        public Lacking {
            if (bits < 0 || bits > BITS_MAX) throw new IllegalArgumentException("bits: " + bits);
        }
    }

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

    private static void checkPeers(List<Whereabouts> peers) {
        if (peers.size() > PEERS_MAX) throw new IllegalArgumentException(peers.size() + " peers");
    }
}
