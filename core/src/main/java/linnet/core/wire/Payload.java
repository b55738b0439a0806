package linnet.core.wire;

import linnet.core.id.Bytes;
import linnet.core.id.ConversationId;
import linnet.core.id.MessageId;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;

/**
 * What is inside the seal, signed by the sending device.
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
 * @param raw the signed bytes as they came
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
        Bytes raw) {}
