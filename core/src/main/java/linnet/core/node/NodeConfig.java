package linnet.core.node;

import linnet.core.crypto.Crypto;
import linnet.core.id.Bytes;
import linnet.core.id.Key;
import linnet.core.id.NetworkId;

/**
 * What a node is told at the start.
 *
 * @param name what the person calls themself, 0 to 64 characters
 * @param network the network's name, 1 to 64 characters; its hash is the network id
 * @param receipts whether READ is told to contacts
 */
public record NodeConfig(String name, String network, boolean receipts) {
    /** Longest name in characters. */
    public static final int NAME_CHARS_MAX = 64;

    private static final Bytes NETWORK_DOMAIN = Bytes.utf8("linnet/network/1");

    /** Checks the lengths. */
    public NodeConfig {
        checkName(name);
        if (network.isEmpty() || network.length() > NAME_CHARS_MAX)
            throw new IllegalArgumentException("network of " + network.length() + " characters, allowed are 1 to 64");
    }

    static void checkName(String name) {
        if (name.length() > NAME_CHARS_MAX)
            throw new IllegalArgumentException("name of " + name.length() + " characters, allowed are 0 to 64");
    }

    /** Returns the defaults. */
    public static NodeConfig defaults() {
        return new NodeConfig("", "linnet", true);
    }

    /** Returns the id of the network: the hash of its name. */
    public NetworkId networkId(Crypto crypto) {
        return new NetworkId(Key.of(crypto.sha256(Bytes.concat(NETWORK_DOMAIN, Bytes.utf8(network)))));
    }
}
