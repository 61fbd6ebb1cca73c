package dev.bulla.gate;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ways to tell a server that a request is another one than it looks: none of them is sent, because policies are matched against what is
 * seen.
 */
final class Overrides {
    private static final Set<String> HEADERS = Set.of(
            "x-http-method-override",
            "x-method-override",
            "http-method-override",
            "method-override",
            "x-http-method",
            "x-original-method",
            "x-original-url",
            "x-original-uri",
            "x-rewrite-url");
    private static final Set<String> FIELDS =
            Set.of("_method", "_httpmethod", "x-http-method-override", "x-http-method");

    private Overrides() {}

    /** In names of headers, also as servers read them that take an underscore for a hyphen. */
    static void refuseInHeaders(Map<String, String> headers) {
        for (String name : headers.keySet()) {
            if (HEADERS.contains(name.toLowerCase(Locale.ROOT).replace('_', '-'))) {
                throw Canonical.refused("no header may say that a call is another one than it is");
            }
        }
    }

    /** @param query in its canonical form */
    static void refuseInQuery(String query) {
        for (String pair : query.split("[&;]", -1)) {
            if (FIELDS.contains(pair.split("=", 2)[0].toLowerCase(Locale.ROOT))) {
                throw Canonical.refused("no parameter may say that a call is another one than it is");
            }
        }
    }

    static void refuseInForm(Map<String, String> headers, byte @Nullable [] body) {
        boolean form = headers.entrySet().stream()
                .anyMatch(header -> header.getKey().equalsIgnoreCase("Content-Type")
                        && header.getValue().toLowerCase(Locale.ROOT).contains("x-www-form-urlencoded"));
        if (form && body != null) {
            for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
                refuseInQuery(name(pair));
            }
        }
    }

    private static String name(String pair) {
        try {
            return URLDecoder.decode(pair.split("=", 2)[0], StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Canonical.refused("a form is percent-encoded");
        }
    }
}
