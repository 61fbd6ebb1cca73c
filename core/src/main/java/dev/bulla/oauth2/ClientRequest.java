package dev.bulla.oauth2;

import dev.bulla.provider.App;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.HttpCall.Purpose;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.OAuth2Spec.Encoding;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request in which the client proves itself, by one method (RFC 6749 section 2.3). */
final class ClientRequest {
    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final OAuth2Spec spec;
    private final ClientAuthentication authentication;
    private final Encoding encoding;

    ClientRequest(OAuth2Spec spec, ClientAuthentication authentication, Encoding encoding) {
        this.spec = spec;
        this.authentication = authentication;
        this.encoding = encoding;
    }

    HttpCall to(String method, URI uri, Map<String, String> parameters, ProviderCall call) {
        App app = call.app();
        Map<String, String> all = new LinkedHashMap<>(parameters);
        if (authentication != ClientAuthentication.BASIC && authentication != ClientAuthentication.ANONYMOUS) {
            all.put(spec.clientIdParameter(), app.clientId());
        }
        switch (authentication) {
            case POST -> all.put("client_secret", secret(app).reveal());
            case PRIVATE_KEY_JWT -> {
                all.put("client_assertion_type", ASSERTION_TYPE);
                all.put(
                        "client_assertion",
                        ClientAssertion.of(app.clientId(), secret(app), audience(app), call.clock()));
            }
            case BASIC, NONE, ANONYMOUS -> {}
        }
        boolean query = method.equals("GET") || encoding == Encoding.QUERY;
        HttpCall request = Wire.headers(query ? inQuery(method, uri, all) : inBody(method, uri, all), spec);
        return authentication == ClientAuthentication.BASIC ? request.header("Authorization", basic(app)) : request;
    }

    private static HttpCall inQuery(String method, URI uri, Map<String, String> parameters) {
        return HttpCall.of(Purpose.TOKEN, method, URI.create(uri + "?" + Wire.query(parameters)), null);
    }

    private HttpCall inBody(String method, URI uri, Map<String, String> parameters) {
        boolean json = encoding == Encoding.JSON;
        return HttpCall.of(Purpose.TOKEN, method, uri, json ? Wire.json(parameters) : Wire.form(parameters))
                .header("Content-Type", json ? "application/json" : "application/x-www-form-urlencoded");
    }

    /** Id and secret are form-encoded first (RFC 6749 section 2.3.1). */
    private static String basic(App app) {
        String pair =
                Wire.encode(app.clientId()) + ":" + Wire.encode(secret(app).reveal());
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
    }

    private String audience(App app) {
        return spec.issuer()
                .orElseGet(() -> spec.tokenUrl().expand(app.instance()).toString());
    }

    private static Secret secret(App app) {
        if (app.clientSecret() == null) {
            throw new ProviderException(
                    Kind.MISCONFIGURED, "client_secret_missing", 0, null, "the app registration has no client secret");
        }
        return app.clientSecret();
    }
}
