package dev.bulla.web;

import static dev.bulla.web.Endpoint.member;
import static dev.bulla.web.Endpoint.owner;

import dev.bulla.ConnectionTools;
import dev.bulla.ConnectionTools.Listed;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.Explanation;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolEntry;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The tools of an owner's connections, and those that a member can use. */
final class ToolRoutes {
    private static final String PATH = "connections/{connection}/tools";

    private ToolRoutes() {}

    static final List<Endpoint> ALL = List.of(
            member("GET", "tools", ToolRoutes::usable),
            member("POST", "tools/view", ToolRoutes::usable),
            member("GET", "tools/explain", ToolRoutes::explain),
            owner("GET", PATH, call -> list(tools(call))),
            owner("POST", PATH, ToolRoutes::add),
            owner("PUT", PATH + "/offered", ToolRoutes::offer),
            owner("POST", PATH + "/import", ToolRoutes::takeOver),
            owner("DELETE", PATH + "/{tool}", ToolRoutes::remove));

    private static ConnectionTools tools(Call call) {
        return call.connections().tools(call.connection());
    }

    /** A key in the body shows what can be used with it. */
    private static WebResponse usable(Call call) {
        call.body().only("key");
        List<ToolEntry> entries = call.inSession(session -> session.tools());
        return new Fields()
                .each(
                        "tools",
                        entries,
                        entry -> view(entry.tool()).put("name", entry.name()).put("connection", entry.connection()))
                .ok();
    }

    private static WebResponse explain(Call call) {
        String tool = call.parameter("tool");
        Explanation why = call.inSession(session -> session.explainTool(tool));
        return ExplainRoutes.view(why).ok();
    }

    private static WebResponse list(ConnectionTools tools) {
        return new Fields()
                .put("all", tools.offersAll())
                .each("tools", tools.list(), ToolRoutes::listed)
                .ok();
    }

    private static Fields listed(Listed listed) {
        return view(listed.tool())
                .put("origin", listed.origin().name())
                .put("offered", listed.offered())
                .maybe("json", written(listed.tool()));
    }

    /** A tool in Java has no text. */
    private static Optional<String> written(Tool tool) {
        return tool.handler().isPresent() ? Optional.empty() : Optional.of(tool.toJson());
    }

    private static Fields view(Tool tool) {
        return new Fields()
                .put("name", tool.name())
                .maybe("title", tool.title())
                .put("description", tool.description())
                .put("tier", tool.tier().name())
                .put("inputSchema", tool.inputSchema());
    }

    private static WebResponse add(Call call) {
        String json = call.body()
                .only("tool")
                .tree("tool")
                .orElseThrow(() -> new BullaException(ErrorCode.INVALID_ARGUMENT, "'tool' is missing"));
        tools(call).add(json);
        return list(tools(call));
    }

    private static WebResponse offer(Call call) {
        Body body = call.body().only("tools", "all");
        boolean all = body.flag("all").orElse(false);
        Optional<List<String>> names = body.list("tools");
        if (all == names.isPresent()) {
            throw new BullaException(ErrorCode.INVALID_ARGUMENT, "either 'tools' or 'all' is needed");
        }
        names.ifPresentOrElse(
                these -> tools(call).offer(Set.copyOf(these)), () -> tools(call).offerAll());
        return list(tools(call));
    }

    private static WebResponse takeOver(Call call) {
        call.body().only("key", "label");
        call.inSession(session -> tools(call).importFrom(session, call.label()));
        return list(tools(call));
    }

    private static WebResponse remove(Call call) {
        call.body().only();
        tools(call).remove(call.variable("tool"));
        return list(tools(call));
    }
}
