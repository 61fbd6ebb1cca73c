package dev.bulla.member;

import dev.bulla.connection.Ids;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.MemberKey;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.notice.Notices;
import dev.bulla.store.AccountRow;
import dev.bulla.store.MemberRow;
import dev.bulla.store.MemberRow.KeyRow;
import dev.bulla.store.Store;
import dev.bulla.store.Write;
import dev.bulla.vault.KeyRows;
import dev.bulla.vault.Opener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Changes of a member's key. A key is offered first and counts once it is proven; that is one compare-and-set on the member's row:
 * before it the old key works, after it the new one, and nothing in between. What follows (sealing again, replacing tokens
 * upstream) can stop anywhere and is taken up later. Thread-safe.
 */
public final class KeyLife {
    private static final int ROUNDS = 100;

    private final Store store;
    private final KeyRows keys;
    private final Aftercare aftercare;
    private final Notices notices;

    public KeyLife(Store store, KeyRows keys, Aftercare aftercare, Notices notices) {
        this.store = store;
        this.keys = keys;
        this.aftercare = aftercare;
        this.notices = notices;
    }

    /**
     * A new key, which counts from the moment it is proven: typed back, or used to unlock. Until then the current key works, so that
     * a key which never reached its member locks nobody out.
     *
     * @param current needed where the member has a key
     */
    public MemberKey offer(String tenant, String member, @Nullable MemberKey current) {
        MemberKey key = MemberKey.generate();
        keys.lock(tenant, member);
        change(
                tenant,
                member,
                row -> {
                    if (current == null) {
                        refuseSecond(row);
                    }
                    KeyRow offered = current == null
                            ? keys.make(row, key, Map.of(), store.now())
                            : successor(tenant, member, current, key);
                    return next(row, row.keyNo(), row.key(), offered);
                },
                (before, after) -> {});
        return key;
    }

    /**
     * A member who is let in.
     *
     * @param opener opens everything that is sealed to the member
     * @param accounts the member's accounts, as far as they were read on the way
     */
    public record Entry(Opener opener, List<AccountRow> accounts) {
        @Override
        public String toString() {
            return "Entry[" + opener + "]";
        }
    }

    /** Unlocks with the active key; an offered key becomes active by being presented. @throws BullaException {@code KEY_WRONG} */
    public Entry unlock(String tenant, String member, MemberKey presented) {
        // the records first: keys only count upwards, so a row that is read later can not be behind them by a race
        List<AccountRow> accounts = store.accounts().ofMember(tenant, member);
        Optional<MemberRow> row = store.members().find(tenant, member);
        if (row.isPresent() && keys.isOffered(row.get(), presented)) {
            return new Entry(activate(tenant, member, presented).opener(), List.of());
        }
        int newest = accounts.stream().mapToInt(AccountRow::keyNo).max().orElse(0);
        Opener opener = keys.unlock(tenant, member, row, newest, presented).opener();
        aftercare.resume(tenant, member, opener, accounts);
        return new Entry(opener, accounts);
    }

    /**
     * Makes the offered key active. Where it is active already, by somebody quicker or by a call whose answer was lost, that is fine.
     *
     * @throws BullaException {@code KEY_WRONG} where this is not the offered key
     */
    public KeyRows.Unlocked activate(String tenant, String member, MemberKey typedBack) {
        long at = notices.before();
        change(
                tenant,
                member,
                row -> {
                    if (keys.isActive(row, typedBack)) {
                        return row;
                    }
                    if (!keys.isOffered(row, typedBack)) {
                        throw new BullaException(ErrorCode.KEY_WRONG, "this is not the key that was offered");
                    }
                    clearLost(row);
                    return active(row, keys.activated(row, Objects.requireNonNull(row.offered())));
                },
                (before, after) -> notices.keyActive(tenant, member, after.keyNo(), !KeyRows.present(before), at));
        KeyRows.Unlocked unlocked = keys.unlock(tenant, member, typedBack);
        aftercare.changed(tenant, member, unlocked.opener());
        return unlocked;
    }

    /** A reset may have stopped before it had cleared everything; after the next key nothing would tell what it had to clear. */
    private void clearLost(MemberRow row) {
        keys.lock(row.tenant(), row.member());
        if (keys.isReset(row)) {
            aftercare.clearLost(row.tenant(), row.member(), row.keyNo());
        }
    }

    /**
     * Ends the lost key and drops what is sealed to it. A reset that was stopped in between goes on where it is called again.
     *
     * @return the accounts that were cleared by this call
     * @throws BullaException {@code KEY_WRONG} where the member never had a key
     */
    public List<ConnectedAccount> reset(String tenant, String member) {
        long at = notices.before();
        MemberRow after = change(
                tenant,
                member,
                row -> {
                    if (row.keyNo() == 0 && store.accounts().newestKeyNo(tenant, member) == 0) {
                        throw new BullaException(ErrorCode.KEY_WRONG, "the member has no key");
                    }
                    return KeyRows.present(row) || !keys.isReset(row) ? active(row, keys.reset(row, store.now())) : row;
                },
                (before, now) -> notices.keyReset(tenant, member, now.keyNo(), at));
        return aftercare.clearLost(tenant, member, after.keyNo());
    }

    /**
     * Ends a key that its member still has.
     *
     * @throws BullaException {@code KEY_WRONG} where another is active now; that it was ended meanwhile is fine
     */
    public void revoke(String tenant, String member, MemberKey key) {
        long at = notices.before();
        change(
                tenant,
                member,
                row -> {
                    if (keys.isReset(row)) {
                        return row;
                    }
                    if (!keys.isActive(row, key)) {
                        throw new BullaException(ErrorCode.KEY_WRONG, "another key has taken its place");
                    }
                    return active(row, keys.reset(row, store.now()));
                },
                (before, now) -> notices.keyRevoked(tenant, member, now.keyNo(), at));
    }

    private static void refuseSecond(MemberRow row) {
        if (KeyRows.present(row)) {
            throw new BullaException(
                    ErrorCode.KEY_EXISTS, "the member has a key: rotate it, or reset it where it is lost");
        }
    }

    private KeyRow successor(String tenant, String member, MemberKey current, MemberKey next) {
        KeyRows.Unlocked unlocked = keys.unlock(tenant, member, current);
        Map<Integer, byte[]> seeds = new LinkedHashMap<>(unlocked.seeds());
        seeds.keySet()
                .removeIf(number -> number != unlocked.row().keyNo()
                        && store.accounts().ofMember(tenant, member).stream()
                                .noneMatch(account -> account.keyNo() == number));
        return keys.make(unlocked.row(), next, seeds, store.now());
    }

    private static MemberRow active(MemberRow row, KeyRow key) {
        return next(row, key.keyNo(), key, null);
    }

    private static MemberRow next(MemberRow row, int keyNo, @Nullable KeyRow key, @Nullable KeyRow offered) {
        return new MemberRow(
                row.tenant(), row.member(), keyNo, key, offered, row.rowVersion(), Ids.id(), row.changedAt());
    }

    private MemberRow change(
            String tenant,
            String member,
            Function<MemberRow, MemberRow> change,
            BiConsumer<MemberRow, MemberRow> told) {
        for (int round = 0; round < ROUNDS; round++) {
            MemberRow row = store.members().findOrCreate(tenant, member);
            MemberRow next = change.apply(row);
            if (next == row) {
                return next;
            }
            if (store.members().update(row, next) == Write.DONE) {
                told.accept(row, next);
                return next;
            }
        }
        throw new BullaException(ErrorCode.STORE_UNAVAILABLE, "the member's key is being changed by many at once");
    }
}
