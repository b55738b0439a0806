package linnet.bench.fuzz;

import java.util.ArrayList;
import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.crypto.KeyPair;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.id.ConversationId;
import linnet.core.id.Key;
import linnet.core.id.MessageId;
import linnet.core.id.UserId;
import linnet.core.wire.Content;
import linnet.core.wire.Envelope;
import linnet.core.wire.Payload;
import linnet.core.wire.PayloadCodec;
import linnet.core.wire.Suite1;

/** What anybody seals for this device: raw bytes in place of a seal, and edited payloads inside a right one. */
final class EnvelopeTarget implements Target {
    private static final long EXPIRES_MILLIS = 1_900_000_000_000L;
    private static final int HASH_BYTES = 32;
    private static final int HOPS = 3;

    /** Sealing for the test costs memory too: pads to 16 KiB and copies a few times. */
    private static final long ALLOCATED_BY_TEST = 512 * 1024;

    private final Crypto crypto = new QuickCrypto();
    private final Person alice = Person.create(crypto, "Alice");
    private final Person bob = Person.create(crypto, "Bob");
    private final Payload any = signed(new Content.Text("any"));

    @Override
    public List<Bytes> messages() {
        List<MessageId> ids = List.of(messageId(), messageId());
        Bytes hash = crypto.random(HASH_BYTES);
        List<Content> contents = List.of(
                new Content.Text("Hello, Bob. Grüße aus 東京 😀"),
                new Content.Text("x".repeat(Content.TEXT_BYTES_MAX)),
                new Content.Delivered(ids),
                new Content.Read(ids),
                new Content.ContactRequest(hash, crypto.hmac(hash, hash), alice.card()),
                new Content.ContactAccept(alice.card()),
                new Content.ContactRefuse(Failure.Code.ALREADY_USED.number()));
        List<Bytes> messages = new ArrayList<>();
        for (Content content : contents) messages.add(PayloadCodec.encode(signed(content)));
        return messages;
    }

    @Override
    public boolean accepts(Bytes input, boolean raw) {
        try {
            Payload payload =
                    Suite1.open(crypto, raw ? unsealed(input) : sealed(input), KeyPair.of(crypto, bob.prekeySecret()));
            try {
                payload.check(crypto, alice.bundle().devicePublic(), bob.peer(crypto));
            } catch (ProtocolViolation forged) {
                return true; // it decodes
            }
            return true;
        } catch (ProtocolViolation refused) {
            return false;
        }
    }

    @Override
    public long allocatedBytesMax(int inputBytes) {
        return ALLOCATED_BY_TEST + Target.super.allocatedBytesMax(inputBytes);
    }

    private MessageId messageId() {
        return new MessageId(crypto.random(MessageId.BYTES));
    }

    private Payload signed(Content content) {
        UserId from = Identity.userId(crypto, alice.card().devices().userPublic());
        ConversationId in = new ConversationId(Key.of(crypto.random(HASH_BYTES)));
        return Payload.of(messageId(), in, from, alice.peer(crypto), 1, 1, EXPIRES_MILLIS - 1, content)
                .sign(crypto, alice.identity(), bob.peer(crypto));
    }

    private Envelope unsealed(Bytes input) {
        if (input.length() == 0 || input.length() > Envelope.SEALED_BYTES_MAX)
            throw new ProtocolViolation(Failure.Code.TOO_LARGE, "the codec refuses these lengths");
        return Envelope.of(crypto, bob.peer(crypto), HOPS, EXPIRES_MILLIS, input);
    }

    /** Puts bytes below a right seal: a payload that claims to be encoded so. */
    private Envelope sealed(Bytes input) {
        Payload claimed =
                new Payload(any.version(), any.id(), any.in(), any.from(), any.device(), 1, 1, 1, any.content(), input);
        return Suite1.seal(crypto, claimed, bob.bundle(), HOPS, EXPIRES_MILLIS);
    }
}
