package dev.bulla.refresh;

import dev.bulla.provider.Provider;
import dev.bulla.provider.TokenRefresher;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import dev.bulla.store.AccountRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When a token is refreshed: one function of its lifetime. Before {@code refreshAt} it is simply used; from then on one caller
 * refreshes while the others use it; from the mandatory margin on everybody waits for the fresh one.
 *
 * <p>The advisory margin is 5, 15 or 60 minutes for lifetimes below 20, below 90 and from 90 minutes, never more than a third of the
 * lifetime, and a quarter of it from two days on: a token that is exchanged for its successor must be alive then, also after a
 * weekend without the host. The mandatory margin is a minute, never more than a tenth of the lifetime.
 */
public final class When {
    private static final Duration LONG = Duration.ofDays(2);

    private When() {}

    /** How long before the end a refresh becomes due. */
    public static Duration advisory(Duration lifetime) {
        if (lifetime.compareTo(LONG) >= 0) {
            return lifetime.dividedBy(4);
        }
        Duration table = Duration.ofMinutes(lifetime.toMinutes() < 20 ? 5 : lifetime.toMinutes() < 90 ? 15 : 60);
        return min(table, lifetime.dividedBy(3));
    }

    /** How long before the end the token is no longer handed out. */
    public static Duration mandatory(Duration lifetime) {
        return min(Duration.ofMinutes(1), lifetime.dividedBy(10));
    }

    /**
     * Whether everybody waits for the fresh token now. The lifetime is read off the margin that {@code due} keeps from {@code end}.
     *
     * @param due when a refresh became due
     * @param end end of the access token, or null where nobody knows it
     */
    public static boolean mandatory(long now, long due, @Nullable Long end) {
        return end != null
                && now
                        >= end
                                - mandatory(Duration.ofMillis(Math.max(0, end - due) * 3))
                                        .toMillis();
    }

    /**
     * What a sweep wants of an account that it found: nothing, if it is not due any more or the host can not open it.
     *
     * @param ahead also what will be due within this time, in milliseconds; but no sooner before its due time than this stands before
     *     the end, so that a token that was just refreshed is not refreshed again
     */
    public static @Nullable Need need(AccountRow row, long ahead) {
        Long due = row.refreshAt();
        if (due == null || row.keyNo() != 0) {
            return null;
        }
        if (due <= row.now()) {
            return Need.DUE;
        }
        Long end = row.expiresAt();
        return end != null && due - row.now() <= Math.min(ahead, end - due) ? Need.EARLY : null;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /**
     * The times of an account with these tokens.
     *
     * <p>{@code refreshBy} is the earliest of what is known: the end of a token that is exchanged for its successor, or that nothing
     * renews; the end of the refresh token, as its answer said it or as the provider declares it for one that is not used; and the end
     * of the consent, which no refresh moves.
     *
     * @param consent database time of the consent that they come from
     * @param now database time at which they were got
     * @param jitter answers 0 to 1: spreads the due times of many accounts over a tenth of the advisory margin, to the early side
     */
    public static Times times(Provider provider, Tokens tokens, Instant consent, Instant now, DoubleSupplier jitter) {
        TokenRefresher refresher =
                provider.refresher().filter(one -> one.canRefresh(tokens)).orElse(null);
        Collection<TokenSet> renewed = refresher == null ? tokens.sets().values() : renewed(refresher, tokens);
        Instant end = end(renewed, now);
        boolean endsWithAccess = refresher == null || refresher.style() == TokenRefresher.Style.EXCHANGE_CURRENT;
        Instant token = endsWithAccess ? end : earliest(renewed.stream().map(TokenSet::refreshExpiresAt));
        Instant by = earliest(Stream.of(token, endOfConsent(provider, consent)));
        Instant due = refresher == null || end == null
                ? null
                : isWaiting(renewed, end, now) ? now : later(due(now, end, jitter), refresher.notBefore(tokens));
        return new Times(millis(end), millis(due), millis(by));
    }

    /** Whether a set that is over waits for its turn beside one that lives. */
    private static boolean isWaiting(Collection<TokenSet> sets, Instant end, Instant now) {
        return end.isAfter(now)
                && sets.stream().map(TokenSet::expiresAt).anyMatch(other -> other != null && !other.isAfter(now));
    }

    /** The end of a consent that no refresh moves, or null where nobody knows one. */
    static @Nullable Instant endOfConsent(Provider provider, Instant consent) {
        return provider.oauth2()
                .flatMap(spec -> Optional.ofNullable(spec.grantLifetime()))
                .map(consent::plus)
                .orElse(null);
    }

    private static Instant due(Instant now, Instant end, DoubleSupplier jitter) {
        Duration margin = advisory(Duration.between(now, end));
        return end.minus(margin).minusMillis((long) (margin.toMillis() / 10.0 * jitter.getAsDouble()));
    }

    private static Instant later(Instant due, @Nullable Instant notBefore) {
        return notBefore == null || notBefore.isBefore(due) ? due : notBefore;
    }

    /** Of several sets, those that a refresh renews: the end of another is no reason to refresh, over and over again. */
    private static List<TokenSet> renewed(TokenRefresher refresher, Tokens tokens) {
        boolean redeems = refresher.style() == TokenRefresher.Style.REFRESH_TOKEN;
        return tokens.sets().values().stream()
                .filter(set -> !redeems || set.refreshToken() != null)
                .toList();
    }

    /** The first end ahead. A set whose refresh failed beside another's success may be over already: it waits for its turn. */
    private static @Nullable Instant end(Collection<TokenSet> sets, Instant now) {
        Instant ahead = earliest(sets.stream().map(TokenSet::expiresAt).filter(end -> end != null && end.isAfter(now)));
        return ahead != null ? ahead : earliest(sets.stream().map(TokenSet::expiresAt));
    }

    private static @Nullable Instant earliest(Stream<@Nullable Instant> times) {
        return times.filter(Objects::nonNull).min(Instant::compareTo).orElse(null);
    }

    private static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : Long.valueOf(time.toEpochMilli());
    }

    /**
     * Times of a row, database epoch milliseconds; null means unknown or never.
     *
     * @param expiresAt end of the access token
     * @param refreshAt when a refresh is due
     * @param refreshBy after which only a new consent helps
     */
    public record Times(
            @Nullable Long expiresAt,
            @Nullable Long refreshAt,
            @Nullable Long refreshBy) {}
}
