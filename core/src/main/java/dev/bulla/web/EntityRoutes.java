package dev.bulla.web;

import static dev.bulla.web.Endpoint.member;
import static dev.bulla.web.Endpoint.owner;

import dev.bulla.Entities;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.Entity;
import dev.bulla.model.EntityPage;
import dev.bulla.model.Harvested;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What is known of the things at a service: a look by a member's account, and what an owner sees of it. */
final class EntityRoutes {
    private static final String PATH = "connections/{connection}/entities";
    private static final int USUAL = 50;

    private EntityRoutes() {}

    static final List<Endpoint> ALL = List.of(
            member("POST", "connections/{connection}/harvest", EntityRoutes::harvest),
            owner("GET", PATH, EntityRoutes::kinds),
            owner("GET", PATH + "/{kind}", EntityRoutes::list),
            owner("DELETE", PATH, EntityRoutes::forgetAll),
            owner("DELETE", PATH + "/{kind}", EntityRoutes::forget));

    private static Entities entities(Call call) {
        return call.connections().entities(call.connection());
    }

    private static WebResponse harvest(Call call) {
        Body body = call.body().only("key", "label", "next");
        String from = body.text("next").orElse(null);
        Harvested run = call.inSession(session -> session.harvest(call.connection(), call.label(), from));
        Map<String, String> failed = new LinkedHashMap<>();
        run.failed().forEach((kind, code) -> failed.put(kind, code.name()));
        return new Fields()
                .put("seen", run.seen())
                .put("failed", failed)
                .maybe("next", Optional.ofNullable(run.next()))
                .ok();
    }

    private static WebResponse kinds(Call call) {
        return new Fields()
                .each(
                        "kinds",
                        entities(call).kinds(),
                        kind -> new Fields()
                                .put("name", kind.name())
                                .put("label", kind.label())
                                .put("known", kind.known()))
                .ok();
    }

    private static WebResponse list(Call call) {
        String next = call.parameter("next");
        EntityPage page = entities(call)
                .list(call.variable("kind"), call.parameter("search"), next.isEmpty() ? null : next, limit(call));
        return new Fields()
                .each("entities", page.entities(), EntityRoutes::view)
                .maybe("next", Optional.ofNullable(page.next()))
                .ok();
    }

    private static int limit(Call call) {
        String limit = call.parameter("limit");
        if (!limit.isEmpty() && !limit.matches("[1-9][0-9]?|1[0-9]{2}|200")) {
            throw new BullaException(ErrorCode.INVALID_ARGUMENT, "'limit' is no number from 1 to 200");
        }
        return limit.isEmpty() ? USUAL : Integer.parseInt(limit);
    }

    private static Fields view(Entity entity) {
        Map<String, List<String>> attributes = new LinkedHashMap<>();
        entity.attributes().forEach((name, values) -> attributes.put(name, List.copyOf(new TreeSet<>(values))));
        return new Fields()
                .put("id", entity.id())
                .put("name", entity.name())
                .put("attributes", attributes)
                .put("seenAt", entity.seenAt().toString());
    }

    private static WebResponse forgetAll(Call call) {
        call.body().only();
        return forgotten(entities(call).forget());
    }

    private static WebResponse forget(Call call) {
        call.body().only();
        return forgotten(entities(call).forget(call.variable("kind")));
    }

    private static WebResponse forgotten(int count) {
        return new Fields().put("forgotten", count).ok();
    }
}
