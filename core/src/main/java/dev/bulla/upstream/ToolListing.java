package dev.bulla.upstream;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.json.JsonTree;
import dev.bulla.tool.AnswerKind;
import dev.bulla.tool.ToolRequest;
import dev.bulla.tool.ToolResult;
import dev.bulla.tool.ToolSet;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server for its tools, page by page, in the newest revision that both know. A server that answers a request of the present revision
 * with neither a result nor an error of it is an older one, and asked in that way; one that wants a handshake or a session first is not
 * spoken to. Used once.
 */
public final class ToolListing {
    private static final int MOST_PAGES = 50;
    private static final int MOST_TOOLS = 1000;
    private static final int MOST_BYTES = 1 << 20;

    /** Of {@code UnsupportedProtocolVersionError}. */
    private static final BigDecimal UNSUPPORTED = BigDecimal.valueOf(-32022);

    private final Function<ToolRequest, ToolResult> way;

    /** @param way sends one request with the member's credential; it may refuse by an exception */
    public ToolListing(Function<ToolRequest, ToolResult> way) {
        this.way = way;
    }

    /** One page, and the revision in which it was had. */
    private record Page(String revision, Map<?, ?> result) {}

    /**
     * The tools; their hints are not believed.
     *
     * @throws BullaException {@code ANSWER_REFUSED} where the server can not be understood, or wants a session; {@code GRANT_REFUSED} and
     *     {@code PROVIDER_UNAVAILABLE} as its status says
     */
    public ToolSet tools() {
        List<Object> tools = new ArrayList<>();
        int bytes = 0;
        Page page = first();
        for (int number = 1; number <= MOST_PAGES; number++) {
            if (page.result().get("tools") instanceof List<?> some) {
                some.stream().filter(ToolListing::isSound).forEach(tools::add);
                bytes += JsonTree.write(some).getBytes(StandardCharsets.UTF_8).length; // a page has 10 MiB at most
                if (bytes > MOST_BYTES) {
                    throw refused("it lists more than 1 MiB of tools");
                }
            }
            if (!(page.result().get("nextCursor") instanceof String cursor) || tools.size() > MOST_TOOLS) {
                break;
            }
            page = new Page(page.revision(), result(page.revision(), cursor));
        }
        try {
            return ToolSet.fromMcp(
                    JsonTree.write(tools.subList(0, Math.min(MOST_TOOLS, tools.size()))), page.revision(), false);
        } catch (IllegalArgumentException e) {
            throw refused("its tools are not of the form that they must have");
        }
    }

    private static boolean isSound(Object tool) {
        return tool instanceof Map<?, ?> map && HeaderParameters.areSound(map.get("inputSchema"));
    }

    private Page first() {
        ToolResult answer = ask(Revision.PRESENT, null);
        Optional<Map<String, Object>> response = McpMessages.response(answer);
        if (response.isPresent() && response.get().get("result") instanceof Map<?, ?> result) {
            return new Page(Revision.PRESENT, result);
        }
        if (answer.kind() != AnswerKind.REFUSED) {
            throw failed(answer);
        }
        List<String> older = Revision.KNOWN.stream()
                .filter(revision -> !Revision.isModern(revision))
                .toList();
        List<String> offered = response.flatMap(ToolListing::supported).orElse(null);
        if (response.isPresent() && offered == null && isModernError(response.get())) {
            throw failed(answer);
        }
        for (String revision : older) {
            if (offered == null || offered.contains(revision)) {
                ToolResult old = ask(revision, null);
                Optional<Map<String, Object>> told = McpMessages.response(old);
                if (told.isPresent() && told.get().get("result") instanceof Map<?, ?> result) {
                    return new Page(revision, result);
                }
                if (old.kind() != AnswerKind.REFUSED) {
                    throw failed(old);
                }
            }
        }
        throw refused("it wants a handshake or a session first, or speaks no revision that is known here");
    }

    /** The codes that the present revision has for itself (its page on error codes). */
    private static boolean isModernError(Map<String, Object> response) {
        return response.get("error") instanceof Map<?, ?> error
                && error.get("code") instanceof BigDecimal code
                && code.intValue() <= -32020
                && code.intValue() >= -32029;
    }

    private static Optional<List<String>> supported(Map<String, Object> response) {
        return response.get("error") instanceof Map<?, ?> error
                        && UNSUPPORTED.equals(error.get("code"))
                        && error.get("data") instanceof Map<?, ?> data
                        && data.get("supported") instanceof List<?> list
                ? Optional.of(list.stream().map(String::valueOf).toList())
                : Optional.empty();
    }

    private Map<?, ?> result(String revision, String cursor) {
        ToolResult answer = ask(revision, cursor);
        Map<String, Object> response = McpMessages.response(answer).orElse(null);
        if (response != null && response.get("result") instanceof Map<?, ?> result) {
            return result;
        }
        throw failed(answer);
    }

    private ToolResult ask(String revision, @Nullable String cursor) {
        Map<String, Object> params = new LinkedHashMap<>();
        if (cursor != null) {
            params.put("cursor", cursor);
        }
        return way.apply(McpMessages.request("tools/list", params, null, revision, Map.of()));
    }

    private static BullaException failed(ToolResult answer) {
        return switch (answer.kind()) {
            case UNAUTHORIZED, FORBIDDEN ->
                new BullaException(ErrorCode.GRANT_REFUSED, "the MCP server does not list its tools to this account");
            case THROTTLED, FAILED ->
                new BullaException(ErrorCode.PROVIDER_UNAVAILABLE, "the MCP server does not list its tools now");
            case DONE, ELSEWHERE, REFUSED -> refused("it does not list its tools");
        };
    }

    private static BullaException refused(String why) {
        return new BullaException(ErrorCode.ANSWER_REFUSED, "the MCP server is not understood: " + why);
    }
}
