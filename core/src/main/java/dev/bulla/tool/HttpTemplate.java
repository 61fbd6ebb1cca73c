package dev.bulla.tool;

import dev.bulla.json.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How arguments become a request. Path: <code>{name}</code> is one segment, percent-encoded, and a last <code>{name*}</code> is several;
 * a value that is empty, dots alone, or would leave its segment is refused. Query: each parameter from one argument, left out where that
 * is absent. Body: nothing, the remaining arguments as JSON or form, or a JSON template in which <code>"{name}"</code> as a whole
 * text stands for the argument's value and goes with its name where that is absent. Immutable.
 */
public final class HttpTemplate {
    private static final Pattern METHOD = Pattern.compile("GET|HEAD|OPTIONS|POST|PUT|PATCH|DELETE");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9-]{1,100}");
    private static final Pattern VALUE = Pattern.compile("[ -~]{0,500}");
    private static final Set<String> NOT_OURS =
            Set.of("authorization", "cookie", "host", "content-length", "transfer-encoding", "connection");

    /** How a list stands in the query: repeated where there is no separator. */
    record Parameter(String name, String argument, String separator) {}

    /** What is sent along. */
    enum Body {
        NONE,
        JSON,
        FORM,
        TEMPLATE
    }

    private final String method;
    private final PathTemplate path;
    private final List<Parameter> query;
    private final Map<String, String> fixed;
    private final Map<String, String> headers;
    private final Body body;
    private final Map<String, Object> template;
    private final String tokens;

    private HttpTemplate(
            String method,
            PathTemplate path,
            List<Parameter> query,
            Map<String, String> fixed,
            Map<String, String> headers,
            Body body,
            Map<String, Object> template,
            String tokens) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.fixed = fixed;
        this.headers = headers;
        this.body = body;
        this.template = template;
        this.tokens = tokens;
    }

    /**
     * @param path below the provider's API address, or an absolute https address of a host on its list
     * @throws IllegalArgumentException where that is no method or path
     */
    public static HttpTemplate of(String method, String path) {
        if (!METHOD.matcher(method).matches()) {
            throw new IllegalArgumentException("a method is one of " + METHOD + ", not '" + method + "'");
        }
        PathTemplate template = PathTemplate.of(path);
        if (template.isOpen()) {
            throw new IllegalArgumentException(
                    "what stands at the end of a tool's path has a name, as {rest*}: " + path);
        }
        return new HttpTemplate(method, template, List.of(), Map.of(), Map.of(), Body.NONE, Map.of(), "");
    }

    public static HttpTemplate get(String path) {
        return of("GET", path);
    }

    /** A POST of the remaining arguments as JSON; another body where it is said behind. */
    public static HttpTemplate post(String path) {
        return of("POST", path).json();
    }

    public static HttpTemplate patch(String path) {
        return of("PATCH", path).json();
    }

    public static HttpTemplate put(String path) {
        return of("PUT", path).json();
    }

    public static HttpTemplate delete(String path) {
        return of("DELETE", path);
    }

    /** These arguments are parameters of the same name; a list is repeated. */
    public HttpTemplate query(String... arguments) {
        HttpTemplate with = this;
        for (String argument : arguments) {
            with = with.parameter(argument, argument);
        }
        return with;
    }

    /** A parameter from an argument of another name; a list is repeated. */
    public HttpTemplate parameter(String name, String argument) {
        return with(new Parameter(name, argument, ""));
    }

    /** A parameter from a list, joined. */
    public HttpTemplate joined(String name, String argument, String separator) {
        if (separator.isEmpty()) {
            throw new IllegalArgumentException("a separator is not empty");
        }
        return with(new Parameter(name, argument, separator));
    }

    private HttpTemplate with(Parameter parameter) {
        if (query.stream().anyMatch(other -> other.name().equals(parameter.name()))
                || fixed.containsKey(parameter.name())) {
            throw new IllegalArgumentException("the parameter '" + parameter.name() + "' is there already");
        }
        List<Parameter> more = new ArrayList<>(query);
        more.add(parameter);
        return new HttpTemplate(method, path, List.copyOf(more), fixed, headers, body, template, tokens);
    }

    /** A parameter that is always the same. */
    public HttpTemplate fixed(String name, String value) {
        if (value.startsWith("{")) {
            throw new IllegalArgumentException("the fixed value of the parameter '" + name + "' begins with a brace");
        }
        return new HttpTemplate(method, path, query, plus(fixed, name, value), headers, body, template, tokens);
    }

    /** A header that is always the same. */
    public HttpTemplate header(String name, String value) {
        if (!TOKEN.matcher(name).matches()
                || !VALUE.matcher(value).matches()
                || NOT_OURS.contains(name.toLowerCase(Locale.ROOT))
                || name.toLowerCase(Locale.ROOT).contains("method-override")) {
            throw new IllegalArgumentException("not a header that a tool may set: '" + name + "'");
        }
        return new HttpTemplate(method, path, query, fixed, plus(headers, name, value), body, template, tokens);
    }

    /** The remaining arguments are the JSON body. */
    public HttpTemplate json() {
        return new HttpTemplate(method, path, query, fixed, headers, Body.JSON, Map.of(), tokens);
    }

    /** The body is this JSON object, with <code>"{name}"</code> filled in, however deep. */
    public HttpTemplate json(String json) {
        return json(InputSchema.parsed(json, "body"));
    }

    HttpTemplate json(Map<String, Object> value) {
        return new HttpTemplate(method, path, query, fixed, headers, Body.TEMPLATE, value, tokens);
    }

    /** The remaining arguments are the fields of a form; a list is repeated. */
    public HttpTemplate form() {
        return new HttpTemplate(method, path, query, fixed, headers, Body.FORM, Map.of(), tokens);
    }

    /** Nothing is sent along. */
    public HttpTemplate empty() {
        return new HttpTemplate(method, path, query, fixed, headers, Body.NONE, Map.of(), tokens);
    }

    /** The name of the token set that is used, where an account has several. */
    public HttpTemplate tokens(String value) {
        return new HttpTemplate(method, path, query, fixed, headers, body, template, value);
    }

    private static Map<String, String> plus(Map<String, String> map, String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(map);
        more.put(name, value);
        return Collections.unmodifiableMap(more);
    }

    public String method() {
        return method;
    }

    /** As it was written. */
    public String path() {
        return path.toString();
    }

    PathTemplate template() {
        return path;
    }

    List<Parameter> parameters() {
        return query;
    }

    Map<String, String> fixed() {
        return fixed;
    }

    Map<String, String> headers() {
        return headers;
    }

    Body body() {
        return body;
    }

    Map<String, Object> bodyTemplate() {
        return template;
    }

    String tokens() {
        return tokens;
    }

    /** Whether something is always the same beside method and path, so that those alone do not make the call this tool's. */
    boolean isFixedFurther() {
        return !fixed.isEmpty() || body == Body.TEMPLATE;
    }

    /** Names of the arguments that it takes by name. */
    Set<String> arguments() {
        Set<String> names = new LinkedHashSet<>(path.names());
        query.forEach(parameter -> names.add(parameter.argument()));
        BodyTemplate.names(template, names);
        return names;
    }

    boolean takesRest() {
        return body == Body.JSON || body == Body.FORM;
    }

    /**
     * The request for these arguments.
     *
     * @throws dev.bulla.error.BullaException {@code TOOL_ARGUMENTS} where a value does not stay in its place
     */
    public ToolRequest request(Arguments arguments) {
        CanonicalTarget target = path.fill(arguments);
        Map<String, String> all = new LinkedHashMap<>(headers);
        byte @Nullable [] bytes = null;
        if (body != Body.NONE) {
            String text = text(arguments);
            all.put("Content-Type", body == Body.FORM ? "application/x-www-form-urlencoded" : "application/json");
            bytes = text.getBytes(StandardCharsets.UTF_8);
        }
        String queried = QueryText.of(fixed, query, arguments);
        String where = target.origin() + target.path() + (queried.isEmpty() ? "" : "?" + queried);
        return new ToolRequest(method, where, all, bytes, tokens);
    }

    private String text(Arguments arguments) {
        if (body == Body.TEMPLATE) {
            return JsonTree.write(BodyTemplate.filled(template, arguments));
        }
        Map<String, Object> rest = new LinkedHashMap<>(arguments.values());
        rest.keySet().removeAll(arguments());
        return body == Body.JSON ? JsonTree.write(rest) : QueryText.form(rest);
    }

    @Override
    public String toString() {
        return "HttpTemplate[" + method + " " + path + "]";
    }
}
