package linnet.app.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import linnet.app.doctor.BugReport;
import linnet.app.doctor.Doctor;
import linnet.app.node.Running;
import picocli.CommandLine.Command;

/** Prints what helps to find a fault. */
@Command(
        name = "bugreport",
        description =
                "Print what helps to find a fault: versions, options, counts, codes. No keys, words, names or addresses.")
final class BugReportVerb extends NodeVerb {
    @Override
    protected int run() throws Exception {
        Optional<Running> running = Running.read(home()).filter(last -> last.answers(home()));
        String text = running.isPresent() ? ofNode() : BugReport.ofHome(home());
        text += BugReport.findings(Doctor.examine(home(), System.getenv()));
        print(Map.of("text", text), text.stripTrailing());
        return Exit.OK.status();
    }

    private String ofNode() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        node().file("bugreport", Map.of(), bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
