package dev.bulla.tool;

import dev.bulla.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Names and values as a query or a form (application/x-www-form-urlencoded, a blank as {@code %20}). */
final class QueryText {
    private QueryText() {}

    static String of(Map<String, String> fixed, List<HttpTemplate.Parameter> parameters, Arguments arguments) {
        List<String> pairs = new ArrayList<>();
        fixed.forEach((name, value) -> pairs.add(pair(name, value)));
        for (HttpTemplate.Parameter parameter : parameters) {
            arguments.value(parameter.argument()).ifPresent(value -> {
                if (value instanceof List<?> list && !parameter.separator().isEmpty()) {
                    pairs.add(pair(
                            parameter.name(),
                            list.stream().map(QueryText::plain).collect(Collectors.joining(parameter.separator()))));
                } else {
                    add(pairs, parameter.name(), value);
                }
            });
        }
        return String.join("&", pairs);
    }

    static String form(Map<String, Object> values) {
        List<String> pairs = new ArrayList<>();
        values.forEach((name, value) -> add(pairs, name, value));
        return String.join("&", pairs);
    }

    private static void add(List<String> pairs, String name, @Nullable Object value) {
        if (value instanceof List<?> list) {
            list.forEach(one -> add(pairs, name, one));
        } else if (value != null) {
            pairs.add(pair(name, plain(value)));
        }
    }

    /** What is neither text, number nor truth value stands as JSON. */
    private static String plain(@Nullable Object value) {
        return value == null ? "" : Arguments.plain(value).orElseGet(() -> JsonTree.write(value));
    }

    private static String pair(String name, String value) {
        return Percent.encoded(name) + "=" + Percent.encoded(value);
    }
}
