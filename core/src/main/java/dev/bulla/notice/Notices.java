package dev.bulla.notice;

import dev.bulla.error.BullaException;
import dev.bulla.event.AccountEvent;
import dev.bulla.event.AccountEvent.Account;
import dev.bulla.event.BullaEvent;
import dev.bulla.event.ConnectionEvent;
import dev.bulla.event.MemberEvent;
import dev.bulla.event.SetupRequiredChanged;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.Disconnected.Revocation;
import dev.bulla.model.Reason;
import dev.bulla.provider.ProviderException;
import dev.bulla.store.AccountRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.PolicyRow;
import dev.bulla.store.Store;
import dev.bulla.trail.AuditTrail;
import dev.bulla.vault.Views;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What writers say once their write is committed. They say it at the place of the write and nowhere else, so that the one node that
 * wrote is the one that tells. Nothing here waits or throws. Thread-safe.
 */
public final class Notices {
    private final Delivery delivery;
    private final Meter meter;
    private final Store store;
    private final AuditTrail trail;

    public Notices(Delivery delivery, Meter meter, Store store, AuditTrail trail) {
        this.meter = meter;
        this.delivery = delivery;
        this.store = store;
        this.trail = trail;
    }

    private void publish(BullaEvent event) {
        publish(event, "");
    }

    /** @param by who did it, where that was not the member */
    private void publish(BullaEvent event, String by) {
        delivery.publish(event);
        if (trail.isOn()) {
            Changes.entry(event, by, trail.clock()).ifPresent(trail::changed);
        }
    }

    /** Whether anybody listens: what takes a read to find out is left alone otherwise. */
    public boolean isWanted() {
        return delivery.isWanted();
    }

    /** For what is counted and not told. */
    public Meter meter() {
        return meter;
    }

    /** Database time for news whose rows bring none; asked before the write, so that nothing can fail between write and news. */
    public long before() {
        return isWanted() ? store.now() : 0;
    }

    /** @param before the row that was replaced, or null for a new account */
    public void connected(ConnectionRow connection, @Nullable AccountRow before, AccountRow now) {
        Instant at = Instant.ofEpochMilli(now.connectedAt());
        publish(new AccountEvent.Connected(account(connection, now), at, before != null));
        status(connection, now, before, now.status(), now.reason(), at);
        if (now.status().equals(AccountStatus.PENDING.name())) {
            publish(new AccountEvent.SelectionNeeded(account(connection, now), at));
        }
    }

    /** The member's choice is stored; {@code before} is the row that it replaced. */
    public void chosen(ConnectionRow connection, AccountRow before, AccountRow now) {
        status(connection, now, before, now.status(), now.reason(), Instant.ofEpochMilli(before.now()));
    }

    public void disconnected(ConnectionRow connection, AccountRow before, Reason reason, Revocation revocation) {
        Instant at = Instant.ofEpochMilli(before.now());
        publish(new AccountEvent.Disconnected(account(connection, before), at, reason, revocation));
        status(connection, before, before, AccountStatus.DISCONNECTED.name(), reason.code(), at);
    }

    /** @param expiresAt end of the fresh access token, or null */
    public void refreshed(
            ConnectionRow connection,
            AccountRow before,
            String status,
            @Nullable String reason,
            @Nullable Long expiresAt,
            Instant at) {
        publish(new AccountEvent.Refreshed(account(connection, before), at, time(expiresAt)));
        status(connection, before, before, status, reason, at);
    }

    /** @param nextTry when the account is due again, or null for never */
    public void refreshFailed(
            ConnectionRow connection,
            AccountRow before,
            ProviderException.Kind kind,
            BullaException failure,
            String status,
            @Nullable String reason,
            @Nullable Long nextTry,
            Instant at) {
        publish(new AccountEvent.RefreshFailed(
                account(connection, before), at, kind, failure.isRetryable(), time(nextTry)));
        status(connection, before, before, status, reason, at);
    }

    /** Only a new consent helps from now on. */
    public void reconnectRequired(ConnectionRow connection, AccountRow before, Reason reason) {
        status(
                connection,
                before,
                before,
                AccountStatus.RECONNECT_REQUIRED.name(),
                reason.code(),
                Instant.ofEpochMilli(before.now()));
    }

    public void refreshByAhead(ConnectionRow connection, AccountRow row, long refreshBy, long now) {
        publish(new AccountEvent.RefreshByAhead(
                account(connection, row), Instant.ofEpochMilli(now), Instant.ofEpochMilli(refreshBy)));
    }

    /** @param by who did it */
    public void configured(ConnectionRow now, String by, long at) {
        Instant time = Instant.ofEpochMilli(at);
        publish(new ConnectionEvent.Configured(ref(now), time, now.revision(), now.complete()), by);
    }

    /** @param by who did it */
    public void switched(ConnectionRow now, String by, long at) {
        Instant time = Instant.ofEpochMilli(at);
        publish(
                now.enabled()
                        ? new ConnectionEvent.Enabled(ref(now), time)
                        : new ConnectionEvent.Disabled(ref(now), time),
                by);
    }

    /**
     * An owner has changed the tools of a connection.
     *
     * @param what a word of this library's own
     * @param by who did it
     */
    public void toolsChanged(ConnectionRow connection, String what, String by) {
        if (trail.isOn()) {
            trail.changed(Changes.tools(connection, what, by, trail.clock()));
        }
    }

    /**
     * An owner has changed how webhooks of a connection are taken.
     *
     * @param what a word of this library's own
     * @param by who did it
     */
    public void webhookChanged(ConnectionRow connection, String what, String by) {
        if (trail.isOn()) {
            trail.changed(Changes.webhook(connection, what, by, trail.clock()));
        }
    }

    /**
     * What the accounts lose by that is told of each.
     *
     * @param by who did it
     */
    public void appsRetired(ConnectionRow connection, int apps, String by) {
        if (trail.isOn()) {
            trail.changed(Changes.retired(connection, apps, by, trail.clock()));
        }
    }

    public void formChanged(ConnectionRow now, List<String> missing, long at) {
        publish(new ConnectionEvent.FormChanged(ref(now), Instant.ofEpochMilli(at), missing));
    }

    public void policyChanged(ConnectionRow connection, PolicyRow row, String name) {
        publish(
                new ConnectionEvent.PolicyChanged(
                        ref(connection),
                        Instant.ofEpochMilli(row.at()),
                        row.id(),
                        name,
                        row.version(),
                        row.body() == null,
                        row.author()),
                row.author());
    }

    /** @param by who did it */
    public void deleted(ConnectionRow before, String by, long at) {
        publish(new ConnectionEvent.Deleted(ref(before), Instant.ofEpochMilli(at)), by);
    }

    public void setupRequired(String tenant, boolean required, long at) {
        publish(new SetupRequiredChanged(tenant, Instant.ofEpochMilli(at), required));
    }

    /** @param first whether there was no key that it replaces */
    public void keyActive(String tenant, String member, int number, boolean first, long at) {
        Instant time = Instant.ofEpochMilli(at);
        publish(
                first
                        ? new MemberEvent.KeyIssued(tenant, member, time, number)
                        : new MemberEvent.KeyRotated(tenant, member, time, number));
    }

    public void keyReset(String tenant, String member, int number, long at) {
        publish(new MemberEvent.KeyReset(tenant, member, Instant.ofEpochMilli(at), number));
    }

    public void keyRevoked(String tenant, String member, int number, long at) {
        publish(new MemberEvent.KeyRevoked(tenant, member, Instant.ofEpochMilli(at), number));
    }

    public void memberRemoved(String tenant, String member, int accounts, long at) {
        publish(new MemberEvent.Removed(tenant, member, Instant.ofEpochMilli(at), accounts));
    }

    /** Nothing where both are as they were. */
    private void status(
            ConnectionRow connection,
            AccountRow row,
            @Nullable AccountRow before,
            String status,
            @Nullable String reason,
            Instant at) {
        if (before != null && before.status().equals(status) && Objects.equals(before.reason(), reason)) {
            return;
        }
        Account account = account(connection, row);
        AccountStatus to = Views.status(status);
        Optional<Reason> why = Views.reason(reason);
        Optional<AccountStatus> from =
                Optional.ofNullable(before).map(AccountRow::status).map(Views::status);
        publish(new AccountEvent.StatusChanged(account, at, from, to, why));
        if (to == AccountStatus.RECONNECT_REQUIRED && why.isPresent()) {
            publish(new AccountEvent.ReconnectRequired(account, at, why.get()));
        }
    }

    private static Account account(ConnectionRow connection, AccountRow row) {
        return new Account(
                row.id(),
                row.tenant(),
                row.member(),
                connection.name(),
                connection.id(),
                connection.provider(),
                row.label());
    }

    private static ConnectionEvent.Ref ref(ConnectionRow row) {
        return new ConnectionEvent.Ref(row.id(), row.tenant(), row.name(), row.provider());
    }

    private static Optional<Instant> time(@Nullable Long millis) {
        return Optional.ofNullable(millis).map(Instant::ofEpochMilli);
    }
}
