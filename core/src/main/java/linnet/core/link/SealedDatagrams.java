package linnet.core.link;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.crypto.KeyPair;
import linnet.core.crypto.NoiseIK;
import linnet.core.crypto.PacketCipher;
import linnet.core.env.Datagrams;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.PeerId;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtFrame;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.Packet;
import linnet.core.wire.PacketCodec;
import linnet.core.wire.Reachable;
import linnet.core.wire.Whereabouts;
import org.jspecify.annotations.Nullable;

/**
 * Questions in sealed packets, one round trip each (docs/protocol/datagram.md). The first one to a peer travels inside the handshake; later
 * ones use the session that this left. What is lost is sent again, by the round trips measured so far, and the third time with a handshake, in
 * case the other side has lost the session.
 *
 * <p>A violation by the other side is caught here, noted, and answered by nothing: a packet proves nothing of where it came from.
 */
public final class SealedDatagrams implements Rpc {
    /** Questions on their way. A lookup has ten; more than this is a caller that does not wait. */
    static final int ASKINGS_MAX = 1_024;

    /** A peer that is dialled back answers at once or is not reached. */
    private static final int DIAL_BACK_MILLIS = 3_000;

    /** Answers {@code GONE} in a second: for sessions that a restart or a full table has lost. */
    private static final int GONE_PER_SECOND = 500;

    /** Refused packets noted in a second; whoever sends more of them is noted all the same. */
    private static final int NOTES_PER_SECOND = 5;

    private final Handshake.Self self;
    private final KeyPair keys;
    private final Env env;
    private final Crypto crypto;
    private final Datagrams datagrams;
    private final Served served;
    private final Sessions sessions = new Sessions();
    private final PacketAnswers answers;
    private final RoundTrip usual = new RoundTrip();
    private final TokenBucket gone;
    private final TokenBucket notes;
    private final Map<Integer, Asking<?>> askings = new LinkedHashMap<>();
    private final Map<Integer, Knock> knocks = new LinkedHashMap<>();
    private Reachable me = Reachable.NOWHERE;
    private int lastNumber;
    private boolean isStopped;

    /**
     * Creates the carrier. It asks and answers from now on.
     *
     * @param config of the links: the network, and how many handshakes one address may begin
     * @param served who answers what others ask
     * @param incarnation that of the links
     */
    public SealedDatagrams(
            Identity identity,
            LinkConfig config,
            Env env,
            Crypto crypto,
            Datagrams datagrams,
            Served served,
            long incarnation) {
        this(
                Handshake.Self.create(crypto, identity, config.network(), incarnation),
                config,
                env,
                crypto,
                datagrams,
                served);
    }

    /** Creates the carrier of one that has proved itself in links, too. */
    SealedDatagrams(
            Handshake.Self self, LinkConfig config, Env env, Crypto crypto, Datagrams datagrams, Served served) {
        long now = env.nowMillis();
        this.self = self;
        this.keys = KeyPair.of(crypto, self.linkSecret());
        this.env = env;
        this.crypto = crypto;
        this.datagrams = datagrams;
        this.served = served;
        this.answers = new PacketAnswers(self, keys, new Admission(config), env, crypto, datagrams, sessions, served);
        this.gone = new TokenBucket(GONE_PER_SECOND, GONE_PER_SECOND, now);
        this.notes = new TokenBucket(NOTES_PER_SECOND, NOTES_PER_SECOND, now);
    }

    /** Says what to tell those that are asked from now on: where this node can be asked, and whether it answers. */
    public void introduce(Reachable me) {
        // Peers with a session were told something else.
        if (!me.equals(this.me)) sessions.clear();
        this.me = me;
    }

    @Override
    public boolean canAsk(Whereabouts to) {
        if (to.peer().equals(self.peer())) return false;
        for (Endpoint endpoint : to.endpoints()) if (datagrams.canSend(endpoint)) return true;
        return false;
    }

    /** Returns whether a question to this peer needs no handshake. */
    boolean isOpen(PeerId peer) {
        return session(peer) != null;
    }

    @Override
    public <A extends DhtAnswer> void ask(Whereabouts to, DhtQuestion<A> question, Duration timeout, Answer<A> answer) {
        Failure refusal = refusal(to);
        if (refusal != null) {
            env.after(Duration.ZERO, () -> answer.onFailure(refusal));
            return;
        }
        Asking<A> asking = new Asking<>(nextNumber(), to, question, answer, env.nowMillis() + timeout.toMillis());
        askings.put(asking.number(), asking);
        send(asking);
    }

    /**
     * Tries whether a peer hears a packet from an address that it has never sent to. The answer comes as an input of its own.
     *
     * @param at where the peer says that it is
     */
    public void dialBack(Whereabouts peer, Endpoint at, Consumer<Boolean> onTried) {
        Whereabouts there = new Whereabouts(peer.peer(), peer.linkPublic(), List.of(at));
        Answer<DhtAnswer.Pong> answer = new Answer<>() {
            @Override
            public void onAnswer(DhtAnswer.Pong pong, int rttMillis) {
                onTried.accept(true);
            }

            @Override
            public void onFailure(Failure why) {
                onTried.accept(false);
            }
        };
        Failure refusal = refusal(there);
        if (refusal != null) {
            env.after(Duration.ZERO, () -> answer.onFailure(refusal));
            return;
        }
        long deadline = env.nowMillis() + DIAL_BACK_MILLIS;
        Asking<DhtAnswer.Pong> asking = new Asking<>(nextNumber(), there, new DhtQuestion.Ping(), answer, deadline);
        askings.put(asking.number(), asking);
        try {
            Knock knock = newKnock(asking, true);
            knock.askings().add(asking);
            asking.waitFor(knock);
            asking.sent(env.nowMillis(), null);
            datagrams.sendAside(at, knock.packet());
            arm(asking);
        } catch (ProtocolViolation violation) {
            failSoon(asking, violation);
        }
    }

    /** A packet came. Whatever it is, and whoever sent it. */
    public void onPacket(Endpoint from, Bytes packet) {
        if (isStopped || packet.length() < PacketForm.HEADER_BYTES) return;
        try {
            switch (packet.at(0)) {
                case PacketForm.FIRST -> answers.onFirst(from, packet);
                case PacketForm.SECOND -> onSecond(from, packet);
                case PacketForm.SEALED -> onSealed(from, packet);
                case PacketForm.GONE -> onGone(from, packet);
                default -> {}
            }
        } catch (ProtocolViolation violation) {
            if (!notes.take(1, env.nowMillis())) return;
            Failure why = violation.failure();
            env.log().event("datagram.refused", "remote", from, "code", why.code(), "detail", why.detail());
        }
    }

    /** Forgets every session and question; those that wait hear {@code STOPPING}. */
    public void stop() {
        if (isStopped) return;
        isStopped = true;
        for (Asking<?> asking : new ArrayList<>(askings.values())) fail(asking, new Failure(Code.STOPPING));
        sessions.clear();
    }

    /** Returns this device. */
    public PeerId self() {
        return self.peer();
    }

    /** Returns the X25519 public key of its handshakes, 32 bytes. */
    public Bytes linkPublic() {
        return keys.publicKey();
    }

    /** Returns how many sessions there are. */
    int sessions() {
        return sessions.size();
    }

    /** Returns how many questions are on their way. */
    int askings() {
        return askings.size();
    }

    private @Nullable Failure refusal(Whereabouts to) {
        if (isStopped) return new Failure(Code.STOPPING);
        if (!canAsk(to)) return new Failure(Code.NO_CONNECTION, "no address that packets from here can reach");
        if (askings.size() >= ASKINGS_MAX) return new Failure(Code.QUEUE_FULL, "too many questions at once");
        return null;
    }

    private int nextNumber() {
        do lastNumber = lastNumber == Asking.NUMBER_MAX ? 1 : lastNumber + 1;
        while (askings.containsKey(lastNumber));
        return lastNumber;
    }

    private @Nullable Session session(PeerId peer) {
        Session session = sessions.of(peer);
        if (session == null || !session.isWorn(env.nowMillis())) return session;
        sessions.remove(session);
        return null;
    }

    private void send(Asking<?> asking) {
        if (asking.knock() != null && asking.knock().isAside()) {
            knock(asking);
            arm(asking);
            return;
        }
        Session session = session(asking.to().peer());
        boolean isLastTry = asking.sendings() == Asking.SENDINGS_MAX - 1;
        try {
            if (session != null && !isLastTry && asking.canBeSent()) send(asking, session);
            else knock(asking);
            arm(asking);
        } catch (ProtocolViolation violation) {
            failSoon(asking, violation);
        }
    }

    /** No handshake is possible with the key that somebody told of. Who told is not who asks, and not who hears of it. */
    private void failSoon(Asking<?> asking, ProtocolViolation violation) {
        Failure why = new Failure(Code.HANDSHAKE_FAILED, violation.failure().detail());
        asking.waitUntil(env.after(Duration.ZERO, () -> {
            if (askings.get(asking.number()) == asking) fail(asking, why);
        }));
    }

    private void send(Asking<?> asking, Session session) {
        DhtFrame.Asked asked = new DhtFrame.Asked(asking.nextWireNumber(), asking.question(), null);
        sessions.prove(session);
        datagrams.send(session.address(), session.seal(new Packet.Question(asked)));
        asking.sent(env.nowMillis(), session);
    }

    /** Begins a handshake, or joins or repeats the one that has begun. */
    private void knock(Asking<?> asking) {
        long now = env.nowMillis();
        Knock knock = asking.knock();
        Endpoint address = address(asking);
        if (knock != null) {
            asking.sentAgain(now);
            knock.goesTo(address);
            if (knock.isAside()) datagrams.sendAside(address, knock.packet());
            else datagrams.send(address, knock.packet());
            return;
        }
        knock = knockTo(asking.to());
        if (knock == null) knock = newKnock(asking, false);
        knock.askings().add(asking);
        asking.waitFor(knock);
        if (knock.rider() == asking) asking.sent(now, null);
        else asking.sentAgain(now);
        if (knock.goesTo(address)) datagrams.send(address, knock.packet());
    }

    private @Nullable Knock knockTo(Whereabouts where) {
        for (Knock knock : knocks.values()) if (!knock.isAside() && knock.leadsTo(where)) return knock;
        return null;
    }

    /** Returns where a first packet goes: each time to another address, because one of them may be out of reach from here. */
    private Endpoint address(Asking<?> asking) {
        List<Endpoint> addresses = new ArrayList<>();
        for (Endpoint endpoint : asking.to().endpoints()) if (datagrams.canSend(endpoint)) addresses.add(endpoint);
        return addresses.get(asking.sendings() % addresses.size());
    }

    private Knock newKnock(Asking<?> asking, boolean isAside) {
        Whereabouts to = asking.to();
        int local = sessions.draw(crypto);
        while (knocks.containsKey(local)) local = sessions.draw(crypto);
        DhtQuestion<?> question = asking.question();
        Packet.Opening opening = new Packet.Opening(self.proved(), me, asking.nextWireNumber(), question);
        boolean fits = asking.canBeSent() && PacketCodec.sizeOf(opening) <= PacketForm.OPENING_BYTES_MAX;
        if (!fits) {
            // A long question waits for the session; a number that no question has tells its answer apart.
            question = new DhtQuestion.Ping();
            opening = new Packet.Opening(self.proved(), me, 0, question);
        }
        Bytes said = PacketCodec.encode(opening);
        Bytes header = PacketForm.header(PacketForm.FIRST, local);
        NoiseIK noise = NoiseIK.initiator(crypto, keys, to.linkPublic(), PacketAnswers.prologue(header));
        Bytes padded = PacketForm.pad(said, PacketForm.sizeOfFirst(question, said.length()));
        Bytes packet = Bytes.concat(header, noise.write(padded));
        Knock knock = new Knock(local, to, noise, packet, fits ? asking : null, isAside);
        knocks.put(local, knock);
        return knock;
    }

    private void arm(Asking<?> asking) {
        long now = env.nowMillis();
        Session session = asking.session();
        RoundTrip trip = session != null && session.trip().isMeasured() ? session.trip() : usual;
        long next = asking.sendings() < Asking.SENDINGS_MAX
                ? now + trip.timeoutMillis(asking.sendings())
                : asking.deadlineMillis();
        long wait = Math.max(0, Math.min(next, asking.deadlineMillis()) - now);
        asking.waitUntil(env.after(Duration.ofMillis(wait), () -> onTimer(asking)));
    }

    private void onTimer(Asking<?> asking) {
        if (askings.get(asking.number()) != asking) return;
        if (env.nowMillis() >= asking.deadlineMillis())
            fail(asking, new Failure(Code.TIMEOUT, "no answer to " + asking.sendings() + " packets"));
        else if (asking.sendings() < Asking.SENDINGS_MAX) send(asking);
        else arm(asking);
    }

    private void onSecond(Endpoint from, Bytes packet) {
        Knock knock = knocks.get(PacketForm.session(packet));
        if (knock == null) return;
        Bytes plain = knock.noise().read(packet.slice(PacketForm.HEADER_BYTES, packet.length()));
        Packet.Opened opened;
        try {
            opened = PacketCodec.decodeOpened(plain);
            Handshake.check(
                    crypto,
                    self,
                    opened.hello(),
                    knock.to().linkPublic(),
                    knock.to().peer());
        } catch (ProtocolViolation violation) {
            // It has the key that was meant, so it is not somebody in between: there is no use in waiting for a better
            // one.
            for (Asking<?> asking : new ArrayList<>(knock.askings())) fail(asking, violation.failure());
            throw violation;
        }
        knocks.remove(knock.session());
        for (Asking<?> asking : knock.askings()) asking.waitFor(null);
        if (opened.session() == 0 || knock.isAside()) onAnswered(knock, opened.part());
        else onOpened(knock, opened, from);
    }

    private void onOpened(Knock knock, Packet.Opened opened, Endpoint from) {
        Asker asker = new Asker(knock.to(), true);
        Session session = new Session(knock.session(), opened.session(), asker, from, knock.noise(), env.nowMillis());
        sessions.prove(session);
        boolean saysMore = false;
        for (Asking<?> asking : knock.askings()) {
            if (asking == knock.rider()) {
                asking.isIn(session);
            } else if (asking.canBeSent()) {
                asking.begin();
                send(asking, session);
                arm(asking);
                saysMore = true;
            }
        }
        if (!saysMore) datagrams.send(from, session.seal(new Packet.Heard()));
        onPart(session, opened.part());
        for (Knock.Early early : knock.early()) onPacket(early.from(), early.packet());
    }

    /** The peer has proved who it is, and there is no session: it keeps none, or was only tried. What it says of one question holds for all. */
    private void onAnswered(Knock knock, Packet.Part part) {
        long now = env.nowMillis();
        for (Asking<?> asking : knock.askings()) {
            forget(asking);
            asking.answered(part.slice(), asking.rttMillis(0, now));
        }
    }

    private void onSealed(Endpoint from, Bytes packet) {
        if (packet.length() < PacketForm.SEALED_HEADER_BYTES + PacketCipher.TAG_BYTES) return;
        int local = PacketForm.session(packet);
        Session session = sessions.get(local);
        if (session == null) {
            Knock knock = knocks.get(local);
            if (knock != null) knock.keep(from, packet);
            else tellGone(from, packet);
            return;
        }
        if (session.sent() >= 2 * Session.PACKETS_MAX) {
            sessions.remove(session);
            tellGone(from, packet);
            return;
        }
        Packet content = session.open(packet);
        if (content instanceof Packet.Part part) {
            onPart(session, part);
            return;
        }
        if (content == null) return;
        // What is sealed proves who sent it, not where it was sent from: from another address only a handshake is
        // heard.
        if (!from.equals(session.address())) {
            tellGone(from, packet);
            return;
        }
        if (sessions.prove(session)) served.onProven(session.asker());
        if (content instanceof Packet.Question question) answers.onQuestion(session, question.asked());
    }

    private void tellGone(Endpoint to, Bytes packet) {
        if (gone.take(1, env.nowMillis())) answers.gone(to, packet);
    }

    /** The other side has lost a session: what was asked in it is asked again. Only who saw the packet can name it. */
    private void onGone(Endpoint from, Bytes packet) {
        if (packet.length() != PacketForm.GONE_BYTES) return;
        Session session = sessions.remote(from, PacketForm.session(packet));
        if (session == null || PacketForm.number(packet) < 0 || PacketForm.number(packet) >= session.sent()) return;
        sessions.remove(session);
        for (Asking<?> asking : new ArrayList<>(askings.values())) {
            if (asking.session() == session && asking.sendings() < Asking.SENDINGS_MAX) send(asking);
        }
    }

    private void onPart(Session session, Packet.Part part) {
        Asking<?> asking = askings.get(Asking.numberOf(part.number()));
        if (asking == null || !asking.to().peer().equals(session.peer())) return;
        if (!asking.wasSent(part.number())) return;
        int rtt = asking.rttMillis(part.number(), env.nowMillis());
        Bytes whole = asking.take(part);
        if (whole == null) return;
        if (asking.isMeasurable()) {
            session.trip().measured(rtt);
            usual.measured(rtt);
        }
        forget(asking);
        asking.answered(whole, rtt);
    }

    private void fail(Asking<?> asking, Failure why) {
        forget(asking);
        asking.failed(why);
    }

    private void forget(Asking<?> asking) {
        askings.remove(asking.number());
        asking.cancel();
        Knock knock = asking.knock();
        if (knock == null) return;
        asking.waitFor(null);
        knock.askings().remove(asking);
        if (knock.askings().isEmpty()) knocks.remove(knock.session());
    }
}
