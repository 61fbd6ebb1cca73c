package dev.bulla.handshake;

import dev.bulla.connection.Ids;
import dev.bulla.connection.Registrations;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.Reason;
import dev.bulla.provider.Selection;
import dev.bulla.refresh.When;
import dev.bulla.store.AccountRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Sealed;
import dev.bulla.store.Store;
import dev.bulla.vault.Lock;
import dev.bulla.vault.Payload;
import dev.bulla.vault.PlainJson;
import dev.bulla.vault.Vault;
import dev.bulla.vault.Views;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Rows as they are to be stored, sealed. Thread-safe. */
final class Contents {
    private final Store store;
    private final Vault vault;
    private final Registrations registrations;

    Contents(Store store, Vault vault, Registrations registrations) {
        this.store = store;
        this.vault = vault;
        this.registrations = registrations;
    }

    /** @param former what it replaces, or null for a new account */
    AccountRow arrived(Arrival arrival, @Nullable AccountRow former, Lock lock) {
        Instant now = Instant.ofEpochMilli(former == null ? store.now() : former.now());
        When.Times times = When.times(
                registrations.provider(arrival.connection()),
                arrival.payload().tokens(),
                now,
                now,
                () -> ThreadLocalRandom.current().nextDouble());
        boolean partial = !Views.without(arrival.requested(), arrival.granted()).isEmpty();
        long sealNo = former == null ? 1 : former.sealNo() + 1;
        AccountRow bare = new AccountRow(
                former == null ? Ids.id() : former.id(),
                arrival.connection().tenant(),
                arrival.member(),
                arrival.connection().id(),
                arrival.label(),
                arrival.appId(),
                (arrival.pending() ? AccountStatus.PENDING : AccountStatus.ACTIVE).name(),
                arrival.pending() ? Reason.SELECTION_PENDING.code() : partial ? Reason.SCOPES_MISSING.code() : null,
                arrival.identity().subject(),
                arrival.identity().displayName(),
                String.join(" ", arrival.granted()),
                PlainJson.writeTexts(attributes(arrival)),
                null,
                sealNo,
                lock.keyNo(),
                AccountRow.Claim.NONE,
                times.expiresAt(),
                times.refreshAt(),
                times.refreshBy(),
                null,
                0,
                former != null && former.sealed() == null ? Ids.anew() : Ids.id(),
                connectedAt(former, now),
                0,
                0,
                0);
        Sealed sealed = vault.seal(bare, sealNo, lock, arrival.payload());
        return withSealed(bare, sealed);
    }

    /** Later than any consent before: it tells them apart. */
    private static long connectedAt(@Nullable AccountRow former, Instant now) {
        long millis = now.toEpochMilli();
        return former == null ? millis : Math.max(millis, former.connectedAt() + 1);
    }

    /**
     * The account with what was chosen. Whose it is and when it was connected stays.
     *
     * @param row as read, under the caller's claim
     * @param before its contents
     * @param chosen what the choice means, with the tokens to be used from now on
     * @param text the choice as it is kept in the row
     */
    AccountRow chosen(
            AccountRow row,
            ConnectionRow connection,
            Payload before,
            Selection.Chosen chosen,
            String text,
            Lock lock,
            String attempt) {
        Payload payload = before.choosing(chosen.tokens(), chosen.attributes());
        boolean same = chosen.tokens() == before.tokens();
        When.Times times = same
                ? new When.Times(row.expiresAt(), row.refreshAt(), row.refreshBy())
                : When.times(
                        registrations.provider(connection),
                        chosen.tokens(),
                        Instant.ofEpochMilli(row.connectedAt()),
                        Instant.ofEpochMilli(row.now()),
                        () -> ThreadLocalRandom.current().nextDouble());
        Map<String, String> attributes = PlainJson.readTexts(row.attributes());
        attributes.keySet().removeAll(before.selected().keySet());
        attributes.remove(Views.PENDING);
        attributes.putAll(chosen.attributes());
        attributes.put(Views.CHOICE, text);
        AccountRow bare = new AccountRow(
                row.id(),
                row.tenant(),
                row.member(),
                row.connectionId(),
                row.label(),
                row.appId(),
                AccountStatus.ACTIVE.name(),
                row.status().equals(AccountStatus.PENDING.name()) ? partial(row, connection) : row.reason(),
                row.subject(),
                chosen.displayName() == null ? row.displayName() : chosen.displayName(),
                row.scopes(),
                PlainJson.writeTexts(attributes),
                null,
                row.sealNo() + 1,
                lock.keyNo(),
                AccountRow.Claim.NONE,
                times.expiresAt(),
                times.refreshAt(),
                times.refreshBy(),
                null,
                0,
                attempt,
                row.connectedAt(),
                0,
                0,
                0);
        return withSealed(bare, vault.seal(bare, bare.sealNo(), lock, payload));
    }

    /** What the pending choice hid. */
    private static @Nullable String partial(AccountRow row, ConnectionRow connection) {
        List<String> granted = Views.words(row.scopes());
        boolean fewer = !granted.isEmpty()
                && !Views.without(Views.words(connection.scopes()), granted).isEmpty();
        return fewer ? Reason.SCOPES_MISSING.code() : null;
    }

    private static AccountRow withSealed(AccountRow row, Sealed sealed) {
        return new AccountRow(
                row.id(),
                row.tenant(),
                row.member(),
                row.connectionId(),
                row.label(),
                row.appId(),
                row.status(),
                row.reason(),
                row.subject(),
                row.displayName(),
                row.scopes(),
                row.attributes(),
                sealed,
                row.sealNo(),
                row.keyNo(),
                row.claim(),
                row.expiresAt(),
                row.refreshAt(),
                row.refreshBy(),
                row.lastUsedAt(),
                row.rowVersion(),
                row.attempt(),
                row.connectedAt(),
                row.createdAt(),
                row.changedAt(),
                row.now());
    }

    private static Map<String, String> attributes(Arrival arrival) {
        Map<String, String> attributes = new LinkedHashMap<>(arrival.identity().attributes());
        if (!arrival.verified()) {
            attributes.put(Views.UNVERIFIED, "true");
        }
        if (arrival.assumed()) {
            attributes.put(Views.ASSUMED, "true");
        }
        if (arrival.pending()) {
            attributes.put(Views.PENDING, "true");
        }
        if (!arrival.choice().isEmpty()) {
            attributes.put(Views.CHOICE, arrival.choice());
        }
        return attributes;
    }
}
