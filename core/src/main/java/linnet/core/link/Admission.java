package linnet.core.link;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Who may begin a handshake: so many at a time, few of them from one address, and from one address not too many in a row. */
final class Admission {
    /**
     * Addresses remembered, 100 B each. The one that was quiet for longest is forgotten first, which gives it a full bucket; who has more
     * addresses than this has as many full buckets anyway.
     */
    static final int ADDRESSES_MAX = 4_096;

    private final LinkConfig config;

    /** Least recently used first. */
    private final Map<String, Address> addresses = new LinkedHashMap<>();

    private int halfOpen;

    Admission(LinkConfig config) {
        this.config = config;
    }

    /** Lets a handshake begin, or returns false if there are, or were, too many. */
    boolean enter(String name, long nowMillis) {
        Address address = addresses.remove(name);
        if (address == null) {
            makeRoom();
            address = new Address(new TokenBucket(
                    config.handshakesPerSecondPerAddress(), config.handshakesBurstPerAddress(), nowMillis));
        }
        addresses.put(name, address);
        if (halfOpen >= config.halfOpenMax() || address.halfOpen >= config.halfOpenPerAddressMax()) return false;
        if (!address.handshakes.take(1, nowMillis)) return false;
        address.halfOpen++;
        halfOpen++;
        return true;
    }

    /** Notes that a handshake from this address is over, well or badly. */
    void leave(String name) {
        Address address = addresses.get(name);
        if (address == null || address.halfOpen == 0) throw new IllegalStateException("left without entering");
        address.halfOpen--;
        halfOpen--;
    }

    /** Returns how many are on their way. */
    int halfOpen() {
        return halfOpen;
    }

    /** Returns how many addresses are remembered. */
    int addresses() {
        return addresses.size();
    }

    private void makeRoom() {
        if (addresses.size() < ADDRESSES_MAX) return;
        for (Iterator<Address> oldest = addresses.values().iterator(); oldest.hasNext(); ) {
            if (oldest.next().halfOpen > 0) continue;
            oldest.remove();
            return;
        }
    }

    private static final class Address {
        private final TokenBucket handshakes;
        private int halfOpen;

        Address(TokenBucket handshakes) {
            this.handshakes = handshakes;
        }
    }
}
