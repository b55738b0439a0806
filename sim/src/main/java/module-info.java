/** The simulator: many nodes, one thread, one seed. */
module linnet.sim {
    requires transitive linnet.core;
    requires static transitive org.jspecify;
}
