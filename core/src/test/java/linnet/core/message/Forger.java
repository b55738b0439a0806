package linnet.core.message;

import java.util.Arrays;
import java.util.function.Consumer;
import linnet.core.crypto.Identity;
import linnet.core.fixture.House;
import linnet.core.id.Bytes;
import linnet.core.id.ConversationId;
import linnet.core.id.MessageId;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import linnet.core.wire.Bundle;
import linnet.core.wire.Content;
import linnet.core.wire.Envelope;
import linnet.core.wire.InviteCodec;
import linnet.core.wire.Payload;
import linnet.core.wire.Suite1;

/** Makes envelopes for a house that an honest node would not make. Each setting starts out right. */
final class Forger {
    final House maker;
    final House target;
    House other;
    Content content = new Content.Text("hello");
    UserId from;
    PeerId device;
    PeerId signedFor;
    ConversationId in;
    Identity signer;
    long stream = 99;
    long sequence = 1;
    long expiresWallMillis;
    MessageId id;
    Bundle sealedTo;

    /** Changes the sealed bytes. */
    Consumer<byte[]> change = bytes -> {};

    /** Whether only the suite and a little more is left. */
    boolean isCut;

    /** How much later the envelope claims to expire. */
    long laterMillis;

    Forger(House maker, House target) {
        this.maker = maker;
        this.target = target;
        this.other = maker;
        from = maker.user();
        device = maker.peer();
        signedFor = target.peer();
        in = Conversations.of(maker.crypto, maker.user(), target.user());
        signer = maker.identity;
        expiresWallMillis = maker.wallMillis() + 1_000_000;
        id = new MessageId(maker.crypto.random(MessageId.BYTES));
        sealedTo = bundleOf(target);
    }

    /** Returns the envelope. */
    Envelope seal() {
        Payload payload = Payload.of(id, in, from, device, stream, sequence, maker.wallMillis(), content)
                .sign(maker.crypto, signer, signedFor);
        Envelope right = Suite1.seal(maker.crypto, payload, sealedTo, Envelope.HOPS_MAX, expiresWallMillis);
        byte[] sealed = right.sealed().toArray();
        change.accept(sealed);
        Bytes bytes = Bytes.wrap(isCut ? Arrays.copyOf(sealed, 20) : sealed);
        return Envelope.of(maker.crypto, right.to(), Envelope.HOPS_MAX, right.expiresMillis() + laterMillis, bytes);
    }

    /** Returns an envelope with this content. */
    Envelope seal(Content said) {
        content = said;
        return seal();
    }

    /** Lets the envelope arrive as if over a link of {@code by}. */
    void arrive(House by, Envelope envelope) {
        target.inject(by.peer(), envelope);
    }

    static Bundle bundleOf(House house) {
        return InviteCodec.parse(house.invite()).card().bundles().get(0);
    }
}
