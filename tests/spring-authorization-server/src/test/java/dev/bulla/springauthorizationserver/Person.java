package dev.bulla.springauthorizationserver;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Logs in and consents on the server's own pages. */
final class Person {
    private static final Pattern INPUT = Pattern.compile("<input[^>]*>");
    private static final Pattern NAME = Pattern.compile("name=\"([^\"]*)\"");
    private static final Pattern VALUE = Pattern.compile("value=\"([^\"]*)\"");

    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    /** Walks from the authorization URL to the callback, which is not followed. */
    URI authorize(URI authorizationUrl, String user, String password) throws IOException, InterruptedException {
        URI here = authorizationUrl;
        HttpResponse<String> page = get(here);
        for (int step = 0; step < 10; step++) {
            if (page.statusCode() / 100 == 3) {
                here = here.resolve(page.headers().firstValue("Location").orElseThrow());
                if (here.getPath().startsWith("/bulla/callback/")) {
                    return here;
                }
                page = get(here);
            } else if (here.getPath().equals("/login")) {
                page = post(here, form(page.body(), List.of("username=" + user, "password=" + password)));
            } else {
                here = here.resolve("/oauth2/authorize");
                page = post(here, form(page.body(), List.of()));
            }
        }
        throw new IllegalStateException("the pages lead nowhere: " + page.statusCode() + " at " + here.getPath());
    }

    private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(uri).header("Accept", "text/html").build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(URI uri, String form) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(uri)
                        .header("Accept", "text/html")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Every input that has a value, boxes ticked, and what the person types. */
    private static String form(String html, List<String> typed) {
        List<String> pairs = new ArrayList<>(typed);
        Matcher inputs = INPUT.matcher(html);
        while (inputs.find()) {
            Matcher name = NAME.matcher(inputs.group());
            Matcher value = VALUE.matcher(inputs.group());
            if (name.find() && value.find() && !value.group(1).isEmpty()) {
                pairs.add(name.group(1) + "=" + URLEncoder.encode(value.group(1), StandardCharsets.UTF_8));
            }
        }
        return String.join("&", pairs);
    }
}
