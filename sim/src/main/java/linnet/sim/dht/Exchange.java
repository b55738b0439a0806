package linnet.sim.dht;

import linnet.core.env.Failure;
import linnet.core.link.Rpc;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.Whereabouts;
import org.jspecify.annotations.Nullable;

/**
 * One question on its way, and its answer back: objects instead of bytes, with the delays, losses, sizes and handshakes that the
 * packets would have had. Lost packets are sent again by the measured round trip, as the real carrier does (RFC 6298).
 */
final class Exchange<A extends DhtAnswer> implements Rpc.Answer<A> {
    /** Sendings of one question. */
    private static final int SENDINGS_MAX = 3;

    private static final int RETRY_MILLIS_MIN = 200;
    private static final int RETRY_MILLIS_MAX = 3_000;

    /** Connect, upgrade and handshake of a link. */
    private static final int DIAL_ROUND_TRIPS = 3;

    /** What they take, and what a link needs to stay up until it is idle for a minute. */
    private static final int DIAL_BYTES = 1_400;

    private static final int DIAL_PACKETS = 6;

    /** Before any round trip was measured. */
    private static final int RETRY_MILLIS_FIRST = 500;

    private final DhtHost asker;
    private final Whereabouts to;
    private final int number;
    private final DhtQuestion<A> question;
    private final long untilMillis;
    private final @Nullable Trail trail;
    private Rpc.@Nullable Answer<A> answer;
    private int sendings;

    Exchange(DhtHost asker, Whereabouts to, DhtQuestion<A> question, long timeoutMillis, Rpc.Answer<A> answer) {
        this.asker = asker;
        this.to = to;
        this.number = asker.world.number(to);
        this.question = question;
        this.untilMillis = asker.world.nowMillis() + timeoutMillis;
        this.answer = answer;
        this.trail = asker.world.trail();
        if (trail != null) trail.onQuestion(number);
    }

    /** Sends the question, for the first time or again. */
    void send() {
        if (asker.world.isLinked) sendOverLink();
        else sendPacket();
    }

    /** The third time with a handshake, in case the other side has lost the session. */
    private void sendPacket() {
        DhtWorld world = asker.world;
        boolean isFirst = sendings == SENDINGS_MAX - 1 || !asker.sessions.has(number);
        int bytes = isFirst ? Sizes.ofFirst(question) : Sizes.of(question);
        asker.sends(bytes, 1, trail);
        if (trail == null) world.onSent(question, isFirst, bytes + Sizes.PACKET_HEADERS);
        sendings++;
        long now = world.nowMillis();
        if (world.internet.arrives(asker.number, number, 1))
            world.plan(new Coming<>(this, now, isFirst), world.internet.delayMillis(asker.number, number));
        long wait = sendings == SENDINGS_MAX ? untilMillis - now : Math.min(untilMillis - now, retryMillis());
        world.plan(new Waiting(this, asker, sendings), wait);
    }

    /** The other side has lost the session: the question goes again at once, with a handshake. */
    private void onGone() {
        asker.sessions.drop(number);
        if (answer != null && sendings < SENDINGS_MAX) send();
    }

    /** What is lost on a link comes later and not never; where there is none, one is dialled first. */
    private void sendOverLink() {
        DhtWorld world = asker.world;
        boolean isFirst = !asker.sessions.has(number);
        sendings = SENDINGS_MAX;
        long now = world.nowMillis();
        long late = 0;
        if (isFirst) {
            late = (long) DIAL_ROUND_TRIPS * 2 * world.internet.millisBetween(asker.number, number);
            asker.sends(DIAL_BYTES, DIAL_PACKETS, trail);
        }
        asker.sends(Sizes.of(question), 1, trail);
        if (!world.internet.arrives(asker.number, number, isFirst ? DIAL_PACKETS : 1)) late += RETRY_MILLIS_MIN;
        if (world.internet.isOpen(asker.number, number))
            world.plan(new Coming<>(this, now, isFirst), late + world.internet.delayMillis(asker.number, number));
        world.plan(new Waiting(this, asker, sendings), untilMillis - now);
    }

    private int retryMillis() {
        int measured = asker.sessions.measured(number);
        int wait = measured == 0
                ? asker.usualRetryMillis(RETRY_MILLIS_FIRST)
                : Sessions.rttMillis(measured) + 4 * Math.max(1, Sessions.variationMillis(measured));
        wait = Math.max(RETRY_MILLIS_MIN, wait) << (sendings - 1);
        return Math.min(RETRY_MILLIS_MAX, wait);
    }

    @Override
    public void onAnswer(A given, int rttMillis) {
        Rpc.Answer<A> waiting = answer;
        if (waiting == null) return;
        answer = null;
        asker.measured(number, rttMillis);
        if (given instanceof DhtAnswer.Refused refused) waiting.onFailure(refused.why());
        else waiting.onAnswer(given, rttMillis);
    }

    @Override
    public void onFailure(Failure why) {
        Rpc.Answer<A> waiting = answer;
        if (waiting == null) return;
        answer = null;
        waiting.onFailure(why);
    }

    /** The question on its way. */
    private static final class Coming<A extends DhtAnswer> extends Due implements Rpc.Reply {
        private final Exchange<A> exchange;
        private final long sentMillis;
        private final boolean isFirst;
        private boolean answered;

        Coming(Exchange<A> exchange, long sentMillis, boolean isFirst) {
            this.exchange = exchange;
            this.sentMillis = sentMillis;
            this.isFirst = isFirst;
        }

        @Override
        int what() {
            return exchange.number << 2 | 1;
        }

        @Override
        boolean happen() {
            DhtHost asker = exchange.asker;
            DhtHost asked = asker.world.host(exchange.number);
            if (asked == null || !asked.isHeard()) return false;
            if (!isStill(asked.where, exchange.to)) return false;
            if (isFirst) asked.sessions.open(asker.number);
            else if (!asked.sessions.use(asker.number)) {
                tellGone(asked);
                return true;
            }
            asked.serve(asker, !isFirst, exchange.question, this, exchange.trail);
            return true;
        }

        /** Mostly it is the very object, and then neither peer has to be fetched. */
        private static boolean isStill(Whereabouts there, Whereabouts asked) {
            return there.equals(asked) || there.peer().equals(asked.peer());
        }

        private void tellGone(DhtHost asked) {
            DhtHost asker = exchange.asker;
            DhtWorld world = asker.world;
            asked.sends(Sizes.GONE, 1, exchange.trail);
            if (!world.internet.arrives(asked.number, asker.number, 1)) return;
            int millis = world.internet.delayMillis(asked.number, asker.number);
            world.plan(new Packet(asker, exchange.trail, exchange::onGone), millis);
        }

        @Override
        public void answer(DhtAnswer whole) {
            if (answered) throw new IllegalStateException("a question is answered once");
            answered = true;
            DhtHost asker = exchange.asker;
            DhtHost asked = asker.world.host(exchange.number);
            if (asked == null) return;
            DhtAnswer given = isFirst ? Sizes.fitted(exchange.question, whole) : whole;
            int size = Sizes.of(given);
            int packets = isFirst ? Sizes.packetsOfFirst(size) : Sizes.packets(size);
            int bytes = isFirst ? Sizes.ofFirstPackets(size) : Sizes.ofPackets(size);
            asked.sends(bytes, packets, exchange.trail);
            DhtWorld world = asker.world;
            if (exchange.trail == null)
                world.onSent(exchange.question, isFirst, bytes + packets * Sizes.PACKET_HEADERS);
            boolean arrives = world.internet.arrives(asked.number, asker.number, packets);
            if (!arrives && !(world.isLinked && world.internet.isOpen(asked.number, asker.number))) return;
            long late = arrives ? 0 : RETRY_MILLIS_MIN;
            world.plan(
                    new Returning<>(exchange, given, sentMillis, isFirst),
                    late + world.internet.delayMillis(asked.number, asker.number));
        }
    }

    /** The answer on its way. */
    private static final class Returning<A extends DhtAnswer> extends Due {
        private final Exchange<A> exchange;
        private final DhtAnswer given;
        private final long sentMillis;
        private final boolean isFirst;

        Returning(Exchange<A> exchange, DhtAnswer given, long sentMillis, boolean isFirst) {
            this.isFirst = isFirst;
            this.exchange = exchange;
            this.given = given;
            this.sentMillis = sentMillis;
        }

        @Override
        int what() {
            return exchange.asker.number << 2 | 2;
        }

        @Override
        @SuppressWarnings(
                "unchecked") // a question names the type of its answer, and Refused is told apart before it is used
        boolean happen() {
            DhtHost asker = exchange.asker;
            if (!asker.isUp()) return false;
            if (exchange.answer == null) return true;
            asker.sessions.open(exchange.number);
            if (isFirst && !asker.world.isLinked) sayHeard(asker);
            if (exchange.trail != null) exchange.trail.onAnswer(asker.world, exchange.number, given);
            int rtt = (int) (asker.world.nowMillis() - sentMillis);
            asker.world.along(exchange.trail, () -> exchange.onAnswer((A) given, rtt));
            return true;
        }

        /** Proves to the other side that the asker is where it says it is. */
        private void sayHeard(DhtHost asker) {
            DhtWorld world = asker.world;
            asker.sends(Sizes.HEARD, 1, exchange.trail);
            if (!asker.isServing() || !world.internet.arrives(asker.number, exchange.number, 1)) return;
            DhtHost asked = world.host(exchange.number);
            if (asked == null) return;
            int millis = world.internet.delayMillis(asker.number, exchange.number);
            world.plan(new Packet(asked, exchange.trail, () -> asked.prove(asker)), millis);
        }
    }

    /** A packet that asks nothing. */
    private static final class Packet extends Due {
        private final DhtHost to;
        private final @Nullable Trail trail;
        private final Runnable what;

        Packet(DhtHost to, @Nullable Trail trail, Runnable what) {
            this.to = to;
            this.trail = trail;
            this.what = what;
        }

        @Override
        int what() {
            return to.number << 2;
        }

        @Override
        boolean happen() {
            if (!to.isUp()) return false;
            to.world.along(trail, what);
            return true;
        }
    }

    /** The moment in which an answer has not come. */
    private static final class Waiting extends Due {
        private final Exchange<?> exchange;
        private final DhtHost asker;
        private final int sendings;

        Waiting(Exchange<?> exchange, DhtHost asker, int sendings) {
            this.exchange = exchange;
            this.sendings = sendings;
            this.asker = asker;
        }

        @Override
        int what() {
            return asker.number << 2 | 3;
        }

        @Override
        boolean happen() {
            if (exchange.answer == null || exchange.sendings != sendings || !asker.isUp()) return false;
            if (asker.world.nowMillis() >= exchange.untilMillis)
                asker.world.along(exchange.trail, () -> exchange.onFailure(new Failure(Failure.Code.TIMEOUT)));
            else asker.world.along(exchange.trail, exchange::send);
            return true;
        }
    }
}
