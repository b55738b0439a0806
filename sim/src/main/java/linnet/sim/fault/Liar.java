package linnet.sim.fault;

import java.time.Duration;
import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.crypto.KeyPair;
import linnet.core.env.Chance;
import linnet.core.env.Channel;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.env.Result;
import linnet.core.id.Bytes;
import linnet.core.id.Key;
import linnet.core.id.MessageId;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import linnet.core.wire.Bundle;
import linnet.core.wire.Card;
import linnet.core.wire.ContactFrame;
import linnet.core.wire.Content;
import linnet.core.wire.DeviceList;
import linnet.core.wire.Envelope;
import linnet.core.wire.Frame;
import linnet.core.wire.Hello;
import linnet.core.wire.Invite;
import linnet.core.wire.MessageFrame;
import linnet.core.wire.Payload;
import linnet.core.wire.Suite1;
import linnet.sim.host.Program;
import linnet.sim.host.Seed;
import linnet.sim.host.SimHost;
import linnet.sim.invariant.Invitations;
import linnet.sim.invariant.Ledger;
import org.jspecify.annotations.Nullable;

/**
 * A peer that speaks the protocol and lies: it repeats and changes what others sent, signs in other people's names, says that
 * it was delivered what was not for it, asks with secrets that are not good, and breaks every rule of a link. Nothing it
 * does may change what people see.
 */
public final class Liar implements Program {
    private static final int PAUSE_MILLIS_MAX = 12_000;
    private static final int POSE_MILLIS = 6_000;
    private static final int FLOOD_FRAMES = 400;
    private static final int HALF_OPEN = 12;

    /** How often it lies as a friend to somebody whose invite it has taken. */
    private static final double FRIEND_SHARE = 0.3;

    /** Looks for somebody who takes the liar for a contact this often. */
    private static final int TRIES = 8;

    private static final long DAY_MILLIS = 24L * 60 * 60 * 1000;

    private final SimHost host;
    private final Crypto crypto;
    private final Overheard overheard;
    private final String network;
    private final Chance chance;
    private final Identity identity;
    private final Card card;
    private final Tongue tongue;
    private final FalseFriend friend;
    private final Invitations invitations;
    private @Nullable Payload told;

    /**
     * Creates a liar.
     *
     * @param invitations gets what it asks with
     */
    public Liar(SimHost host, Identity identity, Overheard overheard, Invitations invitations, String network) {
        this.host = host;
        this.crypto = host.crypto();
        this.identity = identity;
        this.overheard = overheard;
        this.invitations = invitations;
        this.network = network;
        this.chance = host.chance("liar");
        this.tongue = new Tongue(host, identity, overheard, network, this::onFrame);
        this.card = tongue.card(identity, "mallory");
        overheard.onForged(KeyPair.of(crypto, tongue.prekeySecret()));
        this.friend = new FalseFriend(host, identity, card, tongue, overheard);
    }

    @Override
    public void start() {
        next();
    }

    @Override
    public void stop() {}

    @Override
    public Result<Channel.Listener> incoming(String remoteAddress) {
        return new Result.No<>(new Failure(Failure.Code.REFUSED));
    }

    private void next() {
        host.after(Duration.ofMillis(Seed.between(chance, 200, PAUSE_MILLIS_MAX)), () -> {
            Overheard.Victim victim = overheard.victim(chance);
            Overheard.Victim trusting = chance.happens(FRIEND_SHARE) ? overheard.victim(chance, this::isFriend) : null;
            if (trusting != null) friend.lie(trusting);
            else if (victim != null) lie(victim);
            next();
        });
    }

    private boolean isFriend(Overheard.Victim victim) {
        return invitations.hasTaken(host.index(), victim.host());
    }

    private void lie(Overheard.Victim victim) {
        switch (chance.below(20)) {
            case 0 -> repeat(envelope -> envelope);
            case 1 -> repeat(envelope -> withHops(envelope, chance.below(Envelope.HOPS_MAX + 1)));
            case 2 -> repeat(this::withOtherExpiry);
            case 3 -> repeat(this::withChangedByte);
            case 4, 5 -> forgeText(victim);
            case 6, 7 -> forgeDelivered(true);
            case 8, 9 -> forgeDelivered(false);
            case 10 -> falseReceipt();
            case 11 -> tongue.link(victim).sendEncoded(unknownFrame());
            case 12 -> flood(victim);
            case 13 -> tongue.link(victim).sendPlain(crypto.random(1 + chance.below(64)));
            case 14 -> brokenHandshake(victim);
            case 15 -> request(victim, null);
            case 16 -> requestWithInvite();
            case 17 -> silence(victim);
            case 18 -> forgeCard(victim);
            case 19 -> passOn(victim);
            default -> throw new AssertionError();
        }
    }

    /** Somebody else's envelope, as it was or not quite. */
    private void repeat(Change change) {
        Envelope envelope = overheard.envelope(chance);
        if (envelope == null || !(envelope.to() instanceof PeerId peer)) return;
        Overheard.Victim victim = chance.happens(0.9) ? overheard.victim(peer) : overheard.victim(chance);
        if (victim != null) tongue.link(victim).send(change.of(envelope));
    }

    private Envelope withHops(Envelope envelope, int hops) {
        return Envelope.of(crypto, envelope.to(), hops, envelope.expiresMillis(), envelope.sealed());
    }

    private Envelope withOtherExpiry(Envelope envelope) {
        long expires = envelope.expiresMillis() + (chance.happens(0.5) ? DAY_MILLIS : -30 * DAY_MILLIS);
        return Envelope.of(crypto, envelope.to(), envelope.hopsLeft(), expires, envelope.sealed());
    }

    private Envelope withChangedByte(Envelope envelope) {
        byte[] sealed = envelope.sealed().toArray();
        sealed[chance.happens(0.3) ? chance.below(9) : chance.below(sealed.length)] ^= (byte) (1 << chance.below(8));
        return Envelope.of(crypto, envelope.to(), envelope.hopsLeft(), envelope.expiresMillis(), Bytes.wrap(sealed));
    }

    /** Words in somebody else's name, signed with the liar's key. */
    private void forgeText(Overheard.Victim victim) {
        Overheard.Victim other = overheard.victim(chance);
        if (other == null || other.equals(victim)) return;
        boolean isOwnDevice = chance.happens(0.3);
        PeerId device = isOwnDevice ? tongue.peer() : other.peer();
        UserId from = isOwnDevice && chance.happens(0.5) ? tongue.user() : other.user();
        tongue.say(victim, from, device, 1 + chance.below(20), new Content.Text("you can trust me"));
    }

    /** "It was delivered": in the recipient's name with a signature that does not hold, or in the liar's own name. */
    private void forgeDelivered(boolean inOtherName) {
        Ledger.Entry entry = overheard.underWay(chance);
        for (int i = 0;
                i < TRIES && entry != null && !inOtherName && !invitations.hasTaken(host.index(), entry.from());
                i++) entry = overheard.underWay(chance);
        if (entry == null) return;
        Overheard.Victim sender = overheard.victim(entry.from());
        Overheard.Victim recipient = overheard.victim(entry.to());
        if (sender == null || recipient == null) return;
        List<MessageId> ids = List.of(entry.id());
        Content content = chance.happens(0.7) ? new Content.Delivered(ids) : new Content.Read(ids);
        if (inOtherName) tongue.say(sender, recipient.user(), recipient.peer(), 0, content);
        else if (chance.happens(0.3)) tongue.say(sender, recipient.user(), tongue.peer(), 0, content);
        else tongue.say(sender, tongue.user(), tongue.peer(), 0, content);
    }

    /** A word about an envelope that was never given to the liar. */
    private void falseReceipt() {
        Envelope envelope = overheard.envelope(chance);
        Overheard.Victim victim = overheard.victim(chance);
        if (envelope == null || victim == null) return;
        MessageFrame.Stored[] words = MessageFrame.Stored.values();
        tongue.link(victim).send(new MessageFrame.Receipt(envelope.id(), words[chance.below(words.length)]));
    }

    private void flood(Overheard.Victim victim) {
        LyingLink link = tongue.link(victim, Identity.create(crypto), network, 1);
        for (int i = 0; i < FLOOD_FRAMES; i++) link.sendEncoded(unknownFrame());
    }

    /** Another network, another version, somebody else's device key, or noise. */
    private void brokenHandshake(Overheard.Victim victim) {
        switch (chance.below(4)) {
            case 0 -> tongue.link(victim, identity, "elsewhere", 1);
            case 1 -> tongue.link(victim, identity, network, 7);
            case 2 -> {
                Hello.Proof own = tongue.proof();
                Bundle bundle = overheard.bundle(victim.peer());
                Bytes device = bundle == null ? crypto.random(Key.BYTES) : bundle.devicePublic();
                Overheard.Victim other = overheard.victim(chance);
                Hello.Proof stolen =
                        new Hello.Proof(own.network(), device, own.signature(), own.incarnation(), own.features());
                if (other != null) pose(other, stolen);
            }
            default -> host.dial(victim.endpoint(), new Silence(crypto.random(Seed.between(chance, 1, 300))));
        }
    }

    /** In a friend's place, if it is let in: whatever comes is said to be kept. */
    private void pose(Overheard.Victim victim, Hello.Proof stolen) {
        LyingLink[] link = new LyingLink[1];
        link[0] = new LyingLink(host, identity, 1, stolen, frame -> {
            if (frame instanceof Envelope envelope)
                link[0].send(new MessageFrame.Receipt(envelope.id(), MessageFrame.Stored.KEPT));
        });
        tongue.dial(victim, link[0], POSE_MILLIS);
    }

    /** A request with a secret that the victim never gave out, or not to the liar, or too long ago. */
    private void request(Overheard.Victim victim, @Nullable Invite invite) {
        Bundle bundle = invite == null
                ? overheard.bundle(victim.peer())
                : invite.card().bundles().get(0);
        Card other = invite == null ? overheard.card(victim.peer()) : invite.card();
        if (bundle == null || other == null) return;
        Bytes secret = invite == null ? crypto.random(Invite.SECRET_BYTES) : invite.secret();
        Bytes userPublic = crypto.signingPublic(identity.userSeed());
        Bytes proof = crypto.hmac(
                secret,
                Bytes.concat(
                        Bytes.utf8("linnet/contact-request/1"),
                        userPublic,
                        other.devices().userPublic()));
        if (invite != null && chance.happens(0.3)) proof = crypto.random(Key.BYTES);
        else if (invite != null) invitations.onTaken(host, invite.secret());
        Content.ContactRequest request = new Content.ContactRequest(crypto.sha256(secret), proof, card);
        if (invite != null) friend.onAsked(victim, request);
        tongue.say(victim, tongue.user(), tongue.peer(), 0, request);
    }

    private void requestWithInvite() {
        Invite invite = overheard.invite(chance);
        if (invite == null) return;
        PeerId peer = Identity.peerId(crypto, invite.card().bundles().get(0).devicePublic());
        Overheard.Victim victim = overheard.victim(peer);
        if (victim != null) request(victim, invite);
    }

    /** Many channels on which nothing is said. */
    private void silence(Overheard.Victim victim) {
        for (int i = 0; i < HALF_OPEN; i++) host.dial(victim.endpoint(), new Silence(null));
    }

    /** The victim's friend with the liar's keys: on a list of devices, in a bundle, or beside a list that does not name them. */
    private void forgeCard(Overheard.Victim victim) {
        Overheard.Victim other = overheard.victim(chance);
        Card known = other == null ? null : overheard.card(other.peer());
        if (known == null) return;
        Bundle real = known.bundles().get(0);
        DeviceList list = known.devices();
        Crypto asPerson = new Impostor(crypto, identity.userSeed(), list.userPublic());
        Crypto asDevice = new Impostor(asPerson, identity.deviceSeed(), real.devicePublic());
        Card forged = switch (chance.below(4)) {
            case 0 -> new Card(known.name(), list, card.bundles());
            case 1 -> {
                List<Bytes> own = List.of(crypto.signingPublic(identity.deviceSeed()));
                DeviceList longer = DeviceList.sign(asPerson, identity, list.sequence() + 1, own);
                yield new Card(known.name(), longer, List.of(bundle(asPerson, real)));
            }
            default -> new Card(known.name(), list, List.of(bundle(asDevice, real)));
        };
        tongue.link(victim).send(new ContactFrame.Introduction(forged));
    }

    /** A bundle that follows {@code real} and leads to the liar. */
    private Bundle bundle(Crypto impostor, Bundle real) {
        return Bundle.sign(
                impostor,
                identity,
                Overheard.FORGED_PREKEY + real.prekeyId(),
                crypto.agreementPublic(tongue.prekeySecret()),
                real.sequence() + 1,
                List.of(host.endpoint()));
    }

    /** What a victim sealed for the liar, sealed again for somebody else. */
    private void passOn(Overheard.Victim victim) {
        Payload payload = told;
        if (payload != null) tongue.pass(victim, payload);
    }

    private void onFrame(Frame frame) {
        if (!(frame instanceof Envelope envelope) || !envelope.to().equals(tongue.peer())) return;
        try {
            told = Suite1.open(crypto, envelope, KeyPair.of(crypto, tongue.prekeySecret()));
        } catch (ProtocolViolation violation) {
            told = null;
        }
    }

    private static Bytes unknownFrame() {
        // Field 99, a length of two, and two bytes that no program of today knows.
        return Bytes.wrap(new byte[] {(byte) 0x9a, 0x06, 0x02, 0x01, 0x02});
    }

    private interface Change {
        Envelope of(Envelope envelope);
    }

    /** Says nothing after the channel opens, or one thing that is no handshake. */
    private static final class Silence implements Channel.Listener {
        private final @Nullable Bytes noise;

        Silence(@Nullable Bytes noise) {
            this.noise = noise;
        }

        @Override
        public void onOpen(Channel channel) {
            if (noise != null) channel.send(noise);
        }

        @Override
        public void onBytes(Bytes bytes) {}

        @Override
        public void onRoom() {}

        @Override
        public void onClosed(Failure why) {}
    }
}
