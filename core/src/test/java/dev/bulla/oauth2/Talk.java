package dev.bulla.oauth2;

import dev.bulla.http.HardenedHttp;
import dev.bulla.http.HttpSettings;
import dev.bulla.http.RawServer;
import dev.bulla.provider.App;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.Secret;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/** A raw server and a hardened client that may reach it, at a fixed time. */
final class Talk implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    static final App APP = new App(
            "client", Secret.of("canary-client-secret"), URI.create("https://app.example.com/callback/1"), Map.of());

    final RawServer server;
    private final HardenedHttp http;

    private Talk(RawServer server) {
        this.server = server;
        this.http = HardenedHttp.create(HttpSettings.standard().reaching(server.address()));
    }

    static Talk with(RawServer.Behaviour behaviour) {
        return new Talk(RawServer.start(behaviour));
    }

    static Talk answering(byte[] answer) {
        return with(RawServer.closing(answer));
    }

    static Talk answering(String status, String body) {
        return answering(RawServer.json(status, body));
    }

    OAuth2Spec.Builder spec() {
        return OAuth2Spec.builder(server.url("/authorize"), server.url("/token"))
                .identity(server.url("/me"), "id", "name");
    }

    ProviderCall call() {
        return call(APP);
    }

    ProviderCall call(App app) {
        return call(app, NOW);
    }

    ProviderCall call(App app, Instant now) {
        return new ProviderCall(http, Clock.fixed(now, ZoneOffset.UTC), app);
    }

    RawServer.Request request() {
        return server.requests().get(0);
    }

    Map<String, String> form() {
        return form(request().body());
    }

    static Map<String, String> form(String text) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            String[] parts = pair.split("=", 2);
            form.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    static TokenSet set(String access, String refresh) {
        return new TokenSet(Secret.of(access), refresh == null ? null : Secret.of(refresh), null, null, null, Map.of());
    }

    static Tokens old() {
        return Tokens.of(set("canary-old-access", "canary-old-refresh"));
    }

    @Override
    public void close() {
        http.close();
        server.close();
    }
}
