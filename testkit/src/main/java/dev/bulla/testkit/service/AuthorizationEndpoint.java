package dev.bulla.testkit.service;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks authorization requests and writes the responses. Guarded by the lock of {@link OAuthService}. */
final class AuthorizationEndpoint {
    private static final Pattern S256 = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final Settings settings;
    private final Map<String, Client> clients;

    AuthorizationEndpoint(Settings settings, Map<String, Client> clients) {
        this.settings = settings;
        this.clients = clients;
    }

    AuthorizationRequest check(Parameters parameters) {
        Client client = clients.get(parameters.or(settings.clientIdParameter, ""));
        if (client == null) {
            throw new AuthorizationRefused("This app is not registered here.", null);
        }
        String redirectUri = parameters.or("redirect_uri", "");
        if (!client.redirectUris().contains(redirectUri)) {
            throw new AuthorizationRefused("The return address is not one that this app has registered.", null);
        }
        String state = parameters.get("state");
        String challenge = parameters.get("code_challenge");
        List<String> scopes = Parameters.words(parameters.or(settings.scopeParameter, ""), settings.scopeSeparator);
        String error = error(parameters, challenge, scopes);
        if (error != null) {
            throw new AuthorizationRefused(error, response(redirectUri, "error", error, state));
        }
        return new AuthorizationRequest(
                client.id(), client.name(), redirectUri, scopes, state, challenge, parameters.get("nonce"));
    }

    private @Nullable String error(Parameters parameters, @Nullable String challenge, List<String> scopes) {
        if (!"code".equals(parameters.get("response_type"))) {
            return "unsupported_response_type";
        }
        if (challenge == null ? settings.pkce : !"S256".equals(parameters.get("code_challenge_method"))) {
            return "invalid_request";
        }
        if (challenge != null && !S256.matcher(challenge).matches()) {
            return "invalid_request";
        }
        return settings.scopes.isEmpty() || settings.scopes.keySet().containsAll(scopes) ? null : "invalid_scope";
    }

    /** The redirect with a code or an error, the state, and {@code iss} (RFC 9207). */
    URI response(String redirectUri, String name, String value, @Nullable String state) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put(name, value);
        if (state != null) {
            query.put("state", state);
        }
        if (settings.issuerInResponse) {
            query.put("iss", settings.issuer);
        }
        String text = query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return URI.create(redirectUri + (redirectUri.contains("?") ? "&" : "?") + text);
    }
}
