package dev.bulla.integrations.mcp;

import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.tool.AnswerKind;
import dev.bulla.tool.Tier;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolEntry;
import dev.bulla.tool.ToolName;
import dev.bulla.tool.ToolResult;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The methods {@code tools/list} and {@code tools/call}. Thread-safe. */
final class ToolCalls {
    /** Says the id of the audit's entry. */
    private static final String ENTRY = "dev.bulla/entry";

    private final Messages messages;

    ToolCalls(Messages messages) {
        this.messages = messages;
    }

    Object list(Session session) {
        return Map.of("tools", session.tools().stream().map(this::shown).toList());
    }

    private McpSchema.Tool shown(ToolEntry entry) {
        Tool tool = entry.tool();
        Map<String, Object> schema;
        try {
            schema = messages.object(tool.inputSchema());
        } catch (IOException e) {
            throw new IllegalStateException("the schema of a tool is no JSON");
        }
        McpSchema.Tool.Builder shown = McpSchema.Tool.builder(entry.name(), schema)
                .description(tool.description())
                .annotations(McpSchema.ToolAnnotations.builder()
                        .readOnlyHint(tool.tier() == Tier.READ)
                        .destructiveHint(tool.tier() == Tier.DESTRUCTIVE)
                        .openWorldHint(true)
                        .build());
        return (tool.title().isEmpty() ? shown : shown.title(tool.title())).build();
    }

    /** @throws Refused for what is no answer of a service */
    Object call(Session session, String tenant, Map<String, Object> params) {
        if (!(params.get("name") instanceof String name)) {
            throw new Refused(200, ErrorCodes.INVALID_PARAMS, "the name of a tool is missing");
        }
        ToolName parsed = ToolName.parse(name)
                .orElseThrow(() -> new Refused(
                        200,
                        ErrorCodes.INVALID_PARAMS,
                        "the name of a tool is 'service__tool', as tools/list says it"));
        Object arguments = params.get("arguments");
        try {
            ToolResult result = session.callTool(name, messages.text(arguments == null ? Map.of() : arguments));
            if (result.kind() == AnswerKind.THROTTLED) {
                throw new Refused(502, ErrorCodes.INTERNAL_ERROR, "'" + parsed.service() + "' asks for a pause");
            }
            return answer(name, result);
        } catch (BullaException e) {
            if (e.code() == ErrorCode.SESSION_CLOSED) {
                throw e;
            }
            if (e.code() == ErrorCode.TOOL_ARGUMENTS) { // for the model to try again with others
                return CallToolResult.builder()
                        .addTextContent(String.valueOf(e.getMessage()))
                        .isError(true)
                        .build();
            }
            throw Refusals.of(e, tenant, name, parsed.service());
        }
    }

    private Object answer(String name, ToolResult result) {
        boolean failed = result.kind() != AnswerKind.DONE;
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("content", List.of(content(name, result, failed)));
        if (!failed && isJson(result)) {
            try {
                answer.put("structuredContent", messages.object(result.text()));
            } catch (IOException | RuntimeException e) { // a list, or no JSON: then it is the text alone
                answer.remove("structuredContent");
            }
        }
        answer.put("isError", failed);
        if (!result.entry().isEmpty()) {
            answer.put("_meta", Map.of(ENTRY, result.entry()));
        }
        return answer;
    }

    private static boolean isJson(ToolResult result) {
        return type(result).endsWith("json");
    }

    private static String type(ToolResult result) {
        return result.contentType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> content(String name, ToolResult result, boolean failed) {
        String type = type(result);
        if (!failed && (type.startsWith("image/") || type.startsWith("audio/"))) {
            return Map.of(
                    "type",
                    type.substring(0, 5),
                    "mimeType",
                    type,
                    "data",
                    Base64.getEncoder().encodeToString(result.body()));
        }
        if (!failed && !isText(type, result.body())) {
            return Map.of(
                    "type",
                    "resource",
                    "resource",
                    Map.of(
                            "uri",
                            "tool:" + name,
                            "mimeType",
                            type.isEmpty() ? "application/octet-stream" : type,
                            "blob",
                            Base64.getEncoder().encodeToString(result.body())));
        }
        String text = result.text();
        return Map.of("type", "text", "text", failed ? "The service answered " + result.status() + ". " + text : text);
    }

    /** Whether a body can be shown as it is: what says that it is text, and what reads as such. */
    private static boolean isText(String type, byte[] body) {
        if (type.startsWith("text/") || type.endsWith("json") || type.endsWith("xml")) {
            return true;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return text.indexOf('\0') < 0;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
