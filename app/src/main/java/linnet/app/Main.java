package linnet.app;

/** Starts the linnet command. */
public final class Main {
    private Main() {}

    /** Runs one verb; so far it prints the version. */
    public static void main(String[] args) {
        String version = Main.class.getPackage().getImplementationVersion();
        System.out.println("linnet " + (version == null ? "(from classes)" : version));
    }
}
