package linnet.core.dht;

import java.util.List;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.id.Endpoint;
import linnet.core.link.Rpc;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.Whereabouts;

/** Finds out by the help of others whether they reach this node, and helps others to find out (SPEC L10). */
final class Dialling {
    /** Between two rounds of three tries. */
    private static final long AGAIN_MILLIS = 30L * 60 * 1000;

    /** Between two tries of a round: each by another peer. */
    private static final long NEXT_MILLIS = 20_000;

    /** Helpers asked at once by a newcomer: until two have reached it, nobody hears of it. */
    private static final int HELPERS_FIRST = 3;

    /** Dials for others in the long run and at once, all askers together. A dial is no longer than the question, so nobody gains by it. */
    private static final int FOR_OTHERS_MILLIS = 50;

    private static final int FOR_OTHERS_BURST = 60;

    private final Dht dht;
    private final Env env;
    private final Host host;
    private final Reachability reach = new Reachability();
    private final QuestionLimits forOthers;
    private long nextMillis;

    Dialling(Dht dht, Host host, long salt) {
        this.dht = dht;
        this.env = dht.env();
        this.host = host;
        this.forOthers = new QuestionLimits(salt, FOR_OTHERS_MILLIS, FOR_OTHERS_BURST);
    }

    /** Returns whether others reach this node, as far as anybody tried, or it is known otherwise. */
    boolean isKnownToServe() {
        return host == Host.NONE || reach.mode() == Reachability.Mode.SERVES;
    }

    /** Returns what others found out. */
    Reachability.Mode mode() {
        return reach.mode();
    }

    void onAddressChanged() {
        reach.onAddressChanged();
        nextMillis = 0;
    }

    /** Some time has passed: asks the next helper, if it is unclear or long ago. */
    void onTick() {
        // Whoever has not joined yet knows one peer, and several shall try at once.
        if (host == Host.NONE
                || !dht.isAnnounced()
                || env.nowMillis() < nextMillis
                || dht.self().endpoints().isEmpty()) return;
        ask(1);
    }

    /** The first peers are known: several of them are asked at once. */
    void onJoined() {
        if (host != Host.NONE && reach.mode() == Reachability.Mode.UNKNOWN && nextMillis == 0) ask(HELPERS_FIRST);
    }

    private void ask(int count) {
        if (dht.self().endpoints().isEmpty()) return;
        List<Whereabouts> helpers = dht.table().nearest(dht.randomKey(), count);
        if (helpers.isEmpty()) return;
        nextMillis = env.nowMillis() + NEXT_MILLIS;
        for (Whereabouts helper : helpers) ask(helper);
    }

    private void ask(Whereabouts helper) {
        Endpoint endpoint = dht.self().endpoints().get(0);
        dht.questions().askInTurn(helper, new DhtQuestion.DialBack(endpoint), new Rpc.Answer<>() {
            @Override
            public void onAnswer(DhtAnswer.DialledBack answer, int rttMillis) {
                Reachability.Mode before = reach.mode();
                Reachability.Mode now = reach.onTried(answer.reached());
                if (!reach.isOpen()) {
                    nextMillis = env.nowMillis() + AGAIN_MILLIS;
                    reach.onAddressChanged();
                }
                if (now == before) return;
                host.onServing(now == Reachability.Mode.SERVES);
                // Whoever was asked so far took this node for one that nobody can ask.
                if (now == Reachability.Mode.SERVES) dht.announce();
            }

            @Override
            public void onFailure(Failure why) {}
        });
    }

    /** Somebody wants to be dialled: only at the host it speaks from, or anybody could have anybody dialled. */
    void onQuestion(Rpc.Asker asker, Endpoint at, Rpc.Reply reply) {
        List<Endpoint> seen = asker.where().endpoints();
        boolean isItsOwn = !seen.isEmpty() && hostOf(seen.get(0)).equals(hostOf(at));
        if (!isItsOwn) {
            reply.answer(new DhtAnswer.Refused(new Failure(Failure.Code.REFUSED, "an address at another host")));
            return;
        }
        // One bucket for all: the name of the own node stands for everybody.
        if (forOthers.take(dht.self().peer(), env.nowMillis()) > 0) {
            reply.answer(new DhtAnswer.Refused(new Failure(Failure.Code.RATE_LIMITED)));
            return;
        }
        host.dialBack(asker.where(), at, reached -> reply.answer(new DhtAnswer.DialledBack(reached)));
    }

    /** Returns what stands between the scheme and the port. */
    static String hostOf(Endpoint endpoint) {
        String uri = endpoint.uri();
        int from = uri.indexOf("://");
        from = from < 0 ? 0 : from + 3;
        int to = uri.indexOf('/', from);
        if (to < 0) to = uri.length();
        int port = uri.lastIndexOf(':', to - 1);
        // The colons of an IPv6 address stand before its bracket.
        return uri.substring(from, port > from && port > uri.lastIndexOf(']', to - 1) ? port : to);
    }
}
