package dev.bulla.examples.quickstart;

import dev.bulla.Connections;
import dev.bulla.examples.quickstart.Router.For;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Connection;
import dev.bulla.model.Saved;
import dev.bulla.model.Settings;
import dev.bulla.provider.Scope;
import dev.bulla.providers.github.GitHub;
import dev.bulla.web.WebResponse;
import java.net.URI;
import java.util.List;

/** What an owner does: create connections, configure them, see who is connected. Nothing here can read a token. */
final class OwnerPages {
    private final URI service;

    /** @param service where the demo service registers apps */
    OwnerPages(URI service) {
        this.service = service;
    }

    void addTo(Router router) {
        router.get("/owner", For.OWNER, this::list);
        router.post("/owner/create", For.OWNER, this::create);
        router.get("/owner/connection", For.OWNER, this::show);
        router.post("/owner/save", For.OWNER, this::save);
        router.post("/owner/switch", For.OWNER, this::enable);
        router.post("/owner/delete", For.OWNER, this::delete);
    }

    private WebResponse list(Visit visit) {
        Connections connections = visit.connections();
        List<Html> rows = connections.list().stream()
                .map(connection -> Html.of(
                        """
                        <li><a href="%s"><strong>%s</strong></a> %s
                        <span class="quiet">%s, connected members: %s</span></li>
                        """,
                        page(connection.name()),
                        connection.name(),
                        state(connection),
                        connections.provider(connection.name()).displayName(),
                        connections.accounts(connection.name()).all().stream()
                                .filter(ConnectedAccount::ready)
                                .count()))
                .toList();
        return visit.page(
                "Connections",
                Html.of(
                        """
                <section><ul class="rows">%s</ul></section>
                <section><h2>New connection</h2>%s</section>
                """,
                        rows.isEmpty() ? Html.of("<li class=\"quiet\">None yet.</li>") : rows,
                        visit.form(
                                "/owner/create",
                                Html.of("""
                        <label>Name<input name="name" value="%s" maxlength="60" required></label>
                        <label>Service<select name="provider">
                        <option value="%s">Demo Notes (built in)</option>
                        <option value="%s">GitHub (needs an OAuth app of yours)</option></select></label>
                        <button>Create</button>
                        """, rows.isEmpty() ? "notes" : "", DemoService.ID, GitHub.ID))));
    }

    private WebResponse create(Visit visit) {
        Connection connection = visit.connections().create(visit.field("name"), visit.field("provider"));
        return visit.go(page(connection.name()));
    }

    private WebResponse show(Visit visit) {
        Connection connection = visit.connections().get(visit.parameter("name"));
        Connections.Accounts accounts = visit.connections().accounts(connection.name());
        return visit.page(
                connection.name(),
                Html.of(
                        """
                <p>%s <span class="quiet">%s</span></p>
                <section><h2>1. Register an app</h2>
                <p>Give the service this redirect URI. It never changes.</p>
                <p><code>%s</code></p>
                %s</section>
                <section><h2>2. Settings</h2>%s</section>
                <section><h2>3. Accounts</h2>%s</section>
                <section><h2>Switch and delete</h2>%s%s</section>
                <p><a href="/owner">All connections</a></p>
                """,
                        state(connection),
                        connection.missing().isEmpty()
                                ? ""
                                : "Still missing: " + String.join(", ", connection.missing()),
                        connection.redirectUri(),
                        registration(connection),
                        settings(visit, connection),
                        accounts(accounts.all()),
                        switching(visit, connection),
                        deleting(visit, connection)));
    }

    private static Html state(Connection connection) {
        String word = !connection.missing().isEmpty() ? "incomplete" : connection.enabled() ? "enabled" : "disabled";
        return Html.of("<span class=\"chip %s\">%s</span>", word, word);
    }

    private Html registration(Connection connection) {
        if (connection.provider().equals(DemoService.ID)) {
            String apps = Visit.link(
                    service.resolve("/apps").toString(),
                    "redirect_uri",
                    connection.redirectUri().toString());
            return Html.of("""
                    <p><a class="button" href="%s" target="_blank" rel="noopener">Register it at Demo Notes</a></p>
                    <p class="quiet">Log in there as <code>olivia</code>, password <code>olivia</code>.</p>
                    """, apps + "&name=Quickstart");
        }
        return Html.of(
                "<p><a class=\"button\" href=\"%s\" target=\"_blank\" rel=\"noopener\">Register it at GitHub</a></p>",
                "https://github.com/settings/developers");
    }

    private static Html settings(Visit visit, Connection connection) {
        List<Html> scopes = visit.connections().provider(connection.name()).scopes().stream()
                .map(scope -> scope(scope, connection))
                .toList();
        boolean stored = connection.secrets().contains(Settings.CLIENT_SECRET);
        return visit.form(
                "/owner/save",
                Html.of(
                        """
                <input type="hidden" name="name" value="%s">
                <label>Client ID<input name="clientId" value="%s" autocomplete="off"></label>
                <label>Client secret<input type="password" name="clientSecret" placeholder="%s" autocomplete="off"></label>
                <fieldset><legend>Scopes</legend>%s</fieldset>
                <label class="check"><input type="checkbox" name="memberKeyFirst"%s>
                <span>Members need a key before they connect</span></label>
                <button>Save</button>
                """,
                        connection.name(),
                        connection.clientId().orElse(""),
                        stored ? "stored; it is never shown again" : "",
                        scopes,
                        connection.memberKeyFirst() ? " checked" : ""));
    }

    private static Html scope(Scope scope, Connection connection) {
        return Html.of(
                """
                <label class="check"><input type="checkbox" name="scope" value="%s"%s><span>%s <code>%s</code></span></label>
                """,
                scope.name(),
                connection.scopes().contains(scope.name()) ? " checked" : "",
                scope.label(),
                scope.name());
    }

    private WebResponse save(Visit visit) {
        Settings settings = Settings.none()
                .scopes(visit.request().form().getOrDefault("scope", List.of()).toArray(String[]::new))
                .memberKeyFirst(!visit.field("memberKeyFirst").isEmpty());
        if (!visit.field("clientId").isEmpty()) {
            settings = settings.with(Settings.CLIENT_ID, visit.field("clientId"));
        }
        if (!visit.field("clientSecret").isEmpty()) {
            settings = settings.clientSecret(visit.field("clientSecret"));
        }
        Saved saved = visit.connections().save(visit.field("name"), settings);
        visit.visitor()
                .tell(Html.of(
                        "<p class=\"good\">Saved. %s %s</p>",
                        saved.missing().isEmpty()
                                ? "Members can connect now."
                                : "Still missing: " + String.join(", ", saved.missing()) + ".",
                        saved.ignored().isEmpty() ? "" : "Ignored: " + String.join(", ", saved.ignored()) + "."));
        return visit.go(page(visit.field("name")));
    }

    private static Html accounts(List<ConnectedAccount> accounts) {
        List<Html> rows = accounts.stream().map(OwnerPages::row).toList();
        return rows.isEmpty()
                ? Html.of("<p class=\"quiet\">Nobody has connected yet.</p>")
                : Html.of("<ul class=\"rows\">%s</ul>", rows);
    }

    private static Html row(ConnectedAccount account) {
        return Html.of(
                """
                <li><strong>%s</strong> %s <span class="quiet">%s, last used %s</span></li>
                """,
                account.member(), Words.state(account), Words.of(account.sealedTo()), Words.ago(account.lastUsedAt()));
    }

    private static Html switching(Visit visit, Connection connection) {
        return visit.form(
                "/owner/switch",
                Html.of(
                        """
                <input type="hidden" name="name" value="%s">
                <button class="plain" name="to" value="%s">%s</button>
                """,
                        connection.name(),
                        connection.enabled() ? "off" : "on",
                        connection.enabled() ? "Disable for everybody" : "Enable"));
    }

    private WebResponse enable(Visit visit) {
        if (visit.field("to").equals("on")) {
            visit.connections().enable(visit.field("name"));
        } else {
            visit.connections().disable(visit.field("name"));
        }
        return visit.go(page(visit.field("name")));
    }

    private static Html deleting(Visit visit, Connection connection) {
        return visit.form("/owner/delete", Html.of("""
                <input type="hidden" name="name" value="%s">
                <label class="check"><input type="checkbox" name="accounts"><span>and disconnect everybody</span></label>
                <button class="plain danger">Delete</button>
                """, connection.name()));
    }

    private WebResponse delete(Visit visit) {
        String name = visit.field("name");
        if (visit.field("accounts").isEmpty()) {
            visit.connections().delete(name);
        } else {
            visit.connections()
                    .deleteWithAccounts(name)
                    .forEach((account, ended) -> visit.visitor()
                            .tell(Html.of("<p>%s: %s</p>", account.member(), Words.of(ended.revocation()))));
        }
        return visit.go("/owner");
    }

    private static String page(String name) {
        return Visit.link("/owner/connection", "name", name);
    }
}
