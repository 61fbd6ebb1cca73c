package dev.bulla.testkit.service;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The token families, found by the digest of any of their tokens. Guarded by the lock of {@link OAuthService}. */
final class Ledger {
    /** Tokens as they are told to the app, once. */
    record Issued(String accessToken, @Nullable String refreshToken, TokenFamily family, List<String> scopes) {}

    private final Settings settings;
    private final List<TokenFamily> families = new ArrayList<>();
    private final Map<String, TokenFamily> byRefreshToken = new HashMap<>();
    private final Map<String, TokenFamily> byAccessToken = new HashMap<>();

    Ledger(Settings settings) {
        this.settings = settings;
    }

    Issued open(String user, String clientId, List<String> scopes) {
        TokenFamily family = new TokenFamily(user, clientId, scopes, settings.now());
        families.add(family);
        return issue(family, family.scopes, settings.refreshes);
    }

    /** Redeems a refresh token by the rule of the service; {@code scope} may ask for less than was granted. */
    Issued refresh(Client client, Parameters parameters) {
        String hash = Hash.of(parameters.require("refresh_token"));
        TokenFamily family = byRefreshToken.get(hash);
        TokenFamily.RefreshToken token = family == null ? null : family.refreshTokens.get(hash);
        if (family == null || token == null || !family.clientId.equals(client.id())) {
            throw Refusal.grant("the refresh token is not one of this app");
        }
        Instant now = settings.now();
        if (family.ended() || !now.isBefore(token.expires)) {
            throw Refusal.grant("the grant has ended");
        }
        boolean kept = settings.rotation.kind() == Rotation.Kind.STATIC;
        if (!kept && token.used != null && !now.isBefore(token.used.plus(settings.rotation.grace()))) {
            family.end();
            throw Refusal.grant("the refresh token was used before");
        }
        List<String> scopes = narrowed(family, parameters.get(settings.scopeParameter));
        if (!kept && token.used == null) {
            token.used = now;
        }
        return issue(family, scopes, !kept);
    }

    /** A fresh access token for a living one, of this app or, with null, of any. */
    Issued exchange(@Nullable String clientId, Collection<String> candidates) {
        for (String candidate : candidates) {
            TokenFamily family = byAccessToken.get(Hash.of(candidate));
            boolean theirs = family != null && (clientId == null || family.clientId.equals(clientId));
            if (family != null && theirs && access(candidate).isPresent()) {
                return issue(family, family.scopes, false);
            }
        }
        throw Refusal.grant("no living access token of this app");
    }

    Optional<Access> access(String token) {
        TokenFamily family = byAccessToken.get(Hash.of(token));
        TokenFamily.AccessToken access = family == null ? null : family.accessTokens.get(Hash.of(token));
        return family == null || access == null || !settings.now().isBefore(access.expires())
                ? Optional.empty()
                : Optional.of(new Access(family.user, family.clientId, access.scopes()));
    }

    /**
     * Ends one access token, or the family of a refresh token, or everything between user and app (RFC 7009 section 2.1).
     *
     * @param clientId whose token it must be, or null for anybody's
     */
    boolean revoke(@Nullable String clientId, String token, boolean wholeGrant) {
        String hash = Hash.of(token);
        TokenFamily family = byRefreshToken.getOrDefault(hash, byAccessToken.get(hash));
        if (family == null || family.ended() || (clientId != null && !family.clientId.equals(clientId))) {
            return false;
        }
        if (wholeGrant) {
            return end(other -> other.user.equals(family.user) && other.clientId.equals(family.clientId));
        }
        if (family.refreshTokens.containsKey(hash)) {
            family.end();
            return true;
        }
        return family.accessTokens.remove(hash) != null;
    }

    boolean end(Predicate<TokenFamily> which) {
        List<TokenFamily> ending = families.stream()
                .filter(family -> !family.ended())
                .filter(which)
                .toList();
        ending.forEach(TokenFamily::end);
        return !ending.isEmpty();
    }

    List<TokenFamily> families() {
        return families;
    }

    void restore(TokenFamily family) {
        families.add(family);
        family.refreshTokens.keySet().forEach(hash -> byRefreshToken.put(hash, family));
        family.accessTokens.keySet().forEach(hash -> byAccessToken.put(hash, family));
    }

    private Issued issue(TokenFamily family, List<String> scopes, boolean withRefreshToken) {
        Instant now = settings.now();
        family.accessTokens.entrySet().removeIf(entry -> {
            boolean over = !now.isBefore(entry.getValue().expires());
            if (over) {
                byAccessToken.remove(entry.getKey());
            }
            return over;
        });
        String access = Hash.fresh("at-");
        family.accessTokens.put(
                Hash.of(access), new TokenFamily.AccessToken(now.plus(settings.accessLifetime), List.copyOf(scopes)));
        byAccessToken.put(Hash.of(access), family);
        String refresh = null;
        if (withRefreshToken) {
            refresh = Hash.fresh("rt-");
            family.refreshTokens.put(
                    Hash.of(refresh), new TokenFamily.RefreshToken(now.plus(settings.refreshLifetime), null));
            byRefreshToken.put(Hash.of(refresh), family);
        }
        return new Issued(access, refresh, family, scopes);
    }

    private List<String> narrowed(TokenFamily family, @Nullable String requested) {
        if (requested == null) {
            return family.scopes;
        }
        List<String> scopes = Parameters.words(requested, settings.scopeSeparator);
        if (!family.scopes.containsAll(scopes)) {
            throw new Refusal(400, "invalid_scope", "more than was granted");
        }
        return scopes;
    }
}
