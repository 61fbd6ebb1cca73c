package dev.bulla.use;

import dev.bulla.connection.Registrations;
import dev.bulla.error.CredentialUnavailable;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.Reason;
import dev.bulla.notice.Notices;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.Secret;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import dev.bulla.refresh.Standing;
import dev.bulla.store.AccountGlance;
import dev.bulla.store.AccountRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import dev.bulla.store.Write;
import dev.bulla.vault.Opener;
import dev.bulla.vault.Payload;
import dev.bulla.vault.Resealing;
import dev.bulla.vault.Vault;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the accounts of one member hold: opened when its number is new, and kept until it is forgotten. Thread-safe. */
final class Contents {
    private final Store store;
    private final Vault vault;
    private final Lookup lookup;
    private final Registrations registrations;
    private final Resealing resealing;
    private final Notices notices;
    private final String tenant;
    private final String member;
    private final ConcurrentHashMap<String, Opened> open = new ConcurrentHashMap<>();
    private volatile boolean forgotten;

    Contents(
            Store store,
            Vault vault,
            Lookup lookup,
            Registrations registrations,
            Resealing resealing,
            Notices notices,
            String tenant,
            String member) {
        this.store = store;
        this.vault = vault;
        this.lookup = lookup;
        this.registrations = registrations;
        this.resealing = resealing;
        this.notices = notices;
        this.tenant = tenant;
        this.member = member;
    }

    /** Keeps nothing from now on. */
    void forget() {
        forgotten = true;
        open.clear();
    }

    void forget(String accountId) {
        open.remove(accountId);
    }

    /** @param seen where the account was met, or null */
    Opened of(AccountGlance glance, @Nullable Sighting seen, Opener opener) {
        Opened kept = open.get(glance.id());
        if (kept != null
                && kept.sealNo() == glance.sealNo()
                && kept.connection().revision() == glance.revision()) {
            return kept;
        }
        AccountRow row = lookup.account(glance, seen == null ? null : seen.found());
        ConnectionRow before = seen != null ? seen.connection() : kept != null ? kept.connection() : null;
        ConnectionRow connection = lookup.connection(row.connectionId(), glance, before);
        if (row.sealed() == null || !row.member().equals(member)) {
            throw Standing.notConnected();
        }
        Payload payload = vault.open(row, opener);
        if (!registrations.accepts(connection, payload.anchor())) {
            giveUp(connection, row, Reason.ENDPOINT_CHANGED);
            throw Standing.reconnect(Reason.ENDPOINT_CHANGED.code());
        }
        if (row.keyNo() != opener.keyNo()) {
            resealing.later(row, opener);
        }
        Opened fresh =
                new Opened(row.id(), row.sealNo(), connection, payload, registrations.values(connection, payload));
        open.put(row.id(), fresh);
        if (forgotten) {
            open.clear();
        }
        return fresh;
    }

    Opened hostCredential(ConnectionRow connection) {
        KeyForm form = registrations.provider(connection).form().orElseThrow();
        Map<String, Secret> secrets = registrations.secrets(connection);
        Secret secret = Optional.ofNullable(secrets.get(form.secretField()))
                .orElseThrow(() ->
                        new CredentialUnavailable(ErrorCode.NOT_CONFIGURED, "", "the host credential is not saved"));
        Payload payload = new Payload(registrations.anchor(connection), Tokens.of(TokenSet.of(secret)), secrets);
        return new Opened("", connection.revision(), connection, payload, registrations.values(connection, payload));
    }

    /** Asks for a new consent. */
    void giveUp(ConnectionRow connection, AccountRow row, Reason reason) {
        Write write = store.accounts()
                .mark(tenant, row.id(), row.rowVersion(), AccountStatus.RECONNECT_REQUIRED.name(), reason.code());
        if (write == Write.DONE) {
            notices.reconnectRequired(connection, row, reason);
        }
    }
}
