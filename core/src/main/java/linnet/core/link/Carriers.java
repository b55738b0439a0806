package linnet.core.link;

import java.time.Duration;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtCodec;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.Reachable;
import linnet.core.wire.Whereabouts;

/**
 * Picks what carries a question: a session of packets, else a link that is up, else a first packet, else a link that is dialled. Where packets
 * seem to lead nowhere, links come first for a while, and a neighbour asks those to whom none is up (SPEC decision 16: networks that block UDP): to
 * dial everybody whom a walk meets would cost five round trips and a link each.
 */
public final class Carriers implements Rpc {
    /** Packets in a row without an answer after which links are tried: one dead neighbourhood is not a blocked network. */
    static final int SILENT_MAX = 8;

    /** Then links come first, and so often a few packets try whether that is over. */
    static final int LINKS_FIRST_MILLIS = 60_000;

    /** Packets that try: one of three peers is there. */
    private static final int PROBES = 3;

    private final Env env;
    private final SealedDatagrams packets;
    private final LinkCarrier links;
    private int silent;
    private boolean areSilent;
    private int probes;
    private long probeMillis;

    /** Creates the choice between the two. Who can do only one of them has the other refuse. */
    public Carriers(Env env, SealedDatagrams packets, LinkCarrier links) {
        this.env = env;
        this.packets = packets;
        this.links = links;
    }

    /** Says what to tell those that are asked from now on: where this node can be asked, and whether it answers. */
    public void introduce(Reachable me) {
        packets.introduce(me);
        links.introduce(me);
    }

    @Override
    public boolean canAsk(Whereabouts to) {
        return packets.canAsk(to) || links.canAsk(to) || (isHeardElsewhere(to) && links.neighbour(to.peer()) != null);
    }

    @Override
    public <A extends DhtAnswer> void ask(Whereabouts to, DhtQuestion<A> question, Duration timeout, Answer<A> answer) {
        boolean isCutOff = packets.canAsk(to) ? areSilent() : isHeardElsewhere(to);
        boolean isErrand = isCutOff && !links.isUp(to.peer()) && isErrand(question);
        Whereabouts neighbour = isErrand ? links.neighbour(to.peer()) : null;
        if (neighbour != null) askBy(neighbour, to, question, timeout, answer);
        else if (takesLink(to)) links.ask(to, question, timeout, answer);
        else {
            if (areSilent && --probes <= 0) waitToProbe();
            packets.ask(to, question, timeout, new Watched<>(answer));
        }
    }

    /** A neighbour with packets asks. That it fails says nothing of the peer. */
    private <A extends DhtAnswer> void askBy(
            Whereabouts neighbour, Whereabouts to, DhtQuestion<A> question, Duration timeout, Answer<A> answer) {
        DhtQuestion<A> errand = new DhtQuestion.OnBehalf<>(to, question);
        if (DhtCodec.sizeOf(errand) > DhtQuestion.BYTES_MAX) {
            Failure tooLong = new Failure(Code.TOO_LARGE, "too long to be asked by a neighbour");
            env.after(Duration.ZERO, () -> answer.onFailure(tooLong));
            return;
        }
        links.ask(neighbour, errand, timeout, new Answer<A>() {
            @Override
            public void onAnswer(A given, int rttMillis) {
                answer.onAnswer(given, rttMillis);
            }

            @Override
            public void onFailure(Failure why) {
                switch (why.code()) {
                    case UNSUPPORTED, REFUSED -> links.noErrands(neighbour.peer());
                    case RATE_LIMITED, QUEUE_FULL, STOPPING -> {
                        answer.onFailure(why);
                        return;
                    }
                    default -> {}
                }
                answer.onFailure(new Failure(Code.NOT_CONNECTED_TO_BRIDGE, why.detail()));
            }
        });
    }

    /** Returns whether somebody who has packets can ask this peer. */
    private static boolean isHeardElsewhere(Whereabouts to) {
        for (int i = 0; i < to.endpoints().size(); i++)
            if (to.endpoints().get(i).isForPackets()) return true;
        return false;
    }

    private static boolean isErrand(DhtQuestion<?> question) {
        return !(question instanceof DhtQuestion.OnBehalf) && !(question instanceof DhtQuestion.DialBack);
    }

    /** Forgets every question; those that wait hear {@code STOPPING}. */
    public void stop() {
        packets.stop();
        links.stop();
    }

    private boolean takesLink(Whereabouts to) {
        if (!packets.canAsk(to)) return true;
        boolean isWanted = areSilent() || (links.isUp(to.peer()) && !packets.isOpen(to.peer()));
        return isWanted && links.canAsk(to);
    }

    /** Returns whether packets seem to lead nowhere, and this is not the moment to see whether they still do. */
    private boolean areSilent() {
        return areSilent && env.nowMillis() < probeMillis;
    }

    private void waitToProbe() {
        probes = PROBES;
        probeMillis = env.nowMillis() + LINKS_FIRST_MILLIS;
    }

    private void onSilence() {
        if (areSilent || ++silent < SILENT_MAX) return;
        areSilent = true;
        waitToProbe();
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
            areSilent = false;
            answer.onAnswer(given, rttMillis);
        }

        @Override
        public void onFailure(Failure why) {
            if (why.code() == Code.TIMEOUT) onSilence();
            answer.onFailure(why);
        }
    }
}
