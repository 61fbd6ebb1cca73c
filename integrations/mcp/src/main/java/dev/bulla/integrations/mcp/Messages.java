package dev.bulla.integrations.mcp;

import dev.bulla.web.WebResponse;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes the messages of JSON-RPC 2.0. Thread-safe. */
final class Messages {
    private static final TypeRef<Map<String, Object>> OBJECT = new TypeRef<>() {};

    private final McpJsonMapper json;

    Messages(McpJsonMapper json) {
        this.json = json;
    }

    /**
     * One message that arrived.
     *
     * @param id null for a notification
     * @param method null for an answer
     */
    record Message(@Nullable Object id, @Nullable String method, Map<String, Object> params) {
        boolean isRequest() {
            return method != null && id != null;
        }
    }

    /** @throws Refused 400 where the text is no JSON, or no single message */
    Message read(String text) {
        Object value;
        try {
            value = json.readValue(text, Object.class);
        } catch (IOException | RuntimeException e) { // its text may hold what was sent
            throw new Refused(400, ErrorCodes.PARSE_ERROR, "the body is no JSON");
        }
        if (!(value instanceof Map<?, ?> map) || !McpSchema.JSONRPC_VERSION.equals(map.get("jsonrpc"))) {
            throw new Refused(400, ErrorCodes.INVALID_REQUEST, "the body is not one message of JSON-RPC 2.0");
        }
        Object id = map.get("id");
        Object method = map.get("method");
        Object params = map.get("params");
        boolean answer = method == null && (map.containsKey("result") || map.containsKey("error"));
        boolean named = answer || method instanceof String;
        boolean numbered =
                !map.containsKey("id") || id instanceof String || id instanceof Integer || id instanceof Long;
        if (!named || !numbered || !(params == null || params instanceof Map)) {
            throw new Refused(400, ErrorCodes.INVALID_REQUEST, "the body is not one message of JSON-RPC 2.0");
        }
        return new Message(id, (String) method, params == null ? Map.of() : json.convertValue(params, OBJECT));
    }

    /** An object that arrived, as JSON again. */
    String text(Object value) {
        return write(value);
    }

    Map<String, Object> object(String text) throws IOException {
        return json.readValue(text, OBJECT);
    }

    WebResponse result(Object id, Object result) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("jsonrpc", McpSchema.JSONRPC_VERSION);
        message.put("id", id);
        message.put("result", result);
        return WebResponse.json(200, write(message));
    }

    WebResponse error(@Nullable Object id, Refused refused) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("jsonrpc", McpSchema.JSONRPC_VERSION);
        message.put("id", id);
        message.put("error", Map.of("code", refused.code, "message", refused.text()));
        WebResponse answer = WebResponse.json(refused.status, write(message));
        if (refused.challenge != null) {
            answer = answer.header("WWW-Authenticate", refused.challenge);
        }
        return refused.wait == null
                ? answer
                : answer.header("Retry-After", Long.toString(Math.max(1, (refused.wait.toMillis() + 999) / 1000)));
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }
}
