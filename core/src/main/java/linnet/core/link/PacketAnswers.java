package linnet.core.link;

import java.util.ArrayList;
import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.KeyPair;
import linnet.core.crypto.NoiseIK;
import linnet.core.env.Datagrams;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtCodec;
import linnet.core.wire.DhtFrame;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.LinkCodec;
import linnet.core.wire.Packet;
import linnet.core.wire.PacketCodec;
import linnet.core.wire.Whereabouts;
import org.jspecify.annotations.Nullable;

/** The side of {@link SealedDatagrams} that is asked: first packets, and questions within sessions. */
final class PacketAnswers {
    /** Handshakes in a second, from all addresses together: at half a millisecond each a fifth of a core (DESIGN, links). */
    private static final int HANDSHAKES_PER_SECOND = 400;

    /** Handshakes at once. */
    private static final int HANDSHAKES_BURST = 400;

    private static final Bytes PROLOGUE = Bytes.utf8("linnet/datagram/1");

    private final Handshake.Self self;
    private final KeyPair keys;
    private final Env env;
    private final Crypto crypto;
    private final Datagrams datagrams;
    private final Sessions sessions;
    private final Rpc.Served served;
    private final Admission admission;
    private final TokenBucket handshakes;

    /** How long the proof of who answers is: the same in every answer. */
    private final int helloBytes;

    PacketAnswers(
            Handshake.Self self,
            KeyPair keys,
            Admission admission,
            Env env,
            Crypto crypto,
            Datagrams datagrams,
            Sessions sessions,
            Rpc.Served served) {
        this.self = self;
        this.helloBytes = LinkCodec.encode(self.proved()).length();
        this.keys = keys;
        this.env = env;
        this.crypto = crypto;
        this.datagrams = datagrams;
        this.sessions = sessions;
        this.served = served;
        this.admission = admission;
        this.handshakes = new TokenBucket(HANDSHAKES_PER_SECOND, HANDSHAKES_BURST, env.nowMillis());
    }

    /** Returns what both sides of a handshake have agreed on beforehand: the protocol, and what stands in clear before the first message. */
    static Bytes prologue(Bytes header) {
        return Bytes.concat(PROLOGUE, header);
    }

    /**
     * Somebody knocks. What is cheap to check is checked first; nothing is kept of a packet that does not hold, and nobody is told. Whoever
     * proves its key and is refused hears why.
     */
    void onFirst(Endpoint from, Bytes packet) {
        if (packet.length() < PacketForm.FIRST_BYTES_MIN || packet.length() > PacketForm.FIRST_BYTES_MAX) return;
        if (PacketForm.session(packet) < 1) return;
        if (!admits(from)) throw new ProtocolViolation(Code.RATE_LIMITED, "too many handshakes");
        NoiseIK noise = NoiseIK.responder(crypto, keys, prologue(packet.slice(0, PacketForm.HEADER_BYTES)));
        Bytes padded = noise.read(packet.slice(PacketForm.HEADER_BYTES, packet.length()));
        Packet.Opening opening = PacketCodec.decodeOpening(PacketForm.unpad(padded));
        Knocked knocked = new Knocked(from, packet.length(), PacketForm.session(packet), noise, opening.number());
        DhtQuestion<?> question = opening.question();
        Handshake.Remote remote;
        try {
            remote = Handshake.check(crypto, self, opening.hello(), noise.remoteStatic(), null);
            if (question == null) throw new ProtocolViolation(Code.UNSUPPORTED, "a question that is not known here");
        } catch (ProtocolViolation violation) {
            answer(knocked, null, new DhtAnswer.Refused(violation.failure()));
            throw violation;
        }
        Rpc.Asker asker = asker(from, remote, noise.remoteStatic(), opening);
        Once once = new Once();
        served.onQuestion(new Rpc.Asker(asker.where(), false), question, answer -> {
            once.check();
            answer(knocked, asker, answer);
        });
    }

    /** A question came within a session, from the address of the session. */
    void onQuestion(Session session, DhtFrame.Asked asked) {
        DhtQuestion<?> question = asked.question();
        if (question == null) {
            answer(session, asked.number(), new DhtAnswer.Refused(new Failure(Code.UNSUPPORTED)));
            return;
        }
        Once once = new Once();
        served.onQuestion(session.asker(), question, answer -> {
            once.check();
            answer(session, asked.number(), answer);
        });
    }

    /** Somebody speaks of a session that is not there: it asks again with a handshake, at once. */
    void gone(Endpoint to, Bytes packet) {
        datagrams.send(to, PacketForm.header(PacketForm.GONE, PacketForm.session(packet), PacketForm.number(packet)));
    }

    private boolean admits(Endpoint from) {
        long now = env.nowMillis();
        String host = host(from.uri());
        if (!admission.enter(host, now)) return false;
        admission.leave(host);
        return handshakes.take(1, now);
    }

    /** Returns the asker at the address where it was heard; of what it says of itself only what leads to links is believed. */
    private Rpc.Asker asker(Endpoint from, Handshake.Remote remote, Bytes linkPublic, Packet.Opening opening) {
        List<Endpoint> endpoints = new ArrayList<>();
        endpoints.add(from);
        for (Endpoint said : opening.asker().endpoints()) if (!datagrams.canSend(said)) endpoints.add(said);
        Whereabouts where = Whereabouts.of(remote.peer(), linkPublic, endpoints);
        return new Rpc.Asker(where, opening.asker().serves());
    }

    /** Returns the host of an address, without the port. */
    private static String host(String uri) {
        int from = uri.indexOf("://");
        int port = uri.lastIndexOf(':');
        return from < 0 || port <= from ? uri : uri.substring(from + 3, port);
    }

    /** Answers a first packet: with the second one, and what does not fit into it. Three times as much as came, at most. */
    private void answer(Knocked knocked, Rpc.@Nullable Asker asker, DhtAnswer answer) {
        Bytes bytes = DhtCodec.encode(PacketForm.fitted(knocked.number, answer, helloBytes, knocked.bytes));
        List<Packet.Part> parts = PacketForm.parts(knocked.number, bytes, PacketForm.FIRST_SLICE_BYTES);
        int local = asker == null ? 0 : sessions.draw(crypto);
        Bytes opened = PacketCodec.encode(new Packet.Opened(self.proved(), local, parts.get(0)));
        Bytes header = PacketForm.header(PacketForm.SECOND, knocked.remote);
        datagrams.send(knocked.from, Bytes.concat(header, knocked.noise.write(opened)));
        if (asker == null) return;
        Session session = new Session(local, knocked.remote, asker, knocked.from, knocked.noise, env.nowMillis());
        sessions.add(session);
        send(session, parts.subList(1, parts.size()));
    }

    private void answer(Session session, int number, DhtAnswer answer) {
        Bytes bytes = DhtCodec.encode(DhtCodec.fitted(answer));
        send(session, PacketForm.parts(number, bytes, Packet.Part.SLICE_BYTES_MAX));
    }

    private void send(Session session, List<Packet.Part> parts) {
        for (Packet.Part part : parts) datagrams.send(session.address(), session.seal(part));
    }

    /**
     * Somebody who has knocked and hears the answer once there is one.
     *
     * @param from where the packet came from
     * @param bytes how long it was
     * @param remote what the asker calls the session
     * @param number that of the question
     */
    private record Knocked(Endpoint from, int bytes, int remote, NoiseIK noise, int number) {}

    /** That a question is answered once is the promise of whoever answers. */
    private static final class Once {
        private boolean isDone;

        void check() {
            if (isDone) throw new IllegalStateException("answered already");
            isDone = true;
        }
    }
}
