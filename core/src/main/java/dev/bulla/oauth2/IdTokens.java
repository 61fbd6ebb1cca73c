package dev.bulla.oauth2;

import com.nimbusds.jose.jwk.JWK;
import dev.bulla.provider.Json;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.UrlTemplate;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Verifies the ID tokens of one issuer (OpenID Connect Core section 3.1.3.7). A token that is not taken fails the whole exchange. */
final class IdTokens {
    private final Set<String> issuers;
    private final UrlTemplate jwks;
    private final List<String> algorithms;
    private final KeySets keySets = new KeySets();

    private IdTokens(Set<String> issuers, UrlTemplate jwks, List<String> algorithms) {
        this.issuers = issuers;
        this.jwks = jwks;
        this.algorithms = algorithms;
    }

    /**
     * Empty where the spec names no issuer with keys.
     *
     * @throws IllegalStateException where the spec lists an algorithm that is no asymmetric one of RFC 7518
     */
    static Optional<IdTokens> of(OAuth2Spec spec) {
        if (spec.issuer().isEmpty() || spec.jwksUrl().isEmpty()) {
            return Optional.empty();
        }
        if (spec.idTokenAlgorithms().isEmpty()
                || !spec.idTokenAlgorithms().stream().allMatch(Signatures::isKnown)) {
            throw new IllegalStateException("ID tokens are signed with RS*, PS* or ES*");
        }
        Set<String> issuers = new HashSet<>(spec.furtherIdTokenIssuers());
        issuers.add(spec.issuer().get());
        return Optional.of(new IdTokens(Set.copyOf(issuers), spec.jwksUrl().get(), spec.idTokenAlgorithms()));
    }

    /** What is said of a person in a verified ID token. */
    record Verified(String subject, Json claims) {}

    Verified verify(Optional<String> text, String accessToken, String nonce, ProviderCall call) {
        try {
            IdToken token = IdToken.parse(text.orElseThrow(() -> new IdTokenRefused("missing")));
            String algorithm = token.header().text("alg").orElse("");
            IdTokenRefused.unless(algorithms.contains(algorithm), "alg");
            IdTokenRefused.unless(Signatures.isGood(token, key(token.header(), algorithm, call)), "signature");
            String subject = IdTokenClaims.check(
                    token.claims(),
                    algorithm,
                    new IdTokenClaims.Expected(
                            issuers,
                            call.app().clientId(),
                            nonce,
                            accessToken,
                            call.clock().instant()));
            return new Verified(subject, token.claims());
        } catch (IdTokenRefused e) {
            throw new ProviderException(
                    Kind.OUTCOME_UNKNOWN,
                    "id_token_refused",
                    200,
                    null,
                    "the ID token is not taken: " + e.getMessage());
        }
    }

    /** Without a key id there must be one key only that can be meant (OpenID Connect Core section 10.1). */
    private JWK key(Json header, String algorithm, ProviderCall call) throws IdTokenRefused {
        Predicate<JWK> wanted = key -> Signatures.fits(key, algorithm);
        if (header.has("kid")) {
            String id = header.text("kid").orElseThrow(() -> new IdTokenRefused("kid"));
            wanted = wanted.and(key -> id.equals(key.getKeyID()));
        }
        URI url = jwks.expand(call.app().instance());
        List<JWK> keys = keySets.find(url, wanted, call);
        IdTokenRefused.unless(keys.size() == 1, "kid");
        return keys.get(0);
    }
}
