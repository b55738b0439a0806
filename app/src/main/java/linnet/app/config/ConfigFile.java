package linnet.app.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linnet.app.json.Json;
import linnet.jvm.Home;

/** Changes config.yaml as a person would: the line of a key, and nothing else of what they wrote. */
public final class ConfigFile {
    private ConfigFile() {}

    /**
     * Sets keys of the first level, whole or not at all. One change after the other: each reads what the last one has written.
     *
     * @return what the file says now
     * @throws ConfigFault when the file cannot be read, or says something else afterwards: then it stays as it was
     */
    public static synchronized Config change(Path home, Map<Setting, String> changes) throws ConfigFault, IOException {
        Path file = home.resolve(Config.FILE);
        List<String> lines = new ArrayList<>(read(file));
        for (Map.Entry<Setting, String> change : changes.entrySet()) {
            Setting setting = change.getKey();
            if (!setting.rule().takes(change.getValue()))
                throw new ConfigFault(
                        setting.key() + ": allowed: " + setting.rule().allowed());
            if (setting.key().indexOf('.') >= 0)
                throw new IllegalArgumentException("not of the first level: " + setting.key());
            put(lines, setting.key() + ":", setting.key() + ": " + Json.write(change.getValue()));
        }
        String text = String.join("\n", lines) + "\n";
        Map<Setting, String> wished = new LinkedHashMap<>(changes);
        Config after = Config.of(text);
        wished.entrySet().removeIf(one -> after.text(one.getKey()).equals(one.getValue()));
        if (!wished.isEmpty())
            throw new ConfigFault(Config.FILE + ": "
                    + wished.keySet().iterator().next().key() + " is written in a way that only its author can change");
        Home.writePrivately(file, text);
        return after;
    }

    /** Returns the text of a fresh file with these settings, in the order of the table. */
    public static String text(Map<Setting, String> settings) {
        StringBuilder text = new StringBuilder("# All options: linnet config docs\n");
        String section = "";
        for (Setting setting : Setting.ALL) {
            String value = settings.get(setting);
            if (value == null) continue;
            int point = setting.key().indexOf('.');
            String above = point < 0 ? "" : setting.key().substring(0, point);
            if (!above.isEmpty() && !above.equals(section)) text.append(above).append(":\n");
            section = above;
            text.append(point < 0 ? "" : "  ").append(setting.key().substring(point + 1));
            // JSON strings are YAML strings.
            text.append(": ").append(Json.write(value)).append('\n');
        }
        return text.toString();
    }

    private static void put(List<String> lines, String key, String line) {
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith(key)) continue;
            lines.set(i, line);
            return;
        }
        lines.add(line);
    }

    private static List<String> read(Path file) throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
