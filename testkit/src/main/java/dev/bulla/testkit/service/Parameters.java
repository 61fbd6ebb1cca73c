package dev.bulla.testkit.service;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parameters of one request. An empty value counts as absent (RFC 6749 section 3.1). */
record Parameters(Map<String, String> values) {
    Parameters {
        values = Map.copyOf(values);
    }

    @Nullable
    String get(String name) {
        String value = values.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    String or(String name, String other) {
        String value = get(name);
        return value == null ? other : value;
    }

    String require(String name) {
        String value = get(name);
        if (value == null) {
            throw Refusal.request(name + " is missing");
        }
        return value;
    }

    static List<String> words(String text, String separator) {
        return Arrays.stream(text.split(java.util.regex.Pattern.quote(separator)))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
    }
}
