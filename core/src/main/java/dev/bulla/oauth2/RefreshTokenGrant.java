package dev.bulla.oauth2;

import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.TokenRefresher;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Redeems refresh tokens (RFC 6749 section 6), one request for each named set that has one. An ID token in the answer is not looked
 * at: the identity is the one that was verified at consent. Thread-safe.
 *
 * <p>Of several sets, a failure of the first is thrown; a failure after a success is not, because what was received must be stored:
 * the sets that failed are left out, keep their old tokens, and come up again when they are next due.
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

    /** @throws IllegalArgumentException where no set has a refresh token */
    @Override
    public Tokens refresh(Tokens old, ProviderCall call) {
        Map<String, TokenSet> fresh = new LinkedHashMap<>();
        for (Map.Entry<String, TokenSet> entry : soonestFirst(old)) {
            if (entry.getValue().refreshToken() == null) {
                continue;
            }
            try {
                fresh.putAll(redeem(entry.getKey(), entry.getValue(), old.sets().size() == 1, call));
            } catch (ProviderException e) {
                if (fresh.isEmpty()) {
                    throw e;
                }
            }
        }
        if (fresh.isEmpty()) {
            throw new IllegalArgumentException("there is no refresh token");
        }
        return Tokens.named(fresh);
    }

    /** So that a set which failed, and kept its earlier end, comes first the next time. */
    private static List<Map.Entry<String, TokenSet>> soonestFirst(Tokens old) {
        return old.sets().entrySet().stream()
                .sorted(Comparator.comparing(
                        entry -> entry.getValue().expiresAt(), Comparator.nullsLast(Comparator.naturalOrder())))
                .toList();
    }

    /** The answer to the only set may bring further sets; of several sets, each answer renews its own. */
    private Map<String, TokenSet> redeem(String name, TokenSet old, boolean only, ProviderCall call) {
        if (old.refreshToken() == null) {
            return Map.of();
        }
        Tokens answer = endpoint.request(
                "refresh_token", Map.of("refresh_token", old.refreshToken().reveal()), call);
        if (only && answer.sets().containsKey(name)) {
            return answer.sets();
        }
        TokenSet own = answer.sets().getOrDefault(name, answer.main());
        return Map.of(name, own);
    }
}
