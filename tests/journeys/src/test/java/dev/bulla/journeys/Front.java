package dev.bulla.journeys;

import dev.bulla.Session;
import dev.bulla.http.StrictJson;
import dev.bulla.model.Landing;
import dev.bulla.provider.Json;
import dev.bulla.testkit.server.Browser;
import dev.bulla.web.BullaHandlers;
import dev.bulla.web.Caller;
import dev.bulla.web.Limits;
import dev.bulla.web.WebHost;
import dev.bulla.web.WebRequest;
import dev.bulla.web.WebResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A host that answers over the handlers: one browser, whose login and page can be changed, and what it was answered. */
final class Front implements WebHost {
    private final BullaHandlers handlers;
    private final List<WebResponse> answers = new ArrayList<>();
    private final Map<String, String> cookies = new HashMap<>();

    @Nullable
    Caller caller;

    boolean trusted = true;
    boolean proven = true;
    String remote = "127.0.0.1";

    @Nullable
    Landing landed;

    @Nullable
    Session session;

    Front(World world, String member) {
        this(world, member, Limits.none());
    }

    Front(World world, String member, Limits limits) {
        handlers = BullaHandlers.of(world.bulla, this, limits);
        as(member, false);
    }

    Front as(String member, boolean owner) {
        caller = new Caller(World.TENANT, member, owner);
        return this;
    }

    @Override
    public Optional<Caller> caller(WebRequest request) {
        return Optional.ofNullable(caller);
    }

    @Override
    public boolean isTrusted(WebRequest request) {
        return trusted;
    }

    @Override
    public boolean isProven(WebRequest request, Caller known) {
        return proven;
    }

    @Override
    public Optional<Session> session(WebRequest request, Caller known) {
        return Optional.ofNullable(session);
    }

    @Override
    public void landed(WebRequest request, Caller known, Landing landing) {
        landed = landing;
    }

    WebResponse get(String path) {
        return send("GET", path, "");
    }

    WebResponse post(String path, String json) {
        return send("POST", path, json);
    }

    /** @param path below the API, with a query or without */
    WebResponse send(String method, String path, String json) {
        String[] parts = ("/bulla/api/" + path).split("\\?", 2);
        return send(request(method, parts[0], parts.length == 1 ? "" : parts[1], json));
    }

    WebRequest request(String method, String path, String query, String json) {
        StringBuilder line = new StringBuilder();
        cookies.forEach(
                (name, value) -> line.append(name).append('=').append(value).append("; "));
        return new WebRequest(method, path, query, Map.of("Cookie", List.of(line.toString())), Map.of(), json, remote);
    }

    WebResponse send(WebRequest request) {
        WebResponse answer = handlers.handle(request);
        for (String cookie : answer.headers().getOrDefault("Set-Cookie", List.of())) {
            String[] pair = cookie.substring(0, cookie.indexOf(';')).split("=", 2);
            cookies.put(pair[0], pair[1]);
        }
        answers.add(answer);
        return answer;
    }

    /** Begins, agrees at the service, and answers with what the service sent the browser back to. */
    URI agreed(String connection, String user) {
        WebResponse begun = post("connections/" + connection + "/connect", "{}");
        return new Browser()
                .authorize(URI.create(json(begun).text("location").orElseThrow()), user, user + "-password");
    }

    WebResponse arrive(URI callback) {
        return send(request("GET", callback.getPath(), callback.getRawQuery(), ""));
    }

    /** The whole way of a browser. */
    WebResponse connect(String connection, String user) {
        return arrive(agreed(connection, user));
    }

    List<WebResponse> answers() {
        return answers;
    }

    static Json json(WebResponse answer) {
        return StrictJson.document(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    static String text(WebResponse answer, String... path) {
        return json(answer).text(path).orElseThrow();
    }
}
