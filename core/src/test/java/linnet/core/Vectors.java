package linnet.core;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import linnet.core.id.Bytes;

/** The JSON files below {@code vectors}. */
public final class Vectors {
    private static final Path FOLDER = Path.of("src/test/resources/vectors");
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private Vectors() {}

    /** Reads a file. */
    public static JsonElement read(String file) {
        try {
            return JsonParser.parseString(Files.readString(FOLDER.resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the objects of an array field. */
    public static List<JsonObject> objects(JsonObject object, String field) {
        return object.getAsJsonArray(field).asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    /** Returns the bytes of a field in hexadecimal. */
    public static Bytes hex(JsonObject object, String field) {
        return hex(object.get(field).getAsString());
    }

    /** Returns the bytes. */
    public static Bytes hex(String digits) {
        return Bytes.wrap(HexFormat.of().parseHex(digits));
    }

    /**
     * Returns what the file has, to be compared with {@code now}; with {@code -Dvectors.write=true} it has {@code now} from
     * here on.
     */
    public static String frozen(String file, JsonObject now) {
        try {
            Path path = FOLDER.resolve(file);
            if (Boolean.getBoolean("vectors.write")) {
                Files.createDirectories(path.getParent());
                Files.writeString(path, text(now));
            }
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the text as it stands in the files. */
    public static String text(JsonObject object) {
        return GSON.toJson(object) + "\n";
    }
}
