package dev.bulla.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A person at a browser, as far as login and consent go: keeps cookies, fills in forms, follows redirects within the authorization
 * server and stops at the first that leads out of it. One instance is one person's browser; not thread-safe.
 */
public final class Browser {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private static final int MOST_STEPS = 20;

    private final Map<String, String> cookies = new LinkedHashMap<>();

    /**
     * Logs in where asked to and allows everything that is asked for.
     *
     * @return the callback that the server redirects to; it is not followed
     * @throws IllegalStateException where the server shows a page that leads nowhere, such as after a wrong password
     */
    public URI authorize(URI authorizationUrl, String user, String password) {
        return walk(authorizationUrl, user, password, "allow", scope -> true);
    }

    /** Logs in where asked to and allows these scopes only. */
    public URI consentOnly(URI authorizationUrl, String user, String password, String... scopes) {
        return walk(authorizationUrl, user, password, "allow", Set.of(scopes)::contains);
    }

    /** Logs in where asked to and denies. */
    public URI deny(URI authorizationUrl, String user, String password) {
        return walk(authorizationUrl, user, password, "deny", scope -> false);
    }

    /** Fetches one page with the cookies of this browser, following nothing. */
    public HttpResponse<String> get(URI uri) {
        return send(HttpRequest.newBuilder(uri).GET(), uri);
    }

    /** Sends a form with its hidden inputs and these controls. */
    HttpResponse<String> submit(HtmlForm form, HtmlForm.Control... controls) {
        return post(form.action(), form.encode(box -> true, List.of(controls)));
    }

    private URI walk(URI start, String user, String password, String decision, Predicate<String> scopes) {
        URI here = start;
        HttpResponse<String> answer = get(here);
        boolean loggedIn = false;
        for (int step = 0; step < MOST_STEPS; step++) {
            if (answer.statusCode() / 100 == 3) {
                URI next = here.resolve(answer.headers().firstValue("Location").orElseThrow());
                if (!String.valueOf(next.getAuthority()).equals(start.getAuthority())) {
                    return next;
                }
                here = next;
                answer = get(here);
                continue;
            }
            List<HtmlForm> forms = HtmlForm.in(answer.body(), here);
            HtmlForm form = forms.isEmpty() ? null : forms.get(0);
            String body;
            if (form != null && form.has("password") && !loggedIn) {
                loggedIn = true;
                body = form.encode(
                        box -> false,
                        List.of(
                                new HtmlForm.Control("text", "username", user),
                                new HtmlForm.Control("password", "password", password)));
            } else if (form != null && form.has("decision", decision)) {
                body = form.encode(scopes, List.of(new HtmlForm.Control("submit", "decision", decision)));
            } else {
                throw new IllegalStateException("no way on from a page with status " + answer.statusCode());
            }
            here = form.action();
            answer = post(here, body);
        }
        throw new IllegalStateException("the server leads in circles");
    }

    private HttpResponse<String> post(URI uri, String body) {
        return send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                uri);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, URI uri) {
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        try {
            HttpResponse<String> answer =
                    CLIENT.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
            for (String cookie : answer.headers().allValues("Set-Cookie")) {
                String[] pair = cookie.split(";", 2)[0].split("=", 2);
                cookies.put(pair[0], pair.length == 2 ? pair[1] : "");
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException("no answer from " + uri.getHost() + uri.getPath(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
