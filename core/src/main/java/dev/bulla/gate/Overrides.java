package dev.bulla.gate;

import java.util.Collections;
import java.util.Locale;
import java.util.Set;

/**
 * Ways to tell a server that a request is another one than it looks: none of them is sent, because policies are matched against what is
 * seen. Rack, Symfony and WordPress take {@code _method}, Google's servers {@code $httpMethod} and {@code $httpHeaders}.
 */
final class Overrides {
    private static final Set<String> HEADERS = Set.of(
            "x-http-method-override",
            "x-method-override",
            "http-method-override",
            "method-override",
            "x-http-method",
            "x-http-verb",
            "x-http-verb-override",
            "x-verb",
            "x-method",
            "x-request-method",
            "x-forwarded-method",
            "x-original-method",
            "x-original-url",
            "x-original-uri",
            "x-rewrite-url",
            "x-rewrite-uri",
            "x-override-url",
            "x-forwarded-uri",
            "x-forwarded-path");
    private static final Set<String> FIELDS = Set.of(
            "_method",
            "__method",
            "_httpmethod",
            "_http_method",
            "x_http_method_override",
            "x_method_override",
            "http_method_override",
            "_method_override",
            "x_http_method",
            "x_http_verb",
            "$httpmethod",
            "$httpheaders");

    private Overrides() {}

    /** In names of headers, also as servers read them that take an underscore for a hyphen. */
    static void refuseHeaders(Set<String> names) {
        for (String name : names) {
            if (HEADERS.contains(name.strip().toLowerCase(Locale.ROOT).replace('_', '-'))) {
                throw Canonical.refused("no header may say that a call is another one than it is");
            }
        }
    }

    /** @param names of what the request carries, by {@link FieldNames} */
    static void refuseFields(Set<String> names) {
        if (!Collections.disjoint(FIELDS, names)) {
            throw Canonical.refused("no parameter may say that a call is another one than it is");
        }
    }
}
