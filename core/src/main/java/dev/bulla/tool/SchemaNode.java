package dev.bulla.tool;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One schema within a schema. Immutable. Messages name places, never values. */
final class SchemaNode {
    private static final Set<String> TYPES =
            Set.of("object", "array", "string", "number", "integer", "boolean", "null");
    /** Read here. */
    private static final Set<String> CHECKED = Set.of(
            "type",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "enum",
            "const",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "pattern",
            "default");
    /** For readers. */
    private static final Set<String> TOLD = Set.of(
            "$schema",
            "$comment",
            "title",
            "description",
            "examples",
            "format",
            "writeOnly",
            "readOnly",
            "deprecated",
            "contentMediaType",
            "contentEncoding");

    private final Set<String> types;
    private final Map<String, SchemaNode> properties;
    private final List<String> required;
    private final @Nullable Object additional;
    private final @Nullable SchemaNode items;
    private final @Nullable List<Object> values;
    private final SchemaBounds bounds;
    private final @Nullable Object preset;

    private SchemaNode(
            Set<String> types,
            Map<String, SchemaNode> properties,
            List<String> required,
            @Nullable Object additional,
            @Nullable SchemaNode items,
            @Nullable List<Object> values,
            SchemaBounds bounds,
            @Nullable Object preset) {
        this.types = types;
        this.properties = properties;
        this.required = required;
        this.additional = additional;
        this.items = items;
        this.values = values;
        this.bounds = bounds;
        this.preset = preset;
    }

    static SchemaNode of(String at, Map<String, Object> schema, boolean foreign) {
        if (!foreign) {
            for (String keyword : schema.keySet()) {
                if (!CHECKED.contains(keyword) && !TOLD.contains(keyword) && !keyword.startsWith("x-")) {
                    throw new IllegalArgumentException(at + ": the keyword '" + keyword + "' is not known here");
                }
            }
        }
        Reader read = new Reader(at, schema, foreign);
        Map<String, SchemaNode> properties = new LinkedHashMap<>();
        read.object("properties").forEach((name, value) -> {
            Map<String, Object> node = read.schema("properties." + name, value);
            if (node != null) {
                properties.put(name, of(at + ".properties." + name, node, foreign));
            }
        });
        List<String> required = read.texts("required");
        for (String name : required) {
            if (!foreign && !properties.containsKey(name)) {
                throw new IllegalArgumentException(at + ".required: '" + name + "' is not declared");
            }
        }
        Object more = schema.get("additionalProperties");
        Map<String, Object> moreNode = more instanceof Boolean ? null : read.schema("additionalProperties", more);
        Map<String, Object> itemsNode = read.schema("items", schema.get("items"));
        List<Object> values = schema.containsKey("const") ? read.constant(schema.get("const")) : read.list("enum");
        return new SchemaNode(
                types(read, foreign),
                properties,
                required,
                more instanceof Boolean
                        ? more
                        : moreNode == null ? null : of(at + ".additionalProperties", moreNode, foreign),
                itemsNode == null ? null : of(at + ".items", itemsNode, foreign),
                values,
                SchemaBounds.of(read),
                schema.get("default"));
    }

    private static Set<String> types(Reader read, boolean foreign) {
        Set<String> types = new LinkedHashSet<>(read.oneOrMoreTexts("type"));
        if (!TYPES.containsAll(types)) {
            if (!foreign) {
                throw read.refused(
                        "type", "is one of object, array, string, number, integer, boolean, null, or a list of them");
            }
            return Set.of();
        }
        return types;
    }

    Map<String, SchemaNode> properties() {
        return properties;
    }

    List<String> required() {
        return required;
    }

    @Nullable
    Object preset() {
        return preset;
    }

    boolean takesNull() {
        return (types.isEmpty() || types.contains("null")) && (values == null || values.contains(null));
    }

    void check(String at, @Nullable Object value, List<String> mistakes) {
        String here = at.isEmpty() ? "the whole" : "'" + at + "'";
        if (!types.isEmpty() && types.stream().noneMatch(type -> is(type, value))) {
            mistakes.add(here + " is not of type " + String.join(" or ", types));
            return;
        }
        if (values != null && values.stream().noneMatch(one -> same(one, value))) {
            mistakes.add(here + " is none of the values that it may have");
            return;
        }
        bounds.check(here, value, mistakes);
        if (value instanceof Map<?, ?> map) {
            checkObject(at, map, mistakes);
        } else if (value instanceof List<?> list && items != null) {
            for (int i = 0; i < list.size(); i++) {
                items.check(at + "[" + i + "]", list.get(i), mistakes);
            }
        }
    }

    private void checkObject(String at, Map<?, ?> map, List<String> mistakes) {
        String before = at.isEmpty() ? "" : at + ".";
        for (String name : required) {
            if (!map.containsKey(name)) {
                mistakes.add("'" + before + name + "' is missing");
            }
        }
        int strange = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = String.valueOf(entry.getKey());
            SchemaNode node = properties.get(name);
            if (node != null) {
                node.check(before + name, entry.getValue(), mistakes);
            } else if (additional instanceof SchemaNode other) {
                other.check(before + "*", entry.getValue(), mistakes);
            } else if (Boolean.FALSE.equals(additional)) {
                strange++;
            }
        }
        if (strange > 0) { // their names are the caller's words
            mistakes.add((at.isEmpty() ? "the whole" : "'" + at + "'") + " has " + strange + " that are not declared");
        }
    }

    private static boolean is(String type, @Nullable Object value) {
        return switch (type) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "number" -> value instanceof BigDecimal;
            case "integer" -> value instanceof BigDecimal number && isWhole(number);
            case "boolean" -> value instanceof Boolean;
            default -> value == null;
        };
    }

    private static boolean isWhole(BigDecimal number) {
        return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
    }

    /** As JSON Schema compares: numbers by value. */
    private static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one instanceof BigDecimal a && other instanceof BigDecimal b) {
            return a.compareTo(b) == 0;
        }
        return one == null ? other == null : one.equals(other);
    }

    /** Takes keywords out of one schema; in a foreign one, what is of a strange kind is passed over. */
    record Reader(String at, Map<String, Object> schema, boolean foreign) {
        IllegalArgumentException refused(String keyword, String why) {
            return new IllegalArgumentException(at + "." + keyword + " " + why);
        }

        private <T> @Nullable T value(String keyword, Class<T> kind, String why) {
            Object value = schema.get(keyword);
            if (value == null && !schema.containsKey(keyword) || kind.isInstance(value)) {
                return kind.cast(value);
            }
            if (foreign) {
                return null;
            }
            throw refused(keyword, why);
        }

        @SuppressWarnings("unchecked")
        Map<String, Object> object(String keyword) {
            Map<String, Object> value = (Map<String, Object>) value(keyword, Map.class, "is an object");
            return value == null ? Map.of() : value;
        }

        @SuppressWarnings("unchecked")
        @Nullable
        Map<String, Object> schema(String where, @Nullable Object value) {
            if (value == null || value instanceof Map) {
                return (Map<String, Object>) value;
            }
            if (foreign) {
                return null;
            }
            throw refused(where, "is a schema");
        }

        @SuppressWarnings("unchecked")
        @Nullable
        List<Object> list(String keyword) {
            return (List<Object>) value(keyword, List.class, "is a list");
        }

        @SuppressWarnings("NullAway") // null is a constant too
        List<Object> constant(@Nullable Object value) {
            List<Object> one = new ArrayList<>();
            one.add(value);
            return one;
        }

        List<String> texts(String keyword) {
            List<Object> list = list(keyword);
            if (list != null && !foreign && !list.stream().allMatch(String.class::isInstance)) {
                throw refused(keyword, "is a list of texts");
            }
            return list == null
                    ? List.of()
                    : list.stream()
                            .filter(String.class::isInstance)
                            .map(String.class::cast)
                            .toList();
        }

        List<String> oneOrMoreTexts(String keyword) {
            return schema.get(keyword) instanceof String one ? List.of(one) : texts(keyword);
        }

        @Nullable
        BigDecimal number(String keyword) {
            return value(keyword, BigDecimal.class, "is a number");
        }

        @Nullable
        String text(String keyword) {
            return value(keyword, String.class, "is a text");
        }
    }
}
