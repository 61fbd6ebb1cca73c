package dev.bulla.examples.quickstart;

import dev.bulla.web.Problem;
import dev.bulla.web.WebResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The frame of every page. */
final class Layout {
    /** No form-action: a browser would hold the redirect to the service against it. */
    private static final String POLICY =
            "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    private Layout() {}

    static WebResponse page(int status, Visitor visitor, String title, Html body) {
        Html page = Html.of("""
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s - Bulla quickstart</title>
                <link rel="stylesheet" href="/style.css">
                </head>
                <body>
                <header><a class="brand" href="/">Bulla <span>quickstart</span></a>%s</header>
                <main>
                %s
                <h1>%s</h1>
                %s
                </main>
                </body>
                </html>
                """, title, who(visitor), visitor.takeNotice(), title, body);
        return WebResponse.html(status, page.markup()).header("Content-Security-Policy", POLICY);
    }

    private static Html who(Visitor visitor) {
        return visitor.person()
                .map(person ->
                        Html.of("""
                        <form method="post" action="/logout"><input type="hidden" name="token" value="%s">
                        <span>%s, %s</span> <button class="link">Switch person</button></form>
                        """, visitor.formToken(), person.displayName(), person.isOwner() ? "owner" : "member"))
                .orElse(Html.NOTHING);
    }

    /** A refusal: what happened, who must act, and the code to look up. */
    static WebResponse problem(Visitor visitor, Problem problem) {
        return page(
                problem.status(),
                visitor,
                "This did not work",
                Html.of(
                        """
                        <section>
                        <p class="bad">%s.</p>
                        <p>%s %s</p>
                        <p>%s</p>
                        <p class="quiet">Code <code>%s</code></p>
                        </section>
                        """,
                        sentence(problem.message()),
                        Words.of(problem.actor()),
                        problem.retryable() ? "Trying again later may help." : "",
                        wayOut(problem.code()),
                        problem.code()));
    }

    private static Html wayOut(String code) {
        return switch (code) {
            case "KEY_REQUIRED", "KEY_REQUIRED_FIRST", "KEY_WRONG", "KEY_MALFORMED", "KEY_EXISTS", "SESSION_CLOSED" ->
                Html.of("<a class=\"button\" href=\"/key\">Go to your key</a>");
            default -> Html.of("<a class=\"button\" href=\"/\">Go on</a>");
        };
    }

    private static String sentence(String message) {
        String text = message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    static WebResponse style() {
        try (InputStream in = Objects.requireNonNull(Layout.class.getResourceAsStream("style.css"))) {
            return WebResponse.html(200, new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .header("Content-Type", "text/css; charset=utf-8");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
