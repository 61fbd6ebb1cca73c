package dev.bulla;

import dev.bulla.error.BullaException;
import dev.bulla.key.MemberKey;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Disconnected;
import dev.bulla.model.Reason;
import dev.bulla.store.AccountRow;
import dev.bulla.store.MemberRow;
import dev.bulla.vault.KeyRows;
import dev.bulla.vault.Opener;
import dev.bulla.vault.Views;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The key of one member. A key counts from the moment it is proven: typed back to {@link #confirm}, or used to open a session. Until
 * then the former key works, and a crash at any step leaves one that does. Thread-safe.
 */
public final class MemberKeys {
    private final Wiring wiring;
    private final String tenant;
    private final String member;

    MemberKeys(Wiring wiring, String tenant, String member) {
        this.wiring = wiring;
        this.tenant = tenant;
        this.member = member;
    }

    /**
     * A first key.
     *
     * @throws BullaException {@code KEY_EXISTS} where the member has one
     */
    public IssuedKey issue() {
        return Guarded.call(() -> new IssuedKey(wiring.keyLife().offer(tenant, member, null)));
    }

    /**
     * A new key in place of the current one. Once it is proven the current one opens nothing any more.
     *
     * @throws BullaException {@code KEY_WRONG} where {@code current} is not the member's key
     */
    public IssuedKey rotate(MemberKey current) {
        return Guarded.call(() -> new IssuedKey(wiring.keyLife().offer(tenant, member, current)));
    }

    /**
     * The member typed the new key back: it is the member's key now. After a first key everything that was sealed to the host is
     * sealed to it, and tokens are replaced at the service where that ends older copies.
     *
     * @throws BullaException {@code KEY_WRONG} where it is not the key that was issued last
     */
    public void confirm(MemberKey typedBack) {
        Guarded.run(() -> {
            Opener opener = wiring.keyLife().activate(tenant, member, typedBack).opener();
            wiring.running().keyChanged(tenant, member, opener.keyNo());
        });
    }

    /**
     * The key is lost: what is sealed to it is cleared, for ever, and a new first key can be issued. Host-sealed accounts stay. The
     * host asks the member to prove who is asking before it calls this. Stopped in between, it is called again and goes on.
     *
     * @return the accounts that were cleared
     */
    public List<ConnectedAccount> reset() {
        return Guarded.call(() -> {
            List<ConnectedAccount> cleared = wiring.keyLife().reset(tenant, member);
            wiring.running().keyChanged(tenant, member, 0);
            return cleared;
        });
    }

    /**
     * Ends the key without another in its place: what is sealed to it is revoked at the services, as far as they offer that, then cleared,
     * and last the key itself. Host-sealed accounts stay, and a first key can be issued again. Stopped in between, it is called again with
     * the same key and goes on; a key that was offered and not proven is worth nothing afterwards.
     *
     * @return what became of each account that was ended by this call
     * @throws BullaException {@code KEY_WRONG} where it is not the member's active key, or another took its place meanwhile
     */
    public Map<ConnectedAccount, Disconnected> revoke(MemberKey key) {
        return Guarded.call(() -> {
            KeyRows.Unlocked unlocked = wiring.keys().unlock(tenant, member, key);
            Map<ConnectedAccount, Disconnected> ended = new LinkedHashMap<>();
            end(unlocked.opener(), ended);
            wiring.keyLife().revoke(tenant, member, key);
            wiring.running().keyChanged(tenant, member, 0);
            end(unlocked.opener(), ended); // what a callback that was under way has sealed to it meanwhile
            return ended;
        });
    }

    private void end(Opener opener, Map<ConnectedAccount, Disconnected> ended) {
        for (AccountRow account : wiring.store().accounts().ofMember(tenant, member)) {
            if (account.sealed() != null && account.keyNo() > 0 && account.keyNo() <= opener.keyNo()) {
                wiring.store()
                        .connections()
                        .find(tenant, account.connectionId())
                        .ifPresent(row -> wiring.parting()
                                .end(row, account.id(), opener, Reason.DISCONNECTED_BY_MEMBER)
                                .ifPresent(what -> ended.put(Views.account(account, row), what)));
            }
        }
    }

    /** Whether a key was shown to the member that is not proven yet. */
    public boolean isOffered() {
        return Guarded.call(() -> wiring.store()
                .members()
                .find(tenant, member)
                .filter(row -> row.offered() != null)
                .isPresent());
    }

    /** Where the member's key stands; empty without an active key. */
    public Optional<Status> status() {
        return Guarded.call(() -> wiring.store()
                .members()
                .find(tenant, member)
                .filter(KeyRows::present)
                .map(this::status));
    }

    private Status status(MemberRow row) {
        var key = java.util.Objects.requireNonNull(row.key());
        return new Status(
                key.keyNo(),
                Instant.ofEpochMilli(key.createdAt()),
                wiring.keys().fingerprint(row, key),
                row.offered() != null);
    }

    /**
     * @param number counts the changes of the member's key: issues, rotations, resets and revocations
     * @param since when it was made
     * @param fingerprint to compare by eye
     * @param replacementOffered whether a newer key waits to be proven
     */
    public record Status(int number, Instant since, String fingerprint, boolean replacementOffered) {}
}
