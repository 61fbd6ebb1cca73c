package dev.bulla.oauth2;

import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.Secret;
import dev.bulla.provider.TokenRefresher;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Redeems a refresh token (RFC 6749 section 6). An ID token in the answer is not looked at: the identity is the one that was verified
 * at consent. Thread-safe.
 */
public final class RefreshTokenGrant implements TokenRefresher {
    private final OAuth2Spec spec;
    private final TokenEndpoint endpoint;

    private RefreshTokenGrant(OAuth2Spec spec) {
        this.spec = spec;
        this.endpoint = TokenEndpoint.of(spec);
    }

    public static RefreshTokenGrant of(OAuth2Spec spec) {
        return new RefreshTokenGrant(spec);
    }

    @Override
    public Style style() {
        return spec.refreshes() ? Style.REFRESH_TOKEN : Style.NEVER;
    }

    @Override
    public ReuseRule reuse() {
        return spec.reuse();
    }

    /** @throws IllegalArgumentException where it is not exactly one set that has a refresh token */
    @Override
    public Tokens refresh(Tokens old, ProviderCall call) {
        List<Map.Entry<String, TokenSet>> refreshable = old.sets().entrySet().stream()
                .filter(set -> set.getValue().refreshToken() != null)
                .toList();
        if (refreshable.size() != 1) {
            throw new IllegalArgumentException("one set with a refresh token at a time");
        }
        String name = refreshable.get(0).getKey();
        Secret token = Objects.requireNonNull(refreshable.get(0).getValue().refreshToken());
        Map<String, String> parameters = new LinkedHashMap<>(Map.of("refresh_token", token.reveal()));
        spec.resource().ifPresent(resource -> parameters.put(TokenEndpoint.RESOURCE, resource));
        Tokens answer = endpoint.request("refresh_token", parameters, call);
        if (old.sets().size() == 1 && answer.sets().containsKey(name)) {
            return answer;
        }
        return Tokens.named(Map.of(name, answer.sets().getOrDefault(name, answer.main())));
    }
}
