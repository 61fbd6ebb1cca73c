package dev.bulla.form;

import com.squareup.moshi.JsonWriter;
import dev.bulla.form.FormView.Cell;
import dev.bulla.form.FormView.Group;
import dev.bulla.provider.Field;
import dev.bulla.provider.Field.Type;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import okio.Buffer;

/** Forms as JSON Schema, 2020-12: an object with a text for each field. */
final class FormSchema {
    /** Inline flags, which ECMA 262 does not know. */
    private static final Pattern FLAGS = Pattern.compile("\\(\\?[a-zA-Z-]+[:)]");

    private FormSchema() {}

    static String of(FormView form) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Group group : form.groups()) {
            for (Cell cell : group.shape()) {
                Field field = cell.field();
                properties.put(field.name(), property(field));
                if (field.required()
                        && !field.rule().byFlow()
                        && field.input().preset().isEmpty()) {
                    required.add(field.name());
                }
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", form.title());
        if (!form.none().isEmpty()) {
            schema.put("description", form.none());
        }
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", required);
        schema.put("additionalProperties", false);
        return written(schema);
    }

    private static Map<String, Object> property(Field field) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("title", field.label());
        String description = FormText.sentence(field);
        if (!description.isEmpty()) {
            out.put("description", description);
        }
        out.put("type", "string");
        if (field.secret()) {
            out.put("writeOnly", true);
        }
        if (field.rule().byFlow()) {
            out.put("readOnly", true);
        }
        switch (field.input().type()) {
            case SELECT ->
                out.put(
                        "oneOf",
                        field.input().options().stream()
                                .map(option -> Map.of("const", option.value(), "title", option.label()))
                                .toList());
            case BOOLEAN -> out.put("enum", List.of("true", "false"));
            case JSON -> out.put("contentMediaType", "application/json");
            default -> {}
        }
        if (field.input().type() != Type.LIST && field.pattern() != null) {
            String pattern = field.pattern().pattern();
            if (!FLAGS.matcher(pattern).find()) {
                out.put("pattern", "^(?:" + pattern + ")$");
            }
        }
        if (field.rule().least() > 0) {
            out.put("minLength", field.rule().least());
        }
        if (field.isBounded()) {
            out.put("maxLength", field.rule().most());
        }
        if (!field.input().preset().isEmpty()) {
            out.put("default", field.input().preset());
        }
        if (!field.input().placeholder().isEmpty()) {
            out.put("examples", List.of(field.input().placeholder()));
        }
        return out;
    }

    private static String written(Map<String, Object> schema) {
        Buffer out = new Buffer();
        try (JsonWriter writer = JsonWriter.of(out)) {
            writer.setIndent("  ");
            writer.jsonValue(schema);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed");
        }
        return out.readUtf8();
    }
}
