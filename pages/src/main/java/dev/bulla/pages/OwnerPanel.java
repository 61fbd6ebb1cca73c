package dev.bulla.pages;

import dev.bulla.Connections;
import dev.bulla.Connections.Accounts;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.Connection;
import dev.bulla.provider.Provider;
import dev.bulla.web.WebResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All connections of the tenant: first what keeps it from being set up. */
final class OwnerPanel {
    private OwnerPanel() {}

    static WebResponse show(Visit visit) {
        Connections owner = visit.connections();
        Map<String, Provider> providers =
                owner.providers().stream().collect(Collectors.toMap(Provider::id, Function.identity()));
        List<Connection> connections = owner.list();
        List<Html> cards = connections.stream()
                .map(connection -> card(visit, connection, providers))
                .toList();
        return visit.page(
                visit.say("owner.title"),
                Html.of(
                        """
                %s%s
                <div class="bar"><a class="button" href="%s">%s</a><a href="%s">%s</a></div>
                <h2>%s</h2>
                %s
                """,
                        OwnerWords.done(visit),
                        open(visit, connections),
                        visit.at(OwnerPaths.CREATE),
                        visit.say("owner.new"),
                        visit.at(OwnerPaths.MEMBERS),
                        visit.say("members.title"),
                        visit.say("owner.connections"),
                        cards.isEmpty()
                                ? Html.of("<p>%s</p>", visit.say("owner.none"))
                                : Html.of("<ul class=\"cards\">%s</ul>", cards)));
    }

    /** Required connections that members can not use yet, each with what it misses. */
    private static Html open(Visit visit, List<Connection> connections) {
        List<Html> rows = connections.stream()
                .filter(connection -> connection.required() && !connection.usable())
                .map(connection ->
                        Html.of("<li><strong>%s</strong>: %s</li>", connection.name(), lacking(visit, connection)))
                .toList();
        return Html.of("""
                <section class="warn" aria-labelledby="setup"><h2 id="setup">%s</h2><p>%s</p><ul>%s</ul></section>
                """, visit.say("owner.setup"), visit.count("owner.setup-why", rows.size()), rows)
                .when(!rows.isEmpty());
    }

    /** What is missing, each a link to where it is filled in; or that it is switched off. */
    private static Html lacking(Visit visit, Connection connection) {
        String page = visit.at(OwnerPaths.CONNECTION, "name", connection.name());
        List<Html> parts = new ArrayList<>();
        OwnerWords.provider(visit, connection).ifPresent(provider -> {
            ConnectionForm form = new ConnectionForm(
                    visit, provider, connection, visit.connections().form(connection.name()));
            connection
                    .missing()
                    .forEach(name ->
                            parts.add(Html.of("<a href=\"%s#%s\">%s</a>", page, form.place(name), form.label(name))));
        });
        if (parts.isEmpty()) {
            String key = connection.missing().isEmpty() ? "owner.off" : "owner.unknown-provider";
            parts.add(Html.of("<a href=\"%s\">%s</a>", page, visit.say(key)));
        }
        return Html.of("%s", Pieces.joined(parts));
    }

    private static Html card(Visit visit, Connection connection, Map<String, Provider> providers) {
        Provider provider = providers.get(connection.provider());
        String service = provider == null ? connection.provider() : provider.displayName();
        Accounts accounts = visit.connections().accounts(connection.name());
        return Html.of(
                """
                <li class="card">%s<div><h3><a href="%s">%s</a></h3>
                <p class="quiet">%s, %s</p><p>%s</p><p>%s</p></div></li>
                """,
                Monogram.of(service),
                visit.at(OwnerPaths.CONNECTION, "name", connection.name()),
                connection.name(),
                service,
                visit.say("mode." + connection.mode().name()),
                OwnerWords.state(visit, connection),
                counts(visit, connection, accounts));
    }

    private static Html counts(Visit visit, Connection connection, Accounts accounts) {
        List<Html> parts = new ArrayList<>();
        for (AccountStatus status : AccountStatus.values()) {
            long count = accounts.count(status);
            if (count > 0) {
                parts.add(Html.of(
                        "<a href=\"%s\">%s: %s</a>",
                        visit.at(OwnerPaths.ACCOUNTS, "name", connection.name(), "status", status.name()),
                        visit.say("status." + status.name()),
                        count));
            }
        }
        int lacking = accounts.needingConsent().size();
        if (lacking > 0) {
            parts.add(Html.of("%s", visit.count("owner.lacking", lacking)));
        }
        return parts.isEmpty()
                ? Html.of("<span class=\"quiet\">%s</span>", visit.say("owner.no-accounts"))
                : Pieces.joined(parts);
    }
}
