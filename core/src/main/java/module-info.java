/** The protocol core: pure Java, one thread, no I/O. */
module linnet.core {
    exports linnet.core.bootstrap;
    exports linnet.core.crypto;
    exports linnet.core.dht;
    exports linnet.core.env;
    exports linnet.core.event;
    exports linnet.core.id;
    exports linnet.core.link;
    exports linnet.core.node;
    exports linnet.core.wire;

    requires org.bouncycastle.provider;
    requires static transitive org.jspecify;
}
