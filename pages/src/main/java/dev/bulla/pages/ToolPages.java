package dev.bulla.pages;

import dev.bulla.ConnectionTools;
import dev.bulla.ConnectionTools.Listed;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.Connection;
import dev.bulla.tool.Tier;
import dev.bulla.tool.ToolEntry;
import dev.bulla.tool.ToolOrigin;
import dev.bulla.web.WebResponse;
import java.util.LinkedHashSet;
import java.util.List;

/** Tools: those of a connection and which of them are offered, for its owner; those that they can use now, for members. */
final class ToolPages {
    private ToolPages() {}

    static WebResponse show(Visit visit) {
        return show(visit, visit.parameter("name"), "", List.of());
    }

    static WebResponse offer(Visit visit) {
        String name = Pieces.sent(visit, "name");
        ConnectionTools tools = visit.connections().tools(name);
        if (visit.field("which").equals("all")) {
            tools.offerAll();
        } else {
            tools.offer(new LinkedHashSet<>(visit.fields("tool")));
        }
        return visit.go(OwnerPaths.TOOLS, "name", name, "done", "saved");
    }

    /** What the MCP server lists to the owner's own account. */
    static WebResponse takeOver(Visit visit) {
        String name = Pieces.sent(visit, "name");
        try {
            visit.opened(session -> visit.connections().tools(name).importFrom(session, Pieces.sent(visit, "label")));
        } catch (BullaException e) {
            return show(visit, name, "", OwnAccount.aboutKey(visit, e));
        }
        return visit.go(OwnerPaths.TOOLS, "name", name, "done", "saved");
    }

    static WebResponse add(Visit visit) {
        String name = Pieces.sent(visit, "name");
        String json = visit.field("json");
        try {
            visit.connections().tools(name).add(json);
        } catch (BullaException e) {
            if (e.code() != ErrorCode.INVALID_SETTING) {
                throw e;
            }
            return show(visit, name, json, List.of(Html.of("%s", String.valueOf(e.getMessage()))));
        }
        return visit.go(OwnerPaths.TOOLS, "name", name, "done", "saved");
    }

    static WebResponse remove(Visit visit) {
        String name = Pieces.sent(visit, "name");
        visit.connections().tools(name).remove(Pieces.sent(visit, "tool"));
        return visit.go(OwnerPaths.TOOLS, "name", name, "done", "saved");
    }

    private static WebResponse show(Visit visit, String name, String json, List<Html> refused) {
        Connection connection = visit.connections().get(name);
        List<Listed> tools = visit.connections().tools(name).list();
        boolean all = visit.connections().tools(name).offersAll();
        Html list = tools.isEmpty()
                ? Html.of("<p class=\"quiet\">%s</p>", visit.say("tools.none"))
                : visit.form(
                        OwnerPaths.TOOLS_OFFER,
                        Html.of(
                                """
                                <input type="hidden" name="name" value="%s"><p>%s</p>%s<div class="bar">
                                <button name="which" value="ticked">%s</button>
                                <button class="plain" name="which" value="all">%s</button></div>
                                """,
                                name,
                                visit.say(all ? "tools.all" : "tools.ticked"),
                                table(visit, tools),
                                visit.say("tools.offer"),
                                visit.say("tools.offer-all")));
        return visit.page(
                refused.isEmpty() ? 200 : 422,
                visit.say("tools.title", name),
                Html.of(
                        "%s%s<p>%s</p>%s%s%s%s<p><a href=\"%s\">%s</a></p>",
                        Pieces.errors(visit, refused),
                        OwnerWords.done(visit),
                        visit.say("tools.what"),
                        list,
                        takingOver(visit, connection),
                        added(visit, name, tools),
                        adding(visit, name, json),
                        visit.at(OwnerPaths.CONNECTION, "name", name),
                        visit.say("connection.back")));
    }

    private static Html takingOver(Visit visit, Connection connection) {
        boolean server = OwnerWords.provider(visit, connection)
                .filter(provider -> provider.api().isEndpoint())
                .isPresent();
        return server
                ? Html.of(
                        """
                        <section aria-labelledby="import"><h2 id="import">%s</h2><div class="part"><p>%s</p>%s</div></section>
                        """,
                        visit.say("tools.import"),
                        visit.say("tools.import-what"),
                        OwnAccount.form(
                                visit, OwnerPaths.TOOLS_IMPORT, connection.name(), "tools.import-do", Html.NOTHING))
                : Html.NOTHING;
    }

    private static Html table(Visit visit, List<Listed> tools) {
        List<String> heads = List.of(
                visit.say("tools.offered"), visit.say("tools.tool"), visit.say("tools.tier"), visit.say("tools.from"));
        List<Html> rows = tools.stream()
                .map(listed -> Html.of(
                        """
                        <tr><td><label class="check"><input type="checkbox" name="tool" value="%s"%s>
                        <span class="visually-hidden">%s</span></label></td><th scope="row"><code>%s</code>
                        <span class="hint">%s</span><details><summary>%s</summary><pre><code>%s</code></pre></details></th>
                        <td>%s</td><td>%s</td></tr>
                        """,
                        listed.tool().name(),
                        Html.of(" checked").when(listed.offered()),
                        visit.say("tools.offer-one", listed.tool().name()),
                        listed.tool().name(),
                        listed.tool().description(),
                        visit.say("tools.input"),
                        listed.tool().inputSchema(),
                        tier(visit, listed.tool().tier()),
                        visit.say("tools.origin." + listed.origin().name())))
                .toList();
        return Pieces.table(visit.say("tools.caption"), heads, rows);
    }

    static Html tier(Visit visit, Tier tier) {
        String kind = switch (tier) {
            case READ -> "good";
            case WRITE -> "warn";
            case DESTRUCTIVE -> "bad";
        };
        return Html.of("<span class=\"chip %s\">%s</span>", kind, visit.say("tier." + tier.name()));
    }

    private static Html added(Visit visit, String name, List<Listed> tools) {
        List<Html> rows = tools.stream()
                .filter(listed -> listed.origin() == ToolOrigin.OWNER || listed.origin() == ToolOrigin.UPSTREAM)
                .map(listed -> Html.of(
                        "<li><div><code>%s</code></div>%s</li>",
                        listed.tool().name(),
                        visit.form(
                                OwnerPaths.TOOLS_REMOVE,
                                Html.of(
                                        """
                                        <input type="hidden" name="name" value="%s"><input type="hidden" name="tool" value="%s">
                                        <button class="plain">%s</button>
                                        """,
                                        name,
                                        listed.tool().name(),
                                        Words.named(
                                                visit,
                                                "tools.remove",
                                                listed.tool().name())))))
                .toList();
        return Html.of(
                        "<section aria-labelledby=\"added\"><h2 id=\"added\">%s</h2><ul class=\"part rows actions\">%s</ul></section>",
                        visit.say("tools.added"), rows)
                .when(!rows.isEmpty());
    }

    private static Html adding(Visit visit, String name, String json) {
        return Html.of(
                """
                <section aria-labelledby="add"><h2 id="add">%s</h2><details class="part"%s><summary>%s</summary>%s</details></section>
                """,
                visit.say("tools.add"),
                Html.of(" open").when(!json.isEmpty()),
                visit.say("tools.add-open"),
                visit.form(
                        OwnerPaths.TOOLS_ADD,
                        Html.of(
                                """
                                <input type="hidden" name="name" value="%s">
                                <div class="field"><label for="json">%s</label><p class="hint" id="json-hint">%s</p>
                                <textarea id="json" name="json" rows="14" spellcheck="false" required
                                 aria-describedby="json-hint">
                                %s</textarea></div><button>%s</button>
                                """,
                                name,
                                visit.say("tools.json"),
                                visit.say("tools.json-hint"),
                                json,
                                visit.say("tools.add-do"))));
    }

    /** What the member, or an agent with the member's key, can use now. */
    static WebResponse mine(Visit visit) {
        List<ToolEntry> tools = visit.member().grants().choices();
        List<Html> rows = tools.stream()
                .map(entry -> Html.of(
                        "<tr><th scope=\"row\"><code>%s</code><span class=\"hint\">%s</span></th><td>%s</td><td>%s</td></tr>",
                        entry.name(),
                        entry.tool().description(),
                        tier(visit, entry.tool().tier()),
                        entry.connection()))
                .toList();
        List<String> heads = List.of(visit.say("tools.tool"), visit.say("tools.tier"), visit.say("account.connection"));
        return visit.page(
                visit.say("my.tools.title"),
                Html.of(
                        "<p>%s</p>%s",
                        visit.say("my.tools.what"),
                        rows.isEmpty()
                                ? Html.of("<p class=\"quiet\">%s</p>", visit.say("my.tools.none"))
                                : Pieces.table(visit.say("my.tools.caption"), heads, rows)));
    }
}
