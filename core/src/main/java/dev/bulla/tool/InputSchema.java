package dev.bulla.tool;

import dev.bulla.json.JsonRefused;
import dev.bulla.json.JsonTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The form of a tool's arguments: an object, as JSON Schema 2020-12 of the keywords that {@link SchemaNode} knows. Immutable.
 *
 * <p>Of a schema that is written for this library every keyword must be known, and what it does not declare at the top is no argument
 * unless {@code additionalProperties} says so. Of a foreign one, unknown keywords and patterns are passed over: its server checks them.
 */
final class InputSchema {
    static final JsonTree JSON = JsonTree.within(32, 4 << 20);
    private static final int LONGEST = 256 << 10;
    private static final int MOST_NAMED = 5;

    private final Map<String, Object> source;
    private final SchemaNode root;
    private final boolean foreign;

    private InputSchema(Map<String, Object> source, SchemaNode root, boolean foreign) {
        this.source = source;
        this.root = root;
        this.foreign = foreign;
    }

    /** @throws IllegalArgumentException with the place in the schema that is not as it must be */
    static InputSchema of(Map<String, Object> source, boolean foreign) {
        Map<String, Object> schema = new LinkedHashMap<>(source);
        if (!"object".equals(schema.getOrDefault("type", "object"))) {
            throw new IllegalArgumentException("input: arguments are an object");
        }
        schema.put("type", "object");
        if (!foreign) {
            schema.putIfAbsent("additionalProperties", false);
        }
        return new InputSchema(schema, SchemaNode.of("input", schema, foreign), foreign);
    }

    static InputSchema of(String json, boolean foreign) {
        return of(parsed(json, "input"), foreign);
    }

    static Map<String, Object> parsed(String json, String what) {
        try {
            if (json.length() > LONGEST) {
                throw new IllegalArgumentException(what + ": longer than " + LONGEST + " characters");
            }
            return JSON.object(json);
        } catch (JsonRefused e) {
            throw new IllegalArgumentException(what + ": not one JSON object without repeated names");
        }
    }

    Map<String, Object> source() {
        return source;
    }

    /** Names of the declared arguments. */
    List<String> names() {
        return List.copyOf(root.properties().keySet());
    }

    List<String> required() {
        return root.required();
    }

    /** @throws dev.bulla.error.BullaException with the names of what does not fit, and none of its values */
    Arguments read(String json) {
        Map<String, Object> given;
        try {
            given = json.isBlank() ? Map.of() : JSON.object(json);
        } catch (JsonRefused e) {
            throw Arguments.refused("the arguments are one JSON object without repeated names");
        }
        Map<String, Object> all = new LinkedHashMap<>(given);
        root.properties().forEach((name, node) -> {
            if (all.containsKey(name)
                    && all.get(name) == null
                    && !node.takesNull()
                    && !required().contains(name)) {
                all.remove(name); // many clients send null for what they leave out
            }
            if (!foreign && !all.containsKey(name) && node.preset() != null) {
                all.put(name, node.preset());
            }
        });
        List<String> mistakes = new ArrayList<>();
        root.check("", all, mistakes);
        if (!mistakes.isEmpty()) {
            List<String> named = mistakes.subList(0, Math.min(MOST_NAMED, mistakes.size()));
            throw Arguments.refused("the arguments do not fit: " + String.join("; ", named));
        }
        return new Arguments(all);
    }
}
