package dev.bulla.tool;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tools as JSON. What is not known is refused, by its place. */
final class ToolJson {
    private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*)\\}");
    private static final Set<String> BARE = Set.of("GET", "HEAD", "OPTIONS", "DELETE");

    private final String at;
    private final Map<String, Object> fields;

    private ToolJson(String at, Map<String, Object> fields, Set<String> known) {
        this.at = at;
        this.fields = fields;
        for (String name : fields.keySet()) {
            if (!known.contains(name)) {
                throw refused(name, "is not known here");
            }
        }
    }

    static Tool read(String at, Map<String, Object> tree) {
        ToolJson json = new ToolJson(
                at, tree, Set.of("name", "title", "description", "tier", "input", "http", "mcp", "resource"));
        Map<String, Object> mcp = json.object("mcp");
        Map<String, Object> http = json.object("http");
        Tool.Builder tool =
                Tool.named(json.need("name")).title(json.text("title")).description(json.text("description"));
        try {
            Map<String, Object> input = json.object("input");
            tool.input(InputSchema.of(input == null ? Map.of() : input, mcp != null));
            json.tier().ifPresent(tool::tier);
            if (mcp != null) {
                ToolJson call = new ToolJson(json.place("mcp"), mcp, Set.of("name", "version"));
                tool.mcp(new McpCall(call.need("name"), call.need("version")));
            }
            if (http != null) {
                tool.http(template(json.place("http"), http));
            }
            json.resource(tool);
            return tool.build();
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw message.startsWith("tool ")
                    ? e
                    : new IllegalArgumentException("tool " + json.need("name") + ": " + message);
        }
    }

    private Optional<Tier> tier() {
        String text = text("tier");
        for (Tier tier : Tier.values()) {
            if (tier.name().toLowerCase(Locale.ROOT).equals(text)) {
                return Optional.of(tier);
            }
        }
        if (!text.isEmpty()) {
            throw refused("tier", "is read, write or destructive");
        }
        return Optional.empty();
    }

    private void resource(Tool.Builder tool) {
        if ("none".equals(fields.get("resource"))) {
            tool.touchesNothing();
            return;
        }
        Map<String, Object> tree = object("resource");
        if (tree != null) {
            ToolJson resource = new ToolJson(place("resource"), tree, Set.of("kind", "id"));
            tool.touches(resource.need("kind"), resource.need("id"));
        }
    }

    private static HttpTemplate template(String at, Map<String, Object> tree) {
        ToolJson json = new ToolJson(at, tree, Set.of("method", "path", "query", "headers", "body", "tokens"));
        HttpTemplate http =
                HttpTemplate.of(json.need("method"), json.need("path")).tokens(json.text("tokens"));
        Map<String, Object> query = json.object("query");
        for (Map.Entry<String, Object> one : (query == null ? Map.<String, Object>of() : query).entrySet()) {
            http = parameter(http, json.place("query." + one.getKey()), one.getKey(), one.getValue());
        }
        Map<String, Object> headers = json.object("headers");
        for (Map.Entry<String, Object> one : (headers == null ? Map.<String, Object>of() : headers).entrySet()) {
            if (!(one.getValue() instanceof String value)) {
                throw json.refused("headers." + one.getKey(), "is a text");
            }
            http = http.header(one.getKey(), value);
        }
        return json.body(http);
    }

    private static HttpTemplate parameter(HttpTemplate http, String at, String name, @Nullable Object value) {
        if (value instanceof String text) {
            Matcher place = PLACE.matcher(text);
            return place.matches() ? http.parameter(name, place.group(1)) : http.fixed(name, text);
        }
        if (value instanceof Map<?, ?>) {
            ToolJson json = new ToolJson(at, cast(value), Set.of("argument", "join"));
            return http.joined(name, json.need("argument"), json.need("join"));
        }
        throw new IllegalArgumentException(at + " is a text, or an object with argument and join");
    }

    private HttpTemplate body(HttpTemplate http) {
        Object body = fields.get("body");
        if (body instanceof Map<?, ?>) {
            return http.json(cast(body));
        }
        if (body != null && !(body instanceof String)) {
            throw refused("body", "is none, json, form or an object");
        }
        String how = body == null ? BARE.contains(http.method()) ? "none" : "json" : body.toString();
        return switch (how) {
            case "none" -> http.empty();
            case "json" -> http.json();
            case "form" -> http.form();
            default -> throw refused("body", "is none, json, form or an object");
        };
    }

    static Map<String, Object> tree(Tool tool) {
        if (tool.handler().isPresent()) {
            throw new IllegalStateException("a tool in Java has no form as JSON: " + tool.name());
        }
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("name", tool.name());
        out.put("title", tool.title());
        out.put("description", tool.description());
        out.put("tier", tool.tier().name().toLowerCase(Locale.ROOT));
        out.put("input", tool.schema().source());
        tool.http().ifPresent(http -> out.put("http", tree(http)));
        tool.mcp().ifPresent(mcp -> out.put("mcp", Map.of("name", mcp.name(), "version", mcp.version())));
        tool.resource()
                .ifPresent(resource -> out.put("resource", Map.of("kind", resource.kind(), "id", resource.id())));
        if (tool.touchesNothing()) {
            out.put("resource", "none");
        }
        return out;
    }

    private static Map<String, Object> tree(HttpTemplate http) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("method", http.method());
        out.put("path", http.path());
        Map<String, Object> query = new LinkedHashMap<>(http.fixed());
        for (HttpTemplate.Parameter one : http.parameters()) {
            query.put(
                    one.name(),
                    one.separator().isEmpty()
                            ? "{" + one.argument() + "}"
                            : Map.of("argument", one.argument(), "join", one.separator()));
        }
        out.put("query", query);
        out.put("headers", http.headers());
        out.put(
                "body",
                http.body() == HttpTemplate.Body.TEMPLATE
                        ? http.bodyTemplate()
                        : http.body().name().toLowerCase(Locale.ROOT));
        out.put("tokens", http.tokens());
        return out;
    }

    private String place(String name) {
        return at.isEmpty() ? name : at + "." + name;
    }

    private IllegalArgumentException refused(String name, String why) {
        return new IllegalArgumentException(place(name) + " " + why);
    }

    private String text(String name) {
        Object value = fields.getOrDefault(name, "");
        if (value instanceof String text) {
            return text;
        }
        throw refused(name, "is a text");
    }

    private String need(String name) {
        String text = text(name);
        if (text.isEmpty()) {
            throw refused(name, "is missing");
        }
        return text;
    }

    private @Nullable Map<String, Object> object(String name) {
        Object value = fields.get(name);
        if (value == null && !fields.containsKey(name)) {
            return null;
        }
        if (value instanceof Map<?, ?>) {
            return cast(value);
        }
        throw refused(name, "is an object");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Object value) {
        return (Map<String, Object>) value;
    }
}
