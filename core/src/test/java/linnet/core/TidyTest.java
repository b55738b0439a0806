package linnet.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rules of docs/STYLE.md that neither the compiler nor the formatter checks, in every module. */
class TidyTest {
    /** Longer than this is two stories in one file. */
    private static final int LINES_MAX = 500;

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static final Set<String> MADE = Set.of("target", "node_modules", "dist", ".git");

    private static final Pattern VAGUE_NAME = Pattern.compile(
            "(Abstract|Base)[A-Z].*\\.java|.*(Manager|Helper|Helpers|Util|Utils|Impl|Service|Processor|Data|Info)\\.java");

    /** Spelled in two halves, so that this file passes its own test. */
    private static final Pattern LOOSE_END = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

    /** Paths of one machine and named package sources, spelled in halves too. */
    private static final Pattern OWN_MACHINE = Pattern.compile("/wo" + "rk/|/tmp/" + "wt|/ro" + "ot/");

    private static final Pattern PACKAGE_SOURCE =
            Pattern.compile("\"resolved\": *\"ht" + "tp|<(plugin)?[rR]epo" + "sitory>|^ *regis" + "try *=");

    private static final Pattern TEXT = Pattern.compile(
            ".*\\.(java|ts|tsx|js|mjs|css|html|json|xml|yaml|yml|md|txt|sh|proto|sql|properties)|.*/(linnet|run|\\.npmrc)");

    @Test
    void sourcesAreNamedAfterWhatTheyAre() {
        assertThat(javaFiles("java"))
                .allSatisfy(file -> assertThat(file.getFileName().toString())
                        .as(ROOT.relativize(file) + ": say what it is")
                        .doesNotMatch(VAGUE_NAME));
    }

    @Test
    void mainSourcesFitOneStory() {
        assertThat(javaFiles("src/main/java"))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(linesOf(file).size())
                        .as(ROOT.relativize(file) + ": lines; split it")
                        .isLessThanOrEqualTo(LINES_MAX));
    }

    @Test
    void everyPackageSaysWhatItIs() {
        assertThat(javaFiles("src/main/java"))
                .filteredOn(file -> !file.endsWith("module-info.java"))
                .allSatisfy(file -> assertThat(file.resolveSibling("package-info.java"))
                        .as(ROOT.relativize(file) + ": its package")
                        .exists());
    }

    @Test
    void nothingIsLeftUnfinished() {
        assertThat(faults(javaFiles("java"), LOOSE_END))
                .as("finish it or open an issue")
                .isEmpty();
    }

    @Test
    void nothingNamesOneMachine() {
        assertThat(faults(files(TEXT), OWN_MACHINE)).as("paths of one machine").isEmpty();
    }

    @Test
    void nothingNamesAPackageSource() {
        assertThat(faults(files(TEXT), PACKAGE_SOURCE))
                .as("named package sources")
                .isEmpty();
    }

    @Test
    void sourcesHaveNoTabs() {
        assertThat(faults(javaFiles("java"), Pattern.compile("\t"))).as("tabs").isEmpty();
    }

    private static List<String> faults(List<Path> files, Pattern pattern) {
        List<String> faults = new ArrayList<>();
        for (Path file : files) {
            List<String> lines = linesOf(file);
            for (int i = 0; i < lines.size(); i++)
                if (pattern.matcher(lines.get(i)).find())
                    faults.add(ROOT.relativize(file) + ":" + (i + 1) + ": "
                            + lines.get(i).strip());
        }
        return faults;
    }

    private static List<Path> javaFiles(String below) {
        return files(Pattern.compile(".*/src/.*java")).stream()
                .filter(file -> file.toString().contains("/" + below + "/"))
                .toList();
    }

    /** The files of the tree whose path matches, without what a build made or downloaded. */
    private static List<Path> files(Pattern path) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return MADE.contains(directory.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (path.matcher(file.toString()).matches()) found.add(file);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Collections.sort(found);
        return found;
    }

    private static List<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
