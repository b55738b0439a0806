package linnet.core.link;

import java.util.LinkedHashMap;
import java.util.Map;

/** Who may begin a handshake: so many at a time, and few of them from one address. */
final class Admission {
    private final int max;
    private final int perAddressMax;
    private final Map<String, Integer> halfOpenByAddress = new LinkedHashMap<>();
    private int halfOpen;

    Admission(int max, int perAddressMax) {
        this.max = max;
        this.perAddressMax = perAddressMax;
    }

    /** Lets a handshake begin, or returns false if there are too many. */
    boolean enter(String address) {
        int here = halfOpenByAddress.getOrDefault(address, 0);
        if (halfOpen >= max || here >= perAddressMax) return false;
        halfOpenByAddress.put(address, here + 1);
        halfOpen++;
        return true;
    }

    /** Notes that a handshake from this address is over, well or badly. */
    void leave(String address) {
        Integer here = halfOpenByAddress.get(address);
        if (here == null) throw new IllegalStateException("left without entering");
        if (here == 1) halfOpenByAddress.remove(address);
        else halfOpenByAddress.put(address, here - 1);
        halfOpen--;
    }

    /** Returns how many are on their way. */
    int halfOpen() {
        return halfOpen;
    }
}
