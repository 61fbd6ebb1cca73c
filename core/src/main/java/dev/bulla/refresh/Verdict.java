package dev.bulla.refresh;

import dev.bulla.error.BullaException;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.Reason;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.TokenRefresher.ReuseRule;
import dev.bulla.store.AccountRow;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What a failed refresh means for the account: its row from now on, and what the caller gets. Nothing is ever deleted on a failure.
 *
 * @param status status from now on
 * @param reason reason from now on
 * @param refreshAt when to try next, or null for never
 * @param keepIntent true where the outcome is unknown
 * @param failure what a caller gets who needs a fresh token
 */
record Verdict(
        String status, @Nullable String reason, @Nullable Long refreshAt, boolean keepIntent, BullaException failure) {
    private static final Duration BACK_OFF = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofHours(1);

    /**
     * @param row as read before the claim; an intent in it says that this was the one repetition
     * @param lasting its reason, without what an earlier failure said
     * @param accessEnded whether the present access token is known to be of no use
     */
    static Verdict of(
            BullaException failure,
            Kind kind,
            AccountRow row,
            @Nullable String lasting,
            ReuseRule reuse,
            boolean accessEnded,
            long now) {
        return switch (kind) {
            case TERMINAL -> givenUp(row.claim().intent() == null ? Reason.GRANT_REVOKED : Reason.OUTCOME_UNKNOWN);
            case MISCONFIGURED -> later(row, Reason.APP_REFUSED.code(), failure, now);
            case TRANSIENT -> later(row, lasting, failure, now);
            case OUTCOME_UNKNOWN -> unknown(failure, row, lasting, reuse, accessEnded, now);
        };
    }

    /**
     * Whether it says nothing about the other sets of the account: nothing is unknown, and the service neither refused the app nor asked
     * to be left alone.
     */
    boolean isOfOneSet(Kind kind) {
        boolean asked = failure instanceof ProviderException answer
                && (answer.retryAfter().isPresent() || answer.status() == 429 || answer.status() == 503);
        return !status.equals(AccountStatus.RECONNECT_REQUIRED.name())
                && !keepIntent
                && kind != Kind.MISCONFIGURED
                && !asked;
    }

    static Verdict givenUp(Reason reason) {
        return new Verdict(
                AccountStatus.RECONNECT_REQUIRED.name(), reason.code(), null, false, Standing.reconnect(reason.code()));
    }

    private static Verdict later(AccountRow row, @Nullable String reason, BullaException failure, long now) {
        Duration asked = failure instanceof ProviderException answer
                ? answer.retryAfter().orElse(Duration.ZERO)
                : Duration.ZERO;
        long wait = Math.max(BACK_OFF.toMillis(), asked.toMillis());
        long spread = ThreadLocalRandom.current().nextLong(BACK_OFF.toMillis() / 2);
        long next = now + Math.min(wait, LONGEST.toMillis()) + spread;
        return new Verdict(row.status(), reason, next, false, failure);
    }

    private static Verdict unknown(
            BullaException failure,
            AccountRow row,
            @Nullable String lasting,
            ReuseRule reuse,
            boolean accessEnded,
            long now) {
        if (reuse.kind() == ReuseRule.Kind.SAFE) {
            return later(row, lasting, failure, now);
        }
        boolean repeated = row.claim().intent() != null;
        if (repeated && accessEnded) {
            return givenUp(Reason.OUTCOME_UNKNOWN);
        }
        boolean atOnce = accessEnded || !repeated && reuse.kind() == ReuseRule.Kind.GRACE;
        return new Verdict(row.status(), lasting, atOnce ? Long.valueOf(row.now()) : row.expiresAt(), true, failure);
    }
}
