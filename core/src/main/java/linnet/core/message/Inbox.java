package linnet.core.message;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import linnet.core.contact.Contact;
import linnet.core.contact.Contacts;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.crypto.KeyPair;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.env.ProtocolViolation;
import linnet.core.env.Timer;
import linnet.core.event.Event;
import linnet.core.event.Event.ContactState;
import linnet.core.event.Event.Order;
import linnet.core.id.Bytes;
import linnet.core.id.ConversationId;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import linnet.core.link.Links;
import linnet.core.link.TokenBucket;
import linnet.core.wire.Bundle;
import linnet.core.wire.Card;
import linnet.core.wire.Content;
import linnet.core.wire.Envelope;
import linnet.core.wire.MessageFrame.Receipt;
import linnet.core.wire.MessageFrame.Stored;
import linnet.core.wire.Payload;
import linnet.core.wire.Suite1;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages in: opens, verifies, puts them in order and shows them, once each; and acknowledges what is durable.
 *
 * <p>Everything that an envelope changes, the event that shows the message among it, is one batch of the store. So a crash
 * leaves either all of it or nothing, and then nothing was acknowledged and it comes again.
 */
public final class Inbox {
    /** How long after its expiry an envelope is still taken: both clocks may be a day off. */
    private static final Duration EXPIRY_GRACE = Duration.ofDays(2);

    private static final String TABLE = "window";

    /** Refusals in a second, and at once: each costs signatures and a seal, and strangers can ask for it. */
    private static final int REFUSALS_PER_SECOND = 10;

    private static final int REFUSALS_BURST = 50;

    private final MessageConfig config;
    private final Env env;
    private final Crypto crypto;
    private final Links links;
    private final Contacts contacts;
    private final Outbox outbox;
    private final Consumer<Event> app;
    private final Asides asides;
    private final Shelf shelf;
    private final TokenBucket refusals;
    private final Map<String, Window> windows = new TreeMap<>();
    private @Nullable Timer gapTimer;

    /** Creates an inbox over what the store holds. */
    public Inbox(
            Identity identity,
            MessageConfig config,
            Env env,
            Crypto crypto,
            Links links,
            Contacts contacts,
            Outbox outbox,
            Consumer<Event> app) {
        this.config = config;
        this.env = env;
        this.crypto = crypto;
        this.links = links;
        this.contacts = contacts;
        this.outbox = outbox;
        this.app = app;
        this.asides = new Asides(identity, config, env, crypto, links, contacts);
        this.shelf = new Shelf(env);
        this.refusals = new TokenBucket(REFUSALS_PER_SECOND, REFUSALS_BURST, env.nowMillis());
    }

    /** Takes up what the last life of the node held. */
    public void start() {
        shelf.load();
        watchGaps();
    }

    /** Stops the timers. What is held is shown after the next start. */
    public void stop() {
        asides.stop();
        if (gapTimer != null) gapTimer.cancel();
    }

    /** An envelope came. What is wrong inside its seal is nobody's fault on the way, so no link suffers for it. */
    public void onEnvelope(PeerId from, Envelope envelope) {
        if (!envelope.to().equals(contacts.self())) {
            env.log().event("envelope.not-kept", "peer", from);
            links.send(from, new Receipt(envelope.id(), Stored.UNKNOWN_MAILBOX));
            return;
        }
        try {
            if (env.wallMillis() > envelope.expiresMillis() + EXPIRY_GRACE.toMillis()) {
                links.send(from, new Receipt(envelope.id(), Stored.EXPIRED));
                throw new ProtocolViolation(Code.EXPIRED, "the envelope has expired");
            }
            KeyPair prekey = contacts.prekey(Suite1.prekeyId(envelope));
            if (prekey == null) {
                env.log().event("envelope.unreadable", "peer", from);
                links.send(from, new Receipt(envelope.id(), Stored.UNREADABLE));
                contacts.introduce(from);
                return;
            }
            onPayload(from, Suite1.open(crypto, envelope, prekey));
        } catch (ProtocolViolation e) {
            env.log()
                    .event("envelope.refused", "peer", from, "code", e.failure().code());
        }
    }

    /**
     * A device is no longer this contact's: what is held of it is shown, as it was acknowledged, and what was shown of it is forgotten, as nothing
     * more is taken from it.
     */
    public void onDeviceGone(UserId user, PeerId device) {
        String key = rowKey(Conversations.of(crypto, contacts.user(), user), device);
        Window window = windowOf(key);
        for (Shelf.StreamId stream : shelf.streams()) {
            Sequence sequence = stream.device().equals(device) ? window.peek(stream.id()) : null;
            if (sequence != null) showAllHeld(stream, sequence);
        }
        windows.remove(key);
        env.store().put(TABLE, key, null);
        watchGaps();
    }

    private void onPayload(PeerId from, Payload payload) {
        if (payload.content() instanceof Content.ContactRequest request) {
            onRequest(from, payload, request);
            return;
        }
        Contact contact = contacts.get(payload.from());
        Bytes devicePublic = contact == null ? null : contact.devicePublic(payload.device());
        if (contact == null || devicePublic == null)
            throw new ProtocolViolation(Code.NOT_A_CONTACT, "a stranger, or a device that the contact does not list");
        check(payload, devicePublic);
        boolean refused = contact.state() == ContactState.REFUSED;
        boolean placed = payload.sequence() > 0;
        Content content = payload.content();
        if ((content instanceof Content.Text && !placed) || (placed && !isSpoken(content)))
            throw new ProtocolViolation(Code.MALFORMED, "a message without a place, or a place for what has none");
        if (content instanceof Content.ContactAccept accept) {
            contacts.onAccept(payload.from(), accept);
        } else if (content instanceof Content.ContactRefuse refuse) {
            if (outbox.hasAsked(payload.from(), payload.id())) contacts.onRefuse(payload.from(), refuse);
        } else if (refused) {
            throw new ProtocolViolation(Code.NOT_A_CONTACT, "a person who refused to be a contact");
        } else if (content instanceof Content.Delivered delivered) {
            outbox.onDelivered(payload.from(), payload.device(), delivered.ids());
        } else if (content instanceof Content.Read read) {
            outbox.onRead(payload.from(), payload.device(), read.ids());
            acknowledge(payload);
        } else {
            if (placed) place(payload);
            acknowledge(payload);
        }
    }

    /** Somebody who need not be known asks to be a contact: who they are is on the card inside. What is cheap is judged first. */
    private void onRequest(PeerId from, Payload payload, Content.ContactRequest request) {
        if (contacts.judge(request) != null && !refusals.take(1, env.nowMillis()))
            throw new ProtocolViolation(Code.RATE_LIMITED, "too many requests that are refused");
        Card card = request.card();
        card.check(crypto);
        Bundle device = null;
        for (Bundle bundle : card.bundles())
            if (Identity.peerId(crypto, bundle.devicePublic()).equals(payload.device())) device = bundle;
        boolean own = Identity.userId(crypto, card.devices().userPublic()).equals(payload.from());
        if (!own || device == null || payload.sequence() > 0)
            throw new ProtocolViolation(Code.TAMPERED, "the card is not of who asks");
        check(payload, device.devicePublic());
        Failure why = contacts.onRequest(request);
        if (why != null) env.log().event("contact.refused", "peer", from, "code", why.code());
        Content answer = why == null
                ? new Content.ContactAccept(contacts.ownCard())
                : new Content.ContactRefuse(why.code().number());
        Bundle to = device;
        env.store().sync(() -> asides.answer(payload.from(), to, payload.id(), answer));
    }

    private void check(Payload payload, Bytes devicePublic) {
        payload.check(crypto, devicePublic, contacts.self());
        if (!payload.in().equals(Conversations.of(crypto, contacts.user(), payload.from())))
            throw new ProtocolViolation(Code.MALFORMED, "another conversation");
    }

    /** Disk before promise: the same batch holds what the message changed here. */
    private void acknowledge(Payload payload) {
        env.store().sync(() -> asides.acknowledge(payload.from(), payload.device(), payload.id()));
    }

    private void place(Payload payload) {
        Window window = windowOf(payload);
        Sequence sequence = window.use(payload.stream());
        if (sequence == null) {
            Window.Stream replaced = window.last();
            if (replaced != null) showAllHeld(new Shelf.StreamId(payload.device(), replaced.id()), replaced.sequence());
            sequence = window.begin(payload.stream());
        }
        Shelf.StreamId stream = Shelf.StreamId.of(payload);
        switch (sequence.judge(payload.sequence())) {
            case REPEAT -> {
                env.log().event("message.repeated", "peer", payload.device());
                return;
            }
            case LATE -> {
                sequence.show(payload.sequence());
                show(payload, Order.LATE);
            }
            case NEXT -> {
                sequence.show(payload.sequence());
                show(payload, Order.IN_ORDER);
                showNextHeld(stream, sequence);
            }
            case AHEAD -> {
                if (shelf.holds(payload)) return;
                shelf.hold(payload);
                if (shelf.isFull(stream)) passGap(stream, sequence);
                watchGaps();
            }
        }
        save(payload, window);
    }

    /** Shows what follows without a gap. */
    private void showNextHeld(Shelf.StreamId stream, Sequence sequence) {
        for (Payload next = shelf.take(stream, sequence.next());
                next != null;
                next = shelf.take(stream, sequence.next())) {
            sequence.show(next.sequence());
            show(next, Order.IN_ORDER);
        }
    }

    /** Gives up the gap before the lowest held message, and shows that one and what follows it. */
    private void passGap(Shelf.StreamId stream, Sequence sequence) {
        long lowest = shelf.lowest(stream);
        Payload first = shelf.take(stream, lowest);
        if (first == null) return;
        env.log().event("message.gap-passed", "peer", stream.device(), "count", lowest - sequence.next());
        sequence.passTo(lowest);
        sequence.show(lowest);
        show(first, Order.AFTER_GAP);
        showNextHeld(stream, sequence);
    }

    private void showAllHeld(Shelf.StreamId stream, Sequence sequence) {
        while (shelf.lowest(stream) > 0) passGap(stream, sequence);
    }

    /** Plans the moment at which the first gap has been waited for long enough. */
    private void watchGaps() {
        long first = Long.MAX_VALUE;
        for (Shelf.StreamId stream : shelf.streams()) first = Math.min(first, shelf.gapSinceMillis(stream));
        if (gapTimer != null) gapTimer.cancel();
        gapTimer = null;
        if (first == Long.MAX_VALUE) return;
        long wait = Math.max(0, first + config.gap().toMillis() - env.nowMillis());
        gapTimer = env.after(Duration.ofMillis(wait), this::onGapTimer);
    }

    private void onGapTimer() {
        for (Shelf.StreamId stream : shelf.streams()) {
            if (shelf.gapSinceMillis(stream) + config.gap().toMillis() > env.nowMillis()) continue;
            Payload any = shelf.peek(stream);
            Window window = windowOf(any);
            Sequence sequence = window.peek(stream.id());
            if (sequence == null) throw new IllegalStateException("held messages of a stream that is not known");
            passGap(stream, sequence);
            save(any, window);
        }
        watchGaps();
    }

    private void show(Payload payload, Order order) {
        app.accept(new Event.Received(
                payload.from(),
                payload.device(),
                payload.in(),
                payload.id(),
                payload.sequence(),
                payload.sentWallMillis(),
                order,
                payload.content()));
    }

    private Window windowOf(Payload payload) {
        return windowOf(rowKey(payload.in(), payload.device()));
    }

    private Window windowOf(String key) {
        Window known = windows.get(key);
        if (known != null) return known;
        Bytes row = env.store().get(TABLE, key);
        Window window = row == null ? new Window() : Window.decode(row);
        windows.put(key, window);
        return window;
    }

    private void save(Payload payload, Window window) {
        env.store().put(TABLE, rowKey(payload.in(), payload.device()), window.encode());
    }

    private static String rowKey(ConversationId in, PeerId device) {
        return in.key().hex() + device.key().hex();
    }

    /** Returns whether this may have a place in the conversation. */
    private static boolean isSpoken(Content content) {
        return content instanceof Content.Text || content instanceof Content.Unknown;
    }
}
