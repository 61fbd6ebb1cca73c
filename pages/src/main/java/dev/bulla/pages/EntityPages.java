package dev.bulla.pages;

import dev.bulla.Entities;
import dev.bulla.error.BullaException;
import dev.bulla.model.Entity;
import dev.bulla.model.EntityPage;
import dev.bulla.model.Harvested;
import dev.bulla.web.WebResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What is known of the things at a service, for its owner: a look by an account of the owner's own, a list, and forgetting. */
final class EntityPages {
    private static final int ROWS = 50;

    private EntityPages() {}

    static WebResponse show(Visit visit) {
        return show(visit, visit.parameter("name"), visit.parameter("kind"), Html.NOTHING, List.of());
    }

    static WebResponse look(Visit visit) {
        String name = Pieces.sent(visit, "name");
        String from = visit.field("next");
        try {
            Harvested run = visit.opened(
                    session -> session.harvest(name, Pieces.sent(visit, "label"), from.isEmpty() ? null : from));
            return show(visit, name, "", seen(visit, name, run), List.of());
        } catch (BullaException e) {
            return show(visit, name, "", Html.NOTHING, OwnAccount.aboutKey(visit, e));
        }
    }

    static WebResponse forget(Visit visit) {
        String name = Pieces.sent(visit, "name");
        String kind = Pieces.sent(visit, "kind");
        Entities entities = visit.connections().entities(name);
        if (kind.isEmpty()) {
            entities.forget();
        } else {
            entities.forget(kind);
        }
        return visit.go(OwnerPaths.THINGS, "name", name, "done", "deleted");
    }

    /** What a look has brought, and where it goes on. */
    private static Html seen(Visit visit, String name, Harvested run) {
        List<Html> lines = new ArrayList<>();
        run.seen().forEach((kind, count) -> lines.add(Html.of("<li>%s</li>", visit.say("things.seen", kind, count))));
        run.failed()
                .forEach((kind, code) -> lines.add(
                        Html.of("<li>%s <code>%s</code></li>", visit.say("things.failed", kind), code.name())));
        Html on = run.next() == null
                ? Html.NOTHING
                : OwnAccount.form(
                        visit,
                        OwnerPaths.THINGS_LOOK,
                        name,
                        "things.on",
                        Html.of("<input type=\"hidden\" name=\"next\" value=\"%s\">", run.next()));
        return Html.of(
                "<div class=\"card\" role=\"status\"><p>%s</p><ul>%s</ul>%s</div>",
                visit.say("things.looked"), lines, on);
    }

    private static WebResponse show(Visit visit, String name, String kind, Html told, List<Html> errors) {
        visit.connections().get(name);
        Entities entities = visit.connections().entities(name);
        List<Entities.Kind> kinds = entities.kinds();
        Html body = kinds.isEmpty()
                ? Html.of("<p class=\"quiet\">%s</p>", visit.say("things.none"))
                : Html.of(
                        "%s<section aria-labelledby=\"look\"><h2 id=\"look\">%s</h2><div class=\"part\"><p>%s</p>%s</div></section>%s",
                        kinds(visit, name, kinds),
                        visit.say("things.look"),
                        visit.say("things.look-what"),
                        OwnAccount.form(visit, OwnerPaths.THINGS_LOOK, name, "things.look", Html.NOTHING),
                        forgetting(visit, name, "", "things.forget-all"));
        Html list = kinds.stream()
                .filter(one -> one.name().equals(kind))
                .findFirst()
                .map(one -> list(visit, name, one, entities))
                .orElse(Html.NOTHING);
        return visit.page(
                errors.isEmpty() ? 200 : 422,
                visit.say("things.title", name),
                Html.of(
                        "%s%s%s<p>%s</p>%s%s<p><a href=\"%s\">%s</a></p>",
                        Pieces.errors(visit, errors),
                        OwnerWords.done(visit),
                        told,
                        visit.say("things.what"),
                        list,
                        body,
                        visit.at(OwnerPaths.CONNECTION, "name", name),
                        visit.say("connection.back")));
    }

    private static Html kinds(Visit visit, String name, List<Entities.Kind> kinds) {
        List<Html> rows = kinds.stream()
                .map(kind -> Html.of(
                        "<tr><th scope=\"row\"><a href=\"%s\">%s</a></th><td>%s</td></tr>",
                        visit.at(OwnerPaths.THINGS, "name", name, "kind", kind.name()), kind.label(), kind.known()))
                .toList();
        return Pieces.table(
                visit.say("things.caption"), List.of(visit.say("policy.kind"), visit.say("things.known")), rows);
    }

    private static Html list(Visit visit, String name, Entities.Kind kind, Entities entities) {
        String search = visit.parameter("search").strip();
        String next = visit.parameter("next");
        EntityPage page = entities.list(kind.name(), search, next.isEmpty() ? null : next, ROWS);
        List<Html> rows =
                page.entities().stream().map(entity -> row(visit, entity)).toList();
        List<String> heads = List.of(
                visit.say("policy.name"),
                visit.say("things.id"),
                visit.say("things.attributes"),
                visit.say("things.seen-at"));
        Html more = page.next() == null
                ? Html.NOTHING
                : Html.of(
                        "<p><a href=\"%s\">%s</a></p>",
                        visit.at(
                                OwnerPaths.THINGS,
                                "name",
                                name,
                                "kind",
                                kind.name(),
                                "search",
                                search,
                                "next",
                                page.next()),
                        visit.say("paging.next"));
        return Html.of(
                """
                <section aria-labelledby="kind"><h2 id="kind">%s</h2><form method="get" action="%s" class="filters">
                <input type="hidden" name="name" value="%s"><input type="hidden" name="kind" value="%s">
                <div class="field"><label for="search">%s</label><input id="search" name="search" type="search" value="%s"></div>
                <button class="plain">%s</button></form>%s%s%s</section>
                """,
                kind.label(),
                visit.at(OwnerPaths.THINGS),
                name,
                kind.name(),
                visit.say("things.search"),
                search,
                visit.say("things.find"),
                rows.isEmpty()
                        ? Html.of("<p class=\"quiet\">%s</p>", visit.say("things.nothing"))
                        : Pieces.table(kind.label(), heads, rows),
                more,
                forgetting(visit, name, kind.name(), "things.forget"));
    }

    private static Html row(Visit visit, Entity entity) {
        List<Html> attributes = new ArrayList<>();
        entity.attributes()
                .forEach((key, values) ->
                        attributes.add(Html.of("%s = %s", key, String.join(" | ", new TreeSet<>(values)))));
        return Html.of(
                "<tr><th scope=\"row\">%s</th><td><code>%s</code></td><td>%s</td><td>%s</td></tr>",
                entity.name(), entity.id(), Pieces.joined(attributes), visit.time(entity.seenAt()));
    }

    private static Html forgetting(Visit visit, String name, String kind, String key) {
        return visit.form(OwnerPaths.THINGS_FORGET, Html.of("""
                        <input type="hidden" name="name" value="%s"><input type="hidden" name="kind" value="%s">
                        <button class="plain danger">%s</button>
                        """, name, kind, visit.say(key)));
    }
}
