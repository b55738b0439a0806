package linnet.app.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** openapi.yaml, and whether an object is as it says: the part of JSON Schema that the file uses. A field that it does not name is a fault. */
final class Schema {
    private final Map<String, ?> root;

    Schema(String yaml) {
        root = map(new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build()).loadFromString(yaml));
    }

    /** Returns every call as {@code METHOD path}. */
    List<String> calls() {
        List<String> calls = new ArrayList<>();
        map(root.get("paths"))
                .forEach((path, item) -> map(item).forEach((method, operation) -> {
                    if (!method.equals("parameters")) calls.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path);
                }));
        return calls;
    }

    /** Returns the answer that is documented for a call and a status, or null. */
    @Nullable
    Map<String, ?> response(String call, int status) {
        String[] parts = call.split(" ", 2);
        Map<String, ?> operation =
                map(map(map(root.get("paths")).get(parts[1])).get(parts[0].toLowerCase(java.util.Locale.ROOT)));
        Map<String, ?> responses = map(operation.get("responses"));
        Object found = responses.containsKey("" + status) ? responses.get("" + status) : responses.get("default");
        return found == null ? null : resolved(map(found));
    }

    /** Returns what is wrong with an answer's object; empty when it is as documented. */
    List<String> faults(Map<String, ?> response, @Nullable Object value) {
        List<String> faults = new ArrayList<>();
        if (!response.containsKey("content")) return List.of("no object is documented");
        Map<String, ?> media =
                map(map(response.get("content")).values().iterator().next());
        check("", map(media.get("schema")), value, faults);
        return faults;
    }

    private void check(String at, Map<String, ?> given, @Nullable Object value, List<String> faults) {
        Map<String, ?> schema = resolved(given);
        if (schema.get("anyOf") instanceof List<?> all) {
            List<String> why = new ArrayList<>();
            for (Object one : all) {
                List<String> here = new ArrayList<>();
                check(at, map(one), value, here);
                if (here.isEmpty()) return;
                why.addAll(here);
            }
            faults.add(at + ": none of " + all.size() + " fits: " + why);
            return;
        }
        if (schema.containsKey("const") && !same(schema.get("const"), value))
            faults.add(at + ": not " + schema.get("const"));
        if (schema.get("enum") instanceof List<?> all && !all.contains(value))
            faults.add(at + ": " + value + " not in " + all);
        if (schema.get("type") != null && !isOfType(schema.get("type"), value)) {
            faults.add(at + ": " + value + " is no " + schema.get("type"));
            return;
        }
        if (schema.get("pattern") instanceof String pattern
                && value instanceof String text
                && !Pattern.compile(pattern).matcher(text).find())
            faults.add(at + ": '" + text + "' is not " + pattern);
        if (value instanceof Map<?, ?> object) checkObject(at, schema, map(object), faults);
        if (value instanceof List<?> list && schema.containsKey("items"))
            for (int i = 0; i < list.size(); i++)
                check(at + "[" + i + "]", map(schema.get("items")), list.get(i), faults);
    }

    private void checkObject(String at, Map<String, ?> schema, Map<String, ?> object, List<String> faults) {
        Map<String, ?> properties = schema.containsKey("properties") ? map(schema.get("properties")) : Map.of();
        if (schema.get("required") instanceof List<?> required)
            for (Object name : required) if (!object.containsKey(name)) faults.add(at + "." + name + ": missing");
        object.forEach((name, value) -> {
            if (properties.containsKey(name)) check(at + "." + name, map(properties.get(name)), value, faults);
            else faults.add(at + "." + name + ": not documented");
        });
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Number a && other instanceof Number b) return a.longValue() == b.longValue();
        return one == null ? other == null : one.equals(other);
    }

    private static boolean isOfType(Object type, @Nullable Object value) {
        if (type instanceof List<?> all) return all.stream().anyMatch(one -> isOfType(one, value));
        return switch (String.valueOf(type)) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "integer" -> value instanceof Long;
            case "boolean" -> value instanceof Boolean;
            case "null" -> value == null;
            default -> throw new AssertionError("unknown type " + type);
        };
    }

    private Map<String, ?> resolved(Map<String, ?> schema) {
        if (!(schema.get("$ref") instanceof String ref)) return schema;
        Map<String, ?> at = root;
        for (String part : ref.substring(2).split("/", -1)) at = map(at.get(part));
        return at;
    }

    private static Map<String, ?> map(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> all)) throw new AssertionError("an object is expected: " + value);
        Map<String, Object> named = new LinkedHashMap<>();
        all.forEach((key, one) -> named.put(String.valueOf(key), one));
        return named;
    }
}
