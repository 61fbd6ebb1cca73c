package dev.bulla;

import dev.bulla.error.Actor;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.error.Obstacle;
import dev.bulla.error.Place;
import dev.bulla.gate.Caller;
import dev.bulla.gate.Errand;
import dev.bulla.gate.GrantPass;
import dev.bulla.gate.GrantScope;
import dev.bulla.gate.Passage;
import dev.bulla.gate.Rules;
import dev.bulla.gate.Sendable;
import dev.bulla.key.Grant;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.Explanation;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.Mode;
import dev.bulla.rack.Services;
import dev.bulla.store.AccountRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.tool.Door;
import dev.bulla.tool.Match;
import dev.bulla.tool.Sight;
import dev.bulla.tool.Tier;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolCall;
import dev.bulla.tool.ToolEntry;
import dev.bulla.tool.ToolHandler;
import dev.bulla.tool.ToolName;
import dev.bulla.tool.ToolRequest;
import dev.bulla.tool.ToolResult;
import dev.bulla.tool.ToolSet;
import dev.bulla.upstream.McpMessages;
import dev.bulla.upstream.ToolListing;
import dev.bulla.use.AccountUse;
import dev.bulla.vault.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The tools of one session. Thread-safe. */
final class SessionTools {
    private static final int MOST_NAMES = 1_000;
    private static final Obstacle NOT_OFFERED = Obstacle.of(
            "not_offered",
            "The connection has such a tool, and it is not on the list of those that are offered. The owner can put it there.",
            Actor.OWNER,
            Place.POLICIES);

    /** The session's way through the gate. */
    interface Way {
        <T> T pass(String connection, String label, Errand errand, Function<Passage, T> forward);
    }

    private final Wiring wiring;
    private final Caller caller;
    private final AccountUse use;
    private final Way way;
    private final Map<String, String> connections = new ConcurrentHashMap<>();

    SessionTools(Wiring wiring, Caller caller, AccountUse use, Way way) {
        this.wiring = wiring;
        this.caller = caller;
        this.use = use;
        this.way = way;
    }

    List<ToolEntry> list() {
        return list(wiring, caller);
    }

    /** The tools that a caller can use now; nothing is opened for that. */
    static List<ToolEntry> list(Wiring wiring, Caller caller) {
        Set<String> ready = wiring.store().accounts().ofMember(caller.tenant(), caller.member()).stream()
                .filter(account -> Views.status(account.status()) == AccountStatus.ACTIVE)
                .filter(account -> account.keyNo() == 0 || caller.keyNo() != 0)
                .map(AccountRow::connectionId)
                .collect(Collectors.toSet());
        Services services = Services.of(wiring.store().connections().list(caller.tenant()));
        List<ToolEntry> entries = new ArrayList<>();
        for (ConnectionRow row : services.all()) {
            boolean usable = row.enabled() && row.complete();
            if (usable && (ready.contains(row.id()) || Mode.valueOf(row.mode()) == Mode.HOST_CREDENTIAL)) {
                Rules rules = wiring.gate().rules(row);
                for (Tool tool : rules.tools().tools()) {
                    if (isCovered(caller, row, tool)
                            && rules.rack().offers(tool)
                            && wiring.gate().shows(caller, rules, tool)) {
                        String name = new ToolName(services.nameOf(row), tool.name()).toString();
                        entries.add(new ToolEntry(name, row.name(), tool));
                    }
                }
            }
        }
        return List.copyOf(entries);
    }

    private static boolean isCovered(Caller caller, ConnectionRow row, Tool tool) {
        GrantPass grant = caller.grant();
        return grant == null || grant.covers(row, tool);
    }

    /** What stands between the member and an account. */
    Explanation explain(String connection, String label) {
        if (isBeyondGrant(wiring.store().connections().findByName(caller.tenant(), connection))) {
            return beyondGrant(connection);
        }
        return wiring.explaining().member(caller.tenant(), caller.member(), connection, label, caller.keyNo() != 0);
    }

    /** Where that is so, nothing is said, be it that there is no such connection. */
    private boolean isBeyondGrant(Optional<ConnectionRow> connection) {
        GrantPass grant = caller.grant();
        return grant != null
                && grant.isNarrowed()
                && connection.filter(row -> grant.covers(row.id())).isEmpty();
    }

    /** What stands between the member and a tool, the connection's and the account's own obstacles first. */
    Explanation explain(String name) {
        Optional<ToolName> asked = ToolName.parse(name);
        Optional<ConnectionRow> row = asked.flatMap(one -> services().find(one.service()));
        if (isBeyondGrant(row)) {
            return beyondGrant(name);
        }
        if (row.isEmpty()) {
            return new Explanation(
                    List.of(ErrorCode.TOOL_UNKNOWN.advice().about(List.of(name))), Optional.empty(), Map.of());
        }
        boolean withKey = caller.keyNo() != 0;
        List<Obstacle> found = new ArrayList<>(wiring.explaining()
                .member(caller.tenant(), caller.member(), row.get().name(), "", withKey)
                .obstacles());
        Rules rules = wiring.gate().rules(row.get());
        Optional<Tool> tool = rules.tools().tool(asked.get().tool());
        if (tool.isEmpty()) {
            found.add(ErrorCode.TOOL_UNKNOWN.advice().about(List.of(name)));
        } else if (!rules.rack().offers(tool.get())) {
            found.add(NOT_OFFERED.about(List.of(name)));
        } else if (!isCovered(caller, row.get(), tool.get())) {
            found.add(ErrorCode.BEYOND_GRANT.advice().about(List.of(name)));
        } else if (!wiring.gate().shows(caller, rules, tool.get())) {
            found.add(ErrorCode.POLICY_DENIED.advice().about(List.of(name)));
        }
        return new Explanation(found, Optional.empty(), Map.of());
    }

    private static Explanation beyondGrant(String about) {
        return new Explanation(
                List.of(ErrorCode.BEYOND_GRANT.advice().about(List.of(about))), Optional.empty(), Map.of());
    }

    /** What a grant means now. */
    GrantScope scope(Grant grant) {
        return GrantScope.of(
                grant,
                services(),
                (row, tool) -> wiring.gate().rules(row).tools().tool(tool).isPresent());
    }

    ToolResult call(String name, String label, String argumentsJson) {
        ToolName asked = ToolName.parse(name)
                .orElseThrow(() -> astray(
                        name,
                        new BullaException(
                                ErrorCode.TOOL_ARGUMENTS,
                                "the name of a tool begins with its service, as in service__tool")));
        String connection = connection(asked);
        AtomicBoolean begun = new AtomicBoolean();
        try {
            return call(connection, label, asked, argumentsJson, begun);
        } catch (BullaException e) {
            if (e.code() != ErrorCode.CONNECTION_UNKNOWN
                    || begun.get()) { // a tool's own code may say so, when it has sent
                throw e;
            }
            connections.remove(asked.service()); // deleted meanwhile; the name may be another's now
            return call(connection(asked), label, asked, argumentsJson, begun);
        }
    }

    private Services services() {
        return Services.of(wiring.store().connections().list(caller.tenant()));
    }

    private String connection(ToolName asked) {
        String known = connections.get(asked.service());
        if (known != null) {
            return known;
        }
        String found = services()
                .find(asked.service())
                .map(ConnectionRow::name)
                .orElseThrow(() -> astray(
                        asked.toString(),
                        new BullaException(
                                ErrorCode.TOOL_UNKNOWN, "there is no such service: the tool's prefix is unknown")));
        if (connections.size() < MOST_NAMES) {
            connections.put(asked.service(), found);
        }
        return found;
    }

    private BullaException astray(String name, BullaException refusal) {
        return wiring.gate().astray(new Passage(caller, "", ""), name, refusal);
    }

    /** @param begun is set once the gate has let the call through */
    private ToolResult call(
            String connection, String label, ToolName asked, String argumentsJson, AtomicBoolean begun) {
        return way.pass(connection, label, errand(asked, argumentsJson), passage -> {
            begun.set(true);
            ToolCall call = Objects.requireNonNull(passage.toolCall());
            ToolResult result = call.tool()
                    .handler()
                    .map(handler -> handled(handler, call, connection, label))
                    .orElseGet(() -> {
                        ToolResult answer = sent(passage);
                        return call.tool().mcp().isEmpty() ? answer : McpMessages.result(answer);
                    });
            passage.judged(result.kind());
            return result.writtenAs(passage.entry());
        });
    }

    /** Each request is one call that reads; which tools there are touches nothing. */
    ToolSet upstream(String connection, String label) {
        return new ToolListing(request -> way.pass(connection, label, listing(request), this::sent)).tools();
    }

    private static Errand listing(ToolRequest request) {
        return Errand.calling((passage, rules) -> {
            if (!passage.provider().api().isEndpoint()) {
                throw new BullaException(ErrorCode.INVALID_ARGUMENT, "'" + passage.connection() + "' is no MCP server");
            }
            passage.declare(new Match(Optional.empty(), false, Tier.READ, Sight.none()), Sendable.of(request, passage));
        });
    }

    private ToolResult sent(Passage passage) {
        HttpAnswer answer =
                wiring.forwarding().send(passage, use, passage.request()).answer();
        return ToolResult.of(answer.status(), answer.header("content-type").orElse(""), answer.body())
                .as(passage.answer());
    }

    /** What the host's code sends is judged call by call. */
    private ToolResult handled(ToolHandler handler, ToolCall call, String connection, String label) {
        Door door = request -> way.pass(connection, label, Errand.within(call.tool(), request), this::sent);
        try {
            return Objects.requireNonNull(handler.run(call.arguments(), door));
        } catch (BullaException e) {
            throw e;
        } catch (RuntimeException e) { // of the host's code; its text may hold values
            throw new BullaException(
                    ErrorCode.SETUP,
                    "the code of the tool '" + call.tool().name() + "' failed: "
                            + e.getClass().getName());
        }
    }

    /** Finds the tool among those of the connection, as they are at this call. */
    private static Errand errand(ToolName asked, String argumentsJson) {
        return new Errand() {
            @Override
            public String asked() {
                return asked.toString();
            }

            @Override
            public void declare(Passage passage, Rules rules) {
                Tool tool = rules.tools()
                        .tool(asked.tool())
                        .filter(rules.rack()::offers)
                        .orElseThrow(() -> new BullaException(
                                ErrorCode.TOOL_UNKNOWN, "'" + passage.connection() + "' offers no tool of this name"));
                ToolCall call = rules.tools().call(tool, argumentsJson);
                Sendable sendable = call.request()
                        .or(() -> tool.mcp().map(mcp -> McpMessages.request(call)))
                        .map(request -> Sendable.of(request, passage))
                        .orElse(null);
                passage.declare(call, sendable);
            }
        };
    }
}
