package linnet.core.wire;

import java.util.Base64;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.id.Key;
import linnet.core.id.NetworkId;
import org.jspecify.annotations.Nullable;

/** Invites as bytes and as links: {@code invite.proto}. */
public final class InviteCodec {
    /** What an invite link begins with. */
    public static final String SCHEME = "linnet:";

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private InviteCodec() {}

    /** Returns the signed bytes. */
    public static Bytes encode(Invite invite) {
        if (invite.raw().length() == 0) throw new IllegalArgumentException("not signed yet");
        return invite.raw();
    }

    /** Reads a signed invite. Form and limits only; the signatures are {@link Invite#check}. */
    public static Invite decode(Bytes raw) {
        if (raw.length() > Invite.BYTES_MAX)
            throw new ProtocolViolation(Failure.Code.TOO_LARGE, "invite of " + raw.length() + " B");
        int version = 0;
        @Nullable Key network = null;
        String networkName = "";
        @Nullable Card card = null;
        long expires = 0;
        @Nullable Bytes secret = null;
        Reader reader = new Reader(SignedBody.decode(raw).body());
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> version = reader.uint(Integer.MAX_VALUE);
                case 2 -> network = reader.key();
                case 3 -> networkName = reader.text(1, Limits.NAME_BYTES_MAX);
                case 4 -> card = ContactCodec.card(reader.message(Card.BYTES_MAX));
                case 5 -> expires = reader.uint64(Limits.MILLIS_MAX);
                case 6 -> secret = reader.bytes(Invite.SECRET_BYTES, Invite.SECRET_BYTES);
                default -> reader.skip();
            }
        }
        if (Reader.positive(version, "version") != Invite.VERSION)
            throw new ProtocolViolation(Failure.Code.UNSUPPORTED, "invite of version " + version);
        if (networkName.isEmpty()) throw malformed("network name is missing");
        return new Invite(
                version,
                new NetworkId(Reader.required(network, "network")),
                networkName,
                Reader.required(card, "card"),
                Reader.positive(expires, "expiry"),
                Reader.required(secret, "secret"),
                raw);
    }

    /** Returns the invite as a link, {@code linnet:…}. */
    public static String link(Invite invite) {
        return SCHEME
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(encode(invite).shared());
    }

    /** Reads an invite link; white space around it is no fault, anything else is a violation with words for a person. */
    public static Invite parse(String link) {
        String text = link.strip();
        if (!text.startsWith(SCHEME)) throw malformed("an invite link starts with " + SCHEME);
        int chars = text.length() - SCHEME.length();
        if (chars > (Invite.BYTES_MAX + 2) / 3 * 4)
            throw new ProtocolViolation(Failure.Code.TOO_LARGE, "invite link of " + text.length() + " characters");
        if (chars % 4 == 1) throw malformed("the invite link is cut");
        byte[] bytes = new byte[chars / 4 * 3 + chars % 4 * 3 / 4];
        int at = 0;
        int held = 0;
        int bits = 0;
        for (int i = SCHEME.length(); i < text.length(); i++) {
            int value = ALPHABET.indexOf(text.charAt(i));
            if (value < 0) throw malformed("an invite link has no character '" + text.charAt(i) + "'");
            held = (held << 6 | value) & 0xfff;
            bits += 6;
            if (bits >= 8) {
                bits -= 8;
                bytes[at++] = (byte) (held >> bits);
            }
        }
        if ((held & (1 << bits) - 1) != 0) throw malformed("the invite link is cut");
        return decode(Bytes.wrap(bytes));
    }

    static Bytes body(Invite invite) {
        Writer writer = new Writer(1024)
                .uint(1, invite.version())
                .key(2, invite.network().key())
                .text(3, invite.networkName());
        return ContactCodec.write(writer, 4, invite.card())
                .uint64(5, invite.expiresWallMillis())
                .bytes(6, invite.secret())
                .toBytes();
    }

    private static ProtocolViolation malformed(String detail) {
        return new ProtocolViolation(Failure.Code.MALFORMED, detail);
    }
}
