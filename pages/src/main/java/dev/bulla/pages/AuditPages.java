package dev.bulla.pages;

import dev.bulla.Audit;
import dev.bulla.audit.AuditEntry;
import dev.bulla.audit.AuditFormat;
import dev.bulla.audit.AuditPage;
import dev.bulla.audit.AuditQuery;
import dev.bulla.model.Connection;
import dev.bulla.tool.AnswerKind;
import dev.bulla.web.WebResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What was done: all of a tenant for its owner, or what a member did for that member. The question stands in the address. */
final class AuditPages {
    private static final List<String> RESULTS = List.of("", "allowed", "denied");
    private static final List<String> KINDS = List.of("", "uses", "changes");
    private static final List<String> ASKED =
            List.of("from", "to", "connection", "member", "tool", "session", "grant", "result", "kind");

    /** How many entries the JSON interface writes at once. */
    private static final int PART = 5_000;

    private static final String EXPORT = "/api/audit/export";
    private static final String OWNER_EXPORT = "/api/owner/audit/export";

    private AuditPages() {}

    static WebResponse owner(Visit visit) {
        AuditQuery query = query(visit).member(visit.parameter("member").strip());
        return visit.page(
                visit.say("audit.title"),
                Html.of(
                        "<p>%s</p>%s%s",
                        visit.say("audit.what"),
                        filters(
                                visit,
                                OwnerPaths.AUDIT,
                                visit.connections().list().stream()
                                        .map(Connection::name)
                                        .toList(),
                                true),
                        found(visit, OwnerPaths.AUDIT, visit.tenant().audit(), query, true)));
    }

    static WebResponse member(Visit visit) {
        List<String> connections = visit.member().accounts().stream()
                .map(account -> account.connection())
                .distinct()
                .toList();
        return visit.page(
                visit.say("activity.title"),
                Html.of(
                        "<p>%s</p>%s%s",
                        visit.say("activity.what"),
                        filters(visit, MemberPaths.ACTIVITY, connections, false),
                        found(visit, MemberPaths.ACTIVITY, visit.member().audit(), query(visit), false)));
    }

    /** What can not be read counts as not asked. */
    private static AuditQuery query(Visit visit) {
        AuditQuery query = AuditQuery.all().limit(ConnectionAccounts.ROWS);
        Optional<LocalDate> from = day(visit, "from");
        Optional<LocalDate> to = day(visit, "to");
        if (from.isPresent()) {
            query = query.from(start(visit, from.get()));
        }
        if (to.isPresent()) {
            query = query.to(start(visit, to.get().plusDays(1)).minusMillis(1));
        }
        query = query.connection(visit.parameter("connection"))
                .tool(visit.parameter("tool").strip())
                .session(visit.parameter("session").strip())
                .grant(visit.parameter("grant").strip());
        query = switch (visit.parameter("result")) {
            case "allowed" -> query.onlyAllowed();
            case "denied" -> query.onlyDenied();
            default -> query;
        };
        query = switch (visit.parameter("kind")) {
            case "uses" -> query.onlyUses();
            case "changes" -> query.onlyChanges();
            default -> query;
        };
        String after = visit.parameter("after");
        return after.matches("[0-9a-f]{0,32}") ? query.after(after) : query;
    }

    private static Optional<LocalDate> day(Visit visit, String name) {
        String text = visit.parameter(name);
        try {
            return text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}") ? Optional.of(LocalDate.parse(text)) : Optional.empty();
        } catch (DateTimeException e) { // 31 February
            return Optional.empty();
        }
    }

    private static Instant start(Visit visit, LocalDate day) {
        return day.atStartOfDay(visit.site().options().zone()).toInstant();
    }

    private static Html filters(Visit visit, String path, List<String> connections, boolean owner) {
        List<Html> fields = new ArrayList<>();
        fields.add(input(visit, "from", "date"));
        fields.add(input(visit, "to", "date"));
        List<String> names = new ArrayList<>(List.of(""));
        names.addAll(connections);
        fields.add(select(
                visit,
                "connection",
                names,
                names.stream()
                        .map(name -> name.isEmpty() ? visit.say("audit.any") : name)
                        .toList()));
        if (owner) {
            fields.add(input(visit, "member", "text"));
        }
        fields.add(input(visit, "tool", "text"));
        fields.add(input(visit, "session", "text"));
        fields.add(input(visit, "grant", "text"));
        fields.add(select(visit, "result", RESULTS, said(visit, "result", RESULTS)));
        fields.add(select(visit, "kind", KINDS, said(visit, "kind", KINDS)));
        return Html.of("""
                <form class="search" role="search" method="get" action="%s"><div class="filters">%s</div>
                <p><button class="plain">%s</button> <a href="%s">%s</a></p></form>
                """, visit.at(path), fields, visit.say("audit.find"), visit.at(path), visit.say("audit.all"));
    }

    private static List<String> said(Visit visit, String name, List<String> values) {
        return values.stream()
                .map(value -> value.isEmpty() ? visit.say("audit.any") : visit.say("audit." + name + "." + value))
                .toList();
    }

    private static Html input(Visit visit, String name, String type) {
        return Html.of("""
                <div class="field"><label for="%s">%s</label>
                <input id="%s" name="%s" type="%s" value="%s" autocomplete="off"></div>
                """, name, visit.say("audit." + name), name, name, type, visit.parameter(name));
    }

    private static Html select(Visit visit, String name, List<String> values, List<String> labels) {
        List<Html> options = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            options.add(Html.of(
                    "<option value=\"%s\"%s>%s</option>",
                    values.get(i),
                    Html.of(" selected").when(values.get(i).equals(visit.parameter(name))),
                    labels.get(i)));
        }
        return Html.of(
                "<div class=\"field\"><label for=\"%s\">%s</label><select id=\"%s\" name=\"%s\">%s</select></div>",
                name, visit.say("audit." + name), name, name, options);
    }

    private static Html found(Visit visit, String path, Audit audit, AuditQuery query, boolean owner) {
        AuditPage page = audit.query(query);
        if (page.entries().isEmpty()) {
            return Html.of("<p role=\"status\" class=\"quiet\">%s</p>", visit.say("audit.none"));
        }
        List<String> heads = new ArrayList<>(List.of(visit.say("audit.when")));
        if (owner) {
            heads.add(visit.say("audit.member"));
        }
        heads.addAll(List.of(
                visit.say("audit.connection"),
                visit.say("audit.act"),
                visit.say("audit.decision"),
                visit.say("audit.answer")));
        List<Html> rows =
                page.entries().stream().map(entry -> row(visit, entry, owner)).toList();
        return Html.of(
                "%s%s%s%s",
                AuditSessions.of(visit, path, audit, query),
                Pieces.table(visit.say("audit.caption"), heads, rows),
                exports(
                        visit,
                        path,
                        page.next().isEmpty() ? Optional.empty() : next(visit, audit, query),
                        query,
                        owner),
                page.next()
                        .map(next -> Html.of(
                                "<p><a class=\"button plain\" href=\"%s\">%s</a></p>",
                                visit.at(path, asked(visit, "after", next)), visit.say("audit.older")))
                        .orElse(Html.NOTHING));
    }

    /** What the JSON interface writes of the same question, as files. */
    private static Html exports(Visit visit, String path, Optional<String> further, AuditQuery query, boolean owner) {
        List<String> asked = new ArrayList<>();
        query.from().ifPresent(from -> asked.addAll(List.of("from", from.toString())));
        query.to().ifPresent(to -> asked.addAll(List.of("to", to.toString())));
        query.allowed().ifPresent(allowed -> asked.addAll(List.of("result", allowed ? "ALLOW" : "DENY")));
        query.changes().ifPresent(changes -> asked.addAll(List.of("kind", changes ? "CHANGE" : "USE")));
        for (String name : List.of("connection", "member", "tool", "session", "grant")) {
            if (!visit.parameter(name).isBlank() && (owner || !name.equals("member"))) {
                asked.addAll(List.of(name, visit.parameter(name).strip()));
            }
        }
        String part = part(visit);
        if (!part.isEmpty()) {
            asked.addAll(List.of("after", part));
        }
        List<Html> links = Arrays.stream(AuditFormat.values())
                .map(format -> {
                    List<String> all = new ArrayList<>(List.of("format", format.ending()));
                    all.addAll(asked);
                    return Html.of(
                            " <a href=\"%s\">%s</a>",
                            visit.at(owner ? OWNER_EXPORT : EXPORT, all.toArray(String[]::new)),
                            visit.say("audit.export." + format.name()));
                })
                .toList();
        Html next = further.map(from -> Html.of(
                        " <a href=\"%s\">%s</a>",
                        visit.at(path, asked(visit, "part", from)), visit.say("audit.export.next")))
                .orElse(Html.NOTHING);
        return Html.of(
                "<p>%s%s%s</p>", visit.say(part.isEmpty() ? "audit.export" : "audit.export.further"), links, next);
    }

    /** Where the former part of a download ended. */
    private static String part(Visit visit) {
        return visit.parameter("part").matches("[0-9a-f]{1,32}") ? visit.parameter("part") : "";
    }

    private static Optional<String> next(Visit visit, Audit audit, AuditQuery query) {
        return audit.partAfter(query.after(part(visit)), PART);
    }

    /** The same question, from there on. */
    private static String[] asked(Visit visit, String where, String next) {
        List<String> query = new ArrayList<>();
        for (String name : ASKED) {
            if (!visit.parameter(name).isEmpty()) {
                query.add(name);
                query.add(visit.parameter(name));
            }
        }
        query.add(where);
        query.add(next);
        return query.toArray(String[]::new);
    }

    private static Html row(Visit visit, AuditEntry entry, boolean owner) {
        return Html.of(
                "<tr><td>%s</td>%s<td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>",
                visit.time(entry.at()),
                Html.of(
                                "<td>%s%s%s</td>",
                                who(visit, entry), hint(entry.caller().remote()), AuditSessions.links(visit, entry))
                        .when(owner),
                entry.service().name(),
                act(visit, entry),
                decision(visit, entry, owner),
                answer(visit, entry));
    }

    private static Html who(Visit visit, AuditEntry entry) {
        if (entry.member().isEmpty()) {
            return Html.of("%s", visit.say("audit.owner", entry.caller().by()).strip());
        }
        return Html.of("<a href=\"%s\">%s</a>", visit.at(OwnerPaths.MEMBER, "id", entry.member()), entry.member());
    }

    private static Html hint(String text) {
        return Html.of("<span class=\"hint\">%s</span>", text).when(!text.isEmpty());
    }

    private static Html act(Visit visit, AuditEntry entry) {
        AuditEntry.Act act = entry.act();
        List<Html> parts = new ArrayList<>();
        parts.add(
                act.tool().isEmpty()
                        ? Html.of("%s", visit.say("audit.action." + act.action().name()))
                        : Html.of("<code>%s</code> ", act.tool()));
        if (act.tool().isEmpty() && !act.method().isEmpty()) {
            parts.add(Html.of(" <code>%s</code>", (act.method() + " " + act.path()).strip()));
        }
        parts.add(hint((act.resourceKind() + " " + act.resourceId()).strip()));
        parts.add(Html.of(
                        "<details><summary>%s</summary><code>%s</code></details>",
                        visit.say("audit.arguments"), act.arguments())
                .when(!act.arguments().isEmpty() && !act.arguments().equals("{}")));
        return Html.of("%s", parts);
    }

    private static Html decision(Visit visit, AuditEntry entry, boolean owner) {
        AuditEntry.Verdict verdict = entry.verdict();
        List<Html> parts = new ArrayList<>();
        if (entry.act().action().isUse()) {
            String word = verdict.allowed() ? "allowed" : "denied";
            parts.add(Html.of(
                    "<span class=\"chip %s\">%s</span>",
                    verdict.allowed() ? "good" : "bad", visit.say("audit.result." + word)));
        }
        if (!verdict.allowed()) {
            parts.add(hint(visit.site()
                    .texts()
                    .find("audit.reason." + verdict.reason())
                    .orElseGet(() -> Words.advice(visit, verdict.reason()))));
        }
        parts.add(hint(verdict.message()));
        if (owner) {
            verdict.policies()
                    .forEach(policy -> parts.add(hint(visit.say("audit.policy", policy.name(), policy.version()))));
        }
        return Html.of("%s", parts);
    }

    private static Html answer(Visit visit, AuditEntry entry) {
        AuditEntry.Result result = entry.result();
        if (result.outcome().isEmpty()) {
            return Html.NOTHING;
        }
        boolean inside =
                Stream.of(AnswerKind.values()).anyMatch(kind -> kind.name().equals(result.outcome()));
        String said = result.status() > 0
                ? Integer.toString(result.status())
                : inside || result.outcome().equals(AuditEntry.Result.ANSWERED)
                        ? ""
                        : Words.advice(visit, result.outcome());
        return Html.of(
                "%s%s %s",
                said,
                Html.of(" %s", visit.say("audit.inside")).when(inside),
                hint(visit.say("audit.took", result.took().toMillis())));
    }
}
