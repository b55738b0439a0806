package linnet.core.wire;

import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.crypto.Signed;
import linnet.core.id.Bytes;
import linnet.core.id.ConversationId;
import linnet.core.id.MessageId;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;

/**
 * What is inside the seal, signed by the sending device for one receiving device.
 *
 * @param version 1
 * @param id the message, the same on every device, route and re-sealing
 * @param in the conversation
 * @param from the person who sends
 * @param device the device that signs
 * @param stream 64 random bits, drawn when this device first writes in the conversation (and again after a restore from a backup)
 * @param sequence the place in the stream, from 1 without gaps; 0 for control contents, which have no place
 * @param sentWallMillis the sender's clock, for display only
 * @param content what is said
 * @param raw the bytes as they came, signature included
 */
public record Payload(
        int version,
        MessageId id,
        ConversationId in,
        UserId from,
        PeerId device,
        long stream,
        long sequence,
        long sentWallMillis,
        Content content,
        Bytes raw) {
    /** The only version so far. */
    public static final int VERSION = 1;

    /** Checks the numbers. */
    public Payload {
        if (version != VERSION) throw new IllegalArgumentException("payload of version " + version);
        if (sequence < 0 || sequence > Limits.COUNTER_MAX) throw new IllegalArgumentException("sequence: " + sequence);
        if (sentWallMillis < 0 || sentWallMillis > Limits.MILLIS_MAX)
            throw new IllegalArgumentException("sent at: " + sentWallMillis);
    }

    /** Creates a payload that is yet to be signed, for {@link #sign}. */
    public static Payload of(
            MessageId id,
            ConversationId in,
            UserId from,
            PeerId device,
            long stream,
            long sequence,
            long sentWallMillis,
            Content content) {
        return new Payload(VERSION, id, in, from, device, stream, sequence, sentWallMillis, content, Bytes.EMPTY);
    }

    /** Returns this payload with {@code raw} made and signed for one device of the recipient. */
    public Payload sign(Crypto crypto, Identity identity, PeerId recipient) {
        Bytes body = PayloadCodec.body(this);
        Bytes signature = Signed.sign(
                crypto,
                identity.deviceSeed(),
                Signed.Use.PAYLOAD,
                recipient.key().bytes(),
                body);
        Bytes signed = new SignedBody(body, signature).encode();
        return new Payload(version, id, in, from, device, stream, sequence, sentWallMillis, content, signed);
    }

    /**
     * Refuses, with {@code TAMPERED}, a payload that was not signed by {@link #device} for {@code recipient}.
     *
     * @param devicePublic the Ed25519 key that belongs to {@link #device}, from the sender's device list
     */
    public void check(Crypto crypto, Bytes devicePublic, PeerId recipient) {
        SignedBody signed = SignedBody.decode(raw);
        Signed.check(
                crypto,
                devicePublic,
                signed.signature(),
                Signed.Use.PAYLOAD,
                recipient.key().bytes(),
                signed.body());
    }
}
