package linnet.web.same;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An installed JDK.
 *
 * @param java its launcher
 * @param version as it names itself, {@code 25.0.3}
 */
public record Jdk(Path java, String version) {
    private static final String VERSION_KEY = "JAVA_VERSION=";

    /** What to do when there is no newer one. */
    public static final String ADVICE =
            "install a newer JDK (apt-get install openjdk-25-jdk, or from adoptium.net), or set JAVA_HOME_25 to one";

    /** Returns the one that runs this program. */
    public static Jdk current() {
        return new Jdk(launcher(Path.of(System.getProperty("java.home"))), System.getProperty("java.version"));
    }

    /** Returns the newest installed JDK above the current feature version. */
    public static Optional<Jdk> newer() {
        Jdk newest = current();
        for (Path home : homes()) {
            Optional<Jdk> there = at(home);
            if (there.isPresent() && there.get().feature() > newest.feature()) newest = there.get();
        }
        return newest.feature() > current().feature() ? Optional.of(newest) : Optional.empty();
    }

    /** Returns the feature version, {@code 25}. */
    public int feature() {
        return Runtime.Version.parse(version).feature();
    }

    private static Optional<Jdk> at(Path home) {
        if (!Files.isExecutable(launcher(home))) return Optional.empty();
        try (Stream<String> lines = Files.lines(home.resolve("release"))) {
            return lines.filter(line -> line.startsWith(VERSION_KEY))
                    .map(line -> line.substring(VERSION_KEY.length()).replace("\"", ""))
                    .map(version -> new Jdk(launcher(home), version))
                    .findFirst();
        } catch (IOException unnamed) {
            return Optional.empty();
        }
    }

    /** JAVA_HOME and JAVA_HOME_25, and where the usual installers put JDKs. */
    private static List<Path> homes() {
        List<Path> homes = new ArrayList<>();
        System.getenv().forEach((name, value) -> {
            if (name.startsWith("JAVA_HOME")) homes.add(Path.of(value));
        });
        Path user = Path.of(System.getProperty("user.home"));
        for (Path folder : List.of(
                Path.of("/usr/lib/jvm"),
                Path.of("/Library/Java/JavaVirtualMachines"),
                user.resolve(".sdkman/candidates/java"),
                user.resolve(".jdks"))) {
            for (Path home : entries(folder)) {
                homes.add(home);
                homes.add(home.resolve("Contents/Home"));
            }
        }
        return homes;
    }

    private static List<Path> entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException noSuchFolder) {
            return List.of();
        }
    }

    private static Path launcher(Path home) {
        return home.resolve("bin").resolve("java");
    }
}
