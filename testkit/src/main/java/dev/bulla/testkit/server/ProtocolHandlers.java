package dev.bulla.testkit.server;

import dev.bulla.testkit.service.OAuthService;
import dev.bulla.testkit.service.Reply;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The endpoints that apps talk to: token, revocation, keys and metadata. */
final class ProtocolHandlers {
    private final OAuthService service;

    ProtocolHandlers(OAuthService service) {
        this.service = service;
    }

    void token(Visit visit) throws IOException {
        post(visit, service::token);
    }

    void revoke(Visit visit) throws IOException {
        post(visit, service::revoke);
    }

    private static void post(Visit visit, BiFunction<Map<String, String>, @Nullable String, Reply> endpoint)
            throws IOException {
        if (!visit.isPost()) {
            visit.json(405, Map.of("error", "invalid_request"));
        } else if (visit.form().repeats()) {
            visit.json(400, Map.of("error", "invalid_request", "error_description", "a parameter stands there twice"));
        } else {
            visit.reply(endpoint.apply(visit.form().single(), visit.header("Authorization")));
        }
    }

    void jwks(Visit visit) throws IOException {
        visit.json(200, service.jwks());
    }

    /** RFC 8414 and OpenID Connect Discovery: one document under both addresses. */
    void metadata(Visit visit) throws IOException {
        String issuer = service.issuer();
        List<String> authentication = List.of("client_secret_basic", "client_secret_post", "private_key_jwt", "none");
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("issuer", issuer);
        fields.put("authorization_endpoint", issuer + "/authorize");
        fields.put("token_endpoint", issuer + "/token");
        fields.put("revocation_endpoint", issuer + "/revoke");
        fields.put("userinfo_endpoint", issuer + "/userinfo");
        fields.put("jwks_uri", issuer + "/jwks");
        fields.put("scopes_supported", List.copyOf(service.scopes().keySet()));
        fields.put("response_types_supported", List.of("code"));
        fields.put("grant_types_supported", List.of("authorization_code", "refresh_token"));
        fields.put("code_challenge_methods_supported", List.of("S256"));
        fields.put("token_endpoint_auth_methods_supported", authentication);
        fields.put("token_endpoint_auth_signing_alg_values_supported", List.of("RS256", "PS256", "ES256"));
        fields.put("revocation_endpoint_auth_methods_supported", authentication);
        fields.put("subject_types_supported", List.of("public"));
        fields.put("id_token_signing_alg_values_supported", List.of("RS256"));
        fields.put("authorization_response_iss_parameter_supported", true);
        visit.json(200, fields);
    }
}
