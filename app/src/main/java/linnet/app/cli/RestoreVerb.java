package linnet.app.cli;

import java.io.BufferedInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import linnet.app.node.OfflineHome;
import linnet.jvm.Backup;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a new home from a backup. */
@Command(
        name = "restore",
        description =
                "Make a new home from a backup. The old home must not be used again: both would be the same device.",
        footer =
                "%nThe passphrase of the backup comes from --passphrase-file, from LINNET_BACKUP_PASSPHRASE, or is asked for. With%n"
                        + "LINNET_PASSPHRASE the keys of the new home are encrypted.")
final class RestoreVerb extends Verb {
    @Parameters(paramLabel = "<file>", description = "What 'linnet backup' wrote.")
    @SuppressWarnings("NullAway.Init")
    Path file;

    @Option(names = "--passphrase-file", paramLabel = "<file>", description = "Its first line opens the backup.")
    @Nullable
    Path passphraseFile;

    @Option(names = "--check", description = "Only read the backup to its end, and say what it is.")
    boolean check;

    @Override
    protected int run() throws Exception {
        if (!Files.isRegularFile(file)) throw CommandFailure.usage("<file>: there is no file " + file);
        char[] passphrase = Secrets.ofBackup(passphraseFile, false);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            Backup.About about = check ? Backup.check(in, passphrase) : OfflineHome.restore(in, passphrase, home());
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("home", home().toString());
            result.put("restored", !check);
            result.put("user", about.user().toString());
            result.put("name", about.node().name());
            result.put("network", about.node().network());
            result.put("madeMillis", about.wallMillis());
            String what = about.node().name() + " in network " + about.node().network() + ", as of "
                    + Instant.ofEpochMilli(about.wallMillis());
            print(result, check ? "The backup is whole: " + what : "Restored into " + home() + ": " + what);
            if (!check) say("Start it: linnet up --home " + home() + ". Never start the old home again.");
        }
        return Exit.OK.status();
    }
}
