package linnet.core.node;

import java.util.List;
import linnet.core.bootstrap.Door;
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
 * @param roles what it does for the network; none for a person's node
 * @param bootstrap nodes that let it into the network when nobody else does, at most {@value #DOORS_MAX}
 */
public record NodeConfig(String name, String network, boolean receipts, List<Role> roles, List<Door> bootstrap) {
    /** Most bootstrap nodes: with as many, one of three that are drawn is there even when two of three are gone. */
    public static final int DOORS_MAX = 16;

    /** Longest name in characters. */
    public static final int NAME_CHARS_MAX = 64;

    private static final Bytes NETWORK_DOMAIN = Bytes.utf8("linnet/network/1");

    /** Checks the lengths. */
    public NodeConfig {
        checkName(name);
        if (bootstrap.size() > DOORS_MAX)
            throw new IllegalArgumentException(bootstrap.size() + " bootstrap nodes, allowed are " + DOORS_MAX);
        roles = List.copyOf(roles);
        bootstrap = List.copyOf(bootstrap);
        if (network.isEmpty() || network.length() > NAME_CHARS_MAX)
            throw new IllegalArgumentException("network of " + network.length() + " characters, allowed are 1 to 64");
    }

    /** Creates what a person's node is told that knows no bootstrap node. */
    public NodeConfig(String name, String network, boolean receipts) {
        this(name, network, receipts, List.of(), List.of());
    }

    /** Returns the same under another name. */
    public NodeConfig withName(String other) {
        return new NodeConfig(other, network, receipts, roles, bootstrap);
    }

    /** Returns the same with READ told, or not. */
    public NodeConfig withReceipts(boolean told) {
        return new NodeConfig(name, network, told, roles, bootstrap);
    }

    /** Returns the same with other roles. */
    public NodeConfig withRoles(List<Role> others) {
        return new NodeConfig(name, network, receipts, others, bootstrap);
    }

    /** Returns the same with other bootstrap nodes. */
    public NodeConfig withBootstrap(List<Door> doors) {
        return new NodeConfig(name, network, receipts, roles, doors);
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
