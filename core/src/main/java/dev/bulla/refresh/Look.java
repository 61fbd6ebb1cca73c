package dev.bulla.refresh;

import dev.bulla.provider.TokenRefresher;
import dev.bulla.provider.TokenRefresher.ReuseRule;
import dev.bulla.provider.TokenRefresher.Style;
import dev.bulla.store.AccountRow;
import java.util.Objects;

/**
 * What a row says to somebody who wants fresh tokens.
 *
 * @param row as read
 * @param need why they are wanted
 */
record Look(AccountRow row, Need need) {

    /** Whether the contents are newer than those seen. Sealing again counts on too, and brings no fresh token: what is due then is still due. */
    boolean isNewerThan(long seenSealNo) {
        boolean due = row.refreshAt() != null && row.refreshAt() <= row.now();
        return row.sealNo() > seenSealNo && !(need == Need.DUE && due);
    }

    boolean isHeld() {
        return row.claim().until() > row.now();
    }

    /** Whether the access token may still be used. */
    boolean isAlive(long now) {
        Long end = row.expiresAt();
        return need != Need.REFUSED && (end == null || end > now);
    }

    boolean isAlive(Turn turn, long now) {
        return isAlive(now) && !turn.ended(now);
    }

    boolean hasEnded() {
        return row.expiresAt() != null && row.expiresAt() <= row.now();
    }

    boolean isTooLateToExchange(TokenRefresher refresher) {
        return refresher.style() == Style.EXCHANGE_CURRENT && hasEnded();
    }

    /**
     * A failure moved the next try ahead, or somebody else was quicker. A sweep that merely let others go first keeps nobody from
     * replacing a token that has ended. A token refused before its time is refreshed at once, also
     * where its end was to be waited for; but not while the service has asked to be left alone. A claim that nobody ended, because its
     * holder is gone, says nothing about the service.
     */
    boolean isTooEarly() {
        boolean later = row.refreshAt() != null && row.refreshAt() > row.now();
        boolean failed = Standing.hasFailed(row);
        return switch (need) {
            case DUE -> later && (failed || !hasEnded());
            case EARLY -> row.claim().intent() != null || later && failed;
            case REFUSED -> later && failed;
        };
    }

    /**
     * Whether there is an intent that outlived its claim and can not be repeated now: the request may have been answered. It is repeated
     * at most once. A row remembers one such outcome: of several token sets, the others wait for it, and it waits no longer than for the
     * first end among them.
     */
    boolean mustNotRepeat(TokenRefresher refresher, Turn turn) {
        if (row.claim().intent() == null || isReplaySafe(refresher)) {
            return false;
        }
        long since = Objects.requireNonNullElse(row.claim().intentAt(), 0L);
        boolean within = refresher.reuse().kind() == ReuseRule.Kind.GRACE
                && row.now() - since <= refresher.reuse().grace().toMillis();
        return row.claim().attempts() >= 2 || !within && isAlive(turn, row.now());
    }

    static boolean isReplaySafe(TokenRefresher refresher) {
        return refresher.reuse().kind() == ReuseRule.Kind.SAFE || refresher.style() != Style.REFRESH_TOKEN;
    }
}
