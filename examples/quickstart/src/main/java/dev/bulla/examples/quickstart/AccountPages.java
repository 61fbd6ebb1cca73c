package dev.bulla.examples.quickstart;

import dev.bulla.ApiRequest;
import dev.bulla.ApiResponse;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.examples.quickstart.Router.For;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Connection;
import dev.bulla.model.Disconnected;
import dev.bulla.model.Landing;
import dev.bulla.model.SealedTo;
import dev.bulla.web.WebResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a member does with accounts: connect, use, disconnect. */
final class AccountPages {
    private static final Html NOT_CONNECTED = Html.of("<span class=\"chip\">not connected</span>");

    void addTo(Router router) {
        router.get("/accounts", For.MEMBER, this::list);
        router.get("/account", For.MEMBER, visit -> show(visit, visit.parameter("connection"), Html.NOTHING));
        router.post("/account/call", For.MEMBER, this::call);
        router.post("/account/identity", For.MEMBER, this::identity);
        router.post("/account/disconnect", For.MEMBER, this::disconnect);
    }

    private WebResponse list(Visit visit) {
        Map<String, Optional<ConnectedAccount>> all = new TreeMap<>();
        visit.member().connectable().forEach(connection -> all.put(connection.name(), Optional.empty()));
        visit.member().accounts().forEach(account -> all.put(account.connection(), Optional.of(account)));
        List<Html> rows = all.entrySet().stream()
                .map(entry -> Html.of(
                        "<li><a href=\"%s\"><strong>%s</strong></a> %s</li>",
                        page(entry.getKey()),
                        entry.getKey(),
                        entry.getValue().map(Words::state).orElse(NOT_CONNECTED)))
                .toList();
        return visit.page(
                "Your accounts",
                Html.of(
                        """
                <section><ul class="rows">%s</ul></section>
                <section><h2>Your key</h2><p>%s</p><p><a class="button plain" href="/key">Your key</a></p></section>
                """,
                        rows.isEmpty()
                                ? Html.of("<li class=\"quiet\">The owner has not set anything up yet.</li>")
                                : rows,
                        visit.member().keys().status().isEmpty()
                                ? "You have none yet: what you connect is sealed to this host alone."
                                : "What you connect is sealed to your key."));
    }

    /** Asks about another identity first; then the account as it is, with what just happened. */
    private WebResponse show(Visit visit, String name, Html answer) {
        Optional<ConnectedAccount> account = visit.member().accounts().stream()
                .filter(known -> known.connection().equals(name))
                .findFirst();
        Optional<Connection> open = visit.member().connectable().stream()
                .filter(known -> known.name().equals(name))
                .findFirst();
        if (account.isEmpty() && open.isEmpty()) {
            throw new BullaException(ErrorCode.CONNECTION_UNKNOWN, "no connection of this name");
        }
        boolean live =
                account.filter(known -> known.sealedTo() != SealedTo.NOBODY).isPresent();
        return visit.page(
                name,
                Html.of(
                        "%s%s%s%s%s<p><a href=\"/accounts\">All accounts</a></p>",
                        visit.visitor()
                                .question()
                                .map(asked -> question(visit, name, asked))
                                .orElse(Html.NOTHING),
                        account.map(AccountPages::facts).orElse(Html.NOTHING),
                        live && open.isPresent() ? use(visit, open.get(), account.orElseThrow(), answer) : Html.NOTHING,
                        open.map(connection -> connect(visit, connection, live))
                                .orElse(Html.of(
                                        "<section><p>The owner has switched this connection off.</p></section>")),
                        live ? ending(visit, name) : Html.NOTHING));
    }

    private static Html facts(ConnectedAccount account) {
        return Html.of(
                """
                <section><dl>
                <dt>Account</dt><dd>%s%s</dd>
                <dt>Tokens</dt><dd>%s</dd>
                <dt>Scopes</dt><dd>%s</dd>
                <dt>Access token ends</dt><dd>%s</dd>
                <dt>Last used</dt><dd>%s</dd>
                </dl></section>
                """,
                Words.state(account),
                account.reason()
                        .map(Words::of)
                        .map(reason -> " (" + reason + ")")
                        .orElse(""),
                Words.of(account.sealedTo()),
                account.scopes().isEmpty() ? "none" : String.join(", ", account.scopes()),
                account.ready() ? Words.until(account.expiresAt()) : "-",
                Words.ago(account.lastUsedAt()));
    }

    /** The form goes to Bulla's own handler, which sends the browser to the service. */
    private static Html connect(Visit visit, Connection connection, boolean live) {
        Html hint = Html.of("""
                <p class="quiet">Log in at Demo Notes as <code>%s</code>, password <code>%s</code>. Where somebody else is logged in
                there, choose &ldquo;Log in as somebody else&rdquo;.</p>
                """, visit.person().id(), visit.person().id());
        return Html.of(
                "<section><h2>%s</h2>%s%s</section>",
                live ? "Connect again" : "Connect",
                visit.form(
                        "/bulla/api/connections/"
                                + URLEncoder.encode(connection.name(), StandardCharsets.UTF_8)
                                        .replace("+", "%20") + "/connect",
                        Html.of(
                                """
                        <input type="hidden" name="returnTo" value="%s">
                        <button%s>Connect</button>
                        """,
                                visit.bulla().fallbackPage().resolve("/account"),
                                live ? Html.of(" class=\"plain\"") : "")),
                hint.when(connection.provider().equals(DemoService.ID)));
    }

    private static Html use(Visit visit, Connection connection, ConnectedAccount account, Html answer) {
        boolean locked = account.sealedTo() == SealedTo.MEMBER
                && visit.visitor().session().isEmpty();
        Html hint = Html.of("<p>Sealed to your key. <a href=\"/key\">Open a session with it</a> first.</p>");
        List<String> paths = connection.provider().equals(DemoService.ID)
                ? List.of("/api/me", "/api/notes")
                : List.of("/user", "/user/repos?per_page=3");
        return Html.of(
                "<section><h2>Use it</h2>%s%s%s</section>",
                hint.when(locked),
                visit.form(
                        "/account/call",
                        Html.of(
                                """
                        <input type="hidden" name="connection" value="%s">
                        %s
                        """,
                                connection.name(),
                                paths.stream()
                                        .map(path -> Html.of(
                                                "<button name=\"path\" value=\"%s\">GET %s</button>", path, path))
                                        .toList())),
                answer);
    }

    private WebResponse call(Visit visit) {
        String name = visit.field("connection");
        Optional<Instant> end = visit.member().account(name).expiresAt();
        ApiResponse response = call(visit, name, ApiRequest.get(visit.field("path")));
        boolean refreshed = !visit.member().account(name).expiresAt().equals(end);
        return show(
                visit,
                name,
                Html.of(
                        """
                <div class="answer"><p><code>GET %s</code> <span class="chip">%s</span> %s</p><pre>%s</pre></div>
                """,
                        visit.field("path"),
                        response.status(),
                        Html.of("<strong>The token was refreshed under way.</strong>")
                                .when(refreshed),
                        response.text()));
    }

    /** With the session that the member opened, or without the key: that serves what is sealed to the host. */
    private static ApiResponse call(Visit visit, String connection, ApiRequest request) {
        Optional<Session> open = visit.visitor().session();
        if (open.isPresent()) {
            return open.get().call(connection, request);
        }
        try (Session session = visit.member().session()) {
            return session.call(connection, request);
        }
    }

    private static Html question(Visit visit, String name, Landing.IdentityDiffers asked) {
        return Html.of(
                """
                <section class="question"><h2>Another account?</h2>
                <p>So far you were connected as <strong>%s</strong>. You came back as <strong>%s</strong>.
                Nothing has changed yet.</p>%s</section>
                """,
                asked.before().orElse("somebody else"),
                asked.now(),
                visit.form("/account/identity", Html.of("""
                        <input type="hidden" name="connection" value="%s">
                        <button name="answer" value="yes">Use %s from now on</button>
                        <button class="plain" name="answer" value="no">Keep it as it was</button>
                        """, name, asked.now())));
    }

    private WebResponse identity(Visit visit) {
        boolean yes = visit.field("answer").equals("yes");
        visit.visitor().takeQuestion().ifPresent(asked -> {
            Landing.Outcome outcome = visit.member().confirmIdentity(asked.ticket(), yes);
            visit.visitor()
                    .tell(Html.of(
                            "<p class=\"good\">%s</p>",
                            outcome instanceof Landing.Connected
                                    ? "Connected as " + asked.now() + "."
                                    : "Nothing has changed."));
        });
        return visit.go(page(visit.field("connection")));
    }

    private static Html ending(Visit visit, String name) {
        return Html.of(
                "<section><h2>Disconnect</h2>%s</section>", visit.form("/account/disconnect", Html.of("""
                <input type="hidden" name="connection" value="%s">
                <button class="plain danger">Disconnect</button>
                """, name)));
    }

    private WebResponse disconnect(Visit visit) {
        String name = visit.field("connection");
        Optional<Session> open = visit.visitor().session();
        Disconnected ended =
                open.isPresent() ? open.get().disconnect(name) : visit.member().disconnect(name);
        visit.visitor()
                .tell(Html.of(
                        "<p class=\"good\">Disconnected. %s %s</p>",
                        Words.of(ended.revocation()),
                        ended.grantsPage()
                                .map(page -> Html.of(
                                        "<a href=\"%s\" target=\"_blank\" rel=\"noopener\">See it at the service.</a>",
                                        page))
                                .orElse(Html.NOTHING)));
        return visit.go(page(name));
    }

    private static String page(String name) {
        return Visit.link("/account", "connection", name);
    }
}
