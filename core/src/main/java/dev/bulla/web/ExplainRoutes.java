package dev.bulla.web;

import static dev.bulla.web.Endpoint.member;
import static dev.bulla.web.Endpoint.owner;

import dev.bulla.error.Obstacle;
import dev.bulla.model.Explanation;
import java.net.URI;
import java.util.List;

/** Why something does not work. */
final class ExplainRoutes {
    private ExplainRoutes() {}

    static final List<Endpoint> ALL = List.of(
            member(
                    "GET",
                    "connections/{connection}/explain",
                    call -> view(call.inSession(session -> session.explain(call.connection(), call.label())))
                            .ok()),
            owner(
                    "GET",
                    "connections/{connection}/explain",
                    call -> forOwner(call.connections().explain(call.connection()))
                            .ok()));

    static Fields view(Explanation explanation) {
        return new Fields()
                .put("works", explanation.works())
                .each("obstacles", explanation.obstacles(), ExplainRoutes::obstacle);
    }

    private static Fields forOwner(Explanation explanation) {
        return view(explanation)
                .maybe("redirectUri", explanation.redirectUri().map(URI::toString))
                .each(
                        "accounts",
                        explanation.accounts().entrySet(),
                        each -> new Fields().put("count", each.getValue()).put("obstacle", obstacle(each.getKey())));
    }

    private static Fields obstacle(Obstacle obstacle) {
        return new Fields()
                .put("code", obstacle.code())
                .put("sentence", obstacle.sentence())
                .put("actor", obstacle.actor().name())
                .put("where", obstacle.place().code())
                .put("blocks", obstacle.blocks())
                .maybe("page", obstacle.page().map(URI::toString))
                .maybe("about", obstacle.about());
    }
}
