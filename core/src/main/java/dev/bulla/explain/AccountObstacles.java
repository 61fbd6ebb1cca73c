package dev.bulla.explain;

import dev.bulla.connection.Registrations;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.error.Obstacle;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Reason;
import dev.bulla.provider.Mode;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Sight;
import dev.bulla.provider.Symptom;
import dev.bulla.refresh.Nearing;
import dev.bulla.refresh.Standing;
import dev.bulla.store.AccountRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.vault.Views;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What stands in the way of one account, as its row tells it. Used once. */
final class AccountObstacles {
    private static final Duration LEAD = Duration.ofDays(7);

    private final Registrations registrations;
    private final ConnectionRow connection;
    private final AccountRow row;
    private final List<Obstacle> found = new ArrayList<>();

    AccountObstacles(Registrations registrations, ConnectionRow connection, AccountRow row) {
        this.registrations = registrations;
        this.connection = connection;
        this.row = row;
    }

    /** @param withKey whether the member's key is at hand */
    List<Obstacle> all(boolean withKey) {
        AccountStatus status = Views.status(row.status());
        if (status != AccountStatus.ACTIVE) {
            found.add(
                    status == AccountStatus.DISCONNECTED
                            ? Views.reason(row.reason()).map(Reason::advice).orElseGet(ErrorCode.NOT_CONNECTED::advice)
                            : refusal());
            Reason reason = Views.reason(row.reason()).orElse(null);
            if (status == AccountStatus.RECONNECT_REQUIRED
                    && (reason == Reason.GRANT_REVOKED || reason == Reason.GRANT_EXPIRED)) {
                known(Sight.Kind.RECONNECT);
            }
            return List.copyOf(found);
        }
        app();
        if (row.keyNo() != 0 && !withKey) {
            found.add(ErrorCode.KEY_REQUIRED.advice().about(times(row.refreshBy())));
        }
        ConnectedAccount account = Views.account(row, connection);
        if (!account.missingScopes().isEmpty()) {
            found.add(Reason.SCOPES_MISSING
                    .advice()
                    .about(account.missingScopes())
                    .blocking(false));
        }
        refresh();
        if (!account.verified()) {
            found.add(Hint.UNVERIFIED.advice());
            known(Sight.Kind.UNVERIFIED);
        }
        return List.copyOf(found);
    }

    private Obstacle refusal() {
        BullaException refusal = Standing.refusal(row.status(), row.reason());
        return refusal == null ? ErrorCode.NOT_CONNECTED.advice() : refusal.advice();
    }

    /** The app is asked for where the access is renewed: until then the tokens live without it. */
    private void app() {
        if (Reason.APP_REFUSED.code().equals(row.reason())) {
            found.add(Reason.APP_REFUSED.advice().blocking(hasEnded()));
        } else if (row.refreshAt() != null && Mode.valueOf(connection.mode()) != Mode.FORM && isAppGone()) {
            found.add(Reason.APP_GONE.advice().blocking(hasEnded()));
        }
    }

    private boolean isAppGone() {
        return provider() != null && registrations.app(connection, row.appId()).isEmpty();
    }

    private void refresh() {
        if (row.claim().intent() != null && row.claim().until() <= row.now()) {
            found.add(ErrorCode.OUTCOME_UNKNOWN
                    .advice()
                    .about(times(row.refreshAt()))
                    .blocking(hasEnded()));
        } else if (Standing.isBackingOff(row)) {
            if (!Reason.APP_REFUSED.code().equals(row.reason())) {
                found.add(ErrorCode.PROVIDER_UNAVAILABLE
                        .advice()
                        .about(times(row.refreshAt()))
                        .blocking(hasEnded()));
            }
        } else if (row.refreshAt() == null && hasEnded()) {
            found.add(Reason.GRANT_EXPIRED.advice());
        } else if (row.refreshAt() == null && row.expiresAt() != null) {
            found.add(Hint.NOT_RENEWABLE.advice().about(times(row.expiresAt())));
        } else if (isNearItsEnd()) {
            found.add(Hint.ENDS_SOON.advice().about(times(row.refreshBy())));
        }
    }

    /** What may be behind it, as far as the provider knows its service. */
    private void known(Sight.Kind kind) {
        Provider provider = provider();
        if (provider != null) {
            Symptom.of(provider).stream()
                    .filter(symptom -> symptom.shows(kind, ""))
                    .map(symptom -> symptom.obstacle(provider).blocking(false))
                    .forEach(found::add);
        }
    }

    private boolean isNearItsEnd() {
        Long tell = Nearing.tellAt(row, provider(), LEAD);
        return tell != null && tell <= row.now();
    }

    private boolean hasEnded() {
        return row.expiresAt() != null && row.expiresAt() <= row.now();
    }

    private @Nullable Provider provider() {
        return registrations.find(connection).orElse(null);
    }

    private static List<String> times(@Nullable Long millis) {
        return Stream.ofNullable(millis)
                .map(time -> Instant.ofEpochMilli(time).toString())
                .toList();
    }
}
