package linnet.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import linnet.app.doctor.Doctor;
import linnet.app.doctor.Finding;
import picocli.CommandLine.Command;

/** Looks for what is wrong. */
@Command(
        name = "doctor",
        description =
                "Look for what is wrong with the home, the node, the ports, the clock and the disk, and say what to do.")
final class DoctorVerb extends Verb {
    @Override
    protected int run() {
        List<Finding> findings = Doctor.examine(home(), System.getenv());
        List<Map<String, Object>> objects = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (Finding finding : findings) {
            objects.add(finding.object());
            lines.add(finding.state().sign() + " " + finding.check() + ": " + finding.words()
                    + (finding.code().isEmpty() ? "" : " (" + finding.code() + ")")
                    + (finding.advice().isEmpty() ? "" : "\n  " + finding.advice()));
        }
        boolean well = findings.stream().noneMatch(finding -> finding.state() == Finding.State.BROKEN);
        print(Map.of("ok", well, "findings", objects), String.join("\n", lines));
        return (well ? Exit.OK : Exit.FAILED).status();
    }
}
