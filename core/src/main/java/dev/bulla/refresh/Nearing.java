package dev.bulla.refresh;

import dev.bulla.model.AccountStatus;
import dev.bulla.provider.Provider;
import dev.bulla.store.AccountRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** When somebody should hear that the date is near after which only a new consent helps. */
public final class Nearing {
    /** Longer than a sweep lets a due account wait. */
    private static final long GRACE = Duration.ofMinutes(10).toMillis();

    private Nearing() {}

    /**
     * When to tell; a time that is not ahead means now. A date that is over is told no more, nor is one of an account that waits for a
     * consent already. What the host itself refreshes in time is told where that fails, or where no refresh moves the date.
     *
     * @param row its {@code refreshBy} is looked at for the first time when two thirds of its time are over, so that a long lead does
     *     not make a noise about short lives
     * @param provider the provider, or null where this node does not know it
     * @param lead how long before the date
     * @return database time, or null for never
     */
    public static @Nullable Long tellAt(AccountRow row, @Nullable Provider provider, Duration lead) {
        Long by = row.refreshBy();
        if (by == null || by <= row.now() || !row.status().equals(AccountStatus.ACTIVE.name())) {
            return null;
        }
        long wished = by - lead.toMillis();
        return wished <= row.now() && isRefreshedInTime(row, by, provider)
                ? Long.valueOf(Objects.requireNonNull(row.refreshAt()) + GRACE)
                : Long.valueOf(wished);
    }

    private static boolean isRefreshedInTime(AccountRow row, long by, @Nullable Provider provider) {
        boolean tried = !row.claim().by().isEmpty();
        boolean ahead = row.refreshAt() != null && row.refreshAt() + GRACE > row.now() && row.refreshAt() < by;
        return row.keyNo() == 0 && ahead && !tried && !isEndOfConsent(row, by, provider);
    }

    private static boolean isEndOfConsent(AccountRow row, long by, @Nullable Provider provider) {
        Instant end = provider == null ? null : When.endOfConsent(provider, Instant.ofEpochMilli(row.connectedAt()));
        return end != null && end.toEpochMilli() <= by;
    }
}
