package linnet.bench;

import linnet.app.Main;

/** Starts the linnet command with the developers' verbs beside the published ones. */
public final class DevMain {
    private DevMain() {}

    /** Runs one verb. */
    public static void main(String[] args) {
        Main.main(args);
    }
}
