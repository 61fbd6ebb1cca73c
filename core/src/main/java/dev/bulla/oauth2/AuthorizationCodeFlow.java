package dev.bulla.oauth2;

import dev.bulla.provider.App;
import dev.bulla.provider.Identity;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuthFlow;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The authorization code flow (RFC 6749 section 4.1) with PKCE S256 (RFC 7636) and, where the spec names an issuer with keys, OpenID
 * Connect: then {@code openid} is always asked for, and an ID token is required and verified before the tokens are given out.
 *
 * <p>The subject of an identity is the {@code sub} of the ID token, or what the spec's identity call says. Where both are there and
 * the identity call reads {@code sub}, they must agree (OpenID Connect Core section 5.3.2); where it reads another field, that field
 * is the subject. A subject is unique within its issuer, and the issuer is part of the trust anchor that accounts are bound to.
 * Thread-safe.
 */
public final class AuthorizationCodeFlow implements OAuthFlow {
    private static final String SUBJECT = "id_token.sub";
    private static final String NAME = "id_token.name";

    private final OAuth2Spec spec;
    private final TokenEndpoint endpoint;
    private final Optional<IdTokens> idTokens;
    private final Optional<IdentityReader> reader;
    private final @Nullable BiFunction<Tokens, ProviderCall, Identity> special;

    private AuthorizationCodeFlow(OAuth2Spec spec, @Nullable BiFunction<Tokens, ProviderCall, Identity> special) {
        this.spec = spec;
        this.endpoint = TokenEndpoint.of(spec);
        this.idTokens = IdTokens.of(spec);
        this.reader = spec.identity().map(call -> new IdentityReader(spec, call));
        this.special = special;
    }

    /** @throws IllegalStateException where the spec says nowhere whose account it is: by a call, in the token answer, or by an ID token */
    public static AuthorizationCodeFlow of(OAuth2Spec spec) {
        AuthorizationCodeFlow flow = new AuthorizationCodeFlow(spec, null);
        if (flow.reader.isEmpty() && spec.answerIdentity().isEmpty() && flow.idTokens.isEmpty()) {
            throw new IllegalStateException(
                    "a service says whose account it is: by a call, in the token answer, or by an ID token");
        }
        return flow;
    }

    /** For a service that says in a way of its own whose account it is, such as in fields that are kept with the tokens. */
    public static AuthorizationCodeFlow of(OAuth2Spec spec, BiFunction<Tokens, ProviderCall, Identity> identity) {
        return new AuthorizationCodeFlow(spec, identity);
    }

    @Override
    public URI authorizationUri(Begin begin, ProviderCall call) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put(spec.clientIdParameter(), call.app().clientId());
        parameters.put("redirect_uri", call.app().redirectUri().toString());
        List<String> scopes = scopes(begin.scopes());
        spec.scopeParameters(scopes).forEach(parameters::putIfAbsent);
        parameters.put("state", begin.state());
        if (spec.pkce() == OAuth2Spec.Pkce.S256) {
            parameters.put("code_challenge", begin.codeChallenge());
            parameters.put("code_challenge_method", "S256");
        }
        if (idTokens.isPresent()) {
            parameters.put("nonce", begin.nonce());
        }
        spec.resource().ifPresent(resource -> parameters.put(TokenEndpoint.RESOURCE, resource));
        further(call.app()).forEach(parameters::putIfAbsent);
        if (spec.inPlaceOfScopes().filter(parameters::containsKey).isPresent()) {
            spec.scopeParameters(scopes).keySet().forEach(parameters::remove);
        }
        URI endpointUri = spec.authorizeUrl().expand(call.app().instance());
        String join = endpointUri.getRawQuery() == null
                ? "?"
                : endpointUri.getRawQuery().isEmpty() ? "" : "&";
        return URI.create(endpointUri + join + Wire.query(parameters));
    }

    private Map<String, String> further(App app) {
        Map<String, String> further = new LinkedHashMap<>();
        spec.authorizeParameters().forEach((name, value) -> {
            boolean field = value.startsWith("{") && value.endsWith("}");
            String filled = field ? app.instance().get(value.substring(1, value.length() - 1)) : value;
            if (filled != null && !(field && filled.isEmpty())) {
                further.put(name, filled);
            }
        });
        return further;
    }

    private List<String> scopes(List<String> chosen) {
        if (idTokens.isEmpty() || chosen.contains("openid")) {
            return chosen;
        }
        List<String> scopes = new ArrayList<>(List.of("openid"));
        scopes.addAll(chosen);
        return scopes;
    }

    /** As {@link TokenEndpoint#request}; error {@code id_token_refused} where the ID token is missing or wrong. */
    @Override
    public Tokens complete(Completion completion, ProviderCall call) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("code", completion.code().reveal());
        parameters.put("redirect_uri", call.app().redirectUri().toString());
        if (spec.pkce() == OAuth2Spec.Pkce.S256) {
            parameters.put("code_verifier", completion.codeVerifier().reveal());
        }
        spec.resource().ifPresent(resource -> parameters.put(TokenEndpoint.RESOURCE, resource));
        spec.redeemParameters().forEach(parameters::putIfAbsent);
        TokenEndpoint.Grant grant = endpoint.grant("authorization_code", parameters, call);
        if (spec.upgrade().isPresent()) {
            return endpoint.exchange(spec.upgrade().get(), grant.tokens().main(), call)
                    .orFrom(grant.tokens());
        }
        if (idTokens.isEmpty()) {
            return grant.tokens();
        }
        String accessToken = grant.tokens().main().accessToken().reveal();
        IdTokens.Verified verified =
                idTokens.get().verify(grant.answer().text("id_token"), accessToken, completion.nonce(), call);
        return withIdentity(grant.tokens(), verified);
    }

    /** What was verified is kept with the tokens, since the ID token itself is not. */
    private static Tokens withIdentity(Tokens tokens, IdTokens.Verified verified) {
        return tokens.keeping(Map.of(SUBJECT, verified.subject(), NAME, name(verified)));
    }

    private static String name(IdTokens.Verified verified) {
        return List.of("name", "preferred_username", "email").stream()
                .flatMap(claim -> verified.claims().text(claim).stream())
                .map(IdentityReader::shown)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse(verified.subject());
    }

    @Override
    public Identity identify(Tokens tokens, ProviderCall call) {
        if (special != null) {
            return special.apply(tokens, call);
        }
        TokenSet main = tokens.main();
        if (reader.isEmpty() && spec.answerIdentity().isPresent()) {
            return IdentityReader.kept(spec.answerIdentity().get(), main);
        }
        String subject = main.extra().get(SUBJECT);
        if (reader.isEmpty()) {
            if (subject == null) {
                throw new ProviderException(
                        Kind.OUTCOME_UNKNOWN, "id_token_refused", 0, null, "no ID token was verified for these tokens");
            }
            return Identity.of(subject, main.extra().getOrDefault(NAME, subject));
        }
        Identity identity = reader.get().read(main, call);
        if (idTokens.isPresent()
                && reader.get().isUserInfo()
                && !identity.subject().equals(subject)) {
            throw new ProviderException(
                    Kind.OUTCOME_UNKNOWN,
                    "answer_refused",
                    200,
                    null,
                    "the answer speaks of another account than the ID token");
        }
        return identity;
    }

    @Override
    public @Nullable String issuer(ProviderCall call) {
        return spec.issuer().orElse(null);
    }

    @Override
    public boolean accepts(Map<String, String> parameters, ProviderCall call) {
        return spec.callbackCheck()
                .map(check -> check.accepts(parameters, call))
                .orElse(true);
    }

    @Override
    public boolean issuerRequired(ProviderCall call) {
        return spec.issuerInResponse();
    }
}
