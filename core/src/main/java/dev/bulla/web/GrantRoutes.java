package dev.bulla.web;

import static dev.bulla.web.Endpoint.member;

import dev.bulla.IssuedGrant;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.Grant;
import dev.bulla.model.Granted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/** A member's grants. What a new one's bearer sends is told once, to the member alone. */
final class GrantRoutes {
    private GrantRoutes() {}

    static final List<Endpoint> ALL = List.of(
            member("GET", "grants", call -> list(call)),
            member("POST", "grants", GrantRoutes::make),
            member("DELETE", "grants/{grant}", GrantRoutes::revoke));

    private static WebResponse list(Call call) {
        return new Fields()
                .each("grants", call.member().grants().list(), GrantRoutes::view)
                .ok();
    }

    private static Fields view(Granted granted) {
        return new Fields()
                .put("id", granted.id())
                .put("tools", List.copyOf(new TreeSet<>(granted.tools())))
                .put("connections", List.copyOf(new TreeSet<>(granted.connections())))
                .put("createdAt", granted.createdAt().toString())
                .put("expiresAt", granted.expiresAt().toString())
                .maybe("lastUsedAt", granted.lastUsedAt().map(Instant::toString));
    }

    private static WebResponse make(Call call) {
        Grant grant = asked(call.body().only("key", "tools", "connections", "seconds"));
        IssuedGrant issued = call.inSession(session -> session.grant(grant));
        return new Fields()
                .put("bearer", issued.text())
                .put("grant", view(issued.granted()))
                .answer(201);
    }

    private static Grant asked(Body body) {
        Grant grant = Grant.everything();
        try {
            if (body.has("tools")) {
                grant = grant.onlyTools(names(body, "tools"));
            }
            if (body.has("connections")) {
                grant = grant.onlyConnections(names(body, "connections"));
            }
            if (body.has("seconds")) {
                long most = Grant.LONGEST.toSeconds() + 1;
                grant = grant.lasting(
                        Duration.ofSeconds(Math.min(most, body.number("seconds").orElse(0L))));
            }
            return grant;
        } catch (IllegalArgumentException e) {
            throw new BullaException(ErrorCode.INVALID_ARGUMENT, String.valueOf(e.getMessage()));
        }
    }

    private static String[] names(Body body, String name) {
        return body.list(name).orElse(List.of()).toArray(String[]::new);
    }

    private static WebResponse revoke(Call call) {
        call.body().only();
        return call.member().grants().revoke(call.variable("grant")) ? list(call) : call.refused(Problem.NOT_FOUND);
    }
}
