package dev.bulla.testkit.service;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All tokens that descend from one consent. Guarded by the lock of {@link OAuthService}. */
final class TokenFamily {
    /** A refresh token; once redeemed it stays known, so that a second use is noticed. */
    static final class RefreshToken {
        final Instant expires;

        @Nullable
        Instant used;

        RefreshToken(Instant expires, @Nullable Instant used) {
            this.expires = expires;
            this.used = used;
        }
    }

    /** An access token. */
    record AccessToken(Instant expires, List<String> scopes) {}

    final String user;
    final String clientId;
    final List<String> scopes;
    final Instant since;
    final Map<String, RefreshToken> refreshTokens = new HashMap<>();
    final Map<String, AccessToken> accessTokens = new HashMap<>();
    private boolean ended;

    TokenFamily(String user, String clientId, List<String> scopes, Instant since) {
        this.user = user;
        this.clientId = clientId;
        this.scopes = List.copyOf(scopes);
        this.since = since;
    }

    /** From now on none of its tokens works. */
    void end() {
        ended = true;
        accessTokens.clear();
    }

    boolean ended() {
        return ended;
    }

    boolean alive(Instant now) {
        return !ended
                && (refreshTokens.values().stream().anyMatch(token -> token.used == null && now.isBefore(token.expires))
                        || accessTokens.values().stream().anyMatch(token -> now.isBefore(token.expires())));
    }
}
