package dev.bulla.examples.quickstart;

import dev.bulla.ApiRequest;
import dev.bulla.ApiResponse;
import dev.bulla.Bulla;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.key.MemberKey;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.web.WebHandler;
import dev.bulla.web.WebRequest;
import dev.bulla.web.WebResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The host's own pages: who are you, and what a host is there for: to use what its members have connected. */
final class HomePages implements WebHandler {
    private final Bulla bulla;
    private final Visitors visitors;
    private final URI apps;

    /** @param apps where an owner registers an app at the demo service */
    HomePages(Bulla bulla, Visitors visitors, URI apps) {
        this.bulla = bulla;
        this.visitors = visitors;
        this.apps = apps;
    }

    @Override
    public WebResponse handle(WebRequest request) {
        return switch (request.method() + " " + request.path()) {
            case "GET /" -> home(request, "");
            case "GET /style.css" -> style();
            case "POST /login" -> login(request);
            case "POST /logout" -> visitors.leave(request, WebResponse.redirect(URI.create("/")));
            case "POST /call" -> visitors.isTrusted(request) ? call(request) : WebResponse.redirect(URI.create("/"));
            default -> WebResponse.redirect(URI.create("/"));
        };
    }

    private WebResponse home(WebRequest request, String answer) {
        return visitors.person(request)
                .map(person -> page("Hello " + person.displayName(), inside(request, person) + answer))
                .orElseGet(() -> page("Who are you?", choices()));
    }

    private static String choices() {
        String people = Arrays.stream(Person.values())
                .map(person -> """
                        <button name="person" value="%s"><strong>%s</strong><span>%s</span></button>
                        """.formatted(
                                person.id(),
                                person.displayName(),
                                person.isOwner() ? "owner: sets services up" : "member: connects and uses them"))
                .collect(Collectors.joining());
        return """
                <p class="lead">An owner sets a service up once. Every member connects an account of their own to it. What
                the service hands out is kept sealed: to this host, and to the member's key once there is one.</p>
                <form method="post" action="/login"><div class="people">%s</div></form>
                <p class="quiet">Start as Olivia, go on as Alice. Nothing leaves this machine.</p>
                """.formatted(people);
    }

    private String inside(WebRequest request, Person person) {
        return """
                <section><h2>Connected accounts</h2>
                <p>These pages are Bulla's, mounted in this application.</p>
                <p><a class="button" href="/bulla/">Your accounts and your key</a>%s</p></section>
                <section><h2>Use them</h2>%s</section>
                <form method="post" action="/logout"><button class="link">Switch person</button></form>
                """.formatted(person.isOwner() ? owner() : "", calls(request, person));
    }

    private String owner() {
        return """
                <a class="button" href="/bulla/owner">Connections</a></p>
                <p><a href="%s" target="_blank" rel="noopener">Register an app at Demo Notes</a>
                (your password there is your name in small letters)
                """.formatted(apps);
    }

    private String calls(WebRequest request, Person person) {
        List<ConnectedAccount> ready = member(person).accounts().stream()
                .filter(ConnectedAccount::ready)
                .toList();
        if (ready.isEmpty()) {
            return "<p class=\"quiet\">Nothing is connected yet.</p>";
        }
        String buttons = ready.stream()
                .map(account -> "<button name=\"connection\" value=\"%s\">Call %s</button>"
                        .formatted(escape(account.connection()), escape(account.connection())))
                .collect(Collectors.joining());
        return """
                <form method="post" action="/call"><input type="hidden" name="token" value="%s">
                <label>Your key, where you have one<input type="password" name="key" autocomplete="off"></label>
                %s</form>
                """.formatted(visitors.formToken(request).orElseThrow().value(), buttons);
    }

    /** What a host does with a connection: calls an API as the member. Bulla finds, opens and refreshes the token. */
    private WebResponse call(WebRequest request) {
        Person person = visitors.person(request).orElseThrow();
        String connection = request.field("connection").orElse("");
        try (Session session = session(member(person), request.field("key").orElse(""))) {
            Optional<Instant> end = member(person).account(connection).expiresAt();
            ApiResponse answer = session.call(connection, ApiRequest.get(path(person, connection)));
            boolean refreshed = !member(person).account(connection).expiresAt().equals(end);
            return home(request, """
                    <div class="answer"><p><code>%s</code> %s</p><pre>%s</pre></div>
                    """.formatted(
                    answer.status(), refreshed ? "The token was refreshed under way." : "", escape(answer.text())));
        } catch (BullaException e) {
            return home(
                    request,
                    "<p class=\"bad\" role=\"alert\">%s</p>"
                            .formatted(escape(e.advice().sentence())));
        }
    }

    private static Session session(Member member, String key) {
        return key.isBlank() ? member.session() : member.session(MemberKey.parse(key.strip()));
    }

    private Member member(Person person) {
        return bulla.tenant(Visitors.TENANT).member(person.id());
    }

    private String path(Person person, String connection) {
        return member(person).account(connection).provider().equals(DemoService.ID) ? "/api/notes" : "/user";
    }

    private WebResponse login(WebRequest request) {
        return Arrays.stream(Person.values())
                .filter(person -> person.id().equals(request.field("person").orElse("")))
                .findFirst()
                .map(person -> visitors.enter(person, WebResponse.redirect(URI.create("/"))))
                .orElseGet(() -> home(request, ""));
    }

    private static WebResponse page(String title, String body) {
        return WebResponse.html(200, """
                        <!doctype html>
                        <html lang="en">
                        <head>
                        <meta charset="utf-8">
                        <meta name="viewport" content="width=device-width, initial-scale=1">
                        <title>%s - Bulla quickstart</title>
                        <link rel="stylesheet" href="/style.css">
                        </head>
                        <body><main><h1>%s</h1>
                        %s
                        </main></body>
                        </html>
                        """.formatted(title, title, body))
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static WebResponse style() {
        try (InputStream in = Objects.requireNonNull(HomePages.class.getResourceAsStream("style.css"))) {
            return WebResponse.html(200, new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .header("Content-Type", "text/css; charset=utf-8");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
