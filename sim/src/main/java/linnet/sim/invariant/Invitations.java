package linnet.sim.invariant;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import linnet.core.env.Failure;
import linnet.core.id.Bytes;
import linnet.core.wire.Invite;
import linnet.core.wire.InviteCodec;
import linnet.sim.host.SimHost;
import org.jspecify.annotations.Nullable;

/**
 * Who made which invite and who asked with it, kept outside the nodes: who may become a contact, and who may be refused and why.
 * Judges return the broken promise as {@code contacts: sentence}, or null.
 */
public final class Invitations {
    /** From the input that accepts to the event that tells it: what a slow disk takes. */
    private static final int TELLING_MILLIS = 5_000;

    /** The prekey on an invite is read at least so long. */
    private static final long PREKEY_LIFE_MILLIS = 30L * 24 * 60 * 60 * 1000;

    /** A request waits this long for an answer, in the life of the device that asks. */
    private static final long REQUEST_LIFE_MILLIS = 14L * 24 * 60 * 60 * 1000;

    private final Map<Bytes, Made> inviteBySecret = new TreeMap<>();

    /** Who became whose contact, {@code host * 65536 + other}. */
    private final TreeSet<Integer> accepted = new TreeSet<>();

    /** Those of them who asked for it, by the host that they asked. */
    private final Map<Integer, List<Integer>> askersByHost = new TreeMap<>();

    /** Creates a record of no invites. */
    public Invitations() {}

    /** A host made an invite; a crash may have taken it. */
    public void onMade(int maker, String link, boolean mayBeLost) {
        Invite invite = InviteCodec.parse(link);
        Made made = new Made(inviteBySecret.size(), maker, invite.expiresWallMillis(), mayBeLost);
        inviteBySecret.put(invite.secret(), made);
    }

    /** Somebody takes an invite. */
    public void onTaken(SimHost taker, String link) {
        onTaken(taker, InviteCodec.parse(link).secret());
    }

    /** Somebody asks with an invite, and with the right proof. */
    public void onTaken(SimHost taker, Bytes secret) {
        Made invite = inviteBySecret.get(secret);
        if (invite != null) invite.takenLivedMillisByHost.putIfAbsent(taker.index(), taker.livedMillis());
    }

    /** Returns whether {@code taker} ever asked with an invite of {@code maker}. */
    public boolean hasTaken(int taker, int maker) {
        return !between(maker, taker).isEmpty();
    }

    /** {@code host} says that {@code other} is a contact now. */
    @Nullable
    String onAccepted(SimHost host, int other) {
        int here = host.index();
        boolean isAnswer = hasTaken(here, other) && accepted.contains(pair(other, here));
        accepted.add(pair(here, other));
        if (isAnswer) return null;
        boolean isGood = false;
        for (Made invite : between(here, other))
            isGood |= invite.expiresWallMillis + TELLING_MILLIS >= host.wallMillis();
        if (!isGood) return "contacts: host " + other + " became a contact without a good invite";
        List<Integer> askers = askersByHost.computeIfAbsent(here, key -> new ArrayList<>());
        if (!askers.contains(other)) askers.add(other);
        Map<Made, Integer> askerByInvite = new TreeMap<>();
        for (int asker : askers)
            if (!hasInviteOfItsOwn(here, asker, askerByInvite, new TreeSet<>()))
                return "contacts: one invite made two contacts, host " + asker + " is one of them";
        return null;
    }

    /** {@code host} says that {@code by} has refused to be a contact. */
    @Nullable
    String onRefused(SimHost host, SimHost by, Failure why) {
        for (Made invite : between(by.index(), host.index())) {
            long taken = invite.takenLivedMillisByHost.getOrDefault(host.index(), Long.MAX_VALUE);
            boolean isExpired = by.latestWallMillis() > invite.expiresWallMillis
                    || host.livedMillis() >= taken + REQUEST_LIFE_MILLIS
                    || by.livedMillis() >= PREKEY_LIFE_MILLIS
                    || invite.mayBeLost;
            boolean isTrue = switch (why.code()) {
                case EXPIRED -> isExpired;
                case ALREADY_USED -> invite.takenLivedMillisByHost.size() > 1;
                case REFUSED -> invite.mayBeLost;
                default -> false;
            };
            if (isTrue) return null;
        }
        return "contacts: refused by " + by.name() + " for no reason, " + why;
    }

    /** Finds everybody an invite that nobody else needs (Kuhn 1955). */
    private boolean hasInviteOfItsOwn(int maker, int asker, Map<Made, Integer> askerByInvite, Set<Made> looked) {
        for (Made invite : between(maker, asker)) {
            if (!looked.add(invite)) continue;
            Integer holder = askerByInvite.get(invite);
            if (holder != null && !hasInviteOfItsOwn(maker, holder, askerByInvite, looked)) continue;
            askerByInvite.put(invite, asker);
            return true;
        }
        return false;
    }

    private List<Made> between(int maker, int taker) {
        List<Made> found = new ArrayList<>();
        for (Made invite : inviteBySecret.values())
            if (invite.maker == maker && invite.takenLivedMillisByHost.containsKey(taker)) found.add(invite);
        return found;
    }

    private static int pair(int host, int other) {
        return host << 16 | other;
    }

    private static final class Made implements Comparable<Made> {
        private final int number;
        private final int maker;
        private final long expiresWallMillis;
        private final boolean mayBeLost;
        private final Map<Integer, Long> takenLivedMillisByHost = new TreeMap<>();

        Made(int number, int maker, long expiresWallMillis, boolean mayBeLost) {
            this.number = number;
            this.maker = maker;
            this.expiresWallMillis = expiresWallMillis;
            this.mayBeLost = mayBeLost;
        }

        @Override
        public int compareTo(Made other) {
            return Integer.compare(number, other.number);
        }
    }
}
