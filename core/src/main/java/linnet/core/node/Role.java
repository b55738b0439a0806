package linnet.core.node;

/** What a node does for the network beside, or in place of, being a person's. */
public enum Role {
    /** Lets newcomers in: they dial it, ask, and are asked to leave. */
    BOOTSTRAP,
    /** Passes questions on and keeps no records of others. */
    BRIDGE
}
