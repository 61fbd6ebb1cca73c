package dev.bulla.oauth2;

import dev.bulla.error.BullaException;
import dev.bulla.http.StrictJson;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.HttpCall.Purpose;
import dev.bulla.provider.Json;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.ProviderHttp;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.TokenRevoker;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Reads the metadata of an authorization server (OpenID Connect Discovery 1.0, RFC 8414). The document must name exactly the issuer
 * that was asked, its addresses must be https (http only where the issuer itself is, on an address that the client allows), and no
 * redirect is followed. The result is a builder, so that a provider can add what metadata does not say. Stateless.
 */
public final class Discovery {
    private final String issuer;
    private final Json metadata;

    private Discovery(String issuer, Json metadata) {
        this.issuer = issuer;
        this.metadata = metadata;
    }

    /**
     * OpenID Connect: {@code <issuer>/.well-known/openid-configuration}.
     *
     * @throws ProviderException as {@link ProviderHttp#send}, and with error {@code metadata_refused} where the document is missing or
     *     says what it must not
     * @throws IllegalArgumentException where the issuer is no address
     */
    public static OAuth2Spec.Builder openIdConnect(String issuer, ProviderHttp http) {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return read(issuer, URI.create(base + "/.well-known/openid-configuration"), http)
                .withIdTokens();
    }

    /** RFC 8414: {@code /.well-known/oauth-authorization-server} stands between host and path of the issuer. Fails as the other. */
    public static OAuth2Spec.Builder authorizationServer(String issuer, ProviderHttp http) {
        URI uri = URI.create(issuer);
        String path = uri.getRawPath().equals("/") ? "" : uri.getRawPath();
        URI where = URI.create(
                uri.getScheme() + "://" + uri.getRawAuthority() + "/.well-known/oauth-authorization-server" + path);
        return read(issuer, where, http).plain();
    }

    private static Discovery read(String issuer, URI where, ProviderHttp http) {
        if (where.getRawQuery() != null || where.getRawFragment() != null || where.getHost() == null) {
            throw new IllegalArgumentException("an issuer is an address without query and fragment");
        }
        HttpAnswer answer =
                http.send(HttpCall.of(Purpose.METADATA, "GET", where, null).header("Accept", "application/json"));
        if (answer.status() != 200) {
            throw absent(answer.status());
        }
        try {
            Discovery discovery = new Discovery(issuer, StrictJson.document(answer));
            if (!discovery.metadata.text("issuer").filter(issuer::equals).isPresent()) {
                throw refused("the issuer is another");
            }
            return discovery;
        } catch (ProviderException e) {
            throw e;
        } catch (BullaException e) {
            throw noJson();
        }
    }

    /** Reads the document of an issuer at one of its addresses. */
    static Discovery at(String issuer, URI where, ProviderHttp http) {
        return read(issuer, where, http);
    }

    private OAuth2Spec.Builder withIdTokens() {
        OAuth2Spec.Builder builder = plain();
        List<String> listed = texts("id_token_signing_alg_values_supported");
        List<String> algorithms = listed.stream().filter(Signatures::isKnown).toList();
        if (!listed.isEmpty() && algorithms.isEmpty()) {
            throw refused("no algorithm of ID tokens is acceptable");
        }
        builder.openIdConnect(issuer, required("jwks_uri"), algorithms.toArray(String[]::new));
        endpoint("userinfo_endpoint")
                .ifPresent(url -> builder.identity(url, "sub", "name", "preferred_username", "email"));
        return builder;
    }

    private OAuth2Spec.Builder plain() {
        OAuth2Spec.Builder builder = OAuth2Spec.builder(required("authorization_endpoint"), required("token_endpoint"));
        ClientAuthentication authentication = authentication();
        builder.clientAuthentication(authentication);
        if (metadata.flag("authorization_response_iss_parameter_supported").orElse(false)) {
            builder.issuerInResponse(issuer);
        }
        endpoint("revocation_endpoint")
                .ifPresent(url ->
                        builder.revocation(RevocationCall.rfc7009(url, authentication, TokenRevoker.Reach.TOKEN)));
        return builder;
    }

    /** What is not said is {@code client_secret_basic} (RFC 8414 section 2). */
    private ClientAuthentication authentication() {
        List<String> methods = texts("token_endpoint_auth_methods_supported");
        if (methods.isEmpty() || methods.contains("client_secret_basic")) {
            return ClientAuthentication.BASIC;
        }
        if (methods.contains("client_secret_post")) {
            return ClientAuthentication.POST;
        }
        if (methods.contains("private_key_jwt")) {
            return ClientAuthentication.PRIVATE_KEY_JWT;
        }
        if (methods.contains("none")) {
            return ClientAuthentication.NONE;
        }
        throw refused("no way of client authentication is known here");
    }

    String required(String name) {
        return endpoint(name).orElseThrow(() -> refused(name + " is missing"));
    }

    Optional<String> endpoint(String name) {
        if (!metadata.has(name)) {
            return Optional.empty();
        }
        String url = metadata.text(name).orElse("");
        if (!isAddress(url)) {
            throw refused(name + " is no address to use");
        }
        return Optional.of(url);
    }

    private boolean isAddress(String text) {
        try {
            URI uri = URI.create(text); // also refuses braces, which would make a template of it
            boolean secure =
                    "https".equals(uri.getScheme()) || "http".equals(uri.getScheme()) && issuer.startsWith("http://");
            return secure && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    List<String> texts(String name) {
        return ProtectedResource.texts(metadata, name);
    }

    boolean flag(String name) {
        return metadata.flag(name).orElse(false);
    }

    /** Nothing is there, or nothing for now. */
    static ProviderException absent(int status) {
        Kind kind = status == 429 || status >= 500 ? Kind.TRANSIENT : Kind.MISCONFIGURED;
        return new ProviderException(kind, "metadata_refused", status, null, "there is no metadata: " + status);
    }

    /** Such as the page that a site shows at every address. */
    static ProviderException noJson() {
        return new ProviderException(
                Kind.MISCONFIGURED, "metadata_refused", 0, null, "the metadata is not taken: it is no JSON");
    }

    /** Whether a document may stand elsewhere: none is here. One that says what it must not stands here. */
    static boolean isAbsent(ProviderException e) {
        return e.kind() == Kind.MISCONFIGURED && e.status() != 200;
    }

    static ProviderException refused(String why) {
        return new ProviderException(
                Kind.MISCONFIGURED, "metadata_refused", 200, null, "the metadata is not taken: " + why);
    }
}
