/** The simulator: many nodes, one thread, one seed. */
module linnet.sim {
    exports linnet.sim.dht;
    exports linnet.sim.fault;
    exports linnet.sim.host;
    exports linnet.sim.invariant;
    exports linnet.sim.scenario;

    requires transitive linnet.core;
    requires static transitive org.jspecify;
}
