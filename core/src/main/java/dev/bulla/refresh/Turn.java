package dev.bulla.refresh;

import dev.bulla.provider.TokenRefresher;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is refreshed under one claim. Of several token sets with a refresh token of their own it is one: so each request has an intent
 * of its own, and what it brought is stored before the next one leaves.
 *
 * @param name the set; empty where everything goes at once
 * @param tokens what the refresher gets
 * @param end end of the set's access token, or null where nobody knows it or everything goes at once
 */
record Turn(String name, Tokens tokens, @Nullable Instant end) {

    /**
     * The next one.
     *
     * @param done names that had their turn
     * @param isPending whether these are the tokens whose outcome is unknown: they go first. Then the one that ends first
     */
    static Optional<Turn> next(
            TokenRefresher refresher, Tokens tokens, Set<String> done, Function<Tokens, Boolean> isPending) {
        Map<String, TokenSet> refreshable = new LinkedHashMap<>(tokens.sets());
        refreshable.values().removeIf(set -> set.refreshToken() == null);
        if (refresher.style() != TokenRefresher.Style.REFRESH_TOKEN || refreshable.size() < 2) {
            return done.isEmpty() ? Optional.of(new Turn("", tokens, null)) : Optional.empty();
        }
        return refreshable.entrySet().stream()
                .filter(set -> !done.contains(set.getKey()))
                .map(set -> new Turn(
                        set.getKey(),
                        Tokens.named(Map.of(set.getKey(), set.getValue())),
                        set.getValue().expiresAt()))
                .min(Comparator.comparing((Turn turn) -> !isPending.apply(turn.tokens()))
                        .thenComparing(Turn::end, Comparator.nullsLast(Comparator.naturalOrder())));
    }

    /** Whether the access token has ended. */
    boolean ended(long now) {
        return end != null && end.toEpochMilli() <= now;
    }
}
