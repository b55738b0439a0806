package linnet.app.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The value of every {@link Setting}, and where it came from: flag over variable over file over default. */
public final class Config {
    /** The file in the home. */
    public static final String FILE = "config.yaml";

    /** Longest configuration file in characters; ours has forty lines. */
    private static final int FILE_CHARS_MAX = 65_536;

    private final Map<Setting, Value> values;

    private Config(Map<Setting, Value> values) {
        this.values = values;
    }

    /**
     * One value.
     *
     * @param text as it was written
     * @param origin {@code flag}, the variable, the file, or {@code default}
     */
    public record Value(String text, String origin) {}

    /**
     * Reads the configuration.
     *
     * @param home its config.yaml is read if it is there
     * @param environment the environment variables
     * @param flags values by key, as given on the command line
     * @throws ConfigFault when a key is unknown or a value not allowed
     */
    public static Config load(Path home, Map<String, String> environment, Map<String, String> flags)
            throws ConfigFault {
        return of(readFile(home.resolve(FILE)), environment, flags);
    }

    /** Returns what a file with this text says. */
    static Config of(String text) throws ConfigFault {
        return of(parse(text), Map.of(), Map.of());
    }

    private static Config of(Map<String, String> file, Map<String, String> environment, Map<String, String> flags)
            throws ConfigFault {
        Map<Setting, Value> values = new LinkedHashMap<>();
        for (Setting setting : Setting.ALL) {
            Value value = new Value(setting.standard(), "default");
            String inFile = file.remove(setting.key());
            if (inFile != null) value = checked(setting, setting.key(), new Value(inFile, FILE));
            String inEnvironment = environment.get(setting.variable());
            if (inEnvironment != null)
                value = checked(setting, setting.variable(), new Value(inEnvironment, setting.variable()));
            String inFlags = flags.get(setting.key());
            if (inFlags != null) value = checked(setting, setting.flag(), new Value(inFlags, "flag"));
            values.put(setting, value);
        }
        if (!file.isEmpty()) throw unknown(file.keySet().iterator().next());
        return new Config(values);
    }

    /** Returns a value as text. */
    public String text(Setting setting) {
        return value(setting).text();
    }

    /** Returns whether a switch is on. */
    public boolean isOn(Setting setting) {
        return text(setting).equals("on");
    }

    /** Returns a number; {@code auto} is -1. */
    public int number(Setting setting) {
        String text = text(setting);
        return text.equals("auto") ? -1 : Integer.parseInt(text);
    }

    /** Returns a value and where it came from. */
    public Value value(Setting setting) {
        Value value = values.get(setting);
        if (value == null) throw new IllegalArgumentException("not in the table: " + setting.key());
        return value;
    }

    private static Value checked(Setting setting, String writtenAs, Value value) throws ConfigFault {
        if (setting.rule().takes(value.text())) return value;
        throw new ConfigFault(writtenAs + ": '" + value.text() + "' is not possible; allowed: "
                + setting.rule().allowed());
    }

    private static ConfigFault unknown(String key) {
        List<String> keys = Setting.ALL.stream().map(Setting::key).toList();
        String meant = Nearest.of(key, keys)
                .map(near -> "; did you mean '" + near + "'?")
                .orElse("; known keys: " + String.join(", ", keys));
        return new ConfigFault(FILE + ": unknown key '" + key + "'" + meant);
    }

    private static Map<String, String> readFile(Path path) throws ConfigFault {
        try {
            return parse(Files.readString(path));
        } catch (NoSuchFileException e) {
            return new TreeMap<>();
        } catch (CharacterCodingException e) {
            throw new ConfigFault(FILE + ": is not UTF-8 text");
        } catch (IOException e) {
            throw new ConfigFault(FILE + ": cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static Map<String, String> parse(String text) throws ConfigFault {
        if (text.length() > FILE_CHARS_MAX)
            throw new ConfigFault(FILE + ": longer than " + FILE_CHARS_MAX + " characters");
        Map<String, String> flat = new TreeMap<>();
        Object root;
        try {
            root = new Load(LoadSettings.builder()
                            .setLabel(FILE)
                            .setAllowDuplicateKeys(false)
                            .build())
                    .loadFromString(text);
        } catch (MarkedYamlEngineException e) {
            String line = e.getProblemMark()
                    .map(mark -> " in line " + (mark.getLine() + 1))
                    .orElse("");
            throw new ConfigFault(FILE + ": no YAML" + line + ": " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new ConfigFault(FILE + ": no YAML");
        }
        if (root != null) flatten("", root, flat);
        return flat;
    }

    private static void flatten(String key, @Nullable Object node, Map<String, String> flat) throws ConfigFault {
        if (node instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet())
                flatten((key.isEmpty() ? "" : key + ".") + entry.getKey(), entry.getValue(), flat);
        } else if (key.isEmpty()) {
            throw new ConfigFault(FILE + ": must be keys with values, such as 'name: Alice'");
        } else if (node instanceof List<?> list) {
            flat.put(key, String.join(",", list.stream().map(String::valueOf).toList()));
        } else if (node instanceof Boolean bool) {
            flat.put(key, bool ? "on" : "off");
        } else {
            flat.put(key, node == null ? "" : node.toString());
        }
    }
}
