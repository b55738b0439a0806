package linnet.app.cli;

import java.util.Map;
import linnet.app.Version;
import picocli.CommandLine.Command;

/** Prints the version of the program. */
@Command(name = "version", description = "Print the version of this program and of Java.")
final class VersionVerb extends Verb {
    @Override
    protected int run() {
        String java = Runtime.version().toString();
        print(Map.of("version", Version.text(), "java", java), "linnet " + Version.text() + " (Java " + java + ")");
        return Exit.OK.status();
    }
}
