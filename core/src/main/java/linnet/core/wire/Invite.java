package linnet.core.wire;

import linnet.core.id.Bytes;
import linnet.core.id.NetworkId;

/**
 * What a person hands to another so that they can become contacts. As text {@code linnet:…}, base64url of the signed bytes.
 *
 * @param version 1
 * @param network the network both must be in
 * @param networkName its name, so that a fresh home can join; 1 to 64 characters
 * @param card who invites, with endpoints in the bundles
 * @param expiresWallMillis after this it is refused
 * @param secret 16 random bytes, good for one contact request
 * @param raw the bytes as they came, signed by the user key of the card
 */
public record Invite(
        int version,
        NetworkId network,
        String networkName,
        Card card,
        long expiresWallMillis,
        Bytes secret,
        Bytes raw) {}
