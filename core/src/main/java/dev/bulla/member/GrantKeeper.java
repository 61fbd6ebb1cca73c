package dev.bulla.member;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.gate.GrantPass;
import dev.bulla.gate.GrantScope;
import dev.bulla.key.Grant;
import dev.bulla.key.GrantSecret;
import dev.bulla.store.GrantRow;
import dev.bulla.store.Store;
import dev.bulla.store.Write;
import dev.bulla.vault.GrantBox;
import dev.bulla.vault.KeyRows;
import dev.bulla.vault.Opener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Makes grants of members, opens and ends them. Thread-safe. */
public final class GrantKeeper {
    /** Of one member at one time: a host that makes one for each run sees that it should let them end. */
    private static final int MOST = 1_000;

    private final Store store;
    private final KeyRows keys;
    private final GrantBox box;

    public GrantKeeper(Store store, KeyRows keys, GrantBox box) {
        this.store = store;
        this.keys = keys;
        this.box = box;
    }

    /** A grant that was just made. */
    public record Made(GrantSecret secret, GrantRow row) {
        @Override
        public String toString() {
            return "Made[redacted]";
        }
    }

    /**
     * Makes a grant of what an opener opens.
     *
     * @param scope what the grant means now
     * @throws BullaException {@code KEY_REQUIRED} where it was opened without the member's key, {@code SESSION_CLOSED} where the key has
     *     been replaced since, {@code INVALID_ARGUMENT} for an end that is past or too far, and for too many grants
     */
    public Made make(String tenant, String member, Opener opener, Grant grant, GrantScope scope) {
        if (opener.keyNo() == 0) {
            throw new BullaException(ErrorCode.KEY_REQUIRED, "a grant is made with the member's key");
        }
        long now = store.now();
        long end = grant.end(Instant.ofEpochMilli(now)).toEpochMilli();
        if (end <= now || end - now > Grant.LONGEST.plus(Duration.ofMinutes(1)).toMillis()) {
            throw new BullaException(
                    ErrorCode.INVALID_ARGUMENT,
                    "a grant ends in the future, at most " + Grant.LONGEST.toDays() + " days from now");
        }
        if (live(tenant, member, now).size() >= MOST) {
            throw new BullaException(
                    ErrorCode.INVALID_ARGUMENT, "a member has at most " + MOST + " grants at one time");
        }
        GrantSecret secret = GrantSecret.generate();
        GrantRow row = box.seal(secret, tenant, member, opener, scope.tools(), scope.connections(), now, end);
        if (store.grants().insert(row) != Write.DONE) {
            throw new BullaException(
                    ErrorCode.SESSION_CLOSED, "the member's key was replaced; open a session with the new one");
        }
        return new Made(secret, row);
    }

    /**
     * Whom a grant lets in.
     *
     * @param member whose it is
     * @param opener opens what is sealed to the member
     * @param pass what it is narrowed to
     */
    public record Entry(String member, Opener opener, GrantPass pass) {
        @Override
        public String toString() {
            return "Entry[" + opener + "]";
        }
    }

    /** Opens a grant. @throws BullaException {@code GRANT_UNKNOWN} where there is none in this tenant, or no more */
    public Entry open(String tenant, GrantSecret secret) {
        GrantRow row = store.grants().find(tenant, GrantBox.id(secret)).orElseThrow(GrantPass::unknown);
        GrantPass pass = new GrantPass(
                store, tenant, row.id(), GrantScope.read(row.tools(), row.connections()), row.expiresAt());
        pass.alive();
        try {
            return new Entry(row.member(), keys.unlock(box.open(secret, row)), pass);
        } catch (BullaException e) {
            if (e.code() == ErrorCode.KEY_WRONG) { // replaced since the row was read
                throw GrantPass.unknown();
            }
            throw e;
        }
    }

    /** A member's grants whose time is not over. */
    public List<GrantRow> live(String tenant, String member) {
        return live(tenant, member, store.now());
    }

    private List<GrantRow> live(String tenant, String member, long now) {
        return store.grants().ofMember(tenant, member).stream()
                .filter(row -> row.expiresAt() > now)
                .toList();
    }

    /** Ends a grant; false where the member has none of this id. */
    public boolean revoke(String tenant, String member, String id) {
        return store.grants().remove(tenant, member, id);
    }
}
