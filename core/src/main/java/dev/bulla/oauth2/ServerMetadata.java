package dev.bulla.oauth2;

import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderHttp;
import dev.bulla.provider.UrlTemplate;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an authorization server says of itself (RFC 8414, OpenID Connect Discovery 1.0), as far as a client that knows nothing else needs it.
 * The document must name exactly the issuer that was asked, every address is https and plain, and no redirect is followed. Immutable.
 */
public final class ServerMetadata {
    private static final String OAUTH = "/.well-known/oauth-authorization-server";
    private static final String OPENID = "/.well-known/openid-configuration";
    private static final Map<String, ClientAuthentication> KNOWN = new LinkedHashMap<>();

    static {
        KNOWN.put("client_secret_basic", ClientAuthentication.BASIC);
        KNOWN.put("client_secret_post", ClientAuthentication.POST);
        KNOWN.put("none", ClientAuthentication.NONE);
    }

    private final String issuer;
    private final Discovery document;
    private final String authorizationEndpoint;
    private final String tokenEndpoint;
    private final Optional<String> revocationEndpoint;
    private final Optional<String> registrationEndpoint;

    private ServerMetadata(String issuer, Discovery document) {
        this.issuer = issuer;
        this.document = document;
        authorizationEndpoint =
                plain(Optional.of(document.required("authorization_endpoint"))).orElseThrow();
        tokenEndpoint = plain(Optional.of(document.required("token_endpoint"))).orElseThrow();
        revocationEndpoint = plain(document.endpoint("revocation_endpoint"));
        registrationEndpoint = plain(document.endpoint("registration_endpoint"));
    }

    private static Optional<String> plain(Optional<String> address) {
        address.filter(value -> !UrlTemplate.isAddress(value)).ifPresent(value -> {
            throw Discovery.refused("an address is none to use");
        });
        return address;
    }

    /**
     * Looks where documents of this issuer may stand: RFC 8414 with the path inserted, then OpenID Connect with the path inserted, then with
     * it appended. The first that is there counts.
     *
     * @throws ProviderException as {@link ProviderHttp#send}, and with error {@code metadata_refused} where there is none, or it says what
     *     it must not
     */
    public static ServerMetadata find(String issuer, ProviderHttp http) {
        if (!UrlTemplate.isAddress(issuer) || URI.create(issuer).getRawQuery() != null) {
            throw Discovery.refused("the issuer is no address to use");
        }
        ProviderException last = null;
        for (String candidate : candidates(URI.create(issuer))) {
            try {
                return new ServerMetadata(issuer, Discovery.at(issuer, URI.create(candidate), http));
            } catch (ProviderException e) {
                if (!Discovery.isAbsent(e)) {
                    throw e;
                }
                last = e;
            }
        }
        throw last == null ? Discovery.refused("there is none") : last;
    }

    private static List<String> candidates(URI issuer) {
        String host = issuer.getScheme() + "://" + issuer.getRawAuthority();
        String path = issuer.getRawPath();
        String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        List<String> candidates = new ArrayList<>(List.of(host + OAUTH + plain, host + OPENID + plain));
        if (!plain.isEmpty()) {
            candidates.add(host + plain + OPENID);
        }
        return candidates;
    }

    public String issuer() {
        return issuer;
    }

    public String authorizationEndpoint() {
        return authorizationEndpoint;
    }

    public String tokenEndpoint() {
        return tokenEndpoint;
    }

    public Optional<String> revocationEndpoint() {
        return revocationEndpoint;
    }

    /** Where clients register themselves (RFC 7591). */
    public Optional<String> registrationEndpoint() {
        return registrationEndpoint;
    }

    /** Whether the address of a document may stand for a client (OAuth Client ID Metadata Document). */
    public boolean takesClientDocuments() {
        return document.flag("client_id_metadata_document_supported");
    }

    /** Whether it says that it knows PKCE with S256. */
    public boolean knowsS256() {
        return document.texts("code_challenge_methods_supported").contains("S256");
    }

    /** Whether {@code iss} always stands in authorization responses (RFC 9207 section 3). */
    public boolean namesItselfInResponses() {
        return document.flag("authorization_response_iss_parameter_supported");
    }

    public List<String> scopes() {
        return document.texts("scopes_supported");
    }

    /** How clients may prove themselves, the best first; where nothing is said, by Basic (RFC 8414 section 2). Empty: no way known here. */
    public List<ClientAuthentication> clientAuthentications() {
        List<String> listed = document.texts("token_endpoint_auth_methods_supported");
        return listed.isEmpty()
                ? List.of(ClientAuthentication.BASIC)
                : KNOWN.entrySet().stream()
                        .filter(known -> listed.contains(known.getKey()))
                        .map(Map.Entry::getValue)
                        .toList();
    }

    /** As the registry of OAuth writes a method of this kind. */
    static String nameOf(ClientAuthentication method) {
        return KNOWN.entrySet().stream()
                .filter(known -> known.getValue() == method)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no way of a client that registers itself: " + method));
    }

    static Optional<ClientAuthentication> named(String method) {
        return Optional.ofNullable(KNOWN.get(method));
    }
}
