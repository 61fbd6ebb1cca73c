package dev.bulla.testkit;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.bulla.provider.HttpCall;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a request says, wherever it says it: query, form, JSON body or headers. */
final class Message {
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final Map<String, String> headers;

    Message(HttpCall call) {
        headers = call.headers();
        query(call.uri());
        byte[] body = call.body();
        if (body != null) {
            String text = new String(body, StandardCharsets.UTF_8);
            if (header("Content-Type").orElse("").contains("json")) {
                json(text);
            } else {
                form(text);
            }
        }
    }

    static Map<String, String> parameters(URI uri) {
        return new Message(HttpCall.of(HttpCall.Purpose.API, "GET", uri, null)).parameters;
    }

    Map<String, String> parameters() {
        return parameters;
    }

    /** A copy in which a parameter also stands under its standard name. */
    Map<String, String> parameters(String name, String standard) {
        Map<String, String> copy = new LinkedHashMap<>(parameters);
        String value = copy.remove(name);
        if (value != null) {
            copy.put(standard, value);
        }
        return copy;
    }

    Optional<String> header(String name) {
        return headers.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    @Nullable
    String authorization() {
        return header("Authorization").orElse(null);
    }

    /** Everything that may be a token: last words of headers, and parameters. */
    List<String> candidates() {
        List<String> candidates = new ArrayList<>(parameters.values());
        headers.values().forEach(value -> candidates.add(value.substring(value.lastIndexOf(' ') + 1)));
        return candidates;
    }

    private void query(URI uri) {
        if (uri.getRawQuery() != null) {
            form(uri.getRawQuery());
        }
    }

    private void form(String text) {
        for (String pair : text.split("&")) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2) {
                parameters.put(decode(parts[0]), decode(parts[1]));
            }
        }
    }

    private void json(String text) {
        try {
            JSONObjectUtils.parse(text).forEach((name, value) -> {
                if (value != null) {
                    parameters.put(name, value.toString());
                }
            });
        } catch (ParseException e) {
            throw new IllegalArgumentException("a body that says it is JSON and is not", e);
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
