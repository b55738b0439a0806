package linnet.core.link;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.env.Channel;
import linnet.core.env.Datagrams;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.env.Result;
import linnet.core.env.Transport;
import linnet.core.id.Endpoint;
import linnet.core.id.PeerId;
import linnet.core.wire.Frame;
import linnet.core.wire.FrameCodec;
import linnet.core.wire.Reader;
import org.jspecify.annotations.Nullable;

/**
 * All links of a node: dials, lets others in, and keeps one link for each peer (docs/protocol/link.md).
 *
 * <p>Its owner hears of peers, not of links: when one link takes over from another between the same two lives of two nodes, nobody above
 * notices. The handler is called only from inputs (a channel, a timer), never from within a call to {@link Links}.
 */
public final class LinkPool implements Links {
    /** Endpoints tried for one peer until all who asked are told: those of a card, and as many that others have heard of. */
    private static final int ENDPOINTS_MAX = 16;

    /** Who may wait for one dial: every question to a peer that only a link reaches is one. */
    private static final int CALLERS_MAX = 64;

    private static final Failure TOO_MANY = new Failure(Code.QUEUE_FULL, "too many ask for one link");

    private final Handshake.Self self;
    private final LinkConfig config;
    private final Env env;
    private final Crypto crypto;
    private final Transport transport;
    private final Handler handler;
    private final Admission admission;

    /** Links that proved who is there, also those that drain, by number: oldest first. */
    private final Map<Integer, Link> provedByNumber = new LinkedHashMap<>();

    /** The link that a peer's frames take. */
    private final Map<PeerId, Link> linkByPeer = new LinkedHashMap<>();

    private final Map<PeerId, Attempt> attemptByPeer = new LinkedHashMap<>();

    /** Links that have proved nothing yet, by number. */
    private final Map<Integer, Link> unprovedByNumber = new LinkedHashMap<>();

    private final TreeSet<PeerId> contacts = new TreeSet<>();
    private int lastNumber;
    private boolean stopped;

    /**
     * Creates a pool without links.
     *
     * @param incarnation how many times this device has started, from 1; durable before the first link, and never given twice
     */
    public LinkPool(
            Identity identity,
            LinkConfig config,
            Env env,
            Crypto crypto,
            Transport transport,
            Handler handler,
            long incarnation) {
        this.self = Handshake.Self.create(crypto, identity, config.network(), incarnation);
        this.config = config;
        this.env = env;
        this.crypto = crypto;
        this.transport = transport;
        this.handler = handler;
        this.admission = new Admission(config);
    }

    /** Returns a carrier of questions in packets, in the name of the owner of these links. */
    public SealedDatagrams packets(Datagrams datagrams, Rpc.Served served) {
        return new SealedDatagrams(self, config, env, crypto, datagrams, served);
    }

    /** Someone dialled this host, from {@code remoteAddress} (without the port). Returns who listens, or why it is refused. */
    public Result<Channel.Listener> incoming(String remoteAddress) {
        if (stopped) return new Result.No<>(new Failure(Code.STOPPING));
        if (!admission.enter(remoteAddress, env.nowMillis())) {
            env.log().event("link.refused", "remote", remoteAddress, "code", Code.RATE_LIMITED);
            return new Result.No<>(new Failure(Code.RATE_LIMITED, "too many handshakes"));
        }
        return new Result.Ok<>(link(remoteAddress, false, () -> Handshake.responder(crypto, self, transport.kind())));
    }

    @Override
    public boolean isUp(PeerId peer) {
        Link link = linkByPeer.get(peer);
        return link != null && link.isUp();
    }

    @Override
    public List<PeerId> up() {
        List<PeerId> up = new ArrayList<>(linkByPeer.size());
        for (Map.Entry<PeerId, Link> entry : linkByPeer.entrySet())
            if (entry.getValue().isUp()) up.add(entry.getKey());
        return up;
    }

    @Override
    public boolean send(PeerId peer, Frame frame) {
        Link link = linkByPeer.get(peer);
        return link != null && link.send(frame);
    }

    @Override
    public void open(PeerId peer, List<Endpoint> at, Consumer<Failure> onFailure) {
        if (peer.equals(self.peer())) throw new IllegalArgumentException("a link to this node itself");
        if (stopped || isUp(peer)) return;
        Attempt running = attemptByPeer.get(peer);
        if (running != null) {
            if (running.callers.size() < CALLERS_MAX) running.join(at, onFailure);
            else env.after(Duration.ZERO, () -> onFailure.accept(TOO_MANY));
            return;
        }
        Attempt attempt = new Attempt(peer);
        attempt.join(at, onFailure);
        attemptByPeer.put(peer, attempt);
        if (dialNext(attempt)) return;
        // Somebody else may know an address until then.
        env.after(Duration.ZERO, () -> {
            boolean isStill = !stopped && attemptByPeer.get(peer) == attempt && attempt.link == null;
            if (isStill && !dialNext(attempt)) giveUp(attempt);
        });
    }

    @Override
    public void keep(PeerId peer, Standing standing) {
        if (standing == Standing.CONTACT) contacts.add(peer);
        else contacts.remove(peer);
    }

    @Override
    public void close(PeerId peer, Failure why) {
        Link link = linkByPeer.get(peer);
        // As an input of its own, because the end of a link is told to the handler.
        if (link != null) env.after(Duration.ZERO, () -> link.drain(why));
    }

    @Override
    public @Nullable LinkView describe(PeerId peer) {
        Link link = linkByPeer.get(peer);
        return link == null || !link.isUp() ? null : link.view();
    }

    /** Closes every link with {@code STOPPING} and takes no new ones. The handler hears nothing more. */
    public void stop() {
        if (stopped) return;
        stopped = true;
        attemptByPeer.clear();
        List<Link> all = new ArrayList<>(provedByNumber.values());
        all.addAll(unprovedByNumber.values());
        for (Link link : all) link.cut(new Failure(Code.STOPPING));
    }

    boolean isContact(PeerId peer) {
        return contacts.contains(peer);
    }

    /** Says why a link that has just proved itself cannot stay, or null after making room for it. */
    @Nullable
    Failure admit(Link link, PeerId peer) {
        Failure crowd = isContact(peer) || linkByPeer.containsKey(peer) ? null : admitStranger(link);
        if (crowd != null) return crowd;
        if (provedByNumber.size() < config.linksMax()) return null;
        // A peer that replaces its own link needs no new place; the old one is gone within seconds. Twice the bound is
        // the end even then.
        if (linkByPeer.containsKey(peer) && provedByNumber.size() < 2L * config.linksMax()) return null;
        Link victim = evictable(link.dialledHere() || isContact(peer), false);
        if (victim == null) return new Failure(Code.RATE_LIMITED, "no more links");
        victim.cut(new Failure(Code.RATE_LIMITED, "others need the place"));
        return null;
    }

    /** A pool has few places for those who are nobody's contacts, whoever dialled: the one that said nothing for longest goes. */
    private @Nullable Failure admitStranger(Link link) {
        int strangers = 0;
        for (PeerId peer : linkByPeer.keySet()) if (!isContact(peer)) strangers++;
        if (strangers < config.strangers().linksMax()) return null;
        Link victim = evictable(link.dialledHere(), true);
        if (victim == null) return new Failure(Code.RATE_LIMITED, "no more links with strangers");
        victim.drain(new Failure(Code.RATE_LIMITED, "others need the place"));
        return null;
    }

    /** A link is up; now there may be two to its peer. */
    void onProved(Link link, PeerId peer) {
        unprovedByNumber.remove(link.number());
        if (!link.dialledHere()) admission.leave(link.remote());
        provedByNumber.put(link.number(), link);
        log("link.proved", link, null);
        Link old = linkByPeer.get(peer);
        DuplicateRule.Verdict verdict = old == null || !old.isUp()
                ? DuplicateRule.Verdict.NEWCOMER
                : DuplicateRule.judge(self.peer(), peer, old.claim(), link.claim());
        if (verdict == DuplicateRule.Verdict.OLD) {
            link.drain(new Failure(Code.DUPLICATE));
            return;
        }
        linkByPeer.put(peer, link);
        link.sign();
        abandonDial(peer);
        boolean isSameLife = old != null && old.isUp() && verdict == DuplicateRule.Verdict.NEWCOMER;
        boolean wantsRoom = old != null && old.wantsRoom();
        if (old != null && verdict == DuplicateRule.Verdict.NEWCOMER) old.drain(new Failure(Code.DUPLICATE));
        else if (old != null) {
            log("link.replaced", link, null);
            old.cut(new Failure(Code.DUPLICATE, "the peer has started again"));
        }
        if (!isSameLife) handler.onUp(peer);
        else if (wantsRoom) handler.onRoom(peer);
    }

    Frame decode(Reader frame) {
        return FrameCodec.decode(crypto, frame);
    }

    void onFrame(PeerId peer, Frame frame) {
        handler.onFrame(peer, frame);
    }

    void onRoom(Link link) {
        PeerId peer = link.peer();
        if (peer != null && linkByPeer.get(peer) == link) handler.onRoom(peer);
    }

    /** A link is over, at whatever point of its life. */
    void onEnded(Link link, Failure why) {
        boolean wasProved = provedByNumber.remove(link.number()) != null;
        unprovedByNumber.remove(link.number());
        if (!wasProved && !link.dialledHere()) admission.leave(link.remote());
        log(wasProved ? "link.closed" : link.wasOpen() ? "link.handshake-failed" : "link.dial-failed", link, why);
        if (stopped) return;
        PeerId peer = link.peer();
        if (wasProved && peer != null && linkByPeer.get(peer) == link) {
            linkByPeer.remove(peer);
            handler.onDown(peer, why);
        }
        if (!wasProved) attemptFailed(link, why);
    }

    void log(String name, Link link, @Nullable Failure why) {
        PeerId peer = link.peer();
        Object who = peer == null ? "nobody yet" : peer;
        if (why == null) {
            env.log().event(name, "peer", who, "remote", link.remote());
            return;
        }
        Code code = why.code();
        String detail = why.detail();
        env.log()
                .event(name, "peer", who, "remote", link.remote(), "code", code, "detail", detail, "hint", code.hint());
    }

    private Link link(String remote, boolean dialledHere, Supplier<Handshake> handshakes) {
        Link link = new Link(this, env, config, ++lastNumber, remote, dialledHere, handshakes);
        unprovedByNumber.put(link.number(), link);
        return link;
    }

    /** Dials the next endpoint of which this host knows how; false if there is none. */
    private boolean dialNext(Attempt attempt) {
        while (attempt.next < attempt.endpoints.size()) {
            Endpoint endpoint = attempt.endpoints.get(attempt.next++);
            if (!transport.canDial(endpoint)) continue;
            Link link =
                    link(endpoint.uri(), true, () -> Handshake.initiator(crypto, self, transport.kind(), attempt.peer));
            attempt.link = link;
            transport.dial(endpoint, link);
            return true;
        }
        attempt.link = null;
        return false;
    }

    private void attemptFailed(Link link, Failure why) {
        for (Attempt attempt : attemptByPeer.values()) {
            if (attempt.link != link) continue;
            attempt.failure = why;
            if (!dialNext(attempt)) giveUp(attempt);
            return;
        }
    }

    private void giveUp(Attempt attempt) {
        if (attemptByPeer.get(attempt.peer) != attempt) return;
        attemptByPeer.remove(attempt.peer);
        for (Consumer<Failure> caller : attempt.callers) caller.accept(attempt.failure);
    }

    /**
     * The peer is up. A dial that has not reached it is left alone; one whose handshake has begun goes on, because the other side may have
     * accepted it already.
     */
    private void abandonDial(PeerId peer) {
        Attempt attempt = attemptByPeer.remove(peer);
        if (attempt == null || attempt.link == null || !attempt.link.isOpening()) return;
        attempt.link.cut(new Failure(Code.DUPLICATE));
    }

    /**
     * Returns the stranger that said nothing for longest; one that newcomers of little weight may replace only if idle.
     *
     * @param dialledToo whether links that were dialled here are among them
     */
    private @Nullable Link evictable(boolean isWanted, boolean dialledToo) {
        Link idlest = null;
        for (Link link : provedByNumber.values()) {
            PeerId peer = link.peer();
            if (peer == null || isContact(peer) || !link.isUp() || (link.dialledHere() && !dialledToo)) continue;
            if (idlest == null || link.frameMillis() < idlest.frameMillis()) idlest = link;
        }
        if (idlest == null || isWanted) return idlest;
        boolean isIdle = env.nowMillis() - idlest.frameMillis() >= LinkConfig.STRANGER_IDLE_MILLIS;
        return isIdle ? idlest : null;
    }

    /** Trying to reach one peer, endpoint after endpoint, for all who asked for it. */
    private static final class Attempt {
        private final PeerId peer;
        private final List<Endpoint> endpoints = new ArrayList<>();
        private final List<Consumer<Failure>> callers = new ArrayList<>(1);
        private Failure failure = new Failure(Code.NO_CONNECTION, "no address that this host can dial");
        private int next;
        private @Nullable Link link;

        private Attempt(PeerId peer) {
            this.peer = peer;
        }

        /** One more asks: what it knows is tried too, after what others knew. */
        private void join(List<Endpoint> at, Consumer<Failure> onFailure) {
            for (Endpoint endpoint : at)
                if (endpoints.size() < ENDPOINTS_MAX && !endpoints.contains(endpoint)) endpoints.add(endpoint);
            callers.add(onFailure);
        }
    }
}
