package linnet.app.cli;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import linnet.app.node.OfflineHome;
import linnet.app.node.Running;
import linnet.core.env.Failure;
import linnet.jvm.Home;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies a home into one encrypted file. */
@Command(
        name = "backup",
        description = "Copy keys, contacts and history into one encrypted file; the node may run meanwhile.",
        footer = "%nThe passphrase comes from --passphrase-file, from LINNET_BACKUP_PASSPHRASE, or is asked for.")
final class BackupVerb extends NodeVerb {
    @Parameters(paramLabel = "<file>", description = "The file to write; it must not exist yet.")
    @SuppressWarnings("NullAway.Init")
    Path file;

    @Option(names = "--passphrase-file", paramLabel = "<file>", description = "Its first line opens the backup.")
    @Nullable
    Path passphraseFile;

    @Override
    protected int run() throws Exception {
        Path target = file.toAbsolutePath().normalize();
        if (Files.exists(target)) throw CommandFailure.usage("<file>: " + target + " exists already");
        char[] passphrase = Secrets.ofBackup(passphraseFile, true);
        Path fresh = target.resolveSibling(target.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (OutputStream out = Home.openPrivately(fresh)) {
            write(passphrase, out);
        } catch (Exception e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
        Files.move(fresh, target);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("file", target.toString());
        result.put("bytes", Files.size(target));
        print(result, target + ", " + Files.size(target) / 1_024 + " KB");
        say("Keep it apart from its passphrase. To get it back: linnet restore <file> --home <new folder>");
        return Exit.OK.status();
    }

    private void write(char[] passphrase, OutputStream out) throws Exception {
        Optional<Running> running = Running.read(home()).filter(last -> last.answers(home()));
        if (running.isPresent()) node().file("backup", Map.of("passphrase", new String(passphrase)), out);
        else if (Home.exists(home())) OfflineHome.backup(home(), config(), passphrase, out);
        else throw CommandFailure.of(new Failure(Failure.Code.NOT_FOUND, "there is no home in " + home()));
        out.flush();
    }
}
