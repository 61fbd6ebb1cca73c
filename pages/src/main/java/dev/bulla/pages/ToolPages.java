package dev.bulla.pages;

import dev.bulla.ConnectionTools;
import dev.bulla.ConnectionTools.Listed;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.tool.Tier;
import dev.bulla.tool.ToolEntry;
import dev.bulla.tool.ToolOrigin;
import dev.bulla.web.WebResponse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tools: those of a connection and which of them are offered, for its owner; those that they can use now, for members. */
final class ToolPages {
    private ToolPages() {}

    static WebResponse show(Visit visit) {
        return show(visit, visit.parameter("name"), "", Optional.empty());
    }

    static WebResponse offer(Visit visit) {
        String name = Pieces.sent(visit, "name");
        ConnectionTools tools = visit.connections().tools(name);
        Set<String> ticked = new LinkedHashSet<>(visit.fields("tool"));
        boolean all = ticked.size() == tools.list().size();
        if (ticked.isEmpty()) {
            return show(visit, name, "", Optional.of(visit.say("tools.tick-one")));
        }
        if (all) {
            tools.offerAll();
        } else {
            tools.offer(ticked);
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
            return show(visit, name, json, Optional.ofNullable(e.getMessage()));
        }
        return visit.go(OwnerPaths.TOOLS, "name", name, "done", "saved");
    }

    static WebResponse remove(Visit visit) {
        String name = Pieces.sent(visit, "name");
        visit.connections().tools(name).remove(Pieces.sent(visit, "tool"));
        return visit.go(OwnerPaths.TOOLS, "name", name, "done", "saved");
    }

    private static WebResponse show(Visit visit, String name, String json, Optional<String> refused) {
        visit.connections().get(name);
        List<Listed> tools = visit.connections().tools(name).list();
        Html list = tools.isEmpty()
                ? Html.of("<p class=\"quiet\">%s</p>", visit.say("tools.none"))
                : visit.form(
                        OwnerPaths.TOOLS_OFFER,
                        Html.of(
                                "<input type=\"hidden\" name=\"name\" value=\"%s\">%s<button>%s</button>",
                                name, table(visit, tools), visit.say("tools.offer")));
        return visit.page(
                refused.isPresent() ? 422 : 200,
                visit.say("tools.title", name),
                Html.of(
                        "%s%s<p>%s</p>%s%s%s<p><a href=\"%s\">%s</a></p>",
                        Pieces.errors(
                                visit,
                                refused.map(why -> List.of(Html.of("%s", why))).orElse(List.of())),
                        OwnerWords.done(visit),
                        visit.say("tools.what"),
                        list,
                        added(visit, name, tools),
                        adding(visit, name, json),
                        visit.at(OwnerPaths.CONNECTION, "name", name),
                        visit.say("connection.back")));
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
        List<ToolEntry> tools = visit.opened(session -> session.tools());
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
