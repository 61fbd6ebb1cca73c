package dev.bulla.pages;

import dev.bulla.Audit;
import dev.bulla.audit.AuditEntry;
import dev.bulla.audit.AuditQuery;
import dev.bulla.audit.SessionRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Sessions and grants among the entries of the audit. */
final class AuditSessions {
    private AuditSessions() {}

    /** To the other entries of the same session, and of the same grant. */
    static Html links(Visit visit, AuditEntry entry) {
        AuditEntry.Caller caller = entry.caller();
        return Html.of("%s%s", link(visit, "session", caller.session()), link(visit, "grant", caller.grant()));
    }

    private static Html link(Visit visit, String name, String id) {
        return Html.of(
                        "<span class=\"hint\"><a href=\"%s\">%s</a></span>",
                        visit.at(OwnerPaths.AUDIT, name, id), visit.say("audit.of." + name))
                .when(!id.isEmpty());
    }

    /** What was done in a session, or under a grant, where one of these was asked for. */
    static Html of(Visit visit, String path, Audit audit, AuditQuery query) {
        if (query.session().isEmpty() && query.grant().isEmpty()) {
            return Html.NOTHING;
        }
        List<Html> rows = audit.sessions(query).sessions().stream()
                .map(session -> row(visit, path, session))
                .toList();
        List<String> heads = new ArrayList<>();
        for (String head : List.of("began", "last", "calls", "tools", "policies")) {
            heads.add(visit.say("audit.session." + head));
        }
        return Pieces.table(visit.say("audit.sessions"), heads, rows).when(!rows.isEmpty());
    }

    private static Html row(Visit visit, String path, SessionRecord session) {
        List<Html> tools = new ArrayList<>();
        new TreeMap<>(session.tools())
                .forEach((tool, count) -> tools.add(Html.of("<div><code>%s</code> %s</div>", tool, count)));
        List<Html> policies = session.policies().stream()
                .map(policy -> Html.of(
                        "<div>%s</div>",
                        visit.say("audit.session.policy", policy.name(), policy.allowed(), policy.denied())))
                .toList();
        Html ended = session.ended()
                .map(why -> Html.of("<span class=\"hint\">%s</span>", visit.say("audit.session." + why.name())))
                .orElse(Html.NOTHING);
        return Html.of(
                "<tr><td><a href=\"%s\">%s</a></td><td>%s%s</td><td>%s</td><td>%s</td><td>%s</td></tr>",
                visit.at(path, "session", session.id()),
                visit.time(session.began()),
                visit.time(session.last()),
                ended,
                visit.say("audit.session.counts", session.allowed(), session.denied()),
                tools,
                policies);
    }
}
