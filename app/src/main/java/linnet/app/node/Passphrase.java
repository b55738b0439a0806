package linnet.app.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import linnet.app.config.Config;
import linnet.app.config.Setting;
import linnet.jvm.HostException;
import org.jspecify.annotations.Nullable;

/** Where the passphrase of a home comes from. It is never an argument: those are seen by every user of the machine. */
final class Passphrase {
    static final String VARIABLE = "LINNET_PASSPHRASE";

    private Passphrase() {}

    /** Returns the passphrase, or null when none was given. */
    static char @Nullable [] from(Config config) {
        String file = config.text(Setting.PASSPHRASE_FILE);
        if (!file.isEmpty()) return firstLine(Path.of(file));
        String variable = System.getenv(VARIABLE);
        return variable == null || variable.isEmpty() ? null : variable.toCharArray();
    }

    private static char[] firstLine(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            if (!lines.isEmpty() && !lines.get(0).isEmpty()) return lines.get(0).toCharArray();
            throw new HostException(HostException.Kind.PASSPHRASE_NEEDED, "the passphrase file is empty: " + file);
        } catch (IOException e) {
            throw new HostException(
                    HostException.Kind.PASSPHRASE_NEEDED, "the passphrase file cannot be read: " + file, e);
        }
    }
}
