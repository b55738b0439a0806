package linnet.app.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import linnet.jvm.Home;

/** The token of the local API: whoever can read the file may use the node. */
public final class Token {
    /** As many bits as the keys have. */
    private static final int BYTES = 32;

    private Token() {}

    /** Reads the token, or makes one in a file that only the owner can read. */
    static String readOrMake(Path home) throws IOException {
        Optional<String> there = read(home);
        if (there.isPresent()) return there.get();
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Home.writePrivately(Home.apiToken(home), token + "\n");
        return token;
    }

    /** Reads the token; empty when the home has none. */
    public static Optional<String> read(Path home) throws IOException {
        try {
            String token = Files.readString(Home.apiToken(home)).strip();
            return token.isEmpty() ? Optional.empty() : Optional.of(token);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
