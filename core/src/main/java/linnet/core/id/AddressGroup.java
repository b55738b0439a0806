package linnet.core.id;

/**
 * Which neighbourhood of addresses a peer is in: those who own one /24 of IPv4 or one /48 of IPv6 can make any number of peers there, so
 * a table takes few of one group (SPEC D4).
 */
public final class AddressGroup {
    /** The group of peers without an address: they are reached over links, and are not limited. */
    public static final int NONE = 0;

    /** Numbers of an IPv4 address, and words of an IPv6 one, that make a group. */
    private static final int PARTS = 3;

    private AddressGroup() {}

    /** Returns the group of an endpoint as a number that is equal for equal groups, and not {@link #NONE}: all before the last number of an IPv4 address, the first three words of IPv6, else the host. */
    public static int of(Endpoint endpoint) {
        String uri = endpoint.uri();
        int from = uri.indexOf("://");
        from = from < 0 ? uri.indexOf(':') + 1 : from + 3;
        boolean isIpv6 = from < uri.length() && uri.charAt(from) == '[';
        int to = isIpv6 ? prefixEnd(uri, from, ':', PARTS) : hostEnd(uri, from);
        if (!isIpv6 && isIpv4(uri, from, to)) to = prefixEnd(uri, from, '.', PARTS);
        int hash = 1;
        for (int i = from; i < to; i++) hash = 31 * hash + uri.charAt(i);
        return hash == NONE ? 1 : hash;
    }

    private static int hostEnd(String uri, int from) {
        int at = from;
        while (at < uri.length() && uri.charAt(at) != ':' && uri.charAt(at) != '/') at++;
        return at;
    }

    private static boolean isIpv4(String uri, int from, int to) {
        int dots = 0;
        for (int i = from; i < to; i++) {
            char c = uri.charAt(i);
            if (c == '.') dots++;
            else if (c < '0' || c > '9') return false;
        }
        return dots == 3;
    }

    /** Returns where the separator comes for the {@code count}th time, or the end. */
    private static int prefixEnd(String uri, int from, char separator, int count) {
        int left = count;
        for (int i = from; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c == ']' || c == '/') return i;
            if (c == separator && --left == 0) return i;
        }
        return uri.length();
    }
}
