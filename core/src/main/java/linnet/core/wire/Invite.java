package linnet.core.wire;

import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.crypto.Signed;
import linnet.core.id.Bytes;
import linnet.core.id.NetworkId;

/**
 * What a person hands to another so that they can become contacts. As text {@code linnet:…}, base64url of the signed bytes.
 *
 * @param version 1
 * @param network the network both must be in
 * @param networkName its name, so that a fresh home can join; 1 to {@link Limits#NAME_BYTES_MAX} bytes of UTF-8
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
        Bytes raw) {
    /** The only version so far. */
    public static final int VERSION = 1;

    /** Length of the secret in bytes. */
    public static final int SECRET_BYTES = 16;

    /** Longest encoding in bytes: a card and what goes around it. */
    public static final int BYTES_MAX = 16_000;

    /** Checks the numbers. */
    public Invite {
        if (version != VERSION) throw new IllegalArgumentException("invite of version " + version);
        if (networkName.isEmpty() || Utf8.length(networkName) > Limits.NAME_BYTES_MAX)
            throw new IllegalArgumentException("network name is empty or too long");
        if (expiresWallMillis < 1 || expiresWallMillis > Limits.MILLIS_MAX)
            throw new IllegalArgumentException("expiry: " + expiresWallMillis);
        if (secret.length() != SECRET_BYTES) throw new IllegalArgumentException("secret of " + secret.length() + " B");
    }

    /** Makes and signs an invite; {@code card} is the inviter's own. */
    public static Invite sign(
            Crypto crypto,
            Identity identity,
            NetworkId network,
            String networkName,
            Card card,
            long expiresWallMillis,
            Bytes secret) {
        Invite invite = new Invite(VERSION, network, networkName, card, expiresWallMillis, secret, Bytes.EMPTY);
        Bytes raw = SignedBody.sign(crypto, identity.userSeed(), Signed.Use.INVITE, InviteCodec.body(invite));
        return new Invite(VERSION, network, networkName, card, expiresWallMillis, secret, raw);
    }

    /** Refuses, with {@code TAMPERED}, an invite that the person on its card has not signed, or whose card does not hold. */
    public void check(Crypto crypto) {
        SignedBody signed = SignedBody.decode(raw);
        Bytes userPublic = card.devices().userPublic();
        Signed.check(crypto, userPublic, signed.signature(), Signed.Use.INVITE, signed.body());
        card.check(crypto);
    }
}
