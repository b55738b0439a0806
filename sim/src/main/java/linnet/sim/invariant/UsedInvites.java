package linnet.sim.invariant;

import java.util.Map;
import java.util.TreeMap;

/** Of whose invites a stranger made use, and until when these are good: there, and only then, it may become a contact. */
public final class UsedInvites {
    /** From the input that accepts to the event that tells it: what a slow disk takes. */
    private static final int TELLING_MILLIS = 5_000;

    private final Map<Integer, Long> expiresByHost = new TreeMap<>();

    /** Creates a record of no invites. */
    public UsedInvites() {}

    /** A stranger asks with an invite of {@code host} that is good until {@code expiresWallMillis}, by that host's clock. */
    public void add(int host, long expiresWallMillis) {
        expiresByHost.merge(host, expiresWallMillis, Math::max);
    }

    /** Returns whether a stranger ever asked with an invite of this host. */
    public boolean has(int host) {
        return expiresByHost.containsKey(host);
    }

    boolean isGood(int host, long wallMillis) {
        Long expires = expiresByHost.get(host);
        return expires != null && expires + TELLING_MILLIS >= wallMillis;
    }
}
