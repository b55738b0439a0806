package linnet.bench;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the sources are that this program was built from. The developers' verbs need them; a shipped jar has none. */
public final class Checkout {
    private Checkout() {}

    /** Returns the root of the checkout: the first folder with the core's sources, from the program or the working folder upwards. */
    public static Path root() {
        Path root = above(program());
        if (root == null) root = above(Path.of("").toAbsolutePath());
        if (root == null) throw new IllegalStateException("this verb works in a checkout only, and there is none here");
        return root;
    }

    private static Path program() {
        try {
            return Path.of(Checkout.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("where is this program?", e);
        }
    }

    private static @Nullable Path above(Path start) {
        for (Path at = start; at != null; at = at.getParent())
            if (Files.isDirectory(at.resolve("core/src/main/java/linnet/core"))) return at;
        return null;
    }
}
