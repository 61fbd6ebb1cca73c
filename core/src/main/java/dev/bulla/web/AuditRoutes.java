package dev.bulla.web;

import static dev.bulla.web.Endpoint.member;
import static dev.bulla.web.Endpoint.owner;

import dev.bulla.Audit;
import dev.bulla.audit.AuditEntry;
import dev.bulla.audit.AuditFormat;
import dev.bulla.audit.AuditPage;
import dev.bulla.audit.AuditQuery;
import dev.bulla.audit.SessionRecord;
import dev.bulla.audit.SessionRecords;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.trail.Export;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What was done: all of it for an owner, their own part for a member. */
final class AuditRoutes {
    private static final int MOST = 5_000;

    private AuditRoutes() {}

    static final List<Endpoint> ALL = List.of(
            member("GET", "audit", call -> page(call, call.member().audit())),
            member("GET", "audit/export", call -> export(call, call.member().audit())),
            owner("GET", "audit", call -> page(call, call.audit())),
            owner("GET", "audit/export", call -> export(call, call.audit())),
            member("GET", "audit/sessions", call -> sessions(call, call.member().audit())),
            owner("GET", "audit/sessions", call -> sessions(call, call.audit())),
            owner("POST", "audit/sessions/{session}/reset", call -> {
                call.body().only();
                return new Fields()
                        .put("reset", call.resetSession(call.variable("session")))
                        .ok();
            }));

    private static WebResponse page(Call call, Audit audit) {
        AuditPage page = audit.query(query(call));
        return new Fields()
                .each("entries", page.entries(), AuditRoutes::view)
                .maybe("next", page.next())
                .ok();
    }

    private static WebResponse sessions(Call call, Audit audit) {
        SessionRecords found = audit.sessions(query(call));
        return new Fields()
                .each("sessions", found.sessions(), AuditRoutes::view)
                .put("complete", found.complete())
                .ok();
    }

    private static Fields view(SessionRecord session) {
        return new Fields()
                .put("id", session.id())
                .put("member", session.member())
                .put("key", session.key())
                .maybe("grant", session.grant())
                .maybe("client", session.client())
                .maybe("remote", session.remote())
                .put("began", session.began().toString())
                .put("last", session.last().toString())
                .put("tools", session.tools())
                .put("allowed", session.allowed())
                .put("denied", session.denied())
                .each(
                        "policies",
                        session.policies(),
                        policy -> new Fields()
                                .put("id", policy.id())
                                .put("name", policy.name())
                                .put("allowed", policy.allowed())
                                .put("denied", policy.denied()))
                .maybe("ended", session.ended());
    }

    private static Fields view(AuditEntry entry) {
        return new Fields().and(Export.fields(entry));
    }

    /** As much as goes into one answer; a header says where the next one goes on. */
    private static WebResponse export(Call call, Audit audit) {
        String wanted = call.parameter("format");
        AuditFormat format = Arrays.stream(AuditFormat.values())
                .filter(one -> one.ending().equals(wanted.isEmpty() ? AuditFormat.CSV.ending() : wanted))
                .findFirst()
                .orElseThrow(() -> refused("format"));
        StringBuilder text = new StringBuilder();
        Optional<String> next;
        try {
            next = audit.exportPart(query(call), format, text, MOST);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        WebResponse answer = WebResponse.json(200, text.toString())
                .header("Content-Type", format.contentType())
                .header("Content-Disposition", "attachment; filename=\"audit." + format.ending() + "\"");
        return next.map(cursor -> answer.header("Bulla-Next", cursor)).orElse(answer);
    }

    private static AuditQuery query(Call call) {
        AuditQuery query = AuditQuery.all()
                .tool(call.parameter("tool"))
                .connection(call.parameter("connection"))
                .member(call.parameter("member"))
                .policy(call.parameter("policy"))
                .session(call.parameter("session"))
                .grant(call.parameter("grant"))
                .after(call.parameter("after"))
                .limit(number(call, "limit", AuditQuery.MOST))
                .offset(number(call, "offset", 0));
        Optional<Instant> from = instant(call, "from");
        if (from.isPresent()) {
            query = query.from(from.get());
        }
        Optional<Instant> to = instant(call, "to");
        if (to.isPresent()) {
            query = query.to(to.get());
        }
        query = switch (call.parameter("result")) {
            case "" -> query;
            case "ALLOW" -> query.onlyAllowed();
            case "DENY" -> query.onlyDenied();
            default -> throw refused("result");
        };
        return switch (call.parameter("kind")) {
            case "" -> query;
            case "USE" -> query.onlyUses();
            case "CHANGE" -> query.onlyChanges();
            default -> throw refused("kind");
        };
    }

    private static int number(Call call, String name, int usual) {
        String text = call.parameter(name);
        if (!text.matches("[0-9]{0,9}")) {
            throw refused(name);
        }
        return text.isEmpty() ? usual : Integer.parseInt(text);
    }

    private static Optional<Instant> instant(Call call, String name) {
        String text = call.parameter(name);
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            throw refused(name);
        }
    }

    private static BullaException refused(String name) {
        return new BullaException(ErrorCode.INVALID_ARGUMENT, "'" + name + "' is not of the form that it must have");
    }
}
