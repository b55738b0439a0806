package linnet.app.config;

/** The documentation of the options, made from the table. */
public final class ConfigTable {
    private ConfigTable() {}

    /** Returns a table in Markdown, without a line break at the end. */
    public static String markdown() {
        StringBuilder text = new StringBuilder("| key | variable | flag of `up` | allowed | default | what it is |\n")
                .append("| --- | --- | --- | --- | --- | --- |");
        for (Setting setting : Setting.ALL) {
            text.append("\n| `").append(setting.key()).append("` | `").append(setting.variable());
            text.append("` | `")
                    .append(setting.flag())
                    .append("` | ")
                    .append(setting.rule().allowed());
            String standard = setting.standard().isEmpty() ? "empty" : "`" + setting.standard() + "`";
            text.append(" | ")
                    .append(standard)
                    .append(" | ")
                    .append(setting.doc())
                    .append(" |");
        }
        return text.toString();
    }
}
