package dev.bulla.refresh;

import dev.bulla.connection.Registrations;
import dev.bulla.connection.Revoking;
import dev.bulla.error.BullaException;
import dev.bulla.error.CredentialUnavailable;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.Reason;
import dev.bulla.provider.TokenSet;
import dev.bulla.store.AccountRow;
import dev.bulla.store.AccountStore.SealedWrite;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Sealed;
import dev.bulla.store.Store;
import dev.bulla.store.StoreException;
import dev.bulla.store.Write;
import dev.bulla.vault.KeyRows;
import dev.bulla.vault.Lock;
import dev.bulla.vault.Payload;
import dev.bulla.vault.Vault;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals an answer at once and stores it where the seal number is still the one read, whatever else changed. Repeats until it is
 * committed or the number is seen to have moved: the answer may be the only good token there is.
 */
final class AnswerWriter {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerWriter.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Store store;
    private final Vault vault;
    private final KeyRows keys;
    private final Registrations registrations;
    private final Revoking revoking;

    AnswerWriter(Store store, Vault vault, KeyRows keys, Registrations registrations, Revoking revoking) {
        this.store = store;
        this.vault = vault;
        this.keys = keys;
        this.registrations = registrations;
        this.revoking = revoking;
    }

    Outcome write(AccountRow row, ConnectionRow connection, Payload fresh, String attempt, Clock clock) {
        Waiting waiting = new Waiting(PATIENCE);
        while (true) {
            try {
                Lock lock = keys.lock(row.tenant(), row.member());
                Write write = store.accounts()
                        .store(sealed(row, connection, fresh, attempt, lock, clock), lock.memberKeyNo());
                switch (write) {
                    case DONE -> {
                        return Outcome.MOVED;
                    }
                    case MOVED -> {
                        return overtaken(row, connection, fresh);
                    }
                    case KEY_MOVED -> LOG.debug("the key of account {} moved; sealing again", row.id());
                }
            } catch (StoreException e) {
                LOG.warn("storing a refreshed token of account {} waits for the database: {}", row.id(), e.kind());
                if (!e.isRetryable() || !waiting.pause()) {
                    LOG.error("a refreshed token of account {} could not be stored and is lost", row.id());
                    return Outcome.failed(
                            new BullaException(ErrorCode.STORE_UNAVAILABLE, "the fresh token could not be stored"));
                }
            }
        }
    }

    private SealedWrite sealed(
            AccountRow row, ConnectionRow connection, Payload fresh, String attempt, Lock lock, Clock clock) {
        When.Times times = When.times(
                registrations.provider(connection),
                fresh.tokens(),
                clock.instant(),
                () -> ThreadLocalRandom.current().nextDouble());
        Sealed sealed = vault.seal(row, row.sealNo() + 1, lock, fresh);
        List<String> scopes = scopes(fresh);
        String reason = row.reason();
        return new SealedWrite(
                row.tenant(),
                row.member(),
                row.id(),
                attempt,
                sealed,
                row.sealNo() + 1,
                lock.keyNo(),
                AccountStatus.ACTIVE.name(),
                Reason.SCOPES_MISSING.code().equals(reason) ? reason : null,
                scopes == null ? null : String.join(" ", scopes),
                times.expiresAt(),
                times.refreshAt(),
                times.refreshBy(),
                false);
    }

    private static @Nullable List<String> scopes(Payload fresh) {
        List<String> named = fresh.tokens().sets().values().stream()
                .map(TokenSet::scopes)
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .distinct()
                .toList();
        return named.isEmpty() ? null : named;
    }

    /** A reconnect is newer: the answer is dropped. A disconnect or reset wants nothing to live on: the answer is revoked. */
    private Outcome overtaken(AccountRow row, ConnectionRow connection, Payload fresh) {
        Optional<AccountRow> now = store.accounts().find(row.tenant(), row.id());
        if (now.isPresent() && now.get().sealed() != null) {
            return Outcome.MOVED;
        }
        revoking.revoke(connection, row.appId(), fresh.anchor(), fresh.tokens(), row.subject(), row.id());
        return Outcome.failed(
                new CredentialUnavailable(ErrorCode.NOT_CONNECTED, "", "the account was disconnected meanwhile"));
    }
}
