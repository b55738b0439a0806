package linnet.core.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import linnet.core.contact.Contact;
import linnet.core.contact.Contacts;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.env.Result;
import linnet.core.event.Event;
import linnet.core.event.Event.ContactState;
import linnet.core.event.Stage;
import linnet.core.id.Bytes;
import linnet.core.id.ConversationId;
import linnet.core.id.MessageId;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import linnet.core.link.Links;
import linnet.core.route.Finder;
import linnet.core.wire.Content;
import linnet.core.wire.DeviceList;
import linnet.core.wire.MessageFrame.Receipt;
import linnet.core.wire.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Sends what people write, and keeps sending until the recipient's device says, under seal, that it has it.
 *
 * <pre>
 *   QUEUED ──► SENT ──► (STORED ──►) DELIVERED ──► READ
 *      └────────┴──────────┴──► FAILED (after 14 days, or when the person refused)
 * </pre>
 */
public final class Outbox {
    /** What a payload adds to its text at most, in bytes: keys, ids, the signature and their tags. */
    private static final int AROUND_TEXT_BYTES_MAX = 400;

    /** The longest payload that says what was seen, in bytes: 64 ids and what is around them. */
    private static final int READ_BYTES_MAX = 64 * 18 + AROUND_TEXT_BYTES_MAX;

    /** The longest payload that asks, in bytes: the own card with one device and eight addresses, and what is around it. */
    private static final int REQUEST_BYTES_MAX = 3_500;

    private final PeerId self;
    private final Identity identity;
    private final Env env;
    private final Crypto crypto;
    private final Contacts contacts;
    private final Consumer<Event> app;
    private final WaitingRows rows;
    private final Unread unread;
    private final OwnStreams streams;
    private final Stages stages;
    private final Lane.Yard yard;
    private final Map<PeerId, Lane> lanes = new TreeMap<>();
    private final TreeSet<UserId> open = new TreeSet<>();
    private boolean hasBegun;
    private boolean tellsReads;

    /** Creates an outbox over what the store holds. */
    public Outbox(
            Identity identity,
            MessageConfig config,
            Env env,
            Crypto crypto,
            Links links,
            Contacts contacts,
            Finder finder,
            Consumer<Event> app) {
        this.self = contacts.self();
        this.identity = identity;
        this.tellsReads = config.receipts();
        this.env = env;
        this.crypto = crypto;
        this.contacts = contacts;
        this.app = app;
        this.rows = new WaitingRows(env.store());
        this.unread = new Unread(env.store());
        this.streams = new OwnStreams(env.store(), crypto);
        this.stages = new Stages(config, env, contacts, rows, unread, lanes, app);
        this.yard = new Lane.Yard(config, env, crypto, links, contacts, finder, rows, stages);
    }

    /** Takes up what the last life of the node left. */
    public void start() {
        unread.load();
        for (Waiting one : rows.load()) {
            if (one.kind == Waiting.Kind.ACCEPT) rows.remove(one);
            else lane(one.to, one.device).add(one);
        }
        for (Contact contact : contacts.all())
            if (contact.state() != ContactState.REFUSED) for (PeerId peer : contact.peers()) lane(contact.user(), peer);
    }

    /** Begins to send: from here on links can be made. */
    public void begin() {
        hasBegun = true;
        for (Lane lane : new ArrayList<>(lanes.values())) lane.begin();
    }

    /** Stops the timers. What waits goes on at the next start. */
    public void stop() {
        hasBegun = false;
        for (Lane lane : lanes.values()) lane.stop();
    }

    /** Draws the name of a new message. */
    public MessageId draw() {
        return new MessageId(crypto.random(MessageId.BYTES));
    }

    /**
     * Takes in a text. From the moment that {@link Event.Accepted} leaves the host it will not be lost.
     *
     * @param id a name that no other message has; one that waits, or is not known as read yet, is refused with ALREADY_USED
     */
    public Result<MessageId> send(UserId to, String text, MessageId id) {
        Contact contact = contacts.get(to);
        if (contact == null || contact.state() == ContactState.REFUSED) return no(Code.NOT_A_CONTACT);
        if (text.isEmpty()) return new Result.No<>(new Failure(Code.MALFORMED, "the text is empty"));
        if (!Content.Text.fits(text)) return no(Code.TOO_LARGE);
        Bytes utf8 = Bytes.utf8(text);
        int size = utf8.length() + AROUND_TEXT_BYTES_MAX;
        if (!rows.hasRoom(Waiting.Kind.MESSAGE, contact.peers().size(), size)) return no(Code.QUEUE_FULL);
        if (!rows.of(id).isEmpty() || unread.has(id)) return no(Code.ALREADY_USED);
        Content content = new Content.Text(utf8.text());
        long wall = wall();
        ConversationId in = Conversations.of(crypto, contacts.user(), to);
        OwnStreams.Place place = streams.next(in);
        app.accept(new Event.Accepted(to, in, id, wall, content));
        Payload payload = Payload.of(id, in, contacts.user(), self, place.stream(), place.sequence(), wall, content);
        Waiting first = queue(Waiting.Kind.MESSAGE, contact, payload);
        tellQueued(contact, first);
        return new Result.Ok<>(id);
    }

    /** Returns whether one more request may wait, whatever else does. */
    public boolean canAsk() {
        return rows.hasRoom(Waiting.Kind.REQUEST, DeviceList.DEVICES_MAX, REQUEST_BYTES_MAX);
    }

    /** Asks a person to become a contact, until they answer: an older question is taken back. */
    public void ask(UserId to, Content.ContactRequest request) {
        Contact contact = contacts.get(to);
        if (contact == null) throw new IllegalArgumentException("not known: " + to);
        for (Waiting old : waitingFor(to)) if (old.kind == Waiting.Kind.REQUEST) stages.remove(old);
        say(Waiting.Kind.REQUEST, contact, request);
    }

    /** Tells a contact what the person has seen, if receipts are on; one who has not answered yet hears of it then. */
    public void read(UserId from, List<MessageId> ids) {
        Contact contact = contacts.get(from);
        if (!tellsReads || contact == null || contact.state() == ContactState.REFUSED) return;
        for (int start = 0; start < ids.size(); start += Content.IDS_MAX) {
            if (!rows.hasRoom(Waiting.Kind.READ, contact.peers().size(), READ_BYTES_MAX)) {
                env.log().event("message.note-dropped", "user", from);
                return;
            }
            List<MessageId> some = ids.subList(start, Math.min(ids.size(), start + Content.IDS_MAX));
            say(Waiting.Kind.READ, contact, new Content.Read(some));
        }
    }

    /** Says that the person looks at the conversation, or stopped: while open, no retry waits long. */
    public void open(UserId with, boolean isOpen) {
        if (isOpen && contacts.get(with) != null) open.add(with);
        else open.remove(with);
        for (Lane lane : lanesOf(with)) lane.setOpen(open.contains(with));
    }

    /** Tries everything that waits for this person now. */
    public void retry(UserId to) {
        for (Lane lane : lanesOf(to)) lane.refresh();
    }

    /** Tries one message now, on every lane where it waits; returns whether it waits anywhere. */
    public boolean retry(MessageId id) {
        List<Waiting> its = rows.of(id);
        for (Waiting one : its) lane(one.to, one.device).refresh();
        return !its.isEmpty();
    }

    /** Says whether contacts hear from now on what the person has seen. */
    public void tellReads(boolean told) {
        tellsReads = told;
    }

    /** This home was made from a backup: places that the backup does not know of may be taken, so other streams begin. */
    public void onRestored() {
        streams.forget();
    }

    /** Returns what there is to see of what waits for this person. */
    public Outlook outlook(UserId to) {
        Contact contact = contacts.get(to);
        boolean isAsked = contact != null && contact.state() == ContactState.REQUESTED;
        return Outlook.of(lanesOf(to), isAsked ? waitsForAnswer() : null);
    }

    /** Returns how many devices are written to: no more than contacts have. */
    public int lanes() {
        return lanes.size();
    }

    /** A link came up. */
    public void onUp(PeerId peer) {
        Lane lane = lanes.get(peer);
        if (lane != null) lane.onUp();
    }

    /** The link is gone. */
    public void onDown(PeerId peer, Failure why) {
        Lane lane = lanes.get(peer);
        if (lane != null) lane.onDown(why);
    }

    /** A link that was full has room. */
    public void onRoom(PeerId peer) {
        Lane lane = lanes.get(peer);
        if (lane != null) lane.work();
    }

    /** A contact came, was answered, or shows another card. */
    public void onContact(UserId user) {
        Contact contact = contacts.get(user);
        if (contact == null) return;
        Failure why = contact.refusedWith();
        if (why != null) {
            for (Waiting one : waitingFor(user)) stages.fail(one, why);
            for (Lane lane : lanesOf(user)) {
                lane.stop();
                lanes.remove(lane.device());
            }
            return;
        }
        if (contact.state() == ContactState.ACCEPTED)
            for (Waiting one : waitingFor(user)) if (one.kind == Waiting.Kind.REQUEST) stages.remove(one);
        for (PeerId peer : contact.peers()) {
            Lane lane = lane(user, peer);
            lane.onCard();
            lane.urge();
            lane.work();
        }
    }

    /** A device is no longer this contact's: what waits for it goes, signed anew, to those of their devices that do not have it yet. */
    public void onDeviceGone(UserId user, PeerId gone) {
        Lane lane = lanes.remove(gone);
        Contact contact = contacts.get(user);
        if (lane == null || contact == null) return;
        lane.stop();
        List<Waiting> moved = new ArrayList<>();
        for (Waiting one : lane.waiting()) {
            Payload payload = rows.payload(one);
            rows.remove(one);
            if (one.kind == Waiting.Kind.COPY) continue;
            for (PeerId peer : contact.peers()) {
                boolean fits = rows.of(one.id).isEmpty() || rows.hasRoom(one.kind, 1, one.bytes);
                if (fits && !rows.isFor(one.id, peer)) moved.add(add(one.kind, contact, peer, payload, one));
            }
        }
        leaveWhenDurable(moved);
    }

    /** A neighbour says what it did with an envelope: believed of itself only, and never of delivery. */
    public void onReceipt(PeerId from, Receipt receipt) {
        Lane lane = lanes.get(from);
        Waiting one = lane == null ? null : lane.inFlight(receipt.id());
        if (lane == null || one == null) {
            env.log().event("message.receipt-ignored", "peer", from, "what", receipt.what());
            return;
        }
        switch (receipt.what()) {
            case KEPT -> stages.onKept(one, from);
            case UNREADABLE -> lane.onUnreadable(one);
            case EXPIRED -> stages.onTooOld(one);
            case FULL, UNKNOWN_MAILBOX -> env.log().event("message.not-kept", "peer", from, "what", receipt.what());
        }
    }

    /** A person's device has these. Only what was sent to that very device counts. */
    void onDelivered(UserId from, PeerId device, List<MessageId> ids) {
        for (MessageId id : ids)
            for (Waiting one : rows.of(id))
                if (one.to.equals(from) && one.device.equals(device) && one.kind != Waiting.Kind.REQUEST)
                    stages.onDelivered(one);
        Lane lane = lanes.get(device);
        if (lane != null) lane.work();
    }

    /** A person has seen these, and so their device has them. */
    void onRead(UserId from, PeerId device, List<MessageId> ids) {
        onDelivered(from, device, ids);
        for (MessageId id : ids) stages.onRead(id, from, device);
    }

    /** Returns whether a request with this id waits for an answer of {@code from}. */
    boolean hasAsked(UserId from, MessageId request) {
        for (Waiting one : rows.of(request)) if (one.kind == Waiting.Kind.REQUEST && one.to.equals(from)) return true;
        return false;
    }

    static Failure waitsForAnswer() {
        return new Failure(Code.NOT_A_CONTACT, "waits for the answer to the contact request");
    }

    /** Says something that has no place in the conversation, durably and until it is heard. */
    private void say(Waiting.Kind kind, Contact contact, Content content) {
        ConversationId in = Conversations.of(crypto, contacts.user(), contact.user());
        queue(kind, contact, Payload.of(draw(), in, contacts.user(), self, 0, 0, wall(), content));
    }

    private Waiting queue(Waiting.Kind kind, Contact contact, Payload payload) {
        List<Waiting> all = new ArrayList<>();
        for (PeerId peer : contact.peers()) all.add(add(kind, contact, peer, payload, null));
        leaveWhenDurable(all);
        return all.get(0);
    }

    /** Adds a row for one device; it goes on from where the row that it replaces was. */
    private Waiting add(Waiting.Kind kind, Contact contact, PeerId peer, Payload payload, @Nullable Waiting replaced) {
        long accepted = replaced == null ? contacts.livedMillis() : replaced.acceptedMillis;
        Waiting one = rows.add(kind, contact.user(), peer, payload.sign(crypto, identity, peer), accepted);
        if (replaced != null) {
            rows.setStage(one, replaced.stage);
            one.hasToldCause = replaced.hasToldCause;
        }
        lane(contact.user(), peer).add(one);
        return one;
    }

    private void leaveWhenDurable(List<Waiting> all) {
        env.store().sync(() -> {
            for (Waiting one : all) {
                one.durable = true;
                Lane lane = lanes.get(one.device);
                if (lane == null) continue;
                lane.urge();
                lane.work();
            }
        });
    }

    private void tellQueued(Contact contact, Waiting one) {
        Lane lane = lane(one.to, one.device);
        @Nullable Failure why = contact.state() == ContactState.REQUESTED ? waitsForAnswer() : lane.cause();
        one.hasToldCause = why != null;
        app.accept(new Event.Progress(one.to, one.id, Stage.QUEUED, null, why, lane.nextTryWallMillis()));
    }

    private Lane lane(UserId user, PeerId device) {
        Lane known = lanes.get(device);
        if (known != null) return known;
        Lane made = new Lane(user, device, yard);
        lanes.put(device, made);
        made.setOpen(open.contains(user));
        if (hasBegun) made.begin();
        return made;
    }

    private List<Lane> lanesOf(UserId user) {
        List<Lane> found = new ArrayList<>(1);
        Contact contact = contacts.get(user);
        if (contact == null) return found;
        for (PeerId peer : contact.peers()) {
            Lane lane = lanes.get(peer);
            if (lane != null) found.add(lane);
        }
        return found;
    }

    private List<Waiting> waitingFor(UserId user) {
        List<Waiting> found = new ArrayList<>();
        for (Lane lane : lanesOf(user)) for (Waiting one : lane.waiting()) if (one.to.equals(user)) found.add(one);
        return found;
    }

    private long wall() {
        return Math.max(0, env.wallMillis());
    }

    private static <T> Result<T> no(Code code) {
        return new Result.No<>(new Failure(code));
    }
}
