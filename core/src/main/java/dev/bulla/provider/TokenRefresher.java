package dev.bulla.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How fresh tokens are got from old ones at one service. When that happens, that it happens once, and where the answer goes is
 * core's business. Thread-safe.
 */
public interface TokenRefresher {
    /** What is sent, and so what a repeated request can break. */
    enum Style {
        /** A refresh token is redeemed (RFC 6749 section 6). */
        REFRESH_TOKEN,
        /** The current access token is exchanged for a newer one; replay-safe while it lives. */
        EXCHANGE_CURRENT,
        /** A new token is minted from a lasting key; replay-safe. */
        REMINT,
        /** The service knows no refresh. */
        NEVER
    }

    Style style();

    /** Whether these tokens can be refreshed at all. */
    default boolean canRefresh(Tokens tokens) {
        return switch (style()) {
            case REFRESH_TOKEN -> tokens.sets().values().stream().anyMatch(set -> set.refreshToken() != null);
            case EXCHANGE_CURRENT, REMINT -> true;
            case NEVER -> false;
        };
    }

    /** Before when the service refuses to refresh these tokens, because they are too young; null: it does not. Until then they are used. */
    default @Nullable Instant notBefore(Tokens tokens) {
        return null;
    }

    /**
     * Fetches fresh tokens with one request. The answer may leave out what has not changed; core merges with {@link Tokens#orFrom}.
     *
     * <p>An account may have several named sets that each have a refresh token. With {@link Style#REFRESH_TOKEN} they come here one at
     * a time, alone, each under a claim of its own: so the answer of one is stored before the next is sent, and an unknown outcome is
     * remembered for the one that it befell.
     *
     * @throws ProviderException whose kind decides what becomes of the account: {@code TERMINAL} gives it up, {@code TRANSIENT} and
     *     {@code MISCONFIGURED} try again later (the second tells the owner), {@code OUTCOME_UNKNOWN} goes by {@link #reuse}. Any other
     *     exception counts as unknown where a request was sent, else as transient
     */
    Tokens refresh(Tokens old, ProviderCall call);

    /**
     * May the same refresh token be sent again when the outcome of the first request is unknown? Asked for {@link
     * Style#REFRESH_TOKEN} only: the other styles redeem nothing and may be repeated.
     */
    default ReuseRule reuse() {
        return ReuseRule.afterExpiry();
    }

    /** How {@link Style#REMINT} asks for tokens, for a catalogue; empty for the other styles. */
    default Optional<Minting> minting() {
        return Optional.empty();
    }

    /**
     * One request that makes a token of a lasting key.
     *
     * @param grant what it is called
     * @param url where
     * @param life how long the token lives, or null where it is unknown
     */
    record Minting(Grant grant, UrlTemplate url, @Nullable Duration life) {
        public enum Grant {
            /** RFC 6749 section 4.4. */
            CLIENT_CREDENTIALS,
            /** RFC 7523 section 2.1. */
            JWT_BEARER
        }
    }

    /**
     * The service's rule about sending a used refresh token again.
     *
     * @param kind what is allowed
     * @param grace how long after the first use a repetition is answered, for {@code GRACE}
     */
    record ReuseRule(Kind kind, Duration grace) {
        public enum Kind {
            /** The default: a repetition may kill the whole grant, so it is tried once, when the access token has ended anyway. */
            AFTER_EXPIRY,
            /** Repetitions within a time are answered with fresh tokens. */
            GRACE,
            /** Repetitions never hurt: refresh tokens do not rotate, or the request redeems nothing. */
            SAFE
        }

        public static ReuseRule afterExpiry() {
            return new ReuseRule(Kind.AFTER_EXPIRY, Duration.ZERO);
        }

        public static ReuseRule grace(Duration grace) {
            return new ReuseRule(Kind.GRACE, grace);
        }

        public static ReuseRule safe() {
            return new ReuseRule(Kind.SAFE, Duration.ZERO);
        }
    }
}
