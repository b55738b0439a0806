package linnet.app.config;

/** The configuration cannot be used; the message names the key, where it was set, and what is allowed. */
public final class ConfigFault extends Exception {
    private static final long serialVersionUID = 1;

    ConfigFault(String message) {
        super(message);
    }
}
