package dev.bulla.refresh;

import dev.bulla.error.BullaException;
import dev.bulla.error.CredentialUnavailable;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.Reason;
import dev.bulla.provider.ProviderException;
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
     * @param row as read before the claim
     * @param accessEnded whether the present access token is known to be of no use
     */
    static Verdict of(ProviderException failure, AccountRow row, ReuseRule reuse, boolean accessEnded, long now) {
        return switch (failure.kind()) {
            case TERMINAL -> givenUp(Reason.GRANT_REVOKED);
            case MISCONFIGURED -> later(row, failure, now);
            case TRANSIENT -> later(row, failure, now);
            case OUTCOME_UNKNOWN -> unknown(failure, row, reuse, accessEnded, now);
        };
    }

    static Verdict givenUp(Reason reason) {
        return new Verdict(
                AccountStatus.RECONNECT_REQUIRED.name(), reason.code(), null, false, reconnect(reason.code()));
    }

    static CredentialUnavailable reconnect(@Nullable String reason) {
        return new CredentialUnavailable(
                ErrorCode.RECONNECT_REQUIRED, reason == null ? "" : reason, "the member must connect again: " + reason);
    }

    private static Verdict later(AccountRow row, ProviderException failure, long now) {
        long wait = Math.max(
                BACK_OFF.toMillis(), failure.retryAfter().orElse(Duration.ZERO).toMillis());
        long spread = ThreadLocalRandom.current().nextLong(BACK_OFF.toMillis() / 2);
        long next = now + Math.min(wait, LONGEST.toMillis()) + spread;
        return new Verdict(row.status(), row.reason(), next, false, failure);
    }

    private static Verdict unknown(
            ProviderException failure, AccountRow row, ReuseRule reuse, boolean accessEnded, long now) {
        if (reuse.kind() == ReuseRule.Kind.SAFE) {
            return later(row, failure, now);
        }
        boolean repeated = row.claim().intent() != null;
        if (repeated) {
            return givenUp(Reason.OUTCOME_UNKNOWN);
        }
        Long next = reuse.kind() == ReuseRule.Kind.GRACE || accessEnded ? Long.valueOf(now) : row.expiresAt();
        return new Verdict(row.status(), row.reason(), next, true, failure);
    }
}
