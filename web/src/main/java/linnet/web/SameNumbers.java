package linnet.web;

import java.util.List;
import linnet.core.crypto.BouncyCrypto;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Hpke;
import linnet.core.crypto.Identity;
import linnet.core.crypto.KeyPair;
import linnet.core.crypto.NoiseXX;
import linnet.core.crypto.Signed;
import linnet.core.env.Chance;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.id.ConversationId;
import linnet.core.id.Endpoint;
import linnet.core.id.Key;
import linnet.core.id.MessageId;
import linnet.core.id.NetworkId;
import linnet.core.id.PeerId;
import linnet.core.wire.Bundle;
import linnet.core.wire.Card;
import linnet.core.wire.Content;
import linnet.core.wire.DeviceList;
import linnet.core.wire.Envelope;
import linnet.core.wire.FrameCodec;
import linnet.core.wire.Invite;
import linnet.core.wire.InviteCodec;
import linnet.core.wire.Limits;
import linnet.core.wire.Payload;
import linnet.core.wire.Suite1;

/**
 * Prints what a JVM and a browser must agree on to the last bit, so that a run that failed in a browser can be replayed
 * in a debugger: chance, every step of the cryptography from
 * seeded randomness, and what the codec writes, reads and refuses.
 */
public final class SameNumbers {
    private static final int SEED = 42;

    private SameNumbers() {}

    /** Prints one line per agreement. */
    public static void main(String[] args) {
        System.out.println("chance    " + chance(new Chance(SEED)));
        Chance chance = new Chance(SEED);
        Crypto crypto = new BouncyCrypto(count -> bytes(chance, count));
        Identity alice = Identity.create(crypto);
        Identity bob = Identity.create(crypto);
        Bytes words = Bytes.utf8("linnet");
        System.out.println("peer      " + Identity.peerId(crypto, crypto.signingPublic(alice.deviceSeed())));
        System.out.println("signature "
                + Signed.sign(crypto, alice.deviceSeed(), Signed.Use.PAYLOAD, words)
                        .hex());
        System.out.println("handshake " + handshake(crypto, alice, bob).hex());
        System.out.println("sealed    " + sealed(crypto, bob, words));
        Envelope envelope = envelope(crypto, alice, bob);
        System.out.println("envelope  " + envelope.id().key().hex());
        System.out.println("invite    " + InviteCodec.link(invite(crypto, alice)));
        System.out.println("refused   " + refused(crypto, chance, FrameCodec.encode(envelope)));
    }

    private static String chance(Chance chance) {
        StringBuilder numbers = new StringBuilder();
        for (int i = 0; i < 8; i++) numbers.append(chance.below(1_000_000)).append(' ');
        return numbers.append(chance.happens(0.5))
                .append(' ')
                .append(chance.nextLong())
                .toString();
    }

    private static Bytes bytes(Chance chance, int count) {
        byte[] drawn = new byte[count];
        for (int i = 0; i < count; i++) drawn[i] = (byte) chance.nextLong();
        return Bytes.wrap(drawn);
    }

    private static Bytes handshake(Crypto crypto, Identity alice, Identity bob) {
        Bytes prologue = Bytes.utf8("same numbers");
        NoiseXX initiator = NoiseXX.initiator(crypto, alice.linkSecret(), prologue);
        NoiseXX responder = NoiseXX.responder(crypto, bob.linkSecret(), prologue);
        responder.read(initiator.write(Bytes.EMPTY));
        initiator.read(responder.write(Bytes.utf8("I am Bob")));
        responder.read(initiator.write(Bytes.utf8("I am Alice")));
        return initiator.hash();
    }

    /** Seals, opens, and tries to open with one bit changed. */
    private static String sealed(Crypto crypto, Identity to, Bytes words) {
        Bytes key = crypto.agreementPublic(to.linkSecret());
        Bytes sealed = Hpke.seal(crypto, key, Bytes.EMPTY, Bytes.EMPTY, words);
        String opened = Hpke.open(crypto, KeyPair.of(crypto, to.linkSecret()), Bytes.EMPTY, Bytes.EMPTY, sealed)
                .text();
        byte[] tampered = sealed.toArray();
        tampered[tampered.length - 1] ^= 1;
        try {
            Hpke.open(crypto, KeyPair.of(crypto, to.linkSecret()), Bytes.EMPTY, Bytes.EMPTY, Bytes.wrap(tampered));
            return "opened although tampered with";
        } catch (ProtocolViolation violation) {
            return sealed.hex() + " " + opened + " " + violation.failure().code();
        }
    }

    /** A message with numbers of every length and characters of every width, sealed and opened again. */
    private static Envelope envelope(Crypto crypto, Identity from, Identity to) {
        Bytes prekey = to.linkSecret();
        Bundle bundle = Bundle.sign(crypto, to, Limits.COUNTER_MAX, crypto.agreementPublic(prekey), 1, List.of());
        PeerId peer = Identity.peerId(crypto, bundle.devicePublic());
        Payload payload = Payload.of(
                        new MessageId(crypto.random(MessageId.BYTES)),
                        new ConversationId(peer.key()),
                        Identity.userId(crypto, crypto.signingPublic(from.userSeed())),
                        Identity.peerId(crypto, crypto.signingPublic(from.deviceSeed())),
                        -1L,
                        1L << 35,
                        Limits.MILLIS_MAX,
                        new Content.Text("a\u00e9\u4e2d\ud83d\udc26"))
                .sign(crypto, from, peer);
        Envelope envelope = Suite1.seal(crypto, payload, bundle, Envelope.HOPS_MAX, Limits.MILLIS_MAX);
        Payload opened = Suite1.open(crypto, envelope, KeyPair.of(crypto, prekey));
        if (!opened.equals(payload)) throw new IllegalStateException("opened differently");
        opened.check(crypto, crypto.signingPublic(from.deviceSeed()), peer);
        return envelope;
    }

    private static Invite invite(Crypto crypto, Identity from) {
        Bytes devicePublic = crypto.signingPublic(from.deviceSeed());
        Bytes prekey = crypto.agreementPublic(from.linkSecret());
        Bundle bundle = Bundle.sign(crypto, from, 1, prekey, 1, List.of(new Endpoint("ws://192.0.2.1:7071/")));
        DeviceList devices = DeviceList.sign(crypto, from, 1, List.of(devicePublic));
        Card card = new Card("Alice", devices, List.of(bundle));
        NetworkId network = new NetworkId(Key.of(crypto.random(Key.BYTES)));
        Invite invite = Invite.sign(crypto, from, network, "home", card, 1, crypto.random(Invite.SECRET_BYTES));
        InviteCodec.parse(InviteCodec.link(invite)).check(crypto);
        return invite;
    }

    /** Breaks a frame in a thousand ways and hashes what came of each: read, or refused for which reason. */
    private static String refused(Crypto crypto, Chance chance, Bytes frame) {
        StringBuilder outcomes = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            byte[] broken = frame.toArray();
            broken[chance.below(i % 2 == 0 ? 60 : broken.length)] = (byte) chance.nextLong();
            try {
                outcomes.append(FrameCodec.decode(crypto, Bytes.wrap(broken)).getClass() == Envelope.class ? 'e' : '?');
            } catch (ProtocolViolation violation) {
                outcomes.append(violation.failure().detail());
            }
        }
        return crypto.sha256(Bytes.utf8(outcomes.toString())).hex();
    }
}
