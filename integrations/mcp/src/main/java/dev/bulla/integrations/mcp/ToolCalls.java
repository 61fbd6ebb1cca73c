package dev.bulla.integrations.mcp;

import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.tool.Tier;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolEntry;
import dev.bulla.tool.ToolName;
import dev.bulla.tool.ToolResult;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The methods {@code tools/list} and {@code tools/call}. Thread-safe. */
final class ToolCalls {
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
            if (result.outcome() == ToolResult.Outcome.THROTTLED) {
                throw new Refused(502, ErrorCodes.INTERNAL_ERROR, "'" + parsed.service() + "' asks for a pause");
            }
            return answer(result);
        } catch (BullaException e) {
            if (Refusals.isOver(e)) {
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

    private Object answer(ToolResult result) {
        boolean failed = result.outcome() != ToolResult.Outcome.DONE;
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("content", List.of(content(result, failed)));
        if (!failed && isJson(result)) {
            try {
                answer.put("structuredContent", messages.object(result.text()));
            } catch (IOException | RuntimeException e) { // a list, or no JSON: then it is the text alone
                answer.remove("structuredContent");
            }
        }
        answer.put("isError", failed);
        return answer;
    }

    private static boolean isJson(ToolResult result) {
        return type(result).endsWith("json");
    }

    private static String type(ToolResult result) {
        return result.contentType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> content(ToolResult result, boolean failed) {
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
        String text = result.text();
        return Map.of("type", "text", "text", failed ? "The service answered " + result.status() + ". " + text : text);
    }
}
