package dev.bulla.provider;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One access token and what came with it. Immutable and thread-safe; {@code toString} shows times and scopes only.
 *
 * <p>Times are absolute, by the clock of the {@link ProviderCall} that fetched the set, counted from the moment the request was sent
 * (RFC 6749 section 5.1: {@code expires_in} is a lifetime). Null means unknown, never "at once".
 */
public final class TokenSet {
    private final Secret accessToken;
    private final @Nullable Secret refreshToken;
    private final @Nullable Instant expiresAt;
    private final @Nullable Instant refreshExpiresAt;
    private final @Nullable List<String> scopes;
    private final Map<String, String> extra;

    public TokenSet(
            Secret accessToken,
            @Nullable Secret refreshToken,
            @Nullable Instant expiresAt,
            @Nullable Instant refreshExpiresAt,
            @Nullable List<String> scopes,
            Map<String, String> extra) {
        this.accessToken = accessToken;
        this.refreshToken = refreshToken;
        this.expiresAt = expiresAt;
        this.refreshExpiresAt = refreshExpiresAt;
        this.scopes = scopes == null ? null : List.copyOf(scopes);
        this.extra = Map.copyOf(extra);
    }

    /** A token alone: no refresh token, no known end. */
    public static TokenSet of(Secret accessToken) {
        return new TokenSet(accessToken, null, null, null, null, Map.of());
    }

    public Secret accessToken() {
        return accessToken;
    }

    public @Nullable Secret refreshToken() {
        return refreshToken;
    }

    public @Nullable Instant expiresAt() {
        return expiresAt;
    }

    public @Nullable Instant refreshExpiresAt() {
        return refreshExpiresAt;
    }

    /** Granted scopes as the answer named them; null where it named none. */
    public @Nullable List<String> scopes() {
        return scopes;
    }

    /** Further fields of the answer that the provider keeps, sealed with the tokens. */
    public Map<String, String> extra() {
        return extra;
    }

    /**
     * This set with what is missing in it taken from an older one: a refresh answer without refresh token keeps the old token, one
     * without scopes keeps the old scopes (RFC 6749 sections 5.1 and 6).
     */
    public TokenSet orFrom(TokenSet older) {
        boolean keepRefresh = refreshToken == null;
        Map<String, String> merged = new java.util.HashMap<>(older.extra);
        merged.putAll(extra);
        return new TokenSet(
                accessToken,
                keepRefresh ? older.refreshToken : refreshToken,
                expiresAt,
                refreshExpiresAt == null && keepRefresh ? older.refreshExpiresAt : refreshExpiresAt,
                scopes == null ? older.scopes : scopes,
                merged);
    }

    /** This set with further fields to keep. */
    public TokenSet keeping(Map<String, String> more) {
        Map<String, String> all = new java.util.HashMap<>(extra);
        all.putAll(more);
        return new TokenSet(accessToken, refreshToken, expiresAt, refreshExpiresAt, scopes, all);
    }

    @Override
    public String toString() {
        return "TokenSet[refreshable=" + (refreshToken != null) + ", expiresAt=" + expiresAt + ", scopes=" + scopes
                + "]";
    }
}
