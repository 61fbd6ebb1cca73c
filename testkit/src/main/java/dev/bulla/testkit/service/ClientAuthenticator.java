package dev.bulla.testkit.service;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which app a request comes from (RFC 6749 section 2.3, RFC 7523 section 2.2): one method a request, and the method must
 * fit the app. Guarded by the lock of {@link OAuthService}.
 */
final class ClientAuthenticator {
    /** What a request says about its app, before anything is checked. */
    record Claim(String method, String clientId, String proof) {}

    private final Settings settings;
    private final Map<String, Client> clients;
    private final AssertionVerifier assertions;

    ClientAuthenticator(Settings settings, Map<String, Client> clients) {
        this.settings = settings;
        this.clients = clients;
        this.assertions = new AssertionVerifier(settings);
    }

    /** @throws Refusal where the request mixes methods or is unreadable */
    Claim claim(Parameters parameters, @Nullable String authorization) {
        String id = parameters.get(settings.clientIdParameter);
        String secret = parameters.get("client_secret");
        String assertion = parameters.get("client_assertion");
        boolean basic = authorization != null && authorization.regionMatches(true, 0, "Basic ", 0, 6);
        if ((basic ? 1 : 0) + (secret != null ? 1 : 0) + (assertion != null ? 1 : 0) > 1) {
            throw Refusal.request("more than one client authentication method");
        }
        if (basic && authorization != null) {
            return basic(authorization, id);
        }
        if (assertion != null) {
            return new Claim("private_key_jwt", id != null ? id : assertions.subject(assertion), assertion);
        }
        if (id == null) {
            throw Refusal.client("no client id");
        }
        return secret != null ? new Claim("post", id, secret) : new Claim("none", id, "");
    }

    Client check(Claim claim, Parameters parameters) {
        Client client = clients.get(claim.clientId());
        if (client == null) {
            throw Refusal.client("unknown client");
        }
        boolean sound = switch (claim.method()) {
            case "none" -> client.isPublic();
            case "private_key_jwt" ->
                client.open() || assertions.verifies(client, claim.proof(), parameters.or("client_assertion_type", ""));
            default -> client.knows(claim.proof());
        };
        if (!sound) {
            throw Refusal.client("client authentication failed");
        }
        return client;
    }

    /** Id and secret are form-encoded before they are joined (RFC 6749 section 2.3.1). */
    private static Claim basic(String authorization, @Nullable String id) {
        String text;
        try {
            text = new String(
                    Base64.getDecoder().decode(authorization.substring(6).strip()), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            String user = URLDecoder.decode(text.substring(0, Math.max(colon, 0)), StandardCharsets.UTF_8);
            String secret = URLDecoder.decode(text.substring(colon + 1), StandardCharsets.UTF_8);
            if (id != null && !id.equals(user)) {
                throw Refusal.request("two client ids");
            }
            return new Claim("basic", user, secret);
        } catch (IllegalArgumentException e) {
            throw Refusal.client("unreadable Basic credentials");
        }
    }
}
