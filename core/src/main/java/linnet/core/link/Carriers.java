package linnet.core.link;

import java.time.Duration;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.Reachable;
import linnet.core.wire.Whereabouts;

/**
 * Picks what carries a question: a session of packets, else a link that is up, else a first packet, else a link that is dialled. Where packets
 * seem to lead nowhere, links come first for a while (SPEC decision 16: networks that block UDP).
 */
public final class Carriers implements Rpc {
    /** Packets in a row without an answer after which links are tried: one dead neighbourhood is not a blocked network. */
    static final int SILENT_MAX = 8;

    /** Then links come first for so long. */
    static final int LINKS_FIRST_MILLIS = 60_000;

    private final Env env;
    private final SealedDatagrams packets;
    private final LinkCarrier links;
    private int silent;
    private long linksFirstUntilMillis;

    /** Creates the choice between the two. Who can do only one of them has the other refuse. */
    public Carriers(Env env, SealedDatagrams packets, LinkCarrier links) {
        this.env = env;
        this.packets = packets;
        this.links = links;
        this.linksFirstUntilMillis = env.nowMillis();
    }

    /** Says what to tell those that are asked from now on: where this node can be asked, and whether it answers. */
    public void introduce(Reachable me) {
        packets.introduce(me);
        links.introduce(me);
    }

    @Override
    public boolean canAsk(Whereabouts to) {
        return packets.canAsk(to) || links.canAsk(to);
    }

    @Override
    public <A extends DhtAnswer> void ask(Whereabouts to, DhtQuestion<A> question, Duration timeout, Answer<A> answer) {
        if (takesLink(to)) links.ask(to, question, timeout, answer);
        else packets.ask(to, question, timeout, new Watched<>(answer));
    }

    /** Forgets every question; those that wait hear {@code STOPPING}. */
    public void stop() {
        packets.stop();
        links.stop();
    }

    private boolean takesLink(Whereabouts to) {
        if (!packets.canAsk(to)) return true;
        boolean isWanted =
                env.nowMillis() < linksFirstUntilMillis || (links.isUp(to.peer()) && !packets.isOpen(to.peer()));
        return isWanted && links.canAsk(to);
    }

    private void onSilence() {
        if (++silent < SILENT_MAX) return;
        silent = 0;
        linksFirstUntilMillis = env.nowMillis() + LINKS_FIRST_MILLIS;
        env.log().event("datagram.silent", "seconds", LINKS_FIRST_MILLIS / 1_000);
    }

    /** Notes whether packets are answered at all. */
    private final class Watched<A extends DhtAnswer> implements Answer<A> {
        private final Answer<A> answer;

        Watched(Answer<A> answer) {
            this.answer = answer;
        }

        @Override
        public void onAnswer(A given, int rttMillis) {
            silent = 0;
            answer.onAnswer(given, rttMillis);
        }

        @Override
        public void onFailure(Failure why) {
            if (why.code() == Code.TIMEOUT) onSilence();
            answer.onFailure(why);
        }
    }
}
