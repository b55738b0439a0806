package linnet.core.link;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import linnet.core.crypto.NoiseCipher;
import linnet.core.env.Channel;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.env.ProtocolViolation;
import linnet.core.env.Timer;
import linnet.core.id.Bytes;
import linnet.core.id.PeerId;
import linnet.core.link.LinkState.Input;
import linnet.core.wire.Batch;
import linnet.core.wire.Frame;
import linnet.core.wire.LinkFrame;
import linnet.core.wire.Reader;
import linnet.core.wire.UnknownFrame;
import org.jspecify.annotations.Nullable;

/**
 * One channel and what it takes to trust it: handshake, sealing, queues, keep-alive, and an orderly end. What happens when is in
 * {@link LinkState}; which link a peer's frames take is the {@link LinkPool}'s business.
 *
 * <p>The dialling side is up only when the first sealed message came, which the other side sends at once: until then nobody knows
 * whether it was accepted. A link that yields to another one says {@code Close(DUPLICATE)} after its last frame and stays to hear the other
 * side's last frame; so nothing that was accepted is lost while both ends are alive.
 *
 * <p>A violation by the other side is caught here and nowhere else. What is our own fault passes through to the host.
 */
final class Link implements Channel.Listener {
    private static final long NEVER = Long.MAX_VALUE;

    private final LinkPool pool;
    private final Env env;
    private final int number;
    private final String remote;
    private final boolean dialledHere;
    private final SealedSender sender;
    private final TokenBucket strangerFrames;
    private final TokenBucket unsupportedAnswers;
    private final KeepAlive keepAlive;

    /** Asked once, when the first message is due: a dial that fails and a caller who says nothing cost no keys. */
    private final Supplier<Handshake> handshakes;

    private LinkState state = LinkState.OPENING;
    private @Nullable Handshake handshake;
    private Handshake.@Nullable Remote proof;
    private @Nullable NoiseCipher receiver;
    private @Nullable Channel channel;
    private @Nullable Timer timer;

    /** When this link ends with {@link #endWhy} if nothing else happens. */
    private long endMillis;

    private Failure endWhy = new Failure(Code.TIMEOUT, "the dial took too long");
    private boolean flushComes;
    private boolean saidClose;
    private boolean heardClose;
    private long openedMillis;
    private long upMillis;
    private long frameMillis;
    private long receivedBytes;

    /** Creates a link whose channel is on its way; {@code remote} is an endpoint or an address, for people to read. */
    Link(
            LinkPool pool,
            Env env,
            LinkConfig config,
            int number,
            String remote,
            boolean dialledHere,
            Supplier<Handshake> handshakes) {
        long now = env.nowMillis();
        this.pool = pool;
        this.env = env;
        this.number = number;
        this.remote = remote;
        this.dialledHere = dialledHere;
        this.handshakes = handshakes;
        this.sender = new SealedSender(new SendQueue(config.queueFramesMax(), config.queueBytesMax()));
        this.strangerFrames = new TokenBucket(
                config.strangers().framesPerSecond(), config.strangers().framesBurst(), now);
        this.unsupportedAnswers = new TokenBucket(LinkConfig.UNSUPPORTED_PER_SECOND, LinkConfig.UNSUPPORTED_BURST, now);
        this.keepAlive = new KeepAlive(now, dialledHere);
        this.endMillis = now + LinkConfig.DIAL_MILLIS;
        arm();
    }

    @Override
    public void onOpen(Channel channel) {
        if (state != LinkState.OPENING) {
            channel.close(endWhy);
            return;
        }
        this.channel = channel;
        state = state.on(Input.OPEN);
        openedMillis = env.nowMillis();
        keepAlive.onAsked(openedMillis);
        sender.open(channel);
        endAt(openedMillis + LinkConfig.HANDSHAKE_MILLIS, new Failure(Code.TIMEOUT, "the handshake took too long"));
        if (dialledHere) sender.sendClear(handshake().begin());
    }

    @Override
    public void onBytes(Bytes bytes) {
        receivedBytes += bytes.length();
        try {
            switch (state) {
                case OPENING -> throw new IllegalStateException("a message before the channel was open");
                case HANDSHAKE -> {
                    if (handshake().isDone()) read(bytes);
                    else greet(bytes);
                }
                case UP, DRAINING -> read(bytes);
                case CLOSED -> {}
            }
        } catch (ProtocolViolation violation) {
            pool.log("link.violation", this, violation.failure());
            cut(violation.failure());
        }
    }

    @Override
    public void onRoom() {
        if (state == LinkState.CLOSED) return;
        keepAlive.onRoom();
        flush();
        tellRoom();
    }

    @Override
    public void onClosed(Failure why) {
        end(why);
    }

    /** Queues a frame; false if the link takes none, or that queue is full. */
    boolean send(Frame frame) {
        if (state != LinkState.UP || !sender.offer(frame)) return false;
        flushSoon();
        return true;
    }

    /** Says that this side has accepted the link: the side that dialled is up from then on. */
    void sign() {
        if (!dialledHere) sayIfRoom(new LinkFrame.Pong(0));
    }

    /** Takes no new frames, sends what waits, and closes. */
    void drain(Failure why) {
        if (state != LinkState.UP) return;
        state = state.on(Input.DRAIN);
        endAt(env.nowMillis() + LinkConfig.DRAIN_MILLIS, why);
        flush();
    }

    /** Closes now: what waits is lost, and the other side is told why. */
    void cut(Failure why) {
        if (state == LinkState.CLOSED) return;
        if (sender.canSeal() && !sender.isBlocked() && !saidClose) {
            sender.queue().clear();
            sender.offer(new LinkFrame.Close(why));
            sender.flush();
        }
        finish(why);
    }

    boolean isUp() {
        return state == LinkState.UP;
    }

    boolean isOpening() {
        return state == LinkState.OPENING;
    }

    /** Returns whether its channel ever opened: before that a failure is the dial's. */
    boolean wasOpen() {
        return channel != null;
    }

    boolean wantsRoom() {
        return sender.queue().wantsRoom();
    }

    int number() {
        return number;
    }

    String remote() {
        return remote;
    }

    boolean dialledHere() {
        return dialledHere;
    }

    /** Returns when the peer last sent anything but the link's own frames. */
    long frameMillis() {
        return frameMillis;
    }

    /** Returns who is at the other end, or null while nobody has proved anything. */
    @Nullable
    PeerId peer() {
        return proof == null ? null : proof.peer();
    }

    DuplicateRule.Claim claim() {
        return new DuplicateRule.Claim(proof().incarnation(), dialledHere, openedMillis, upMillis);
    }

    LinkView view() {
        return new LinkView(
                proof().linkPublic(),
                remote,
                dialledHere,
                proof().incarnation(),
                upMillis,
                sender.queuedBytes(),
                keepAlive.rttMillis(),
                sender.sentBytes(),
                receivedBytes);
    }

    private void greet(Bytes message) {
        Handshake handshake = handshake();
        Bytes answer = handshake.onMessage(message);
        // The first message of whoever dialled answers nothing.
        if (dialledHere || handshake.isDone()) keepAlive.onAnswered(env.nowMillis());
        if (answer != null) {
            keepAlive.onAsked(env.nowMillis());
            sender.sendClear(answer);
        }
        if (!handshake.isDone()) return;
        sender.seal(handshake.cipherToSend());
        receiver = handshake.cipherToReceive();
        proof = handshake.remote();
        // The side that dialled waits for a sign that it was accepted.
        if (!dialledHere) prove();
    }

    private void prove() {
        PeerId peer = proof().peer();
        Failure refusal = pool.admit(this, peer);
        if (refusal != null) {
            cut(refusal);
            return;
        }
        long now = env.nowMillis();
        state = state.on(Input.PROOF);
        handshake = null;
        upMillis = now;
        frameMillis = now;
        keepAlive.onHeard(now);
        endAt(NEVER, new Failure(Code.TIMEOUT));
        pool.onProved(this, peer);
    }

    private void read(Bytes sealed) {
        if (sealed.length() > Channel.MESSAGE_BYTES_MAX)
            throw new ProtocolViolation(Code.TOO_LARGE, "message of " + sealed.length() + " B");
        if (receiver == null) throw new IllegalStateException("no key to open with");
        List<Reader> frames = Batch.readers(receiver.open(sealed));
        Frame first = pool.decode(frames.get(0));
        if (state == LinkState.HANDSHAKE) {
            if (first instanceof LinkFrame.Close close) {
                finish(close.why());
                return;
            }
            prove();
        }
        if (state == LinkState.CLOSED) return;
        long now = env.nowMillis();
        keepAlive.onHeard(now);
        PeerId peer = proof().peer();
        if (!pool.isContact(peer) && !strangerFrames.take(frames.size(), now))
            throw new ProtocolViolation(Code.RATE_LIMITED, "too many frames of a stranger");
        for (int i = 0; i < frames.size(); i++) {
            if (!hears()) return;
            Frame frame = i == 0 ? first : pool.decode(frames.get(i));
            if (frame instanceof LinkFrame own) onLinkFrame(own);
            else if (frame instanceof UnknownFrame unknown) onUnknown(unknown);
            else {
                frameMillis = now;
                pool.onFrame(peer, frame);
            }
        }
    }

    /** A link that yields to another still hears; one that the owner closes does not. */
    private boolean hears() {
        return !heardClose
                && (state == LinkState.UP || (state == LinkState.DRAINING && endWhy.code() == Code.DUPLICATE));
    }

    private void onLinkFrame(LinkFrame frame) {
        if (frame instanceof LinkFrame.Ping ping) {
            sayIfRoom(new LinkFrame.Pong(ping.number()));
        } else if (frame instanceof LinkFrame.Pong pong) {
            keepAlive.onPong(pong.number(), env.nowMillis());
        } else if (frame instanceof LinkFrame.Close close) {
            onClose(close.why());
        } else if (frame instanceof LinkFrame.Unsupported unsupported) {
            pool.log("link.unsupported", this, new Failure(Code.UNSUPPORTED, "frame " + unsupported.field()));
        }
    }

    private void onUnknown(UnknownFrame frame) {
        if (!unsupportedAnswers.take(1, env.nowMillis())) return;
        pool.log("link.unknown-frame", this, new Failure(Code.UNSUPPORTED, "frame " + frame.field()));
        sayIfRoom(new LinkFrame.Unsupported(frame.field()));
    }

    private void onClose(Failure why) {
        heardClose = true;
        if (why.code() != Code.DUPLICATE) {
            finish(why);
        } else if (state == LinkState.DRAINING) {
            finishIfDrained();
        } else {
            // The other side already has the link that stays. Here it is about to come up; until then this one is all
            // there is.
            endAt(env.nowMillis() + LinkConfig.DRAIN_MILLIS, why);
        }
    }

    /** Answers and pings are dropped when nothing leaves: then frames leave anyway, or the link is stalled and ends. */
    private void sayIfRoom(LinkFrame frame) {
        if (hears() && sender.offer(frame)) flushSoon();
    }

    /**
     * Lets what waits leave after the inputs that are at hand: whatever they add until then leaves in the same record, for one seal and one
     * write. While the channel has no room, its {@link #onRoom} does it.
     */
    private void flushSoon() {
        if (flushComes || sender.isBlocked()) return;
        flushComes = true;
        env.after(Duration.ZERO, this::flushNow);
    }

    private void flushNow() {
        flushComes = false;
        if (state == LinkState.CLOSED) return;
        flush();
        tellRoom();
    }

    private void flush() {
        if (sender.flush() && !keepAlive.isBlocked()) {
            keepAlive.onBlocked(env.nowMillis(), sender.channelBytes());
            arm();
        }
        finishIfDrained();
    }

    private void tellRoom() {
        if (state == LinkState.UP && sender.queue().takeRoom()) pool.onRoom(this);
    }

    private void finishIfDrained() {
        if (state != LinkState.DRAINING || !sender.isEmpty()) return;
        if (!saidClose) {
            saidClose = true;
            sender.offer(new LinkFrame.Close(endWhy));
            sender.flush();
        }
        boolean isOver = heardClose || endWhy.code() != Code.DUPLICATE;
        if (isOver && sender.isEmpty()) finish(endWhy);
    }

    /** Ends this link from this side. */
    private void finish(Failure why) {
        Channel open = channel;
        end(why);
        if (open != null) open.close(why);
    }

    private void end(Failure why) {
        if (state == LinkState.CLOSED) return;
        state = state.on(Input.END);
        endWhy = why;
        handshake = null;
        if (timer != null) timer.cancel();
        pool.onEnded(this, why);
    }

    private void endAt(long millis, Failure why) {
        endMillis = millis;
        endWhy = why;
        arm();
    }

    private void arm() {
        if (timer != null) timer.cancel();
        long now = env.nowMillis();
        long next = isProved() ? Math.min(endMillis, keepAlive.nextMillis(now)) : endMillis;
        timer = env.after(Duration.ofMillis(Math.max(0, next - now)), this::onTimer);
    }

    private void onTimer() {
        if (state == LinkState.CLOSED) return;
        long now = env.nowMillis();
        if (now >= endMillis) {
            finish(endWhy);
            return;
        }
        if (isProved()) {
            switch (keepAlive.judge(now, sender.channelBytes())) {
                case FINE -> {}
                case ASK -> sayIfRoom(new LinkFrame.Ping(keepAlive.nextPing(now)));
                case SILENT -> giveUp("link.silent", "nothing came for " + LinkConfig.SILENCE_MILLIS + " ms");
                case STALLED -> giveUp("link.stalled", "nothing left for " + LinkConfig.STALL_MILLIS + " ms");
            }
        }
        if (state != LinkState.CLOSED) arm();
    }

    private void giveUp(String event, String detail) {
        Failure why = new Failure(Code.TIMEOUT, detail);
        pool.log(event, this, why);
        cut(why);
    }

    private boolean isProved() {
        return state == LinkState.UP || state == LinkState.DRAINING;
    }

    private Handshake handshake() {
        if (handshake == null) handshake = handshakes.get();
        return handshake;
    }

    private Handshake.Remote proof() {
        if (proof == null) throw new IllegalStateException("nobody has proved anything");
        return proof;
    }
}
