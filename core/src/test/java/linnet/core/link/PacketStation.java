package linnet.core.link;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.env.Chance;
import linnet.core.env.Datagrams;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.env.Log;
import linnet.core.env.Store;
import linnet.core.env.Timer;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.Key;
import linnet.core.id.NetworkId;
import linnet.core.id.PeerId;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.Reachable;
import linnet.core.wire.Whereabouts;

/** A host that asks and answers in packets, and notes what it is told. */
final class PacketStation implements Env, Datagrams, Rpc.Served {
    static final Key TARGET = new Key(8, 7, 6, 5, 4, 3, 2, 1);

    private final PacketNet net;
    private final NetworkId network;
    private int life;

    final Crypto crypto;
    final Identity identity;
    final PeerId peer;

    /** Where it sends from and is heard. */
    Endpoint address;

    /** Where it sends from when nobody shall know it, and is heard, too. */
    final Endpoint aside;

    SealedDatagrams rpc;

    /** The questions that came, and who asked. */
    final List<DhtQuestion<?>> questions = new ArrayList<>();

    final List<Rpc.Asker> askers = new ArrayList<>();
    final List<Rpc.Asker> proven = new ArrayList<>();

    /** What became of the questions that this one asked, such as {@code Pong} and {@code TIMEOUT}. */
    final List<String> outcomes = new ArrayList<>();

    final List<DhtAnswer> answers = new ArrayList<>();
    final List<Integer> rtts = new ArrayList<>();
    final List<String> logged = new ArrayList<>();

    /** What it answers. */
    Function<DhtQuestion<?>, DhtAnswer> mind = question -> new DhtAnswer.Pong(new Endpoint("mem:0"));

    /** How long it thinks. */
    int thinkMillis;

    PacketStation(PacketNet net, long seed) {
        this(net, seed, Station.NETWORK);
    }

    PacketStation(PacketNet net, long seed, NetworkId network) {
        this.net = net;
        this.network = network;
        this.address = new Endpoint("mem:" + net.join(this));
        this.aside = new Endpoint(address.uri() + "-aside");
        this.crypto = Station.seeded(seed);
        this.identity = Identity.create(crypto);
        this.peer = Identity.peerId(crypto, crypto.signingPublic(identity.deviceSeed()));
        this.rpc = newRpc();
    }

    /** The process ends without a word, and another begins. */
    void restart() {
        life++;
        rpc = newRpc();
    }

    private SealedDatagrams newRpc() {
        SealedDatagrams made =
                new SealedDatagrams(identity, LinkConfig.defaults(network), this, crypto, this, this, life + 1);
        made.introduce(new Reachable(List.of(address, new Endpoint("ws://192.0.2.1:7071/")), true));
        return made;
    }

    Whereabouts where() {
        return new Whereabouts(peer, linkPublic(), List.of(address));
    }

    Bytes linkPublic() {
        return crypto.agreementPublic(identity.linkSecret());
    }

    void ping(PacketStation to) {
        ask(to.where(), new DhtQuestion.Ping());
    }

    void find(PacketStation to) {
        ask(to.where(), new DhtQuestion.Find(TARGET, 20));
    }

    <A extends DhtAnswer> void ask(Whereabouts to, DhtQuestion<A> question) {
        boolean[] isDone = new boolean[1];
        int asked = outcomes.size();
        rpc.ask(to, question, Duration.ofSeconds(10), new Rpc.Answer<>() {
            @Override
            public void onAnswer(A answer, int rttMillis) {
                once(answer.getClass().getSimpleName());
                answers.add(answer);
                rtts.add(rttMillis);
            }

            @Override
            public void onFailure(Failure why) {
                once(why.code().name());
            }

            private void once(String outcome) {
                if (isDone[0]) throw new AssertionError("answered twice");
                isDone[0] = true;
                outcomes.add(outcome);
            }
        });
        if (outcomes.size() != asked) throw new AssertionError("answered from within the call");
    }

    void hear(Endpoint from, Bytes packet) {
        rpc.onPacket(from, packet);
    }

    @Override
    public void onQuestion(Rpc.Asker from, DhtQuestion<?> question, Rpc.Reply reply) {
        questions.add(question);
        askers.add(from);
        if (thinkMillis == 0) reply.answer(mind.apply(question));
        else after(Duration.ofMillis(thinkMillis), () -> reply.answer(mind.apply(question)));
    }

    @Override
    public void onProven(Rpc.Asker from) {
        proven.add(from);
    }

    @Override
    public boolean canSend(Endpoint to) {
        return to.uri().startsWith("mem:");
    }

    @Override
    public void send(Endpoint to, Bytes packet) {
        net.send(address, to, packet);
    }

    @Override
    public void sendAside(Endpoint to, Bytes packet) {
        net.send(aside, to, packet);
    }

    @Override
    public long nowMillis() {
        return net.clock.nowMillis();
    }

    @Override
    public long wallMillis() {
        return net.clock.nowMillis();
    }

    @Override
    public Chance chance(String component) {
        return new Chance(1);
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        int born = life;
        return net.clock.after(delay.toMillis(), () -> {
            if (born == life) task.run();
        });
    }

    @Override
    public Store store() {
        throw new IllegalStateException("packets store nothing");
    }

    @Override
    public Log log() {
        return (name, keysAndValues) -> {
            StringBuilder line = new StringBuilder(name);
            for (int i = 0; i + 1 < keysAndValues.length; i += 2)
                if (keysAndValues[i].equals("code")) line.append(' ').append(keysAndValues[i + 1]);
            logged.add(line.toString());
        };
    }
}
