package linnet.core.node;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import linnet.core.contact.Contact;
import linnet.core.contact.ContactConfig;
import linnet.core.contact.Contacts;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.dht.Dht;
import linnet.core.dht.RecordReader;
import linnet.core.env.Channel;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.env.Result;
import linnet.core.env.Store;
import linnet.core.env.Transport;
import linnet.core.event.Event;
import linnet.core.event.Event.Reach;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.MessageId;
import linnet.core.id.NetworkId;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import linnet.core.link.LinkConfig;
import linnet.core.link.LinkPool;
import linnet.core.link.LinkView;
import linnet.core.link.Links;
import linnet.core.message.Inbox;
import linnet.core.message.MessageConfig;
import linnet.core.message.Outbox;
import linnet.core.message.Outlook;
import linnet.core.route.Finder;
import linnet.core.route.Sighting;
import linnet.core.wire.Bundle;
import linnet.core.wire.ContactFrame;
import linnet.core.wire.Content;
import linnet.core.wire.DhtFrame;
import linnet.core.wire.Envelope;
import linnet.core.wire.Frame;
import linnet.core.wire.LinkFrame;
import linnet.core.wire.MessageFrame;
import linnet.core.wire.ProbeFrame;
import linnet.core.wire.UnknownFrame;
import org.jspecify.annotations.Nullable;

/**
 * One peer. Hosts call it on one thread, one input at a time, and close the store's batch after each input
 * (see {@code Store}). What a method returns is shown to a person only once that batch is durable.
 *
 * <p>Puts the protocols together and decides nothing.
 */
public final class Node {
    private final Env env;
    private final Crypto crypto;
    private final Tap tap;
    private final Incarnation incarnation;
    private final LinkPool pool;
    private final Links links;
    private final Neighbourhood neighbourhood;
    private final Contacts contacts;
    private final Attendance attendance;
    private final Finder finder;
    private final Outbox outbox;
    private final Inbox inbox;
    private boolean isReady;

    /** Creates a node over what the store holds. Nothing happens before {@link #start}. */
    public Node(
            NodeConfig config,
            Identity identity,
            Env env,
            Crypto crypto,
            Transport transport,
            Tap tap,
            Consumer<Event> app) {
        this.env = env;
        this.crypto = crypto;
        this.tap = tap;
        this.incarnation = new Incarnation(env.store());
        NetworkId network = config.networkId(crypto);
        Wires wires = new Wires();
        LinkConfig linking = LinkConfig.defaults(network);
        // Who serves the network has as many as its memory allows.
        if (config.roles().isEmpty()) linking = linking.withStrangerLinks(LinkConfig.DESKTOP_STRANGERS);
        this.pool = new LinkPool(identity, linking, env, crypto, transport, wires, incarnation.next());
        this.links = new TappedLinks(pool, tap);
        this.neighbourhood = new Neighbourhood(config, identity, env, crypto, transport, pool, links);
        ContactConfig person = new ContactConfig(config.name(), network, config.network());
        MessageConfig message = MessageConfig.defaults().withReceipts(config.receipts());
        this.contacts = new Contacts(identity, person, env, crypto, links, wires, app);
        this.attendance = new Attendance(contacts, links, app);
        this.finder = new Finder(env, contacts, links, neighbourhood.directory(contacts));
        this.outbox = new Outbox(identity, message, env, crypto, links, contacts, finder, app);
        this.inbox = new Inbox(identity, message, env, crypto, links, contacts, outbox, app);
    }

    /** Starts: draws the incarnation, takes up what was left unfinished. The first link waits until that is durable. */
    public void start() {
        incarnation.draw();
        if (Restored.take(env.store())) {
            contacts.onRestored();
            outbox.onRestored();
        }
        contacts.start();
        outbox.start();
        inbox.start();
        env.store().sync(() -> {
            isReady = true;
            outbox.begin();
            neighbourhood.start(contacts.all());
        });
    }

    /** Closes every link with STOPPING. Nothing is lost: what is unfinished goes on at the next start. */
    public void stop() {
        isReady = false;
        inbox.stop();
        outbox.stop();
        finder.stop();
        contacts.stop();
        neighbourhood.stop();
        pool.stop();
    }

    /** Tells where this node can be dialled and asked, best first; contacts hear of it, and whoever is asked. */
    public void listening(List<Endpoint> endpoints) {
        contacts.listening(endpoints);
        neighbourhood.listening(endpoints);
    }

    /** A packet came, from anybody. */
    public void onPacket(Endpoint from, Bytes packet) {
        if (isReady) neighbourhood.onPacket(from, packet);
    }

    /** Someone dialled this host. Returns who listens to the channel, or why it is refused. */
    public Result<Channel.Listener> incoming(String remoteAddress) {
        if (!isReady) return new Result.No<>(new Failure(Failure.Code.NOT_LISTENING, "starting, or stopping"));
        return pool.incoming(remoteAddress);
    }

    /** Returns this device. */
    public PeerId peer() {
        return contacts.self();
    }

    /** Returns this person. */
    public UserId user() {
        return contacts.user();
    }

    /** Changes what the person calls themself: contacts hear of it now, or when they are linked next. */
    public void rename(String name) {
        NodeConfig.checkName(name);
        contacts.rename(name);
    }

    /** Makes an invite link, {@code linnet:…}, good for one contact and {@code lifeMillis}, at most 30 days. */
    public Result<String> invite(long lifeMillis) {
        return contacts.invite(lifeMillis);
    }

    /** Takes an invite link and asks its maker to become a contact. */
    public Result<UserId> add(String link) {
        return contacts.add(link);
    }

    /** Sends words to a contact. {@code Event.Accepted} follows once they are durable. */
    public Result<MessageId> send(UserId to, String text) {
        return outbox.send(to, text, outbox.draw());
    }

    /**
     * Sends words under a name that the caller has drawn, so that a repeated call can be told from a new message. ALREADY_USED while a
     * message of this name waits; whether one was sent long ago is for the caller's history to know.
     */
    public Result<MessageId> send(UserId to, String text, MessageId id) {
        return outbox.send(to, text, id);
    }

    /** Says that the person looks at the conversation (or stopped): while open, no retry waits above 30 s. */
    public void open(UserId with, boolean open) {
        outbox.open(with, open);
    }

    /** Says that the person has seen these messages; tells the sender if receipts are on. */
    public void read(UserId from, List<MessageId> ids) {
        outbox.read(from, ids);
    }

    /** Tries everything that waits for this person now. */
    public void retry(UserId to) {
        outbox.retry(to);
    }

    /** Tries one message now; returns whether it waits. */
    public boolean retry(MessageId id) {
        return outbox.retry(id);
    }

    /** Says whether contacts hear from now on what the person has seen. */
    public void receipts(boolean told) {
        outbox.tellReads(told);
    }

    /** Returns the contacts in the order of their names. */
    public List<ContactView> contacts() {
        List<ContactView> views = new ArrayList<>();
        for (Contact contact : contacts.all()) views.add(view(contact));
        views.sort(Comparator.comparing(ContactView::name).thenComparing(ContactView::user));
        return views;
    }

    /** Returns one contact, or null. */
    public @Nullable ContactView contact(UserId user) {
        Contact contact = contacts.get(user);
        return contact == null ? null : view(contact);
    }

    /** Returns how many devices this node writes to, or may: no more than its contacts have. */
    public int lanes() {
        return outbox.lanes();
    }

    /** Returns the peers with a link that is up, oldest first: contacts' devices and strangers. */
    public List<PeerId> linked() {
        return links.up();
    }

    /** Returns what there is to show about the link to a peer, or null if none is up. */
    public @Nullable LinkView link(PeerId peer) {
        return links.describe(peer);
    }

    /** Returns the table of who is where, or null on a host without packets. */
    public @Nullable Dht dht() {
        return neighbourhood.dht();
    }

    /** Returns who reads what a contact's device says of itself in the network, or null for one that is no contact's. */
    public @Nullable RecordReader reader(PeerId device) {
        Bundle bundle = contacts.bundleOf(device);
        return bundle == null ? null : new RecordReader(crypto, bundle.userPublic(), bundle.devicePublic());
    }

    /** Returns the safety number of a contact: 60 digits, the same on both sides. */
    public Result<String> safetyNumber(UserId with) {
        return contacts.safetyNumber(with);
    }

    /** Notes that the person compared the safety number (or takes that back). */
    public Result<UserId> verify(UserId with, boolean verified) {
        return contacts.verify(with, verified);
    }

    private ContactView view(Contact contact) {
        Sighting seen = Sighting.NONE;
        for (PeerId peer : contact.peers()) {
            Sighting its = finder.sighting(peer);
            boolean isNewer = its.isUp() == seen.isUp() && its.sinceWallMillis() > seen.sinceWallMillis();
            if (isNewer || (its.isUp() && !seen.isUp())) seen = its;
        }
        UserId user = contact.user();
        Outlook outlook = outbox.outlook(user);
        Failure refusal = contact.refusedWith();
        return new ContactView(
                user,
                contact.card().name(),
                contact.state(),
                contact.verified(),
                contact.peers(),
                seen.isUp() ? Reach.DIRECT : Reach.OFFLINE,
                seen.sinceWallMillis(),
                learned(seen),
                outlook.waiting(),
                refusal == null ? outlook.cause() : refusal,
                outlook.nextTryWallMillis());
    }

    private static ContactView.Learned learned(Sighting seen) {
        ContactView.How how = switch (seen.how()) {
            case LINK -> ContactView.How.LINK;
            case DIAL -> ContactView.How.DIAL;
            case NEVER -> ContactView.How.NEVER;
        };
        return new ContactView.Learned(how, seen.address(), seen.why());
    }

    /** A violation by what a frame says costs the link that it came by, whenever the tap lets it through. */
    private void deliver(PeerId from, Frame frame, Frame.Handler handler) {
        if (!isReady) return;
        try {
            frame.dispatch(from, handler);
        } catch (ProtocolViolation e) {
            env.log().event("frame.refused", "peer", from, "code", e.failure().code());
            links.close(from, e.failure());
        }
    }

    /** Who hears what: forwarding, and nothing else. */
    private final class Wires implements Links.Handler, Frame.Handler, MessageFrame.Handler, Contacts.Outside {
        @Override
        public void onUp(PeerId peer) {
            tap.onUp(peer);
            attendance.onUp(peer);
            neighbourhood.onUp(peer);
            contacts.onUp(peer);
            outbox.onUp(peer);
            finder.onUp(peer);
        }

        @Override
        public void onDown(PeerId peer, Failure why) {
            tap.onDown(peer, why);
            attendance.onDown(peer, why);
            neighbourhood.onDown(peer, why);
            finder.onDown(peer, why);
            outbox.onDown(peer, why);
        }

        @Override
        public void onFrame(PeerId from, Frame frame) {
            tap.onReceive(from, frame, next -> deliver(from, next, this));
        }

        @Override
        public void onRoom(PeerId peer) {
            outbox.onRoom(peer);
        }

        @Override
        public void onLinkFrame(PeerId from, LinkFrame frame) {
            throw new IllegalStateException("a link keeps these for itself: " + frame);
        }

        @Override
        public void onContactFrame(PeerId from, ContactFrame frame) {
            if (frame instanceof ContactFrame.Introduction introduction)
                contacts.onIntroduction(from, introduction.card());
            else throw new AssertionError(frame);
        }

        @Override
        public void onMessageFrame(PeerId from, MessageFrame frame) {
            frame.deliver(from, this);
        }

        @Override
        public void onDhtFrame(PeerId from, DhtFrame frame) {
            neighbourhood.onFrame(from, frame);
        }

        @Override
        public void onProbeFrame(PeerId from, ProbeFrame frame) {}

        @Override
        public void onUnknownFrame(PeerId from, UnknownFrame frame) {
            throw new IllegalStateException("a link answers these itself: " + frame);
        }

        @Override
        public void onEnvelope(PeerId from, Envelope envelope) {
            inbox.onEnvelope(from, envelope);
        }

        @Override
        public void onReceipt(PeerId from, MessageFrame.Receipt receipt) {
            outbox.onReceipt(from, receipt);
        }

        @Override
        public boolean canAsk() {
            return outbox.canAsk();
        }

        @Override
        public void ask(UserId to, Content.ContactRequest request) {
            outbox.ask(to, request);
        }

        @Override
        public void onContact(UserId user) {
            outbox.onContact(user);
            Contact contact = contacts.get(user);
            if (contact == null) return;
            attendance.onContact(contact);
            if (isReady) neighbourhood.onContact(contact);
        }

        @Override
        public void onDeviceGone(UserId user, PeerId device) {
            attendance.onDeviceGone(user, device);
            finder.onDeviceGone(device);
            outbox.onDeviceGone(user, device);
            inbox.onDeviceGone(user, device);
        }
    }

    /** How many times this device has started. */
    private static final class Incarnation {
        private static final String TABLE = "self";
        private static final String KEY = "incarnation";

        private final Store store;
        private final long next;

        Incarnation(Store store) {
            this.store = store;
            Bytes last = store.get(TABLE, KEY);
            this.next = last == null ? 1 : Long.parseLong(last.text()) + 1;
        }

        long next() {
            return next;
        }

        void draw() {
            store.put(TABLE, KEY, Bytes.utf8(Long.toString(next)));
        }
    }
}
