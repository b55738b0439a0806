package linnet.jvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import linnet.jvm.HostException.Kind;

/**
 * The network that a home belongs to for ever, in the file {@code network}. What the home keeps (contacts, invites, what waits) means
 * nothing in another one, and a configuration may change.
 */
public final class HomeNetwork {
    static final String FILE = "network";

    private HomeNetwork() {}

    /** Reads the name; empty before the first start, and in homes of the first program. */
    public static Optional<String> read(Path home) {
        try {
            String name = Files.readString(home.resolve(FILE)).stripTrailing();
            return name.isEmpty() ? Optional.empty() : Optional.of(name);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new HostException(Kind.DISK_FAILED, home.resolve(FILE) + " cannot be read: " + e, e);
        }
    }

    /** Notes the network at the first start, and fails with HOME_EXISTS when the home belongs to another one. */
    static void require(Path home, String network) {
        Optional<String> noted = read(home);
        if (noted.isPresent() && !noted.get().equals(network.stripTrailing())) throw other(noted.get(), network);
        if (noted.isEmpty()) Home.writePrivately(home.resolve(FILE), network + "\n");
    }

    /** Returns the refusal of a home that belongs to another network. */
    public static HostException other(String noted, String network) {
        return new HostException(
                Kind.HOME_EXISTS, "This home belongs to the network '" + noted + "', not to '" + network + "'.");
    }
}
