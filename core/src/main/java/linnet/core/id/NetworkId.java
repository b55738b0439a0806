package linnet.core.id;

/**
 * A network: peers of different networks never link (SPEC I4). The hash of the network's name.
 *
 * @param key the 256 bits
 */
public record NetworkId(Key key) {}
