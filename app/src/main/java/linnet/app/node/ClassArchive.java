package linnet.app.node;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JVM's archive of the program's classes (AppCDS): with it a node starts with half of the work. The script of a checkout makes one beside
 * the program and names it in {@code LINNET_ARCHIVE}; for {@code java -jar linnet.jar} the first node makes one in its home. The JVM
 * itself refuses an archive of another program or another Java, and then starts as if there were none.
 */
final class ClassArchive {
    private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);
    private static final String VARIABLE = "LINNET_ARCHIVE";
    private static final String FILE = "linnet.jsa";

    private ClassArchive() {}

    /** Returns the options of a JVM that starts with the archive; none when there is no archive yet. */
    static List<String> options(Path home) throws IOException {
        String given = given();
        Path archive = given == null ? home.resolve(FILE) : Path.of(given);
        if (!Files.exists(archive) || Files.size(archive) == 0) return List.of();
        return List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:disable", "-Xlog:all=error:stderr");
    }

    /** Makes the archive, in a process of its own and at leisure, when this node runs from a jar that has none. */
    static void makeWhenMissing(Path home) {
        try {
            Path jar = Path.of(System.getProperty("java.class.path", ""));
            boolean isJar = jar.toString().endsWith(".jar") && Files.isRegularFile(jar);
            if (given() != null || !isJar || isFresh(home.resolve(FILE), jar)) return;
            Path fresh = home.resolve(FILE + ".new");
            Files.deleteIfExists(fresh);
            Process maker = new ProcessBuilder(command(jar, fresh))
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var unused = maker.onExit().thenAccept(ended -> keep(fresh, home.resolve(FILE), ended.exitValue()));
        } catch (IOException e) {
            LOG.debug("no archive of classes: {}", e.toString());
        }
    }

    private static boolean isFresh(Path archive, Path jar) throws IOException {
        return Files.exists(archive)
                && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) >= 0;
    }

    private static List<String> command(Path jar, Path archive) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/nice"))) command.add("/usr/bin/nice");
        command.add(Background.java());
        command.addAll(List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:disable", "-XX:+UseSerialGC", "-Xmx256m"));
        command.addAll(List.of("-jar", jar.toString(), "warm-up"));
        return command;
    }

    /** An empty file says that it does not work here, so that not every start tries again. */
    private static void keep(Path fresh, Path archive, int status) {
        try {
            if (status != 0 || !Files.exists(fresh)) Files.write(fresh, new byte[0]);
            Files.move(fresh, archive, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.debug("the archive of classes was not kept: {}", e.toString());
        }
    }

    private static @Nullable String given() {
        return System.getenv(VARIABLE);
    }
}
