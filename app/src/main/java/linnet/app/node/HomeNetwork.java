package linnet.app.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import linnet.jvm.Home;
import linnet.jvm.HostException;

/**
 * The network that a home belongs to for ever, in the file {@code network}. What the home keeps (contacts, invites, what waits) means
 * nothing in another one, and the configuration may change.
 */
public final class HomeNetwork {
    /** Its name in the home. */
    static final String FILE = "network";

    private HomeNetwork() {}

    /** Reads the name; empty before the first start. */
    public static Optional<String> read(Path home) throws IOException {
        try {
            String name = Files.readString(home.resolve(FILE)).strip();
            return name.isEmpty() ? Optional.empty() : Optional.of(name);
        } catch (NoSuchFileException e) {
            // A home of the first program, which noted it with the ports.
            return Running.read(home).map(Running::network);
        }
    }

    /**
     * Notes the network at the first start.
     *
     * @throws HostException HOME_EXISTS when the home belongs to another one
     */
    static void require(Path home, String network) throws IOException {
        Optional<String> noted = read(home);
        if (noted.isPresent() && !noted.get().equals(network))
            throw new HostException(
                    HostException.Kind.HOME_EXISTS,
                    "this home belongs to the network '" + noted.get() + "', not to '" + network + "'");
        if (!Files.exists(home.resolve(FILE))) Home.writePrivately(home.resolve(FILE), network + "\n");
    }
}
