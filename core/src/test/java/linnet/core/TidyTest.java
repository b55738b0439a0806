package linnet.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of docs/STYLE.md that neither the compiler nor the formatter checks, in every module. */
class TidyTest {
    /** Longer than this is two stories in one file. */
    private static final int LINES_MAX = 500;

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static final Pattern VAGUE_NAME = Pattern.compile(
            "(Abstract|Base)[A-Z].*\\.java|.*(Manager|Helper|Helpers|Util|Utils|Impl|Service|Processor|Data|Info)\\.java");

    /** Spelled in two halves, so that this file passes its own test. */
    private static final Pattern LOOSE_END = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

    /** Paths of one machine, in two halves too. */
    private static final Pattern OWN_MACHINE = Pattern.compile("/wo" + "rk/|/tmp/" + "wt|/home/[a-z]|/ro" + "ot/");

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
        assertThat(faults(LOOSE_END)).as("finish it or open an issue").isEmpty();
    }

    @Test
    void nothingNamesOneMachine() {
        assertThat(faults(OWN_MACHINE)).as("paths of one machine").isEmpty();
    }

    @Test
    void sourcesHaveNoTabs() {
        assertThat(faults(Pattern.compile("\t"))).as("tabs").isEmpty();
    }

    private static List<String> faults(Pattern pattern) {
        List<String> faults = new ArrayList<>();
        for (Path file : javaFiles("java")) {
            List<String> lines = linesOf(file);
            for (int i = 0; i < lines.size(); i++)
                if (pattern.matcher(lines.get(i)).find())
                    faults.add(ROOT.relativize(file) + ":" + (i + 1) + ": "
                            + lines.get(i).strip());
        }
        return faults;
    }

    private static List<Path> javaFiles(String below) {
        try (Stream<Path> walk = Files.walk(ROOT)) {
            return walk.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> path.toString().contains("/src/"))
                    .filter(path -> !path.toString().contains("/target/"))
                    .filter(path -> path.toString().contains("/" + below + "/"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
