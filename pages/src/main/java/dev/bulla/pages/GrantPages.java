package dev.bulla.pages;

import dev.bulla.IssuedGrant;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.Grant;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Granted;
import dev.bulla.tool.ToolEntry;
import dev.bulla.web.WebResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A member's grants: made for an agent and shown once, listed, ended. */
final class GrantPages {
    private static final List<String> DONE = List.of("grant-ended");
    private static final List<Integer> HOURS = List.of(1, 8, 24, 7 * 24, 30 * 24, 90 * 24);
    private static final int USUAL = 8;
    private static final Set<ErrorCode> TO_MEND = Set.of(
            ErrorCode.KEY_REQUIRED,
            ErrorCode.KEY_MALFORMED,
            ErrorCode.KEY_WRONG,
            ErrorCode.CONNECTION_UNKNOWN,
            ErrorCode.TOOL_UNKNOWN,
            ErrorCode.INVALID_ARGUMENT);

    private GrantPages() {}

    static WebResponse show(Visit visit) {
        return show(visit, List.of());
    }

    private static WebResponse show(Visit visit, List<Html> refused) {
        boolean hasKey = visit.member().keys().status().isPresent();
        return visit.page(
                refused.isEmpty() ? 200 : 422,
                visit.say("grants.title"),
                Html.of(
                        "%s%s<p>%s</p>%s%s",
                        Pieces.errors(visit, refused),
                        Words.done(visit, DONE).when(refused.isEmpty()),
                        visit.say("grants.what"),
                        present(visit),
                        hasKey ? making(visit) : keyless(visit)));
    }

    private static Html keyless(Visit visit) {
        return Html.of(
                "<p class=\"note\">%s <a href=\"%s\">%s</a></p>",
                visit.say("grants.no-key"), visit.at(MemberPaths.KEY), visit.say("panel.no-key-link"));
    }

    private static Html present(Visit visit) {
        List<Html> rows = visit.member().grants().list().stream()
                .map(granted -> Html.of(
                        "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>",
                        subject(visit, granted),
                        visit.time(granted.createdAt()),
                        visit.time(granted.expiresAt()),
                        granted.lastUsedAt().map(visit::time).orElse(Html.of("%s", visit.say("grants.unused"))),
                        visit.form(
                                MemberPaths.GRANT_END,
                                Html.of(
                                        "<input type=\"hidden\" name=\"id\" value=\"%s\"><button class=\"plain danger\">%s</button>",
                                        granted.id(), visit.say("grants.end")))))
                .toList();
        List<String> heads = List.of(
                visit.say("grants.for"),
                visit.say("grants.made"),
                visit.say("grants.ends"),
                visit.say("grants.used"),
                visit.say("grants.end-head"));
        return rows.isEmpty()
                ? Html.of("<p class=\"quiet\">%s</p>", visit.say("grants.none"))
                : Pieces.table(visit.say("grants.caption"), heads, rows);
    }

    private static Html subject(Visit visit, Granted granted) {
        Collection<String> names = new TreeSet<>(granted.connections());
        names.addAll(granted.tools());
        return names.isEmpty()
                ? Html.of("%s", visit.say("grants.all"))
                : Pieces.joined(names.stream()
                        .map(name -> Html.of("<code>%s</code>", name))
                        .toList());
    }

    private static Html making(Visit visit) {
        List<ToolEntry> tools = visit.member().grants().choices();
        Set<String> connections = new TreeSet<>();
        visit.member().accounts().stream()
                .filter(Words::isLive)
                .map(ConnectedAccount::connection)
                .forEach(connections::add);
        tools.forEach(entry -> connections.add(entry.connection()));
        String what = visit.field("what").isEmpty() ? "connections" : visit.field("what");
        return Html.of(
                "<section aria-labelledby=\"new\"><h2 id=\"new\">%s</h2><div class=\"part\">%s</div></section>",
                visit.say("grants.new"),
                visit.form(
                        MemberPaths.GRANTS,
                        Html.of(
                                """
                                <fieldset><legend>%s</legend>%s%s%s</fieldset>
                                <div class="field"><label for="hours">%s</label><select id="hours" name="hours">%s</select></div>
                                %s<button>%s</button>
                                """,
                                visit.say("grants.for"),
                                choice(visit, "connections", what, boxes(visit, "connection", connections)),
                                choice(visit, "tools", what, boxes(visit, "tool", names(tools))),
                                choice(visit, "all", what, Html.NOTHING),
                                visit.say("grants.lasts"),
                                lasting(visit),
                                visit.hasSession()
                                        ? Html.NOTHING
                                        : Words.keyField(visit, "key", "key.field", "grants.key", true),
                                visit.say("grants.make"))));
    }

    private static List<String> names(List<ToolEntry> tools) {
        return tools.stream().map(ToolEntry::name).toList();
    }

    private static Html choice(Visit visit, String kind, String chosen, Html more) {
        return Html.of(
                """
                <label class="check"><input type="radio" name="what" id="what-%s" value="%s"%s><span>%s</span></label>%s
                """, kind, kind, Html.of(" checked").when(kind.equals(chosen)), visit.say("grants.what-" + kind), more);
    }

    private static Html boxes(Visit visit, String name, Collection<String> values) {
        List<String> ticked = visit.fields(name);
        List<Html> all = new ArrayList<>();
        for (String value : values) {
            all.add(Html.of(
                    "<li><label class=\"check\"><input type=\"checkbox\" name=\"%s\" value=\"%s\"%s><span><code>%s</code></span></label></li>",
                    name, value, Html.of(" checked").when(ticked.contains(value)), value));
        }
        return all.isEmpty()
                ? Html.of("<p class=\"quiet\">%s</p>", visit.say("grants.none-" + name))
                : Html.of("<ul class=\"options\">%s</ul>", all);
    }

    private static Html lasting(Visit visit) {
        String chosen = visit.field("hours").isEmpty() ? Integer.toString(USUAL) : visit.field("hours");
        return Html.of(
                "%s",
                HOURS.stream()
                        .map(hours -> Html.of(
                                "<option value=\"%s\"%s>%s</option>",
                                hours.toString(),
                                Html.of(" selected").when(chosen.equals(hours.toString())),
                                hours < 48
                                        ? visit.count("grants.hours", hours)
                                        : visit.count("grants.days", hours / 24)))
                        .toList());
    }

    static WebResponse make(Visit visit) {
        Grant grant = Grant.everything().lasting(asked(visit));
        String what = visit.field("what");
        List<String> chosen = what.equals("tools") ? visit.fields("tool") : visit.fields("connection");
        if (!what.equals("all") && chosen.isEmpty()) {
            return show(visit, List.of(Html.of("<a href=\"#what-connections\">%s</a>", visit.say("grants.choose"))));
        }
        String[] names = chosen.toArray(String[]::new);
        try {
            Grant narrowed = switch (what) {
                case "all" -> grant;
                case "tools" -> grant.onlyTools(names);
                default -> grant.onlyConnections(names);
            };
            return reveal(visit, visit.opened(session -> session.grant(narrowed)));
        } catch (IllegalArgumentException e) { // of no page of ours
            return Pieces.notFound(visit);
        } catch (BullaException e) {
            if (!TO_MEND.contains(e.code())) {
                throw e;
            }
            return show(visit, List.of(Refusals.keyLink(visit, e, visit.hasSession() ? "new" : "key")));
        }
    }

    private static Duration asked(Visit visit) {
        return Duration.ofHours(HOURS.stream()
                .filter(hours -> visit.field("hours").equals(hours.toString()))
                .findFirst()
                .orElse(1));
    }

    /** The only place where it is shown: the answer to a POST, not to be stored, emptied by the script when the page is left. */
    private static WebResponse reveal(Visit visit, IssuedGrant issued) {
        return visit.page(
                visit.say("grants.keep"),
                Html.of(
                        """
                        <section class="card"><p>%s</p>
                        <p><code class="key-text" id="grant-text" data-once="%s">%s</code></p>
                        <div class="bar">%s</div><dl class="facts">%s<dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd></dl>
                        <p><a href="%s">%s</a></p></section>
                        """,
                        visit.say("grants.keep-what"),
                        visit.at(MemberPaths.GRANTS),
                        issued.text(),
                        visit.copyButton("grant-text", visit.say("grants.copy")),
                        visit.site()
                                .options()
                                .agentsAt(visit.caller().tenant())
                                .map(address ->
                                        Html.of("<dt>%s</dt><dd><code>%s</code></dd>", visit.say("grants.at"), address))
                                .orElse(Html.NOTHING),
                        visit.say("grants.for"),
                        subject(visit, issued.granted()),
                        visit.say("grants.ends"),
                        visit.time(issued.granted().expiresAt()),
                        visit.at(MemberPaths.GRANTS),
                        visit.say("grants.back")));
    }

    static WebResponse end(Visit visit) {
        visit.member().grants().revoke(Pieces.sent(visit, "id"));
        return visit.go(MemberPaths.GRANTS, "done", "grant-ended");
    }
}
