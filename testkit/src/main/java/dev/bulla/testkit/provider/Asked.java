package dev.bulla.testkit.provider;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A documented request. */
record Asked(Json json, Values values) {
    /** What is not looked at. */
    static final Asked NOTHING = new Asked(new Json(Map.of("method", "GET", "url", "https://x")), Values.NONE);

    String method() {
        return json.text("method").orElseThrow();
    }

    URI url() {
        return URI.create(values.fill(json.text("url").orElseThrow()));
    }

    Map<String, String> headers() {
        return filled("headers");
    }

    Map<String, String> query() {
        return filled("query");
    }

    Map<String, String> form() {
        return filled("form");
    }

    Optional<Map<String, String>> jsonBody() {
        return json.object("json").map(body -> filled("json"));
    }

    /** A body as it stands in the documentation. */
    Optional<String> rawBody() {
        return json.text("body").map(values::fill);
    }

    boolean basicAuth() {
        return json.flag("basicAuth").orElse(false);
    }

    /** Names of parameters, headers and claims that must not be sent. */
    List<String> absent() {
        return Transcript.texts(json.list("absent").orElse(List.of()));
    }

    /** A signed JWT that is part of the request. */
    Optional<Jwt> jwt() {
        return json.object("jwt").map(jwt -> new Jwt(jwt, values));
    }

    /** @param values of the placeholders */
    record Jwt(Json json, Values values) {
        /** {@code form:assertion} or {@code header:Authorization}. */
        String in() {
            return json.text("in").orElseThrow();
        }

        Map<String, String> header() {
            return Asked.filled(json.object("header"), values);
        }

        Map<String, String> claims() {
            return Asked.filled(json.object("claims"), values);
        }
    }

    /** What a call of the host sends, or null. */
    byte @Nullable [] body() {
        if (jsonBody().isPresent()) {
            return JSONObjectUtils.toJSONString(jsonBody().get()).getBytes(StandardCharsets.UTF_8);
        }
        String text = rawBody().orElseGet(() -> pairs(form()));
        return method().equals("GET") ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the request carries this secret, wherever. */
    boolean sends(String value) {
        return form().containsValue(value)
                || query().containsValue(value)
                || jsonBody().map(body -> body.containsValue(value)).orElse(false)
                || rawBody().map(body -> body.contains(value)).orElse(false)
                || headers().values().stream().anyMatch(header -> header.contains(value));
    }

    /** How much speaks for this being what was sent: more for the same address with the same parameters. */
    int likeness(HttpCall sent) {
        int same = 0;
        URI url = url();
        if (url.getRawPath().equals(sent.uri().getRawPath())) {
            same += url.getRawAuthority().equals(sent.uri().getRawAuthority()) ? 8 : 4;
        }
        if (method().equals(sent.method())) {
            same += 2;
        }
        Map<String, String> query = RequestCheck.pairs(sent.uri().getRawQuery());
        return same * 100 + (query.entrySet().containsAll(query().entrySet()) ? 10 + query().size() : 0);
    }

    static String pairs(Map<String, String> pairs) {
        return pairs.entrySet().stream()
                .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Map<String, String> filled(String name) {
        return filled(json.object(name), values);
    }

    static Map<String, String> filled(Optional<Json> object, Values values) {
        Map<String, String> filled = new LinkedHashMap<>();
        object.ifPresent(json -> json.names()
                .forEach(name -> filled.put(
                        name,
                        values.fill(json.id(name)
                                .or(() -> json.flag(name).map(String::valueOf))
                                .orElse("")))));
        return filled;
    }
}
