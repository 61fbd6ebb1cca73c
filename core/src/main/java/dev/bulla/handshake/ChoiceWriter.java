package dev.bulla.handshake;

import dev.bulla.connection.Ids;
import dev.bulla.connection.Registrations;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.ConnectError;
import dev.bulla.notice.Notices;
import dev.bulla.provider.Selection.Chosen;
import dev.bulla.provider.Tokens;
import dev.bulla.store.AccountRow;
import dev.bulla.store.AccountStore.Claimed;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.FlowStore.Take;
import dev.bulla.store.Store;
import dev.bulla.store.StoreException;
import dev.bulla.store.Write;
import dev.bulla.vault.KeyRows;
import dev.bulla.vault.Lock;
import dev.bulla.vault.Opener;
import dev.bulla.vault.Payload;
import dev.bulla.vault.Vault;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores a choice under the account's claim, so that it overtakes no refresh: one that is under way is waited for, and its tokens are
 * the ones that are kept. A reconnect overtakes the choice. Under the claim the ticket is taken; should this side die between that and
 * the write, the account is as it was, and its member chooses again with a new ticket. Thread-safe.
 */
final class ChoiceWriter {
    private static final Logger LOG = LoggerFactory.getLogger(ChoiceWriter.class);
    private static final Duration CLAIM = Duration.ofSeconds(25);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ROUNDS = 100;

    private final Store store;
    private final Vault vault;
    private final KeyRows keys;
    private final Contents contents;
    private final Notices notices;

    ChoiceWriter(Store store, Vault vault, KeyRows keys, Registrations registrations, Notices notices) {
        this.store = store;
        this.vault = vault;
        this.keys = keys;
        this.contents = new Contents(store, vault, registrations);
        this.notices = notices;
    }

    /**
     * What is to be stored.
     *
     * @param asked the tokens with which the service was asked
     * @param chosen what it said
     * @param text the choice as it is kept in the row
     */
    record Wanted(ChoiceTicket ticket, ConnectionRow connection, Tokens asked, Chosen chosen, String text) {}

    /** Null: the tokens have moved in a way that the choice can not follow; ask the service again. */
    @Nullable
    AccountRow write(Wanted wanted, Opener opener) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            AccountRow row = row(wanted.ticket());
            Payload before = wanted.ticket().contents(row, vault, opener);
            if (before == null) {
                throw new Stop(ConnectError.SESSION_EXPIRED, "account_changed");
            }
            Chosen chosen = onto(before.tokens(), wanted);
            if (chosen == null) {
                return null;
            }
            boolean held = row.claim().until() > row.now();
            if (!held && row.claim().intent() != null) {
                throw new BullaException(
                        ErrorCode.OUTCOME_UNKNOWN, "what became of a refresh is not known yet; choose again later");
            }
            if (!held) {
                String attempt = Ids.isAnew(row.attempt()) ? Ids.anew() : Ids.id();
                Claimed seen = new Claimed(row.id(), row.sealNo(), row.claim().by());
                if (store.accounts().claim(row.tenant(), seen, attempt, CLAIM.toMillis(), null)) {
                    take(wanted.ticket());
                    return store(wanted, row, before, chosen, attempt);
                }
            }
            if (System.nanoTime() > deadline) {
                throw new BullaException(ErrorCode.REFRESH_TIMEOUT, "a refresh has not come to its end in time");
            }
            Storing.pause();
        }
    }

    AccountRow row(ChoiceTicket ticket) {
        AccountRow row = store.accounts()
                .find(ticket.flow().tenant(), ticket.accountId())
                .orElse(null);
        String obstacle = ticket.obstacle(row);
        if (obstacle != null || row == null) {
            throw new Stop(ConnectError.SESSION_EXPIRED, String.valueOf(obstacle));
        }
        return row;
    }

    /** The choice with the tokens that are there now; a refresh may have replaced those that were asked with. */
    private static @Nullable Chosen onto(Tokens now, Wanted wanted) {
        Chosen chosen = wanted.chosen();
        Tokens granted = now.granted();
        if (chosen.tokens() == wanted.asked()) {
            Tokens kept = now == granted ? now : granted;
            return new Chosen(kept, chosen.attributes(), chosen.displayName());
        }
        if (chosen.tokens().sets().containsKey(Tokens.GRANT)) {
            return new Chosen(granted.standIn(chosen.tokens().main()), chosen.attributes(), chosen.displayName());
        }
        boolean moved =
                !granted.main().accessToken().matches(wanted.asked().main().accessToken());
        return moved ? null : chosen;
    }

    private void take(ChoiceTicket ticket) {
        Take take = Storing.take(
                store.flows(), ticket.flow().tenant(), ticket.flow().id(), ChoiceTicket.KIND);
        if (take.outcome() != Take.Outcome.TAKEN) {
            throw new Stop(
                    ConnectError.SESSION_EXPIRED,
                    "ticket_" + take.outcome().name().toLowerCase(Locale.ROOT));
        }
    }

    private AccountRow store(Wanted wanted, AccountRow row, Payload before, Chosen chosen, String attempt) {
        long deadline = System.nanoTime() + Storing.PATIENCE.toNanos();
        for (int round = 0; round < ROUNDS; round++) {
            Lock lock = keys.lockIfThere(row.tenant(), row.member())
                    .orElseThrow(() -> new Stop(ConnectError.USERAGENT_NOT_FOUND, "member_gone"));
            if (row.keyNo() > 0 && lock.key() == null) {
                throw new Stop(ConnectError.SESSION_EXPIRED, "account_changed");
            }
            AccountRow now = contents.chosen(row, wanted.connection(), before, chosen, wanted.text(), lock, attempt);
            try {
                Write write = store.accounts().replace(now, lock.memberKeyNo());
                if (write == Write.DONE) {
                    notices.chosen(wanted.connection(), row, now);
                    return store.accounts().find(row.tenant(), row.id()).orElse(now);
                }
                if (write == Write.MOVED) {
                    throw new Stop(ConnectError.SESSION_EXPIRED, "account_changed");
                }
            } catch (StoreException e) {
                if (!e.isRetryable() || System.nanoTime() > deadline) {
                    throw e;
                }
                LOG.warn("storing a choice waits for the database: {}", e.kind());
                Storing.pause();
            }
        }
        throw new BullaException(ErrorCode.STORE_UNAVAILABLE, "the account is being changed by many at once");
    }
}
