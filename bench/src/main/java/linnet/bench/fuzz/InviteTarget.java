package linnet.bench.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.id.Key;
import linnet.core.id.NetworkId;
import linnet.core.wire.Invite;
import linnet.core.wire.InviteCodec;

/** What somebody pastes: text that may be an invite link, and links of edited invites. */
final class InviteTarget implements Target {
    private static final long EXPIRES_MILLIS = 1_900_000_000_000L;

    private final Crypto crypto = new QuickCrypto();

    @Override
    public List<Bytes> messages() {
        Person alice = Person.create(crypto, "Alice");
        NetworkId network = new NetworkId(Key.of(crypto.random(32)));
        Bytes secret = crypto.random(16);
        Invite invite = Invite.sign(crypto, alice.identity(), network, "linnet", alice.card(), EXPIRES_MILLIS, secret);
        return List.of(InviteCodec.encode(invite));
    }

    @Override
    public boolean accepts(Bytes input, boolean raw) {
        try {
            Invite invite = InviteCodec.parse(raw ? text(input) : link(input));
            if (!InviteCodec.parse(InviteCodec.link(invite)).equals(invite))
                throw new IllegalStateException("another invite after encoding: " + invite);
            try {
                invite.check(crypto);
            } catch (ProtocolViolation forged) {
                return true; // it decodes
            }
            return true;
        } catch (ProtocolViolation refused) {
            return false;
        }
    }

    private static String text(Bytes input) {
        return new String(input.shared(), StandardCharsets.UTF_8);
    }

    private static String link(Bytes encoded) {
        return InviteCodec.SCHEME + Base64.getUrlEncoder().withoutPadding().encodeToString(encoded.shared());
    }
}
