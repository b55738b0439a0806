package linnet.core.wire;

import java.util.ArrayList;
import java.util.List;
import linnet.core.id.Endpoint;

/**
 * Where an asker can be asked itself, as it says: {@code Asker} of {@code dht.proto}.
 *
 * @param endpoints best first, at most {@link Whereabouts#ENDPOINTS_MAX}
 * @param serves whether it answers questions; others do not belong into a routing table
 */
public record Reachable(List<Endpoint> endpoints, boolean serves) {
    /** Longest encoding in bytes: with the keys they are whereabouts that fit. */
    public static final int BYTES_MAX = Whereabouts.BYTES_MAX - 2 * Writer.KEY_FIELD_BYTES + 2;

    /** Nowhere. */
    public static final Reachable NOWHERE = new Reachable(List.of(), false);

    /** Returns what can be said of these: as many, in their order, as fit. */
    public static Reachable of(List<Endpoint> endpoints, boolean serves) {
        List<Endpoint> fitting = new ArrayList<>();
        int bytes = QuestionCodec.sizeOf(fitting, true);
        for (Endpoint endpoint : endpoints) {
            if (fitting.size() == Whereabouts.ENDPOINTS_MAX) break;
            int more = AnswerCodec.sizeOf(endpoint);
            if (bytes + more > BYTES_MAX) continue;
            bytes += more;
            fitting.add(endpoint);
        }
        return new Reachable(fitting, serves);
    }

    /** Checks the number and the length. */
    public Reachable {
        if (endpoints.size() > Whereabouts.ENDPOINTS_MAX)
            throw new IllegalArgumentException(endpoints.size() + " endpoints");
        endpoints = List.copyOf(endpoints);
        int bytes = QuestionCodec.sizeOf(endpoints, serves);
        if (bytes > BYTES_MAX) throw new IllegalArgumentException("endpoints of " + bytes + " B");
    }
}
