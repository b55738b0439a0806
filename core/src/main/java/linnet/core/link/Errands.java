package linnet.core.link;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.id.PeerId;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtQuestion;
import org.jspecify.annotations.Nullable;

/**
 * Asks on behalf of linked peers that cannot send packets. Bounded, because each errand sends a first packet of 1,200 bytes wherever the asker says, up to three times:
 * so many in a second for one asker and for all, and so many on their way. Refused beyond that, with the reason.
 */
public final class Errands {
    /** For one asker in the long run, and at once: a walk has ten questions under way. */
    static final int PER_ASKER_SECOND = 10;

    static final int PER_ASKER_BURST = 40;

    /** For all askers together: at most 180 kB of first packets in a second, where nobody answers them. */
    static final int PER_SECOND = 50;

    static final int BURST = 200;

    /** Errands on their way. */
    static final int UNDER_WAY_MAX = 128;

    /** Askers remembered; the one that was quiet for longest has a full bucket again. */
    private static final int ASKERS_MAX = 256;

    /** Upper bound of a peer that is not linked (SPEC L6). */
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final Env env;
    private final SealedDatagrams packets;
    private final Links links;
    private final TokenBucket all;
    private final Map<PeerId, TokenBucket> byAsker = new LinkedHashMap<>();
    private int underWay;

    /** Creates the doer of errands. */
    public Errands(Env env, SealedDatagrams packets, Links links) {
        this.env = env;
        this.packets = packets;
        this.links = links;
        this.all = new TokenBucket(PER_SECOND, BURST, env.nowMillis());
    }

    /** A peer asks to ask another. Answered once. */
    public <A extends DhtAnswer> void onQuestion(Rpc.Asker asker, DhtQuestion.OnBehalf<A> errand, Rpc.Reply reply) {
        Failure refusal = refusal(asker.where().peer(), errand);
        if (refusal != null) {
            reply.answer(new DhtAnswer.Refused(refusal));
            return;
        }
        underWay++;
        packets.ask(errand.to(), errand.question(), TIMEOUT, new Rpc.Answer<A>() {
            @Override
            public void onAnswer(A answer, int rttMillis) {
                underWay--;
                reply.answer(answer);
            }

            @Override
            public void onFailure(Failure why) {
                underWay--;
                // In words: a code would be taken for this node's own refusal.
                reply.answer(
                        new DhtAnswer.Refused(new Failure(Code.NO_CONNECTION, "asked by a neighbour: " + why.code())));
            }
        });
    }

    private @Nullable Failure refusal(PeerId asker, DhtQuestion.OnBehalf<?> errand) {
        // A packet of somebody else's could be repeated, and would be answered by more than came.
        if (!links.isUp(asker)) return new Failure(Code.REFUSED, "errands are for linked peers");
        if (!packets.canAsk(errand.to())) return new Failure(Code.NO_CONNECTION, "no packets go there");
        if (underWay >= UNDER_WAY_MAX) return new Failure(Code.QUEUE_FULL, "too many errands");
        if (!bucket(asker).take(1, env.nowMillis()) || !all.take(1, env.nowMillis()))
            return new Failure(Code.RATE_LIMITED, "too many errands");
        return null;
    }

    private TokenBucket bucket(PeerId asker) {
        TokenBucket known = byAsker.remove(asker);
        if (known == null) known = new TokenBucket(PER_ASKER_SECOND, PER_ASKER_BURST, env.nowMillis());
        if (byAsker.size() >= ASKERS_MAX)
            byAsker.remove(byAsker.keySet().iterator().next());
        byAsker.put(asker, known);
        return known;
    }
}
