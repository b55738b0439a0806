package linnet.core.link;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.id.Endpoint;
import linnet.core.id.PeerId;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtCodec;
import linnet.core.wire.DhtFrame;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.Reachable;
import linnet.core.wire.Whereabouts;
import org.jspecify.annotations.Nullable;

/**
 * Questions over links: at once where one is up, else after dialling. What a link takes arrives or the link ends, so nothing is sent twice.
 */
public final class LinkCarrier implements Rpc {
    /** Questions on their way, as {@link SealedDatagrams} bounds them. */
    static final int ASKINGS_MAX = SealedDatagrams.ASKINGS_MAX;

    private final PeerId self;
    private final Env env;
    private final Links links;
    private final Predicate<Endpoint> canDial;
    private final Served served;
    private final Map<Integer, Asking<?>> askings = new LinkedHashMap<>();

    /** What the peers that are linked say of themselves. */
    private final Map<PeerId, Reachable> told = new LinkedHashMap<>();

    /** The linked peers that have heard where this node can be asked. */
    private final TreeSet<PeerId> toldMe = new TreeSet<>();

    private final TreeSet<PeerId> refusesErrands = new TreeSet<>();
    private Reachable me = Reachable.NOWHERE;
    private int lastNeighbour;
    private int lastNumber;
    private boolean isStopped;

    /**
     * Creates the carrier.
     *
     * @param canDial whether the host knows how to dial such an endpoint
     * @param served who answers what others ask
     */
    public LinkCarrier(PeerId self, Env env, Links links, Predicate<Endpoint> canDial, Served served) {
        this.self = self;
        this.env = env;
        this.links = links;
        this.canDial = canDial;
        this.served = served;
    }

    /** Says what to tell those that are asked from now on: where this node can be asked, and whether it answers. */
    public void introduce(Reachable me) {
        this.me = me;
        toldMe.clear();
    }

    @Override
    public boolean canAsk(Whereabouts to) {
        if (to.peer().equals(self)) return false;
        if (links.isUp(to.peer())) return true;
        for (Endpoint endpoint : to.endpoints()) if (canDial.test(endpoint)) return true;
        return false;
    }

    boolean isUp(PeerId peer) {
        return links.isUp(peer);
    }

    /** Returns a linked peer that may ask on behalf of this node, each time the next one; or null. */
    @Nullable
    Whereabouts neighbour(PeerId but) {
        List<PeerId> up = links.up();
        for (int i = 0; i < up.size(); i++) {
            PeerId peer = up.get(Math.floorMod(++lastNeighbour, up.size()));
            LinkView view = links.describe(peer);
            if (view == null || peer.equals(but) || refusesErrands.contains(peer)) continue;
            return new Whereabouts(peer, view.linkPublic(), List.of());
        }
        return null;
    }

    /** A peer asks for nobody, as long as this link lasts. */
    void noErrands(PeerId peer) {
        if (links.isUp(peer)) refusesErrands.add(peer);
    }

    @Override
    public <A extends DhtAnswer> void ask(Whereabouts to, DhtQuestion<A> question, Duration timeout, Answer<A> answer) {
        Asking<A> asking = new Asking<>(nextNumber(), to, question, answer, env.nowMillis() + timeout.toMillis());
        if (isStopped) failLater(asking, new Failure(Code.STOPPING));
        else if (askings.size() >= ASKINGS_MAX) failLater(asking, new Failure(Code.QUEUE_FULL, "too many questions"));
        else if (!canAsk(to)) failLater(asking, new Failure(Code.NO_CONNECTION, "no link, and nowhere to dial"));
        else begin(asking, timeout);
    }

    /** A frame came that is a question or an answer. */
    public void onFrame(PeerId from, DhtFrame frame) {
        if (frame instanceof DhtFrame.Answered answered) onAnswered(from, answered);
        else if (frame instanceof DhtFrame.Asked asked) onAsked(from, asked);
        else throw new AssertionError(frame);
    }

    /** A link is up: what waited for it leaves. */
    public void onUp(PeerId peer) {
        toldMe.remove(peer);
        for (Asking<?> asking : to(peer)) if (asking.sendings() == 0) send(asking);
    }

    /** The link is gone, and with it what was asked there. */
    public void onDown(PeerId peer, Failure why) {
        toldMe.remove(peer);
        told.remove(peer);
        refusesErrands.remove(peer);
        for (Asking<?> asking : to(peer))
            if (asking.sendings() > 0) fail(asking, new Failure(Code.PEER_DISCONNECTED, why.detail()));
    }

    /** Forgets every question; those that wait hear {@code STOPPING}. */
    public void stop() {
        isStopped = true;
        for (Asking<?> asking : new ArrayList<>(askings.values())) fail(asking, new Failure(Code.STOPPING));
    }

    private void begin(Asking<?> asking, Duration timeout) {
        askings.put(asking.number(), asking);
        asking.waitUntil(env.after(timeout, () -> {
            if (askings.containsKey(asking.number())) fail(asking, new Failure(Code.TIMEOUT));
        }));
        PeerId peer = asking.to().peer();
        if (links.isUp(peer)) {
            send(asking);
            return;
        }
        links.open(peer, asking.to().endpoints(), why -> {
            for (Asking<?> waiting : to(peer)) if (waiting.sendings() == 0) fail(waiting, why);
        });
    }

    private void send(Asking<?> asking) {
        PeerId peer = asking.to().peer();
        Reachable introduction = toldMe.contains(peer) ? null : me;
        if (!links.send(peer, new DhtFrame.Asked(asking.number(), asking.question(), introduction))) {
            Failure full = new Failure(Code.QUEUE_FULL, "the link takes nothing now");
            env.after(Duration.ZERO, () -> {
                if (askings.containsKey(asking.number())) fail(asking, full);
            });
            return;
        }
        toldMe.add(peer);
        asking.sent(env.nowMillis(), null);
    }

    private void onAsked(PeerId from, DhtFrame.Asked asked) {
        if (asked.asker() != null) told.put(from, asked.asker());
        LinkView view = links.describe(from);
        DhtQuestion<?> question = asked.question();
        if (question == null || view == null || isStopped) {
            links.send(from, asked.refused(Code.UNSUPPORTED));
            return;
        }
        Reachable asker = told.getOrDefault(from, Reachable.NOWHERE);
        Asker who = new Asker(new Whereabouts(from, view.linkPublic(), asker.endpoints()), asker.serves());
        served.onQuestion(
                who,
                question,
                answer -> links.send(from, new DhtFrame.Answered(asked.number(), DhtCodec.fitted(answer))));
    }

    private void onAnswered(PeerId from, DhtFrame.Answered answered) {
        Asking<?> asking = askings.get(answered.number());
        if (asking == null || asking.sendings() == 0 || !asking.to().peer().equals(from)) return;
        forget(asking);
        asking.answered(answered.answer(), asking.rttMillis(0, env.nowMillis()));
    }

    private List<Asking<?>> to(PeerId peer) {
        List<Asking<?>> all = new ArrayList<>();
        for (Asking<?> asking : askings.values()) if (asking.to().peer().equals(peer)) all.add(asking);
        return all;
    }

    private int nextNumber() {
        do lastNumber = lastNumber == Asking.NUMBER_MAX ? 1 : lastNumber + 1;
        while (askings.containsKey(lastNumber));
        return lastNumber;
    }

    private void failLater(Asking<?> asking, Failure why) {
        env.after(Duration.ZERO, () -> asking.failed(why));
    }

    private void fail(Asking<?> asking, Failure why) {
        forget(asking);
        asking.failed(why);
    }

    private void forget(Asking<?> asking) {
        askings.remove(asking.number());
        asking.cancel();
    }
}
