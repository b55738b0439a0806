/** The protocol core: pure Java, one thread, no I/O. */
module linnet.core {
    requires org.bouncycastle.provider;
    requires static transitive org.jspecify;
}
