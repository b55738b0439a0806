package linnet.core.contact;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.crypto.KeyPair;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.env.ProtocolViolation;
import linnet.core.env.Result;
import linnet.core.event.Event;
import linnet.core.event.Event.ContactState;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import linnet.core.link.Links;
import linnet.core.wire.Bundle;
import linnet.core.wire.Card;
import linnet.core.wire.ContactFrame;
import linnet.core.wire.Content;
import linnet.core.wire.Invite;
import linnet.core.wire.InviteCodec;
import org.jspecify.annotations.Nullable;

/**
 * The people we know. A person becomes a contact by an invite:
 *
 * <pre>
 *            add an invite                    ContactAccept
 *   (nobody) ─────────────► REQUESTED ───────────────────► ACCEPTED ◄── ContactRequest with a valid proof ── (nobody)
 *                             │   ▲ add another invite
 *                             ▼   │
 *                            REFUSED
 * </pre>
 *
 * <p>Cards are believed by their signatures alone, whoever brings them, and by their sequences: the newest wins.
 */
public final class Contacts {
    /** Contacts of one person. At about 600 B each they take 6 MB; people know a hundredth of that. */
    public static final int CONTACTS_MAX = 10_000;

    /** Longest life of an invite: no longer than the secret of the prekey on it is certain to be kept. */
    public static final Duration INVITE_LIFE_MAX = Duration.ofDays(30);

    private final Identity identity;
    private final ContactConfig config;
    private final Env env;
    private final Crypto crypto;
    private final Links links;
    private final Outside outside;
    private final Consumer<Event> app;
    private final LivedClock lived;
    private final OwnCard own;
    private final Invites invites;
    private final ListPace listPace = new ListPace();
    private final PeerId self;
    private final Bytes userPublic;
    private final UserId user;
    private final ContactRows contacts;

    /** What contacts need from the protocols above; {@code Node} wires it. */
    public interface Outside {
        /** Returns whether one more request may wait. */
        boolean canAsk();

        /** Asks a person, durably and until they answer. It replaces a request to them that still waits. */
        void ask(UserId to, Content.ContactRequest request);

        /** A contact came, was answered, or shows another card. */
        void onContact(UserId user);

        /** A device is no longer this contact's; their others are known already. */
        void onDeviceGone(UserId user, PeerId device);
    }

    /** Creates the contacts over what the store holds. */
    public Contacts(
            Identity identity,
            ContactConfig config,
            Env env,
            Crypto crypto,
            Links links,
            Outside outside,
            Consumer<Event> app) {
        this.identity = identity;
        this.config = config;
        this.env = env;
        this.crypto = crypto;
        this.links = links;
        this.outside = outside;
        this.app = app;
        this.lived = new LivedClock(env);
        this.own = new OwnCard(identity, config.name(), env, crypto, lived, this::introduceToAll);
        this.invites = new Invites(env, crypto);
        this.contacts = new ContactRows(env.store(), crypto);
        this.self = Identity.peerId(crypto, crypto.signingPublic(identity.deviceSeed()));
        this.userPublic = crypto.signingPublic(identity.userSeed());
        this.user = Identity.userId(crypto, userPublic);
    }

    /** Reads the contacts and makes the own card, if this is the first start. */
    public void start() {
        lived.start();
        own.start();
        contacts.load();
        for (Contact contact : contacts.all()) setStanding(contact);
    }

    /** Stops the timers. */
    public void stop() {
        own.stop();
        lived.stop();
    }

    /** Returns this device. */
    public PeerId self() {
        return self;
    }

    /** Returns this person. */
    public UserId user() {
        return user;
    }

    /** Returns how old this device is in milliseconds, by a clock that no jump of the wall clock moves far. */
    public long livedMillis() {
        return lived.millis();
    }

    /** Returns a contact, or null. */
    public @Nullable Contact get(UserId who) {
        return contacts.get(who);
    }

    /** Returns all contacts in the order of their ids. */
    public List<Contact> all() {
        return contacts.all();
    }

    /** Returns whose device this is, or null for a stranger's. */
    public @Nullable UserId userOf(PeerId peer) {
        return contacts.userOf(peer);
    }

    /** Returns what to seal to for a contact's device and where to dial it, or null. */
    public @Nullable Bundle bundleOf(PeerId peer) {
        Contact contact = contacts.of(peer);
        return contact == null ? null : contact.bundleOf(peer);
    }

    /** Returns an own prekey, or null if it is gone. */
    public @Nullable KeyPair prekey(long id) {
        return own.prekey(id);
    }

    /** Says where this device can be dialled; contacts hear of it. */
    public void listening(List<Endpoint> endpoints) {
        own.listening(endpoints);
    }

    /** Returns the own card; it may leave only with what this input's batch makes durable. */
    public Card ownCard() {
        return own.newestCard();
    }

    /** This home was made from a backup: invites of then may have been used since. */
    public void onRestored() {
        invites.forget();
    }

    /** Changes what the person calls themself; contacts hear of it. */
    public void rename(String name) {
        own.rename(name);
    }

    /** Makes an invite. The link may be shown once this input's batch is durable. */
    public Result<String> invite(long lifeMillis) {
        if (lifeMillis < 1 || lifeMillis > INVITE_LIFE_MAX.toMillis())
            return no(Code.TOO_LARGE, "an invite lives at most " + INVITE_LIFE_MAX.toDays() + " days");
        Bytes secret = crypto.random(Invite.SECRET_BYTES);
        long expires = env.wallMillis() + lifeMillis;
        Failure why = invites.open(secret, expires);
        if (why != null) return new Result.No<>(why);
        Invite invite = Invite.sign(
                crypto, identity, config.network(), config.networkName(), own.newestCard(), expires, secret);
        return new Result.Ok<>(InviteCodec.link(invite));
    }

    /** Takes an invite and asks its maker to become a contact. Repeating it is harmless. */
    public Result<UserId> add(String link) {
        Invite invite;
        try {
            invite = InviteCodec.parse(link);
            invite.check(crypto);
        } catch (ProtocolViolation e) {
            return new Result.No<>(e.failure());
        }
        if (!invite.network().equals(config.network()))
            return no(Code.WRONG_NETWORK, "the invite is for the network " + invite.networkName());
        if (env.wallMillis() > invite.expiresWallMillis()) return no(Code.EXPIRED, "the invite has expired");
        Contact asked = Contact.of(crypto, invite.card(), ContactState.REQUESTED);
        if (asked.user().equals(user)) return no(Code.REFUSED, "this is your own invite");
        if (!ownsItsDevices(asked)) return no(Code.TAMPERED, "the invite shows a device of somebody else");
        Contact known = contacts.get(asked.user());
        if (known == null && contacts.isFull()) return no(Code.QUEUE_FULL, contacts.size() + " contacts");
        boolean accepted = known != null && known.state() == ContactState.ACCEPTED;
        if (!accepted && !outside.canAsk()) return no(Code.QUEUE_FULL, "too many requests wait");
        Contact next = known == null ? asked : known.with(crypto, invite.card());
        keep(accepted ? next : next.in(ContactState.REQUESTED, 0));
        if (accepted) {
            outside.onContact(asked.user());
            return new Result.Ok<>(asked.user());
        }
        Bytes proof = Invites.proof(
                crypto, invite.secret(), userPublic, invite.card().devices().userPublic());
        changed(next.in(ContactState.REQUESTED, 0), null);
        outside.ask(asked.user(), new Content.ContactRequest(crypto.sha256(invite.secret()), proof, own.newestCard()));
        return new Result.Ok<>(asked.user());
    }

    /**
     * Says, before anything that costs more than a hash, why somebody who asks will be refused; null if only their signatures are left
     * to check. Who is a contact already needs no invite: they have not heard of it yet.
     */
    public @Nullable Failure judge(Content.ContactRequest request) {
        Bytes asker = request.card().devices().userPublic();
        UserId who = Identity.userId(crypto, asker);
        if (who.equals(user)) return new Failure(Code.REFUSED, "this is your own invite");
        Contact known = contacts.get(who);
        if (known != null && known.state() == ContactState.ACCEPTED) return null;
        if (known == null && contacts.isFull()) return new Failure(Code.QUEUE_FULL, contacts.size() + " contacts");
        return invites.judge(who, asker, userPublic, request);
    }

    /**
     * Somebody asks with an invite. The caller has checked the card and that its device speaks.
     *
     * @return why not, to be told to who asks; null if they are a contact now, or were before
     */
    public @Nullable Failure onRequest(Content.ContactRequest request) {
        Contact asking = Contact.of(crypto, request.card(), ContactState.ACCEPTED);
        Failure why = judge(request);
        if (why != null) return why;
        if (!ownsItsDevices(asking)) return new Failure(Code.REFUSED, "the card shows a device of somebody else");
        invites.use(asking.user(), request);
        Contact known = contacts.get(asking.user());
        accept(known == null ? asking : known.with(crypto, request.card()));
        return null;
    }

    /** A person whom we asked says yes. */
    public void onAccept(UserId from, Content.ContactAccept answer) {
        Contact known = contacts.get(from);
        if (known == null || !isCardOf(from, answer.card())) return;
        Contact next = known.with(crypto, answer.card());
        if (!ownsItsDevices(next))
            throw new ProtocolViolation(Code.TAMPERED, "the card shows a device of somebody else");
        accept(next);
    }

    /** A person whom we asked says no. Whoever is a contact already stays one. */
    public void onRefuse(UserId from, Content.ContactRefuse answer) {
        onUnanswered(from, new Failure(Code.of(answer.code())));
    }

    /** The request to a person has failed, by their word or by its age. */
    public void onUnanswered(UserId to, Failure why) {
        Contact known = contacts.get(to);
        if (known == null || known.state() != ContactState.REQUESTED) return;
        Contact refused = known.in(ContactState.REFUSED, why.code().number());
        keep(refused);
        changed(refused, why);
    }

    /** Notes that the person compared the safety number, or takes that back. */
    public Result<UserId> verify(UserId with, boolean verified) {
        Contact known = contacts.get(with);
        if (known == null) return no(Code.NOT_A_CONTACT, with + " is not a contact");
        if (known.verified() != verified) keep(known.verified(verified));
        return new Result.Ok<>(with);
    }

    /** Returns the safety number of a contact: 60 digits, the same on both sides. */
    public Result<String> safetyNumber(UserId with) {
        Contact known = contacts.get(with);
        if (known == null) return no(Code.NOT_A_CONTACT, with + " is not a contact");
        return new Result.Ok<>(
                SafetyNumber.of(crypto, userPublic, known.card().devices().userPublic()));
    }

    /** A link came up: a contact hears who we are and where. */
    public void onUp(PeerId peer) {
        introduce(peer);
    }

    /** Shows the own card to a peer, if it is a contact's: a stranger learns the device and not the person. */
    public void introduce(PeerId peer) {
        Contact contact = contacts.of(peer);
        Card card = own.published();
        if (card == null || contact == null || contact.state() != ContactState.ACCEPTED) return;
        if (links.isUp(peer) && !links.send(peer, new ContactFrame.Introduction(card)))
            env.log().event("contact.introduction-dropped", "peer", peer);
    }

    /** A peer shows its card. A forged one costs the peer its link. */
    public void onIntroduction(PeerId from, Card card) {
        UserId who = Identity.userId(crypto, card.devices().userPublic());
        Contact known = contacts.get(who);
        if (known == null) {
            if (who.equals(user)) own.onShown(card);
            else env.log().event("contact.stranger", "peer", from);
            return;
        }
        // Nobody signs the name, so only the person's own device may change it: others bring what is signed.
        boolean isOwn = who.equals(contacts.userOf(from));
        Card shown = isOwn ? card : new Card(known.card().name(), card.devices(), card.bundles());
        if (known.has(shown)) return;
        shown.check(crypto);
        // A device that shows an older card than it has shown was restored from a backup: with its newest it can go on
        // above that.
        if (isOwn && known.knowsBetter(from, shown)) links.send(from, new ContactFrame.Introduction(known.card()));
        Contact next = known.with(crypto, shown);
        if (ownsItsDevices(next) && !contacts.isFull()) take(next);
    }

    /** Returns whether this card is of this person and holds; a card that does not hold is a violation. */
    private boolean isCardOf(UserId who, Card card) {
        if (!Identity.userId(crypto, card.devices().userPublic()).equals(who)) return false;
        card.check(crypto);
        return true;
    }

    private void accept(Contact contact) {
        Contact accepted = contact.in(ContactState.ACCEPTED, 0);
        Contact known = contacts.get(accepted.user());
        boolean news = known == null || known.state() != ContactState.ACCEPTED;
        take(accepted);
        if (news) for (PeerId peer : accepted.peers()) introduce(peer);
    }

    /** Keeps what has changed of a person and tells of it; what was repeated writes nothing and dials nobody. */
    private void take(Contact next) {
        Contact known = contacts.get(next.user());
        if (next.equals(known)) return;
        if (known != null && !known.peers().equals(next.peers()) && !listPace.takes(next.user(), env.nowMillis())) {
            env.log().event("contact.devices-ignored", "user", next.user());
            return;
        }
        keep(next);
        boolean isSeen = known == null
                || known.state() != next.state()
                || !known.card().name().equals(next.card().name());
        if (isSeen) changed(next, null);
        else outside.onContact(next.user());
    }

    private void introduceToAll() {
        for (PeerId peer : links.up()) introduce(peer);
    }

    private void keep(Contact contact) {
        List<PeerId> gone = contacts.keep(contact);
        setStanding(contact);
        for (PeerId peer : gone) {
            links.keep(peer, Links.Standing.STRANGER);
            outside.onDeviceGone(contact.user(), peer);
        }
    }

    private void setStanding(Contact contact) {
        boolean welcome = contact.state() != ContactState.REFUSED;
        for (PeerId peer : contact.peers())
            links.keep(peer, welcome ? Links.Standing.CONTACT : Links.Standing.STRANGER);
    }

    private void changed(Contact contact, @Nullable Failure why) {
        app.accept(new Event.ContactChanged(contact.user(), contact.card().name(), contact.state(), why));
        outside.onContact(contact.user());
    }

    /** A card may list, and even show the bundle of, a device that is another person's: both are public. */
    private boolean ownsItsDevices(Contact contact) {
        for (PeerId peer : contact.peers()) {
            UserId owner = contacts.userOf(peer);
            if (peer.equals(self) || (owner != null && !owner.equals(contact.user()))) return false;
        }
        return true;
    }

    private static <T> Result<T> no(Code code, String detail) {
        return new Result.No<>(new Failure(code, detail));
    }
}
