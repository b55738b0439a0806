package linnet.app.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a verb gets a passphrase from: a file, a variable, or the keyboard. Never an argument: every user of the machine sees those. */
final class Secrets {
    /** The variable of a backup's passphrase, for scripts. */
    static final String BACKUP_VARIABLE = "LINNET_BACKUP_PASSPHRASE";

    private Secrets() {}

    /**
     * Returns the passphrase of a backup.
     *
     * @param file its first line, if one is given
     * @param fresh whether it is a new one, which is typed twice
     */
    @SuppressWarnings(
            "SystemConsoleNull") // JDK 17 has no console without a terminal; newer ones then read what is piped in
    static char[] ofBackup(@Nullable Path file, boolean fresh) throws CommandFailure, IOException {
        if (file != null) return firstLine(file);
        String variable = System.getenv(BACKUP_VARIABLE);
        if (variable != null && !variable.isEmpty()) return variable.toCharArray();
        Console console = System.console();
        if (console == null)
            throw CommandFailure.usage(
                    "a passphrase is needed: --passphrase-file, " + BACKUP_VARIABLE + ", or a keyboard");
        char[] typed = typed(console, "Passphrase of the backup: ");
        if (fresh && !Arrays.equals(typed, typed(console, "The same again: ")))
            throw CommandFailure.usage("the two passphrases differ");
        return typed;
    }

    private static char[] typed(Console console, String question) throws CommandFailure {
        char[] typed = console.readPassword("%s", question);
        if (typed == null || typed.length == 0) throw CommandFailure.usage("a backup needs a passphrase");
        return typed;
    }

    private static char[] firstLine(Path file) throws CommandFailure, IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || lines.get(0).isEmpty())
            throw CommandFailure.usage("--passphrase-file: the first line of " + file + " is empty");
        return lines.get(0).toCharArray();
    }
}
