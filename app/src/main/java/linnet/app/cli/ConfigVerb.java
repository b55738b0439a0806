package linnet.app.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linnet.app.config.Config;
import linnet.app.config.ConfigTable;
import linnet.app.config.Setting;
import picocli.CommandLine.Command;

/** Shows, checks and documents the configuration. */
@Command(
        name = "config",
        description = "Show, check or document the configuration.",
        subcommands = {ConfigVerb.Show.class, ConfigVerb.Check.class, ConfigVerb.Docs.class})
final class ConfigVerb implements Group {

    /** Prints every value and where it comes from. */
    @Command(name = "show", description = "Print every value and where it comes from.")
    static final class Show extends Verb {
        @Override
        protected int run() throws Exception {
            Config config = config();
            Map<String, Object> all = new LinkedHashMap<>();
            List<String> lines = new ArrayList<>();
            for (Setting setting : Setting.ALL) {
                Config.Value value = config.value(setting);
                all.put(setting.key(), Map.of("value", value.text(), "from", value.origin()));
                lines.add(setting.key() + ": " + (value.text().isEmpty() ? "\"\"" : value.text()) + "  # from "
                        + value.origin());
            }
            print(Map.of("home", home().toString(), "config", all), String.join("\n", lines));
            return Exit.OK.status();
        }
    }

    /** Checks the file and the variables. */
    @Command(
            name = "check",
            description = "Check config.yaml and the LINNET_ variables; exit 2 when something is wrong.")
    static final class Check extends Verb {
        @Override
        protected int run() throws Exception {
            config();
            print(Map.of("home", home().toString(), "ok", true), "The configuration is good.");
            return Exit.OK.status();
        }
    }

    /** Prints the documentation of all options. */
    @Command(name = "docs", description = "Print the documentation of every option.")
    static final class Docs extends Verb {
        @Override
        protected int run() {
            List<Map<String, Object>> all = new ArrayList<>();
            for (Setting setting : Setting.ALL) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("key", setting.key());
                row.put("variable", setting.variable());
                row.put("flag", setting.flag());
                row.put("allowed", setting.rule().allowed());
                row.put("default", setting.standard());
                row.put("doc", setting.doc());
                all.add(row);
            }
            print(Map.of("options", all), ConfigTable.markdown());
            return Exit.OK.status();
        }
    }
}
