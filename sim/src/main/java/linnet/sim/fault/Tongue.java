package linnet.sim.fault;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.env.Chance;
import linnet.core.id.Bytes;
import linnet.core.id.ConversationId;
import linnet.core.id.Endpoint;
import linnet.core.id.Key;
import linnet.core.id.MessageId;
import linnet.core.id.NetworkId;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import linnet.core.wire.Bundle;
import linnet.core.wire.Card;
import linnet.core.wire.Content;
import linnet.core.wire.DeviceList;
import linnet.core.wire.Envelope;
import linnet.core.wire.Frame;
import linnet.core.wire.Hello;
import linnet.core.wire.Payload;
import linnet.core.wire.Suite1;
import linnet.sim.host.SimHost;
import org.jspecify.annotations.Nullable;

/** How a liar speaks: links made by hand, and contents sealed for a victim in whatever name. */
final class Tongue {
    private static final int LINK_MILLIS = 6_000;
    private static final long DAY_MILLIS = 24L * 60 * 60 * 1000;

    private final SimHost host;
    private final Crypto crypto;
    private final Identity identity;
    private final Overheard overheard;
    private final String network;
    private final Chance chance;
    private final Consumer<Frame> onFrame;
    private final Bytes prekeySecret;
    private final long incarnation;

    /** Creates a tongue that has said nothing. */
    Tongue(SimHost host, Identity identity, Overheard overheard, String network, Consumer<Frame> onFrame) {
        this.host = host;
        this.crypto = host.crypto();
        this.identity = identity;
        this.overheard = overheard;
        this.network = network;
        this.chance = host.chance("tongue");
        this.onFrame = onFrame;
        this.prekeySecret = crypto.random(Key.BYTES);
        this.incarnation = host.nowMillis() + 1;
    }

    /** Returns the secret of the prekey that is on every card made here. */
    Bytes prekeySecret() {
        return prekeySecret;
    }

    UserId user() {
        return Identity.userId(crypto, crypto.signingPublic(identity.userSeed()));
    }

    PeerId peer() {
        return peer(identity);
    }

    PeerId peer(Identity as) {
        return Identity.peerId(crypto, crypto.signingPublic(as.deviceSeed()));
    }

    /** Dials a victim in the liar's own name. */
    LyingLink link(Overheard.Victim victim) {
        return link(victim, identity, network, 1);
    }

    LyingLink link(Overheard.Victim victim, Identity as, String inNetwork, int version) {
        LyingLink link = new LyingLink(host, as, version, proof(as, inNetwork), onFrame);
        dial(victim, link, LINK_MILLIS);
        return link;
    }

    /** Dials a victim of whom nothing is read once the link is up. */
    LyingLink deafLink(Overheard.Victim victim, Identity as, int lifeMillis) {
        LyingLink link = new LyingLink(host, as, 1, proof(as, network), onFrame);
        link.deafen();
        dial(victim, link, lifeMillis);
        return link;
    }

    void dial(Overheard.Victim victim, LyingLink link, int lifeMillis) {
        host.dial(victim.endpoint(), link);
        host.after(Duration.ofMillis(lifeMillis), link::close);
    }

    Hello.Proof proof(Identity as, String inNetwork) {
        return Hello.Proof.sign(crypto, as, networkId(inNetwork), incarnation, 0);
    }

    Hello.Proof proof() {
        return proof(identity, network);
    }

    /** Says something in whatever name, signed with the liar's own key. */
    void say(Overheard.Victim to, UserId from, PeerId device, long sequence, Content content) {
        send(link(to), sealed(to, identity, from, device, 1, sequence, content));
    }

    /** Says something as the liar's own person, from one of its devices. */
    void say(LyingLink by, Overheard.Victim to, Identity as, long stream, long sequence, Content content) {
        send(by, sealed(to, as, user(), peer(as), stream, sequence, content));
    }

    /** Seals a payload once more, for somebody else. */
    void pass(Overheard.Victim victim, Payload payload) {
        Bundle bundle = overheard.bundle(victim.peer());
        if (bundle != null)
            link(victim).send(Suite1.seal(crypto, payload, bundle, Envelope.HOPS_MAX, host.wallMillis() + DAY_MILLIS));
    }

    Bundle bundle(Identity as, long sequence, List<Endpoint> endpoints) {
        return Bundle.sign(crypto, as, 1, crypto.agreementPublic(prekeySecret), sequence, endpoints);
    }

    Card card(Identity as, String name) {
        DeviceList devices = DeviceList.sign(crypto, as, 1, List.of(crypto.signingPublic(as.deviceSeed())));
        return new Card(name, devices, List.of(bundle(as, 1, List.of(host.endpoint()))));
    }

    private static void send(LyingLink link, @Nullable Envelope envelope) {
        if (envelope != null) link.send(envelope);
    }

    private @Nullable Envelope sealed(
            Overheard.Victim to, Identity as, UserId from, PeerId device, long stream, long sequence, Content content) {
        Bundle bundle = overheard.bundle(to.peer());
        if (bundle == null) return null;
        MessageId id = new MessageId(crypto.random(MessageId.BYTES));
        ConversationId in = conversation(from, to.user());
        Payload payload = Payload.of(id, in, from, device, stream, sequence, host.wallMillis(), content)
                .sign(crypto, as, to.peer());
        Bundle target = chance.happens(0.9) ? bundle : withUnknownPrekey(bundle);
        return Suite1.seal(crypto, payload, target, Envelope.HOPS_MAX, host.wallMillis() + DAY_MILLIS);
    }

    private Bundle withUnknownPrekey(Bundle bundle) {
        return new Bundle(
                bundle.devicePublic(),
                bundle.userPublic(),
                bundle.linkPublic(),
                bundle.prekeyId() + 1_000,
                bundle.prekeyPublic(),
                bundle.sequence(),
                bundle.endpoints(),
                bundle.raw());
    }

    private NetworkId networkId(String name) {
        return new NetworkId(Key.of(crypto.sha256(Bytes.concat(Bytes.utf8("linnet/network/1"), Bytes.utf8(name)))));
    }

    private ConversationId conversation(UserId one, UserId other) {
        boolean isOrdered = one.compareTo(other) < 0;
        Bytes first = (isOrdered ? one : other).key().bytes();
        Bytes second = (isOrdered ? other : one).key().bytes();
        return new ConversationId(
                Key.of(crypto.sha256(Bytes.concat(Bytes.utf8("linnet/conversation/1"), first, second))));
    }
}
