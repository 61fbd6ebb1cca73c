package dev.bulla.oauth2;

import dev.bulla.provider.ErrorReader;
import dev.bulla.provider.ErrorReader.Failure;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.Secret;
import dev.bulla.provider.TokenRefresher;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Mints access tokens of a lasting key: a signed assertion is redeemed at the token endpoint (RFC 7523 section 2.1), by nobody else than
 * who signed it, so that no client is named. Nothing is used up, so a request may be repeated whatever became of the first; a service that
 * is out of order leaves nothing unknown. Thread-safe.
 */
public final class JwtBearerGrant implements TokenRefresher {
    private static final String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    /** Makes the assertion of what a member filled in. */
    @FunctionalInterface
    public interface Signer {
        /**
         * @param form values by field name
         * @param audience the token endpoint
         * @param now times of the claims count from here
         * @throws IllegalArgumentException where the key is not usable
         */
        Secret sign(Map<String, Secret> form, String audience, Instant now);
    }

    private final OAuth2Spec spec;
    private final Signer signer;

    private JwtBearerGrant(OAuth2Spec spec, Signer signer) {
        this.spec = spec;
        this.signer = signer;
    }

    /**
     * @param life of a token when the answer is silent, or null where it is unknown
     * @param errors what refusals mean where the service differs from the standard
     */
    public static JwtBearerGrant at(String tokenUrl, @Nullable Duration life, Signer signer, ErrorReader errors) {
        OAuth2Spec spec = OAuth2Spec.builder(tokenUrl, tokenUrl)
                .clientAuthentication(ClientAuthentication.ANONYMOUS)
                .lifetimes(life, null)
                .errorReader((status, answer) -> {
                    Failure known = errors.read(status, answer);
                    return known == null && status >= 500 ? new Failure(Kind.TRANSIENT, "http_" + status) : known;
                })
                .build();
        return new JwtBearerGrant(spec, signer);
    }

    @Override
    public Optional<Minting> minting() {
        return Optional.of(new Minting(Minting.Grant.JWT_BEARER, spec.tokenUrl(), spec.accessLifetime()));
    }

    @Override
    public Style style() {
        return Style.REMINT;
    }

    /** @throws ProviderException as {@link TokenEndpoint#request}; {@code TERMINAL} with error {@code key_unusable} */
    @Override
    public Tokens refresh(Tokens old, ProviderCall call) {
        return Tokens.of(mint(call.form(), call));
    }

    /** A token for these values; fails as {@link #refresh} does. */
    public TokenSet mint(Map<String, Secret> form, ProviderCall call) {
        Secret assertion;
        try {
            String audience = spec.tokenUrl().expand(call.app().instance()).toString();
            assertion = signer.sign(form, audience, call.clock().instant());
        } catch (IllegalArgumentException e) {
            throw new ProviderException(Kind.TERMINAL, "key_unusable", 0, null, "the key signs no assertions");
        }
        return TokenEndpoint.of(spec)
                .request(GRANT_TYPE, Map.of("assertion", assertion.reveal()), call)
                .main();
    }
}
