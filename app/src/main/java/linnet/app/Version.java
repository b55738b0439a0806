package linnet.app;

/** The version of this program, as its jar says. */
public final class Version {
    private Version() {}

    /** Returns the version; {@code dev} when the program runs from classes. */
    public static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
