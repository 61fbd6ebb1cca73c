package dev.bulla.testkit.server;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** An app that speaks to the server by hand, so that the tests see the wire. */
final class TestApp {
    static final String ID = "app";
    static final String SECRET = "app secret:+%";
    static final String REDIRECT = "https://host.example/callback/1";

    /** RFC 7636 appendix B. */
    static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final AuthorizationServer server;

    TestApp(AuthorizationServer server) {
        this.server = server;
    }

    Map<String, String> request(String scope) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", ID);
        parameters.put("redirect_uri", REDIRECT);
        parameters.put("scope", scope);
        parameters.put("state", "a state & more");
        parameters.put("nonce", "n-1");
        parameters.put("code_challenge", CHALLENGE);
        parameters.put("code_challenge_method", "S256");
        return parameters;
    }

    URI url(Map<String, String> parameters) {
        return URI.create(server.at("/authorize") + "?" + encode(parameters));
    }

    /** Walks alice through login and consent. */
    String code(String scope) {
        return Form.of(new Browser()
                        .authorize(url(request(scope)), "alice", "pw")
                        .getRawQuery())
                .get("code");
    }

    Map<String, String> exchange(String code) {
        return new LinkedHashMap<>(Map.of(
                "grant_type", "authorization_code", "code", code, "redirect_uri", REDIRECT, "code_verifier", VERIFIER));
    }

    Map<String, Object> connect(String scope) {
        return json(token(exchange(code(scope))));
    }

    HttpResponse<String> refresh(String refreshToken) {
        return token(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
    }

    HttpResponse<String> token(Map<String, String> parameters) {
        return post("/token", parameters, basic());
    }

    HttpResponse<String> revoke(String token) {
        return post("/revoke", Map.of("token", token), basic());
    }

    static String basic() {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString((encode(ID) + ":" + encode(SECRET)).getBytes(StandardCharsets.UTF_8));
    }

    HttpResponse<String> post(String path, Map<String, String> parameters, String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.at(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encode(parameters)));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return send(request);
    }

    HttpResponse<String> postWithCookie(String path, Map<String, String> parameters, String cookie) {
        return send(HttpRequest.newBuilder(server.at(path))
                .header("Cookie", cookie)
                .POST(HttpRequest.BodyPublishers.ofString(encode(parameters))));
    }

    HttpResponse<String> get(String path, Object accessToken) {
        return send(HttpRequest.newBuilder(server.at(path)).header("Authorization", "Bearer " + accessToken));
    }

    static Map<String, Object> json(HttpResponse<String> answer) {
        try {
            return JSONObjectUtils.parse(answer.body());
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String encode(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
