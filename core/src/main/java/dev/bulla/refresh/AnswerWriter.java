package dev.bulla.refresh;

import dev.bulla.connection.Ids;
import dev.bulla.connection.Registrations;
import dev.bulla.connection.Revoking;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.Reason;
import dev.bulla.notice.Notices;
import dev.bulla.provider.App;
import dev.bulla.provider.Provider;
import dev.bulla.provider.TokenSet;
import dev.bulla.store.AccountRow;
import dev.bulla.store.AccountStore.SealedWrite;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import dev.bulla.store.StoreException;
import dev.bulla.store.Write;
import dev.bulla.vault.KeyRows;
import dev.bulla.vault.Lock;
import dev.bulla.vault.Payload;
import dev.bulla.vault.Vault;
import dev.bulla.vault.Views;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals an answer at once and stores it where the seal number is still the one read, whatever else changed. Repeats until it is
 * committed or the contents are seen to be others, for as long as the library is open: the answer may be the only good token there
 * is.
 */
final class AnswerWriter {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerWriter.class);

    /** What was decided about the account, and not by a refresh that failed: an answer does not undo it. */
    private static final Set<String> HELD =
            Set.of(Reason.OWNER_ASKED.code(), Reason.APP_RETIRED.code(), Reason.ENDPOINT_CHANGED.code());

    private final Store store;
    private final Vault vault;
    private final KeyRows keys;
    private final Registrations registrations;
    private final Revoking revoking;
    private final Notices notices;
    private final BooleanSupplier closing;
    private final Ticker ticker;

    AnswerWriter(
            Store store,
            Vault vault,
            KeyRows keys,
            Registrations registrations,
            Revoking revoking,
            Notices notices,
            BooleanSupplier closing,
            Ticker ticker) {
        this.store = store;
        this.vault = vault;
        this.keys = keys;
        this.registrations = registrations;
        this.revoking = revoking;
        this.notices = notices;
        this.closing = closing;
        this.ticker = ticker;
    }

    /**
     * What came back.
     *
     * @param row as read before the claim
     * @param app as it was opened to send
     * @param intent the hash of the refresh token that was redeemed
     * @param setback of another set before it in this flight, or null
     * @param clock database time
     */
    record Answer(
            AccountRow row,
            ConnectionRow connection,
            App app,
            Payload fresh,
            String attempt,
            String intent,
            @Nullable Setback setback,
            Clock clock) {}

    /**
     * Before anything is sent.
     *
     * @throws BullaException where an answer could not be sealed
     */
    void refuseUnsealable(AccountRow row) {
        keys.lock(row.tenant(), row.member());
    }

    Outcome write(Answer answer) {
        Insistence insistence = new Insistence(ticker, closing);
        String id = answer.row().id();
        while (true) {
            RuntimeException trouble;
            try {
                Outcome outcome = tried(answer);
                if (outcome != null) {
                    return outcome;
                }
                LOG.debug("account {} or its member's key moved; sealing the answer again", id);
                continue;
            } catch (RuntimeException e) {
                trouble = e;
            }
            if (insistence.isToBeTold()) {
                LOG.warn("storing a refreshed token of account {} waits: {}", id, named(trouble));
            }
            if (!insistence.pause(isOutside(trouble))) {
                LOG.error("a refreshed token of account {} could not be stored and is lost: {}", id, named(trouble));
                return Outcome.failed(
                        trouble instanceof BullaException known
                                ? known
                                : new BullaException(
                                        ErrorCode.STORE_UNAVAILABLE, "the fresh token could not be stored"));
            }
        }
    }

    /** Whether somebody else can end this trouble: the database, or the host with a key or a repaired row. */
    private static boolean isOutside(RuntimeException trouble) {
        return trouble instanceof StoreException || trouble instanceof BullaException;
    }

    private static Object named(RuntimeException trouble) {
        if (trouble instanceof StoreException store) {
            return store.kind();
        }
        return trouble instanceof BullaException known
                ? known.code()
                : trouble.getClass().getName();
    }

    /** Null: something moved, seal again. */
    private @Nullable Outcome tried(Answer answer) {
        Optional<AccountRow> now =
                store.accounts().find(answer.row().tenant(), answer.row().id()).filter(row -> row.sealed() != null);
        if (now.isEmpty()) {
            return revoked(answer);
        }
        if (now.get().attempt().equals(answer.attempt())) {
            tell(
                    answer,
                    answer.row(),
                    now.get().status(),
                    now.get().reason(),
                    now.get().expiresAt());
            return Outcome.REFRESHED;
        }
        if (!awaits(now.get(), answer)) {
            return overtaken(now.get(), answer);
        }
        Lock lock = keys.lock(now.get().tenant(), now.get().member());
        if (isReset(now.get(), lock)) {
            return revoked(answer);
        }
        return stored(now.get(), answer, lock) ? Outcome.REFRESHED : null;
    }

    /** Whether the contents are still those that were refreshed: the very same, or sealed again meanwhile, which keeps the intent. */
    private static boolean awaits(AccountRow now, Answer answer) {
        return now.sealNo() == answer.row().sealNo()
                || answer.intent().equals(now.claim().intent());
    }

    /** The account is about to be cleared: what was sealed to a key is never sealed to the host again. */
    private static boolean isReset(AccountRow now, Lock lock) {
        return now.keyNo() > 0 && lock.key() == null;
    }

    private boolean stored(AccountRow now, Answer answer, Lock lock) {
        SealedWrite write = sealed(now, answer, lock);
        if (store.accounts().store(write, lock.memberKeyNo()) != Write.DONE) {
            return false;
        }
        tell(answer, now, write.status(), write.reason(), write.expiresAt());
        return true;
    }

    private void tell(
            Answer answer, AccountRow before, String status, @Nullable String reason, @Nullable Long expiresAt) {
        Instant at = answer.clock().instant();
        notices.refreshed(answer.connection(), before, status, reason, expiresAt, at);
    }

    private SealedWrite sealed(AccountRow row, Answer answer, Lock lock) {
        When.Times times = When.times(
                registrations.provider(answer.connection()),
                answer.fresh().tokens(),
                Instant.ofEpochMilli(row.connectedAt()),
                answer.clock().instant(),
                () -> ThreadLocalRandom.current().nextDouble());
        List<String> scopes = scopes(registrations.provider(answer.connection()), answer.fresh());
        boolean held = row.reason() != null && HELD.contains(row.reason());
        Setback setback = answer.setback();
        Long next = setback == null ? times.refreshAt() : Long.valueOf(setback.nextTry());
        return new SealedWrite(
                row.tenant(),
                row.member(),
                row.id(),
                answer.attempt(),
                setback == null ? "" : setback.attempt(),
                vault.seal(row, row.sealNo() + 1, lock, answer.fresh()),
                row.sealNo() + 1,
                lock.keyNo(),
                held ? row.status() : status(row),
                held ? row.reason() : reason(row, answer.connection(), scopes),
                scopes == null ? null : String.join(" ", scopes),
                times.expiresAt(),
                held ? null : next,
                times.refreshBy(),
                false);
    }

    /** Fresh tokens are no choice. */
    private static String status(AccountRow row) {
        return (Views.awaitsChoice(row) ? AccountStatus.PENDING : AccountStatus.ACTIVE).name();
    }

    /** Scopes that are missing stay missing until a new consent, and fewer than before are missing from now on. */
    private static @Nullable String reason(AccountRow row, ConnectionRow connection, @Nullable List<String> scopes) {
        if (Views.awaitsChoice(row)) {
            return Reason.SELECTION_PENDING.code();
        }
        boolean fewer = scopes != null
                && !Views.without(Views.words(row.scopes()), scopes).isEmpty();
        return fewer || Reason.SCOPES_MISSING.code().equals(Standing.lasting(row, connection))
                ? Reason.SCOPES_MISSING.code()
                : null;
    }

    private static @Nullable List<String> scopes(Provider provider, Payload fresh) {
        List<String> named = fresh.tokens().sets().values().stream()
                .map(TokenSet::scopes)
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .distinct()
                .toList();
        return named.isEmpty() ? null : provider.covered(named);
    }

    /**
     * What a reconnect overtook is dropped and lives: it may share the grant. But where the member had ended what the answer belongs to
     * before, by a disconnect, a reset or a switch to another identity, it is revoked, unless that would end the grant of now.
     */
    private Outcome overtaken(AccountRow now, Answer answer) {
        boolean other = !Objects.equals(now.subject(), answer.row().subject());
        boolean later = now.connectedAt() > answer.row().connectedAt();
        if (other || later && Ids.isAnew(now.attempt())) {
            discard(answer, "");
        }
        return Outcome.MOVED;
    }

    /** A disconnect or reset wants nothing to live on. */
    private Outcome revoked(Answer answer) {
        discard(answer, answer.row().id());
        return Outcome.failed(Standing.notConnected());
    }

    /**
     * The connection may be gone too, so the app is the one that was opened to send.
     *
     * @param accountId the account, where it does not hang on the grant itself any more; else empty
     */
    private void discard(Answer answer, String accountId) {
        AccountRow row = answer.row();
        revoking.discard(
                answer.connection(),
                new Revoking.Holder(row.member(), row.appId(), row.subject(), accountId),
                answer.app(),
                answer.fresh());
    }
}
