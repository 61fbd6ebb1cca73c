package dev.bulla.tool;

import dev.bulla.error.BullaException;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tools of one service, the kinds of its resources, and what is known of its paths. Immutable and thread-safe. */
public final class ToolSet {
    /** Nothing is known: there are no tools, and every call may touch any resource. */
    public static final ToolSet NONE = new ToolSet(List.of(), List.of(), List.of());

    private final Map<String, Tool> tools = new LinkedHashMap<>();
    private final Map<String, ResourceKind> kinds = new LinkedHashMap<>();
    private final List<Route> routes;

    private ToolSet(Collection<Tool> tools, Collection<ResourceKind> kinds, List<Route> routes) {
        this.routes = List.copyOf(routes);
        for (ResourceKind kind : kinds) {
            if (this.kinds.put(kind.name(), kind) != null) {
                throw new IllegalArgumentException("two kinds of resource are called " + kind.name());
            }
        }
        for (Tool tool : tools) {
            if (this.tools.put(tool.name(), tool) != null) {
                throw new IllegalArgumentException("two tools are called " + tool.name());
            }
        }
        for (Tool tool : tools) {
            tool.resource().ifPresent(resource -> need(resource, "tool " + tool.name()));
        }
        routes.forEach(route -> route.resource().ifPresent(resource -> need(resource, route.toString())));
    }

    private void need(ResourceTemplate resource, String who) {
        if (!kinds.containsKey(resource.kind())) {
            throw new IllegalArgumentException(who + ": there is no kind of resource called " + resource.kind());
        }
    }

    /** The kinds that tools and routes speak of. */
    public static ToolSet of(ResourceKind... kinds) {
        return new ToolSet(List.of(), List.of(kinds), List.of());
    }

    /**
     * The tools of an MCP server, as it lists them (Model Context Protocol, {@code tools/list}): the result, or the array in it. What they
     * say of themselves is hearsay: all count as destructive, unless their hints are trusted. Names are brought to our form; what is left
     * without a name, comes twice, takes something else than an object, or is longer than 128 Ki characters, is left out.
     *
     * @param version revision of the protocol in which they are called
     * @param trustHints whether {@code readOnlyHint} and {@code destructiveHint} count
     * @throws IllegalArgumentException where that is no such list
     */
    public static ToolSet fromMcp(String json, String version, boolean trustHints) {
        return new ToolSet(McpList.read(json, version, trustHints), List.of(), List.of());
    }

    /**
     * With these tools too.
     *
     * @throws IllegalArgumentException where a name is taken, or a tool names a kind of resource that is not there
     */
    public ToolSet with(Tool... more) {
        return with(List.of(more));
    }

    /** As {@link #with(Tool...)}. */
    public ToolSet with(Collection<Tool> more) {
        List<Tool> all = new ArrayList<>(tools.values());
        all.addAll(more);
        return new ToolSet(all, kinds.values(), routes);
    }

    /** With these tools, in place of those of the same names. */
    public ToolSet replacing(Collection<Tool> others) {
        Map<String, Tool> all = new LinkedHashMap<>(tools);
        others.forEach(tool -> all.put(tool.name(), tool));
        return new ToolSet(all.values(), kinds.values(), routes);
    }

    /** Whether a tool speaks of kinds of resources that are there. */
    public boolean fits(Tool tool) {
        return tool.resource()
                .filter(resource -> !kinds.containsKey(resource.kind()))
                .isEmpty();
    }

    /** With these routes too. */
    public ToolSet routes(Route... more) {
        List<Route> all = new ArrayList<>(routes);
        all.addAll(List.of(more));
        return new ToolSet(tools.values(), kinds.values(), all);
    }

    public List<Tool> tools() {
        return List.copyOf(tools.values());
    }

    public Optional<Tool> tool(String name) {
        return Optional.ofNullable(tools.get(name));
    }

    public List<ResourceKind> kinds() {
        return List.copyOf(kinds.values());
    }

    public Optional<ResourceKind> kind(String name) {
        return Optional.ofNullable(kinds.get(name));
    }

    /**
     * What a call is that names no tool. It surely is a tool where method and path alone make it that tool; where a tool sends something
     * fixed besides, or several share a path, it is not sure. What can be read in two ways may be anything.
     */
    public Match match(String method, CanonicalTarget target) {
        return match(method, target, Set.of(), () -> null);
    }

    /**
     * As {@link #match(String, CanonicalTarget)}.
     *
     * @param names of what the call carries in its query and its body, in lower case, with an underscore for a dot, a hyphen and a blank
     * @param home the API's address, or null where it is known with the account only; asked where there are tools with an address of
     *     their own, because that may be below it
     */
    public Match match(String method, CanonicalTarget target, Set<String> names, Supplier<@Nullable URI> home) {
        List<Route> possible =
                routes.stream().filter(route -> route.isNamed(names)).toList();
        return new Matching(tools.values(), possible, this::sight, home).of(method, target);
    }

    /**
     * A call of a tool.
     *
     * @throws BullaException {@code TOOL_ARGUMENTS} with the names of what does not fit
     */
    public ToolCall call(Tool tool, String argumentsJson) {
        Arguments arguments = tool.arguments(argumentsJson);
        Optional<ToolRequest> request = tool.http().map(template -> template.request(arguments));
        Match match = new Match(Optional.of(tool), false, tool.tier(), touched(tool, arguments));
        return new ToolCall(tool, arguments, request, match);
    }

    private Sight touched(Tool tool, Arguments arguments) {
        if (tool.touchesNothing()) {
            return Sight.none();
        }
        if (tool.resource().isPresent()) {
            ResourceTemplate template = tool.resource().get();
            return template.fill(name -> id(arguments, name))
                    .map(id -> sight(template.kind(), id))
                    .orElseGet(Sight::unclear);
        }
        return tool.http()
                .map(http ->
                        match(http.method(), http.template().fill(arguments)).resource())
                .orElseGet(Sight::unclear);
    }

    /** A whole number has one form as an id, however it was written. */
    private static Optional<String> id(Arguments arguments, String name) {
        return arguments
                .value(name)
                .filter(value -> !(value instanceof Boolean))
                .flatMap(value -> value instanceof BigDecimal number
                        ? Optional.of(number.stripTrailingZeros().toPlainString())
                        : Arguments.plain(value));
    }

    private Sight sight(String kind, String id) {
        return kind(kind)
                .flatMap(known -> known.canonical(id))
                .map(one -> Sight.known(new Resource(kind, one)))
                .orElseGet(Sight::unclear);
    }

    @Override
    public String toString() {
        return "ToolSet" + tools.keySet();
    }
}
