package linnet.core.contact;

import java.util.ArrayList;
import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.id.Bytes;
import linnet.core.id.Key;
import linnet.core.id.UserId;
import linnet.core.wire.Content;
import linnet.core.wire.Invite;
import linnet.core.wire.Reader;
import linnet.core.wire.Writer;
import org.jspecify.annotations.Nullable;

/**
 * The invites this person has made: each good for one contact, until it expires. Used and expired ones are remembered for a
 * while, so that whoever comes late hears why.
 */
final class Invites {
    private static final String TABLE = "invite";
    private static final int ROW_VERSION = 1;

    /** Invites remembered. At 130 bytes each they take 130 kB, and nobody hands out so many in a month. */
    private static final int INVITES_MAX = 1_000;

    private static final Bytes PROOF_DOMAIN = Bytes.utf8("linnet/contact-request/1");

    private final Env env;
    private final Crypto crypto;

    Invites(Env env, Crypto crypto) {
        this.env = env;
        this.crypto = crypto;
    }

    /** Notes a new secret, or says that too many invites are open. */
    @Nullable
    Failure open(Bytes secret, long expiresWallMillis) {
        if (!makeRoom()) return new Failure(Code.QUEUE_FULL, INVITES_MAX + " invites are open");
        env.store().put(TABLE, rowKey(crypto.sha256(secret)), new Row(secret, expiresWallMillis, null).encode());
        return null;
    }

    /** Says why {@code user} cannot use the invite, or null when it is theirs, or could be. */
    @Nullable
    Failure judge(UserId user, Bytes requesterPublic, Bytes inviterPublic, Content.ContactRequest request) {
        Bytes stored = env.store().get(TABLE, rowKey(request.secretHash()));
        if (stored == null) return new Failure(Code.REFUSED, "no such invite");
        Row row = Row.decode(stored);
        if (!proof(crypto, row.secret, requesterPublic, inviterPublic).equals(request.proof()))
            return new Failure(Code.REFUSED, "the proof does not fit the invite");
        if (user.equals(row.usedBy)) return null;
        if (row.usedBy != null) return new Failure(Code.ALREADY_USED, "used by somebody else");
        if (env.wallMillis() > row.expiresWallMillis) return new Failure(Code.EXPIRED, "the invite has expired");
        return null;
    }

    /** Notes whose the invite is from now on, if it is nobody's. */
    void use(UserId user, Content.ContactRequest request) {
        String key = rowKey(request.secretHash());
        Bytes stored = env.store().get(TABLE, key);
        Row row = stored == null ? null : Row.decode(stored);
        if (row != null && row.usedBy == null)
            env.store().put(TABLE, key, new Row(row.secret, row.expiresWallMillis, user).encode());
    }

    /** Forgets all: somebody may have used them since. */
    void forget() {
        List<String> all = new ArrayList<>();
        env.store().forEach(TABLE, (key, stored) -> all.add(key));
        for (String key : all) env.store().put(TABLE, key, null);
    }

    /** Returns what only a holder of the secret can say, and of no use to anybody else. */
    static Bytes proof(Crypto crypto, Bytes secret, Bytes requesterPublic, Bytes inviterPublic) {
        return crypto.hmac(secret, Bytes.concat(PROOF_DOMAIN, requesterPublic, inviterPublic));
    }

    /** Drops what has expired; else the used invite whose time is over first: who used it is a contact without it. */
    private boolean makeRoom() {
        List<String> over = new ArrayList<>();
        int[] count = {0};
        long[] first = {Long.MAX_VALUE};
        String[] used = {""};
        long wall = env.wallMillis();
        env.store().forEach(TABLE, (key, stored) -> {
            Row row = Row.decode(stored);
            count[0]++;
            if (wall > row.expiresWallMillis) over.add(key);
            else if (row.usedBy != null && row.expiresWallMillis < first[0]) {
                first[0] = row.expiresWallMillis;
                used[0] = key;
            }
        });
        if (count[0] < INVITES_MAX) return true;
        if (over.isEmpty() && !used[0].isEmpty()) over.add(used[0]);
        for (String key : over) env.store().put(TABLE, key, null);
        return !over.isEmpty();
    }

    private static String rowKey(Bytes secretHash) {
        return secretHash.hex();
    }

    private record Row(
            Bytes secret, long expiresWallMillis, @Nullable UserId usedBy) {
        Bytes encode() {
            Writer writer = new Writer().uint(1, ROW_VERSION).bytes(2, secret).uint64(3, expiresWallMillis);
            if (usedBy != null) writer.key(4, usedBy.key());
            return writer.toBytes();
        }

        static Row decode(Bytes row) {
            int version = 0;
            @Nullable Bytes secret = null;
            long expires = 0;
            @Nullable Key usedBy = null;
            Reader reader = new Reader(row);
            for (int field = reader.field(); field != 0; field = reader.field()) {
                switch (field) {
                    case 1 -> version = reader.uint(ROW_VERSION);
                    case 2 -> secret = reader.bytes(Invite.SECRET_BYTES, Invite.SECRET_BYTES);
                    case 3 -> expires = reader.uint64(Long.MAX_VALUE);
                    case 4 -> usedBy = reader.key();
                    default -> reader.skip();
                }
            }
            if (version != ROW_VERSION) throw new IllegalStateException("invite row of version " + version);
            return new Row(Reader.required(secret, "secret"), expires, usedBy == null ? null : new UserId(usedBy));
        }
    }
}
