package dev.bulla.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bulla.Bulla;
import dev.bulla.Member;
import dev.bulla.model.CallbackRequest;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.Landing;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.providers.standard.CustomProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** A service that says yes to everything, with tokens of a size that is usual for JWTs, valid for a day. */
final class TokenService implements AutoCloseable {
    static final int ACCESS_LENGTH = 1_200;
    static final int REFRESH_LENGTH = 600;

    private final HttpServer http;
    private final Random random = new Random(1);
    private final AtomicInteger users = new AtomicInteger();

    TokenService() {
        try {
            http = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.createContext(
                "/token",
                exchange -> answer(
                        exchange,
                        "{\"access_token\":\"%s\",\"refresh_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":86400}"
                                .formatted(text(ACCESS_LENGTH), text(REFRESH_LENGTH))));
        http.createContext(
                "/me", exchange -> answer(exchange, "{\"id\":\"user-%d\"}".formatted(users.incrementAndGet())));
        http.start();
    }

    synchronized String text(int length) {
        byte[] bytes = new byte[length / 2];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    String address() {
        return "127.0.0.1:" + http.getAddress().getPort();
    }

    Provider provider() {
        String base = "http://" + address();
        return CustomProvider.oauth2(
                        "notes",
                        "Notes",
                        OAuth2Spec.builder(base + "/authorize", base + "/token").identity(base + "/me", "id"))
                .create();
    }

    /** Goes through consent and callback. */
    static void connect(Bulla bulla, String tenant, String user, String connection) {
        Member member = bulla.tenant(tenant).member(user);
        ConnectStep.Redirect step = (ConnectStep.Redirect) member.connect(connection, Subject.RETURN);
        String state = parameter(step.location(), "state");
        URI redirect = bulla.tenant(tenant).connections().get(connection).redirectUri();
        Landing landing = member.complete(CallbackRequest.of(
                redirect.getPath(),
                "code=abc&state=" + state,
                Map.of(step.cookie().name(), step.cookie().value())));
        if (!(landing.outcome() instanceof Landing.Connected)) {
            throw new IllegalStateException("not connected: " + landing.outcome());
        }
    }

    private static String parameter(URI uri, String name) {
        return Arrays.stream(uri.getRawQuery().split("&"))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
