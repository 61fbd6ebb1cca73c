package dev.bulla.tool;

import dev.bulla.json.JsonRefused;
import dev.bulla.json.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads what an MCP server says of its tools. */
final class McpList {
    private static final JsonTree JSON = JsonTree.within(64, 256 << 10);
    private static final int LONGEST = 8 << 20;
    private static final int LONGEST_TOOL = 128 << 10;
    private static final int MOST = 2000;
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_DESCRIPTION = 8000;
    private static final int LONGEST_TITLE = 200;

    private McpList() {}

    static List<Tool> read(String json, String version, boolean trustHints) {
        Map<String, Tool> tools = new LinkedHashMap<>();
        for (Object one : list(json)) {
            if (one instanceof Map<?, ?> map && map.get("name") instanceof String upstream) {
                String name = name(upstream);
                if (!name.isEmpty() && !name.equals("token") && !tools.containsKey(name)) {
                    tool(name, upstream, map, version, trustHints).ifPresent(tool -> tools.put(name, tool));
                }
            }
        }
        return List.copyOf(tools.values());
    }

    private static List<?> list(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        try {
            Object list = JsonTree.beginsArray(bytes)
                    ? JSON.array(bytes)
                    : JSON.object(bytes).get("tools");
            if (bytes.length <= LONGEST && list instanceof List<?> tools && tools.size() <= MOST) {
                return tools;
            }
        } catch (JsonRefused e) {
            // said below
        }
        throw new IllegalArgumentException("not a list of at most " + MOST + " tools of an MCP server");
    }

    /** Empty where it can not be called as it is described. */
    private static Optional<Tool> tool(
            String name, String upstream, Map<?, ?> map, String version, boolean trustHints) {
        try {
            Tool tool = read(name, upstream, map, version, trustHints);
            return tool.toJson().length() > LONGEST_TOOL ? Optional.empty() : Optional.of(tool);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @SuppressWarnings("unchecked")
    private static Tool read(String name, String upstream, Map<?, ?> map, String version, boolean trustHints) {
        Map<?, ?> hints = trustHints && map.get("annotations") instanceof Map<?, ?> told ? told : Map.of();
        Tier tier = Boolean.TRUE.equals(hints.get("readOnlyHint"))
                ? Tier.READ
                : Boolean.FALSE.equals(hints.get("destructiveHint")) ? Tier.WRITE : Tier.DESTRUCTIVE;
        Map<String, Object> input =
                map.get("inputSchema") instanceof Map<?, ?> schema ? (Map<String, Object>) schema : Map.of();
        String description = text(map, "description", LONGEST_DESCRIPTION);
        return Tool.named(name)
                .title(text(map, "title", LONGEST_TITLE))
                .description(description.isBlank() ? upstream : description)
                .input(InputSchema.of(input, true))
                .tier(tier)
                .mcp(new McpCall(upstream, version))
                .build();
    }

    private static String text(Map<?, ?> map, String name, int longest) {
        return map.get(name) instanceof String text ? text.substring(0, Math.min(longest, text.length())) : "";
    }

    /** Small letters, digits and underscores; empty where nothing is left. */
    private static String name(String upstream) {
        String name = upstream.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^[_0-9]+|_+$", "");
        return name.substring(0, Math.min(LONGEST_NAME, name.length()));
    }
}
