package dev.bulla.testkit.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decoded query or form parameters, in order. */
record Form(Map<String, List<String>> values) {
    /** @throws IllegalArgumentException where the text is not form-encoded */
    static Form of(@Nullable String text) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        if (text != null) {
            for (String pair : text.split("&")) {
                if (!pair.isEmpty()) {
                    int equals = pair.indexOf('=');
                    String name = equals < 0 ? pair : pair.substring(0, equals);
                    String value = equals < 0 ? "" : pair.substring(equals + 1);
                    values.computeIfAbsent(decode(name), key -> new ArrayList<>())
                            .add(decode(value));
                }
            }
        }
        return new Form(values);
    }

    /** The first value, or an empty text. */
    String get(String name) {
        return all(name).stream().findFirst().orElse("");
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** Whether a parameter stands there twice, which OAuth forbids (RFC 6749 section 3.1). */
    boolean repeats() {
        return values.values().stream().anyMatch(list -> list.size() > 1);
    }

    Map<String, String> single() {
        Map<String, String> single = new LinkedHashMap<>();
        values.forEach((name, list) -> single.put(name, list.get(0)));
        return single;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
