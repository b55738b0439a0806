package linnet.bench.message;

import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.crypto.KeyPair;
import linnet.core.id.Bytes;
import linnet.core.id.ConversationId;
import linnet.core.id.Key;
import linnet.core.id.MessageId;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import linnet.core.wire.Bundle;
import linnet.core.wire.Content;
import linnet.core.wire.Envelope;
import linnet.core.wire.Payload;
import linnet.core.wire.Suite1;
import linnet.jvm.JdkCrypto;

/** The cryptography of a message and of its acknowledgement, with nothing around it. */
final class Sealing {
    /** A time on an envelope; nobody looks at it here. */
    private static final long EXPIRES_MILLIS = 1_900_000_000_000L;

    private static final String WORDS = "The quick brown fox jumps over the lazy dog, again and again. 1234";

    private final Crypto crypto = new JdkCrypto();
    private final Identity identity = Identity.create(crypto);
    private final Bytes devicePublic = crypto.signingPublic(identity.deviceSeed());
    private final PeerId peer = Identity.peerId(crypto, devicePublic);
    private final UserId user = Identity.userId(crypto, crypto.signingPublic(identity.userSeed()));
    private final KeyPair prekey = KeyPair.of(crypto, crypto.random(32));
    private final Bundle bundle = Bundle.sign(crypto, identity, 1, prekey.publicKey(), 1, List.of());
    private final ConversationId conversation = new ConversationId(Key.of(crypto.sha256(Bytes.utf8("bench"))));

    /** Signs and seals a message. */
    Envelope seal(long number) {
        return seal(number, new Content.Text(WORDS));
    }

    /** Signs and seals the acknowledgement of so many messages. */
    Envelope sealReceipt(int messages) {
        MessageId[] ids = new MessageId[messages];
        for (int i = 0; i < messages; i++) ids[i] = id(i);
        return seal(0, new Content.Delivered(List.of(ids)));
    }

    /** Opens an envelope of this identity and checks who wrote it. */
    Payload open(Envelope envelope) {
        Payload payload = Suite1.open(crypto, envelope, prekey);
        payload.check(crypto, devicePublic, peer);
        return payload;
    }

    PeerId peer() {
        return peer;
    }

    UserId user() {
        return user;
    }

    ConversationId conversation() {
        return conversation;
    }

    static MessageId id(long number) {
        byte[] id = new byte[16];
        for (int i = 0; i < 8; i++) id[i] = (byte) (number >>> (8 * i));
        return new MessageId(Bytes.wrap(id));
    }

    private Envelope seal(long number, Content content) {
        Payload payload = Payload.of(id(number), conversation, user, peer, 1, number, EXPIRES_MILLIS, content);
        return Suite1.seal(crypto, payload.sign(crypto, identity, peer), bundle, 1, EXPIRES_MILLIS);
    }
}
