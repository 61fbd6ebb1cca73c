package dev.bulla;

import dev.bulla.error.BullaException;
import dev.bulla.key.MemberKey;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.store.MemberRow;
import dev.bulla.vault.KeyRows;
import dev.bulla.vault.Opener;
import java.time.Instant;
import java.util.List;
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
            wiring.keyChanged(tenant, member, opener.keyNo());
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
            wiring.keyChanged(tenant, member, 0);
            return cleared;
        });
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
     * @param number counts the changes of the member's key: issues, rotations and resets
     * @param since when it was made
     * @param fingerprint to compare by eye
     * @param replacementOffered whether a newer key waits to be proven
     */
    public record Status(int number, Instant since, String fingerprint, boolean replacementOffered) {}
}
