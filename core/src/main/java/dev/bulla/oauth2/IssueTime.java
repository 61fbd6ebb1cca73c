package dev.bulla.oauth2;

import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When a token was got, kept with it for a service that exchanges no young ones. */
final class IssueTime {
    private static final String FIELD = "token.issued_at";

    private IssueTime() {}

    static Tokens noted(Tokens tokens, Instant at) {
        Map<String, TokenSet> sets = new LinkedHashMap<>();
        tokens.sets().forEach((name, set) -> sets.put(name, noted(set, at)));
        return Tokens.named(sets);
    }

    private static TokenSet noted(TokenSet set, Instant at) {
        Map<String, String> extra = new LinkedHashMap<>(set.extra());
        extra.put(FIELD, Long.toString(at.toEpochMilli()));
        return new TokenSet(
                set.accessToken(), set.refreshToken(), set.expiresAt(), set.refreshExpiresAt(), set.scopes(), extra);
    }

    /** Null where nobody noted it. */
    static @Nullable Instant of(TokenSet set) {
        String millis = set.extra().get(FIELD);
        return millis == null ? null : Instant.ofEpochMilli(Long.parseLong(millis));
    }
}
