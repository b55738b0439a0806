package linnet.app.cli;

/** A verb that only holds other verbs. Called alone it shows its help, and that is a usage error. */
public interface Group {}
