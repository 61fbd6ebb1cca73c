package dev.bulla.pages;

import dev.bulla.Connections;
import dev.bulla.Connections.Accounts;
import dev.bulla.form.FormView;
import dev.bulla.model.Connection;
import dev.bulla.model.Saved;
import dev.bulla.model.Settings;
import dev.bulla.pages.ConnectionForm.Attempt;
import dev.bulla.provider.Mode;
import dev.bulla.provider.Provider;
import dev.bulla.web.WebResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One connection: what stands in its way, how it is set up, its form, and what is done with it. */
final class ConnectionPage {
    private ConnectionPage() {}

    static WebResponse show(Visit visit) {
        return show(visit, visit.connections().get(visit.parameter("name")), Attempt.NONE);
    }

    /** Saves one group of the form; what was refused is shown again beside what was saved. */
    static WebResponse save(Visit visit) {
        Connections owner = visit.connections();
        String name = Pieces.sent(visit, "name");
        String group = visit.field("group");
        Map<String, String> typed = ConnectionForm.typed(visit.request(), owner.form(name), group);
        if (typed.isEmpty()) {
            return visit.go(OwnerPaths.CONNECTION, "name", name, "done", "saved");
        }
        Saved saved = owner.fill(name, typed);
        return saved.refused().isEmpty() && saved.ignored().isEmpty()
                ? visit.go(OwnerPaths.CONNECTION, "name", name, "done", "saved")
                : show(visit, saved.connection(), new Attempt(group, typed, saved.refused(), saved.ignored()));
    }

    static WebResponse options(Visit visit) {
        String name = Pieces.sent(visit, "name");
        visit.connections()
                .save(
                        name,
                        Settings.none()
                                .required(!visit.field("required").isEmpty())
                                .memberKeyFirst(!visit.field("memberKeyFirst").isEmpty()));
        return visit.go(OwnerPaths.CONNECTION, "name", name, "done", "saved");
    }

    static WebResponse enable(Visit visit) {
        String name = Pieces.sent(visit, "name");
        boolean on = visit.field("to").equals("on");
        if (on) {
            visit.connections().enable(name);
        } else {
            visit.connections().disable(name);
        }
        return visit.go(OwnerPaths.CONNECTION, "name", name, "done", on ? "enabled" : "disabled");
    }

    private static WebResponse show(Visit visit, Connection connection, Attempt attempt) {
        Accounts accounts = visit.connections().accounts(connection.name());
        Optional<Provider> provider = OwnerWords.provider(visit, connection);
        List<Html> parts = new ArrayList<>();
        if (provider.isPresent()) {
            FormView form = visit.connections().form(connection.name());
            ConnectionForm sheet = new ConnectionForm(visit, provider.get(), connection, form);
            parts.add(Pieces.errors(visit, refusals(visit, sheet, attempt)));
            parts.add(Html.of("<p class=\"note\" role=\"status\">%s</p>", visit.say("owner.rest-saved"))
                    .when(!attempt.refused().isEmpty()
                            && attempt.typed().size() > attempt.refused().size()));
            parts.add(OwnerWords.done(visit));
            parts.add(head(visit, connection, provider.get().displayName()));
            parts.add(Standing.of(visit, connection, sheet));
            parts.add(redirectUri(visit, connection, provider.get()));
            parts.add(guide(visit, connection, provider.get()));
            parts.add(Html.of(
                    "<section aria-labelledby=\"settings\"><h2 id=\"settings\">%s</h2>%s</section>",
                    visit.say("owner.settings"), sheet.markup(accounts, attempt)));
            parts.add(options(visit, connection));
            parts.add(governance(visit, connection, provider.get()));
            parts.add(ConnectionAccounts.summary(visit, connection, accounts));
            parts.add(ConnectionActions.of(visit, connection, accounts));
            parts.add(history(visit, form, sheet));
        } else {
            parts.add(head(visit, connection, connection.provider()));
            parts.add(Html.of("<p class=\"warn\">%s</p>", visit.say("owner.unknown-provider")));
            parts.add(ConnectionAccounts.summary(visit, connection, accounts));
            parts.add(ConnectionActions.of(visit, connection, accounts));
        }
        parts.add(Html.of("<p><a href=\"%s\">%s</a></p>", visit.at(OwnerPaths.PANEL), visit.say("owner.back")));
        return visit.page(attempt.refused().isEmpty() ? 200 : 422, connection.name(), Html.of("%s", parts));
    }

    private static List<Html> refusals(Visit visit, ConnectionForm sheet, Attempt attempt) {
        List<Html> links = new ArrayList<>();
        attempt.refused()
                .forEach(name -> links.add(Html.of(
                        "<a href=\"#%s\">%s</a>", sheet.place(name), visit.say("field.refused", sheet.label(name)))));
        attempt.ignored().forEach(name -> links.add(Html.of("%s", visit.say("owner.ignored", sheet.label(name)))));
        return links;
    }

    private static Html head(Visit visit, Connection connection, String service) {
        return Html.of(
                """
                <p class="bar">%s<span><strong>%s</strong>, %s<br><span class="quiet">%s</span></span><span>%s</span></p>
                """,
                Monogram.of(service),
                service,
                visit.say("mode." + connection.mode().name()),
                visit.say("mode-hint." + connection.mode().name()),
                OwnerWords.state(visit, connection));
    }

    private static Html redirectUri(Visit visit, Connection connection, Provider provider) {
        return connection
                .redirectUriIfAny()
                .filter(uri -> connection.mode() == Mode.OWN_APP) // the host's app is registered by the host
                .map(uri -> Html.of(
                        """
                        <section aria-labelledby="callback"><h2 id="callback">%s</h2>
                        <div class="part"><div class="field"><label for="redirect-uri">%s</label>
                        <p class="hint" id="redirect-uri-hint">%s</p>
                        <div class="bar"><input id="redirect-uri" value="%s" readonly spellcheck="false"
                         aria-describedby="redirect-uri-hint">%s</div></div></div></section>
                        """,
                        visit.say("owner.callback"),
                        visit.say("owner.callback-label", provider.displayName()),
                        visit.say("owner.callback-hint", provider.displayName()),
                        uri,
                        visit.copyButton("redirect-uri", visit.say("owner.callback-copy"))))
                .orElse(Html.NOTHING);
    }

    /** Open for as long as something is missing. */
    private static Html guide(Visit visit, Connection connection, Provider provider) {
        return provider.documentation()
                .walkthrough()
                .map(text -> Html.of(
                        """
                        <section aria-labelledby="guide"><h2 id="guide">%s</h2><details class="part guide"%s>
                        <summary>%s</summary>%s</details></section>
                        """,
                        visit.say("owner.guide", provider.displayName()),
                        Html.of(" open").when(!connection.missing().isEmpty()),
                        visit.say("owner.guide-open"),
                        Walkthrough.of(text, visit.say("owner.guide-table", provider.displayName()))))
                .orElse(Html.NOTHING);
    }

    private static Html options(Visit visit, Connection connection) {
        return Html.of(
                "<section aria-labelledby=\"rules\"><h2 id=\"rules\">%s</h2><div class=\"part\">%s</div></section>",
                visit.say("owner.rules"),
                visit.form(
                        OwnerPaths.OPTIONS,
                        Html.of(
                                "<input type=\"hidden\" name=\"name\" value=\"%s\">%s%s<button>%s</button>",
                                connection.name(),
                                option(visit, "required", connection.required()),
                                option(visit, "memberKeyFirst", connection.memberKeyFirst()),
                                visit.say("owner.rules-save"))));
    }

    /** What may be done through it, and what the service tells. */
    private static Html governance(Visit visit, Connection connection, Provider provider) {
        List<Html> rows = new ArrayList<>();
        rows.add(link(visit, connection, OwnerPaths.POLICIES, "go.policies"));
        rows.add(link(visit, connection, OwnerPaths.TOOLS, "go.tools"));
        if (!provider.entities().isEmpty()) {
            rows.add(link(visit, connection, OwnerPaths.THINGS, "go.things"));
        }
        if (provider.webhooks().isPresent()) {
            rows.add(link(visit, connection, OwnerPaths.WEBHOOK, "go.webhook"));
        }
        return Html.of("""
                <section aria-labelledby="governance"><h2 id="governance">%s</h2><ul class="part rows actions">%s</ul></section>
                """, visit.say("go.title"), rows);
    }

    private static Html link(Visit visit, Connection connection, String path, String key) {
        return Html.of(
                "<li><div><p class=\"hint\">%s</p></div><a class=\"button plain\" href=\"%s\">%s</a></li>",
                visit.say(key + "-hint"), visit.at(path, "name", connection.name()), visit.say(key));
    }

    private static Html option(Visit visit, String name, boolean on) {
        return Html.of(
                """
                <label class="check"><input type="checkbox" name="%s" value="true"%s>
                <span>%s<span class="hint">%s</span></span></label>
                """, name, Html.of(" checked").when(on), visit.say("option." + name), visit.say("option-hint." + name));
    }

    private static Html history(Visit visit, FormView form, ConnectionForm sheet) {
        List<Html> rows = form.history().stream()
                .map(change -> Html.of(
                        "<tr><td>%s</td><td>%s</td><td>%s</td></tr>",
                        visit.time(change.at()),
                        change.by(),
                        String.join(
                                ", ", change.fields().stream().map(sheet::label).toList())))
                .toList();
        List<String> heads = List.of(visit.say("history.when"), visit.say("history.who"), visit.say("history.what"));
        return Html.of(
                "<section aria-labelledby=\"history\"><h2 id=\"history\">%s</h2>%s</section>",
                visit.say("history.title"),
                rows.isEmpty()
                        ? Html.of("<p class=\"quiet\">%s</p>", visit.say("history.none"))
                        : Pieces.table(visit.say("history.caption"), heads, rows));
    }
}
