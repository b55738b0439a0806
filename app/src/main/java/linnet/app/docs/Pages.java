package linnet.app.docs;

import java.util.Locale;
import linnet.app.api.LocalApi;
import linnet.app.cli.Exit;
import linnet.app.config.ConfigTable;
import linnet.core.env.Failure;
import linnet.jvm.HostException;

/**
 * The generated pages and parts of pages. A test compares them with the files in {@code docs}; with {@code -Ddocs.write=true} it writes
 * them.
 */
public final class Pages {
    private Pages() {}

    /** Returns docs/ERRORS.md. */
    public static String errors() {
        StringBuilder text = new StringBuilder("# Errors\n\n");
        text.append("""
                Every refusal carries a code: in the log, in the local API (`code`), on the command line (in brackets, and `code` with
                `--json`), and between nodes on the wire. The codes and their numbers never change their meaning. What to do when
                one of them stays: [TROUBLESHOOTING.md](TROUBLESHOOTING.md). This page is made from the program
                (`mvn -pl app -am test -Ddocs.write=true`).

                ## Between nodes, and everywhere

                | number | code | sentence | what to do |
                | --- | --- | --- | --- |
                """);
        for (Failure.Code code : Failure.Code.values()) {
            text.append("| ").append(code.number()).append(" | <a id=\"").append(anchor(code.name()));
            text.append("\"></a>`").append(code.name()).append("` | ").append(code.sentence());
            text.append(" | ").append(code.hint()).append(" |\n");
        }
        text.append("""

                ## On this machine only

                | code | what to do |
                | --- | --- |
                """);
        for (HostException.Kind kind : HostException.Kind.values()) {
            text.append("| <a id=\"")
                    .append(anchor(kind.name()))
                    .append("\"></a>`")
                    .append(kind.name());
            text.append("` | ").append(kind.hint()).append(" |\n");
        }
        return text.append("| <a id=\"not-running\"></a>`NOT_RUNNING` | Start the node: `linnet up`. |\n")
                .append("| <a id=\"usage\"></a>`USAGE` | The message names the flag or key and what is allowed. |\n")
                .toString();
    }

    /** Returns the table of exit statuses. */
    public static String exits() {
        StringBuilder text = new StringBuilder("| status | meaning |\n| --- | --- |\n");
        for (Exit exit : Exit.values())
            text.append("| ")
                    .append(exit.status())
                    .append(" | ")
                    .append(exit.meaning())
                    .append(" |\n");
        return text.toString();
    }

    /** Returns the table of options. */
    public static String options() {
        return ConfigTable.markdown() + "\n";
    }

    /** Returns the list of calls. */
    public static String calls() {
        StringBuilder text = new StringBuilder("```\n");
        for (String call : LocalApi.calls()) text.append(call).append('\n');
        return text.append("```\n").toString();
    }

    private static String anchor(String code) {
        return code.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
