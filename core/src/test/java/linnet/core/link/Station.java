package linnet.core.link;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import linnet.core.crypto.BouncyCrypto;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.env.Chance;
import linnet.core.env.Channel;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.env.Log;
import linnet.core.env.Store;
import linnet.core.env.Timer;
import linnet.core.env.Transport;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.EnvelopeId;
import linnet.core.id.Key;
import linnet.core.id.NetworkId;
import linnet.core.id.PeerId;
import linnet.core.wire.Envelope;
import linnet.core.wire.Frame;
import linnet.core.wire.MessageFrame;

/** A host with a pool and nothing above it: it notes what it is told. */
final class Station implements Env, Transport, Links.Handler {
    static final NetworkId NETWORK = new NetworkId(new Key(1, 2, 3, 4, 5, 6, 7, 8));

    private final TestNet net;
    private final int index;
    private final UnaryOperator<LinkConfig> settings;
    private long incarnation = 1;
    private int life;
    private LinkPool pool;

    final Crypto crypto;
    final Identity identity;
    final PeerId peer;

    /** Where this station's dials seem to come from. */
    String address;

    boolean isListening = true;

    /** What the handler heard, such as {@code up 1} and {@code down 1 TIMEOUT}, without frames. */
    final List<String> heard = new ArrayList<>();

    /** The numbers of the frames that came. */
    final List<Integer> frames = new ArrayList<>();

    /** Names of the log's events with their codes. */
    final List<String> logged = new ArrayList<>();

    /** What failed dials told. */
    final List<Code> failures = new ArrayList<>();

    BiConsumer<PeerId, Frame> onFrame = (from, frame) -> {};
    Runnable onUp = () -> {};
    Runnable onRoom = () -> {};

    Station(TestNet net, long seed) {
        this(net, seed, settings -> settings);
    }

    Station(TestNet net, long seed, UnaryOperator<LinkConfig> settings) {
        this.net = net;
        this.index = net.join(this);
        this.address = "host-" + index;
        this.settings = settings;
        this.crypto = seeded(seed);
        this.identity = Identity.create(crypto);
        this.peer = Identity.peerId(crypto, crypto.signingPublic(identity.deviceSeed()));
        this.pool = newPool();
    }

    /** Returns real primitives whose secrets come from a seed. */
    static Crypto seeded(long seed) {
        Chance chance = new Chance(seed);
        return new BouncyCrypto(count -> {
            byte[] bytes = new byte[count];
            for (int i = 0; i < count; i++) bytes[i] = (byte) chance.nextLong();
            return Bytes.wrap(bytes);
        });
    }

    /** A small frame that leaves early. */
    static Frame receipt(int number) {
        return new MessageFrame.Receipt(new EnvelopeId(new Key(number, 0, 0, 0, 0, 0, 0, 0)), MessageFrame.Stored.KEPT);
    }

    /** A frame of about this size. */
    Frame envelope(int number, int bytes) {
        return Envelope.of(crypto, peer, 1, number, Bytes.wrap(new byte[bytes]));
    }

    static int numberOf(Frame frame) {
        if (frame instanceof Envelope envelope) return (int) envelope.expiresMillis();
        if (frame instanceof MessageFrame.Receipt receipt)
            return receipt.id().key().a();
        throw new AssertionError(frame);
    }

    LinkPool pool() {
        return pool;
    }

    Endpoint endpoint() {
        return new Endpoint("mem:" + index);
    }

    /** Asks for a link and notes the failure. */
    void open(Station to) {
        open(to.peer, to.endpoint());
    }

    void open(PeerId to, Endpoint... at) {
        pool.open(to, List.of(at), why -> failures.add(why.code()));
    }

    boolean isUp(Station to) {
        return pool.isUp(to.peer);
    }

    boolean send(Station to, int number) {
        return pool.send(to.peer, receipt(number));
    }

    /** The process ends without a word, and another begins. What its channels still carry is the test's business. */
    void restart() {
        incarnation++;
        life++;
        pool = newPool();
    }

    private LinkPool newPool() {
        LinkConfig config = settings.apply(LinkConfig.defaults(NETWORK));
        return new LinkPool(identity, config, this, crypto, this, this, incarnation);
    }

    @Override
    public void onUp(PeerId from) {
        heard.add("up");
        onUp.run();
    }

    @Override
    public void onDown(PeerId from, Failure why) {
        heard.add("down " + why.code());
    }

    @Override
    public void onFrame(PeerId from, Frame frame) {
        frames.add(numberOf(frame));
        onFrame.accept(from, frame);
    }

    @Override
    public void onRoom(PeerId to) {
        heard.add("room");
        onRoom.run();
    }

    @Override
    public long nowMillis() {
        return net.nowMillis();
    }

    @Override
    public long wallMillis() {
        return net.nowMillis();
    }

    @Override
    public Chance chance(String component) {
        return new Chance(index);
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        int born = life;
        return net.after(delay.toMillis(), () -> {
            if (born == life) task.run();
        });
    }

    @Override
    public Store store() {
        throw new IllegalStateException("links store nothing");
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

    @Override
    public String kind() {
        return "mem";
    }

    @Override
    public boolean canDial(Endpoint endpoint) {
        return !endpoint.uri().startsWith("ws:");
    }

    @Override
    public void dial(Endpoint endpoint, Channel.Listener listener) {
        net.dial(address, endpoint, listener);
    }
}
