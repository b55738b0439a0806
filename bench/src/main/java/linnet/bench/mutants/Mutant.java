package linnet.bench.mutants;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A planted bug: one place of the source, and what a tired author might have written there.
 * <pre>
 * why: what goes wrong for people
 * in: core/src/main/java/linnet/core/message/Inbox.java
 * by: campaign
 * --- before
 * text that occurs once in that file
 * --- after
 * text that takes its place
 * </pre>
 * The line {@code by} is there when seeds of {@code sim campaign} hunt it instead of those of {@code sim talk}.
 *
 * @param name the name of its file, without the ending
 * @param why what goes wrong for people
 * @param isOfNetwork whether seeds of {@code sim campaign} hunt it
 * @param file the source, from the root of the checkout
 * @param before what stands there
 * @param after what stands there in the mutant
 */
public record Mutant(String name, String why, boolean isOfNetwork, String file, String before, String after) {
    private static final String FOLDER = "/mutants/";
    private static final String LIST = FOLDER + "list.txt";
    private static final String BEFORE = "\n--- before\n";
    private static final String AFTER = "\n--- after\n";

    /** Returns every mutant of the list, in its order. */
    public static List<Mutant> all() {
        List<Mutant> mutants = new ArrayList<>();
        for (String name : resource(LIST).lines().toList()) if (!name.isBlank()) mutants.add(named(name));
        return mutants;
    }

    /** Returns the mutant described in the file of that name. */
    public static Mutant named(String name) {
        String text = resource(FOLDER + name + ".txt");
        int before = text.indexOf(BEFORE);
        int after = text.indexOf(AFTER);
        if (before < 0 || after < before)
            throw new IllegalArgumentException(name + ": '--- before' or '--- after' is missing");
        String head = text.substring(0, before);
        return new Mutant(
                name,
                field(name, head, "why: "),
                head.lines().anyMatch("by: campaign"::equals),
                field(name, head, "in: "),
                text.substring(before + BEFORE.length(), after),
                text.substring(after + AFTER.length()).stripTrailing());
    }

    /** Returns the source with the bug in it. */
    public String patched(Path root) {
        String source;
        try {
            source = Files.readString(root.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": cannot read " + file, e);
        }
        int at = source.indexOf(before);
        if (at < 0)
            throw new IllegalStateException(name + ": the text is not in " + file + " any more; adapt the mutant");
        if (source.indexOf(before, at + 1) >= 0)
            throw new IllegalStateException(name + ": the text occurs twice in " + file);
        return source.substring(0, at) + after + source.substring(at + before.length());
    }

    /** Returns the class that is patched, as {@code linnet.core.message.Inbox}. */
    public String className() {
        String inSources = file.substring(file.indexOf("/java/") + "/java/".length());
        return inSources.substring(0, inSources.length() - ".java".length()).replace('/', '.');
    }

    private static String field(String name, String head, String key) {
        for (String line : head.lines().toList()) if (line.startsWith(key)) return line.substring(key.length());
        throw new IllegalArgumentException(name + ": '" + key + "' is missing");
    }

    private static String resource(String path) {
        try (InputStream in = Mutant.class.getResourceAsStream(path)) {
            if (in == null) throw new IllegalArgumentException("no mutant is described in " + path);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
