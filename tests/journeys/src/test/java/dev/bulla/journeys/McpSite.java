package dev.bulla.journeys;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.bulla.Bulla;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.ProviderHttp;
import dev.bulla.testkit.service.Access;
import dev.bulla.testkit.service.AuthorizationRequest;
import dev.bulla.testkit.service.Dialect;
import dev.bulla.testkit.service.OAuthService;
import dev.bulla.testkit.service.Reply;
import dev.bulla.testkit.service.Rotation;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * An MCP server with its authorization server, without a network: they answer as the specification of 2026-07-28 has it, and a test changes
 * what they say. Tokens are given for one resource, and taken for that one only.
 */
final class McpSite implements ProviderHttp {
    static final String SERVER = "https://mcp.example.com/team/mcp";
    static final String ISSUER = "https://auth.example.com/tenant";
    static final String HOST = "https://mcp.example.com";
    static final String LOGIN = "https://auth.example.com";

    private record Route(Predicate<HttpCall> which, Function<HttpCall, HttpAnswer> answer) {}

    final OAuthService service = new OAuthService();
    final List<HttpCall> calls = new CopyOnWriteArrayList<>();
    final AtomicInteger registrations = new AtomicInteger();
    private final List<Route> routes = new CopyOnWriteArrayList<>();
    private final Map<String, String> resources = new ConcurrentHashMap<>();
    volatile UnaryOperator<Map<String, Object>> resource = fields -> fields;
    volatile UnaryOperator<Map<String, Object>> metadata = fields -> fields;
    volatile Function<Map<String, Object>, Map<String, Object>> registration = fields -> fields;
    /** What the header of a 401 holds behind the scheme. */
    volatile String challenge =
            "resource_metadata=\"https://mcp.example.com/.well-known/oauth-protected-resource/team/mcp\"";
    /** Scopes that a tool needs. */
    final Map<String, String> needs = new ConcurrentHashMap<>();

    volatile List<String> tools = List.of("read_note", "write_note", "forget_note");
    volatile String description = "What it does";
    volatile boolean documents;
    volatile boolean registers = true;
    volatile boolean streams;
    /** The only revision that the server speaks. */
    volatile String version = "2026-07-28";

    volatile String issuer = ISSUER;

    McpSite(Clock clock) {
        service.clock(clock)
                .issuer(ISSUER)
                .rotation(Rotation.STRICT)
                .dialect(new Dialect("client_id", "scope", " ", true, true, true, true, false, false));
        service.user("anna", "", "Anna");
    }

    /** Answers these requests so, before anything else. */
    void on(Predicate<HttpCall> which, Function<HttpCall, HttpAnswer> answer) {
        routes.add(0, new Route(which, answer));
    }

    void on(String address, Function<HttpCall, HttpAnswer> answer) {
        on(call -> call.uri().toString().equals(address), answer);
    }

    /** Answers again as it is. */
    void forget() {
        routes.clear();
    }

    static HttpAnswer json(int status, Map<String, Object> fields) {
        return answer(status, "application/json", JSONObjectUtils.toJSONString(fields));
    }

    static HttpAnswer answer(int status, String type, String body) {
        return new HttpAnswer(status, Map.of("content-type", List.of(type)), body.getBytes(StandardCharsets.UTF_8));
    }

    static HttpAnswer with(HttpAnswer answer, String header, String value) {
        Map<String, List<String>> headers = new LinkedHashMap<>(answer.headers());
        headers.put(header, List.of(value));
        return new HttpAnswer(answer.status(), headers, answer.body());
    }

    long count(String part) {
        return calls.stream()
                .filter(call -> call.uri().toString().contains(part))
                .count();
    }

    @Override
    public HttpAnswer send(HttpCall call) {
        calls.add(call);
        for (Route route : routes) {
            if (route.which().test(call)) {
                return route.answer().apply(call);
            }
        }
        String where = call.uri().toString();
        return switch (where) {
            case SERVER -> mcp(call);
            case "https://mcp.example.com/.well-known/oauth-protected-resource/team/mcp" ->
                json(200, resource.apply(resourceFields()));
            case "https://auth.example.com/.well-known/oauth-authorization-server/tenant" ->
                json(200, metadata.apply(metadataFields()));
            case LOGIN + "/register" -> register(call);
            case LOGIN + "/token" -> token(call);
            case LOGIN + "/revoke" -> answered(service.revoke(form(call), authorization(call)));
            default -> answer(404, "text/plain", "nothing is here");
        };
    }

    private Map<String, Object> resourceFields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("resource", SERVER);
        fields.put("authorization_servers", List.of(issuer));
        fields.put("scopes_supported", List.of("notes.read"));
        return fields;
    }

    Map<String, Object> metadataFields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("issuer", issuer);
        fields.put("authorization_endpoint", LOGIN + "/authorize");
        fields.put("token_endpoint", LOGIN + "/token");
        fields.put("revocation_endpoint", LOGIN + "/revoke");
        fields.put("code_challenge_methods_supported", List.of("S256"));
        fields.put("authorization_response_iss_parameter_supported", true);
        if (registers) {
            fields.put("registration_endpoint", LOGIN + "/register");
        }
        if (documents) {
            fields.put("client_id_metadata_document_supported", true);
        }
        return fields;
    }

    private HttpAnswer register(HttpCall call) {
        Map<String, Object> asked = read(call.body());
        String id = "registered-" + registrations.incrementAndGet();
        boolean open = "none".equals(asked.get("token_endpoint_auth_method"));
        service.client(id, id, open ? null : "secret-of-" + id, texts(asked.get("redirect_uris")));
        Map<String, Object> fields = new LinkedHashMap<>(asked);
        fields.put("client_id", id);
        if (!open) {
            fields.put("client_secret", "secret-of-" + id);
            fields.put("client_secret_expires_at", 0);
        }
        return json(201, registration.apply(fields));
    }

    /** A token request that does not say what the token is for, or says something else than before, is refused (RFC 8707). */
    private HttpAnswer token(HttpCall call) {
        Map<String, String> form = form(call);
        if (!SERVER.equals(form.get("resource"))) {
            return json(400, Map.of("error", "invalid_target"));
        }
        return answered(service.token(form, authorization(call)));
    }

    private static HttpAnswer answered(Reply reply) {
        return answer(reply.status(), "application/json", reply.text());
    }

    /** A browser goes where it was sent; the user agrees to everything. A client that is an address is read there first. */
    URI consent(URI location, Bulla host) {
        return consent(location, host, request -> request.scopes());
    }

    URI consent(URI location, Bulla host, Function<AuthorizationRequest, List<String>> agreed) {
        if (!location.toString().startsWith(LOGIN + "/authorize?")) {
            throw new AssertionError("not the authorization endpoint: " + location);
        }
        Map<String, String> parameters = Trip.parameters(location);
        if (!SERVER.equals(parameters.get("resource"))) {
            throw new AssertionError("a consent for " + parameters.get("resource"));
        }
        String client = parameters.getOrDefault("client_id", "");
        if (documents && client.startsWith("https://")) {
            readDocument(client, host);
        }
        AuthorizationRequest request = service.authorization(parameters);
        return service.approve(request, "anna", agreed.apply(request));
    }

    /** As an authorization server reads the document of a client. */
    private void readDocument(String client, Bulla host) {
        String base = host.baseUri() + "/client/";
        String document = host.clientDocument(client.substring(base.length())).orElseThrow();
        Map<String, Object> fields = read(document.getBytes(StandardCharsets.UTF_8));
        if (!client.startsWith(base) || !client.equals(fields.get("client_id"))) {
            throw new AssertionError("the document speaks of " + fields.get("client_id"));
        }
        service.client(client, String.valueOf(fields.get("client_name")), null, texts(fields.get("redirect_uris")));
    }

    private HttpAnswer mcp(HttpCall call) {
        Optional<Access> access = Optional.ofNullable(authorization(call))
                .filter(header -> header.startsWith("Bearer "))
                .flatMap(header -> service.access(header.substring(7)));
        if (access.isEmpty()) {
            return with(answer(401, "text/plain", ""), "www-authenticate", "Bearer " + challenge);
        }
        Map<String, Object> message = read(call.body());
        String method = String.valueOf(message.get("method"));
        if (!version.equals(call.headers().get("MCP-Protocol-Version"))) {
            return unsupported(call, message);
        }
        return switch (method) {
            case "tools/list" -> result(message, tools(message));
            case "tools/call" -> tool(call, message, access.get());
            default -> answer(404, "application/json", error(message, -32601, "Method not found"));
        };
    }

    /** As servers of the revisions before the present one do it, which know no errors of that. */
    private HttpAnswer unsupported(HttpCall call, Map<String, Object> message) {
        return version.compareTo("2026-07-28") < 0
                ? answer(400, "text/plain", "Bad Request: Unsupported protocol version")
                : answer(
                        400,
                        "application/json",
                        "{\"jsonrpc\":\"2.0\",\"id\":" + message.get("id")
                                + ",\"error\":{\"code\":-32022,\"message\":\"Unsupported protocol version\",\"data\":{\"supported\":[\""
                                + version + "\"]}}}");
    }

    private Map<String, Object> tools(Map<String, Object> message) {
        Object cursor = message.get("params") instanceof Map<?, ?> map ? map.get("cursor") : null;
        Map<String, Object> result = new LinkedHashMap<>();
        if (cursor == null) {
            result.put("tools", tools.stream().map(name -> tool(name, "x")).toList());
            result.put("nextCursor", "more");
        } else {
            result.put("tools", List.of(tool("odd", "bad name")));
        }
        return result;
    }

    private Map<String, Object> tool(String name, String header) {
        return Map.of(
                "name",
                name,
                "description",
                description,
                "inputSchema",
                Map.of(
                        "type",
                        "object",
                        "properties",
                        Map.of(
                                "title",
                                Map.of("type", "string", "x-mcp-header", header.equals("x") ? "Title" : header)),
                        "required",
                        List.of("title")));
    }

    @SuppressWarnings("unchecked")
    private HttpAnswer tool(HttpCall call, Map<String, Object> message, Access access) {
        Map<String, Object> params = (Map<String, Object>) message.get("params");
        String name = String.valueOf(params.get("name"));
        String needed = needs.getOrDefault(name, "");
        if (!needed.isEmpty() && !access.scopes().containsAll(List.of(needed.split(" ")))) {
            return with(
                    answer(403, "text/plain", ""),
                    "www-authenticate",
                    "Bearer error=\"insufficient_scope\", scope=\"" + needed + "\"");
        }
        boolean modern = version.equals("2026-07-28");
        if (modern && !name.equals(call.headers().get("Mcp-Name"))) {
            return answer(400, "application/json", error(message, -32020, "Header mismatch"));
        }
        Map<String, Object> arguments = (Map<String, Object>) params.get("arguments");
        return result(
                message,
                Map.of(
                        "content",
                        List.of(Map.of(
                                "type",
                                "text",
                                "text",
                                name + " of " + arguments.get("title") + " for " + access.user() + " by "
                                        + call.headers().get("Mcp-Param-Title")))));
    }

    private HttpAnswer result(Map<String, Object> message, Map<String, Object> result) {
        String response =
                JSONObjectUtils.toJSONString(Map.of("jsonrpc", "2.0", "id", message.get("id"), "result", result));
        return streams
                ? answer(
                        200,
                        "text/event-stream",
                        ": hello\r\n\r\nevent: message\r\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\","
                                + "\"params\":{}}\r\n\r\nid: 7\ndata: " + response.substring(0, 1) + "\ndata: "
                                + response.substring(1) + "\n\n")
                : answer(200, "application/json", response);
    }

    private static String error(Map<String, Object> message, int code, String text) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + message.get("id") + ",\"error\":{\"code\":" + code + ",\"message\":\""
                + text + "\"}}";
    }

    private static String authorization(HttpCall call) {
        return call.headers().get("Authorization");
    }

    private static Map<String, String> form(HttpCall call) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : new String(call.body(), StandardCharsets.UTF_8).split("&")) {
            String[] parts = pair.split("=", 2);
            form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    static Map<String, Object> read(byte[] body) {
        try {
            return JSONObjectUtils.parse(new String(body, StandardCharsets.UTF_8));
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> texts(Object list) {
        List<String> texts = new ArrayList<>();
        ((List<?>) list).forEach(one -> texts.add(String.valueOf(one)));
        return texts;
    }
}
