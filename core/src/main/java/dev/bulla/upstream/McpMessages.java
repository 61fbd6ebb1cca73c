package dev.bulla.upstream;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.json.JsonRefused;
import dev.bulla.json.JsonTree;
import dev.bulla.tool.AnswerKind;
import dev.bulla.tool.McpCall;
import dev.bulla.tool.ToolCall;
import dev.bulla.tool.ToolRequest;
import dev.bulla.tool.ToolResult;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Requests to MCP servers, and what their answers say (Streamable HTTP of 2026-07-28 and of the revisions before it, without sessions). A
 * request is one POST; its answer is one JSON object, or one stream of events whose last message counts. The stream is read to its end within
 * the time of a call. Stateless.
 */
public final class McpMessages {
    private static final JsonTree JSON = JsonTree.within(64, 8 << 20);

    private McpMessages() {}

    /** The request that calls a tool of a server. */
    public static ToolRequest request(ToolCall call) {
        McpCall mcp = call.tool().mcp().orElseThrow();
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("name", mcp.name());
        params.put("arguments", call.arguments().values());
        Map<String, String> mirrored = Revision.isModern(mcp.version())
                ? HeaderParameters.of(call.tool().inputSchema())
                        .values(call.arguments().values())
                : Map.of();
        return request("tools/call", params, mcp.name(), mcp.version(), mirrored);
    }

    static ToolRequest request(
            String method,
            Map<String, Object> params,
            @Nullable String name,
            String revision,
            Map<String, String> mirrored) {
        Map<String, Object> all = new LinkedHashMap<>(params);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json, text/event-stream");
        headers.put("MCP-Protocol-Version", revision);
        if (Revision.isModern(revision)) {
            all.put("_meta", Revision.meta(revision));
            headers.put("Mcp-Method", method);
            if (name != null) {
                headers.put("Mcp-Name", HeaderParameters.encoded(name));
            }
            headers.putAll(mirrored);
        }
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("jsonrpc", "2.0");
        message.put("id", 1);
        message.put("method", method);
        message.put("params", all);
        return new ToolRequest("POST", "", headers, JsonTree.write(message).getBytes(StandardCharsets.UTF_8), "");
    }

    /**
     * What a tool answered: its result as JSON. Where the tool says that it failed, or asks for something that nobody here can give, that is
     * a refusal, and so is an error of the protocol, whose error object is the body then.
     *
     * @param http the answer as it came
     * @throws BullaException {@code ANSWER_REFUSED} where that is no answer of such a server
     */
    public static ToolResult result(ToolResult http) {
        Map<String, Object> response = response(http).orElse(null);
        if (response == null) {
            if (http.kind() != AnswerKind.DONE) {
                return http;
            }
            throw new BullaException(ErrorCode.ANSWER_REFUSED, "the MCP server answered with something else");
        }
        if (response.get("error") instanceof Map<?, ?> error) {
            return ToolResult.json(JsonTree.write(error))
                    .as(http.kind() == AnswerKind.DONE ? AnswerKind.REFUSED : http.kind());
        }
        Object result = response.get("result");
        boolean failed = result instanceof Map<?, ?> map
                && (Boolean.TRUE.equals(map.get("isError")) || map.containsKey("inputRequests"));
        ToolResult answer = ToolResult.json(JsonTree.write(result));
        return failed ? answer.as(AnswerKind.REFUSED) : answer;
    }

    /** The response to the one request, if there is one. */
    static Optional<Map<String, Object>> response(ToolResult http) {
        String type = http.contentType().toLowerCase(Locale.ROOT);
        if (type.startsWith("text/event-stream")) {
            return EventStream.messages(http.text()).stream()
                    .flatMap(text -> read(text).stream())
                    .reduce((one, later) -> later);
        }
        return read(http.text());
    }

    private static Optional<Map<String, Object>> read(String text) {
        try {
            return Optional.of(JSON.object(text)).filter(McpMessages::isResponse);
        } catch (JsonRefused e) {
            return Optional.empty();
        }
    }

    /** What has an id, and says how it ended. A server that could not read a request may leave its id out. */
    private static boolean isResponse(Map<String, Object> message) {
        return "2.0".equals(message.get("jsonrpc"))
                && !message.containsKey("method")
                && (message.get("error") instanceof Map<?, ?>
                        || message.get("result") instanceof Map<?, ?> && message.get("id") != null);
    }
}
