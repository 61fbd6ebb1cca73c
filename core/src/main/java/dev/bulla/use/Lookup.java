package dev.bulla.use;

import dev.bulla.connection.ConnectionKeeper;
import dev.bulla.connection.RecentConnections;
import dev.bulla.provider.Mode;
import dev.bulla.refresh.Standing;
import dev.bulla.store.AccountGlance;
import dev.bulla.store.AccountRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds what stands behind a name, in one session of one member. What was read before is taken only as far as the glance of the present
 * call agrees with it, so that a first use costs as few reads as it can. Thread-safe.
 */
final class Lookup {
    private final Store store;
    private final ConnectionKeeper connections;
    private final RecentConnections recents;
    private final String tenant;
    private final String member;
    private volatile List<AccountRow> seen;

    /** @param seen the member's accounts as they were read when the session was opened */
    Lookup(
            Store store,
            ConnectionKeeper connections,
            RecentConnections recents,
            String tenant,
            String member,
            List<AccountRow> seen) {
        this.store = store;
        this.connections = connections;
        this.recents = recents;
        this.tenant = tenant;
        this.member = member;
        this.seen = seen;
    }

    /** An account and its connection; either may be outdated. */
    record Found(AccountRow account, ConnectionRow connection) {}

    void forget() {
        seen = List.of();
    }

    /** By what this node knows of the name; empty where it knows nothing that helps. */
    Optional<Found> known(String name, String label) {
        ConnectionRow connection = recents.get(tenant, name);
        if (connection == null || Mode.valueOf(connection.mode()) == Mode.HOST_CREDENTIAL) {
            return Optional.empty();
        }
        return seen(connection, label)
                .or(() -> store.accounts().find(tenant, member, connection.id(), label))
                .map(account -> new Found(account, connection));
    }

    /** The row as it was read when the session was opened, once. */
    private Optional<AccountRow> seen(ConnectionRow connection, String label) {
        List<AccountRow> rows = seen;
        seen = List.of();
        return rows.stream()
                .filter(row -> row.connectionId().equals(connection.id())
                        && row.label().equals(label))
                .findFirst();
    }

    ConnectionRow connection(String name) {
        ConnectionRow row = connections.require(tenant, name);
        recents.put(row);
        return row;
    }

    /** Null where the member has none. */
    @Nullable
    Found fresh(ConnectionRow connection, String label) {
        return store.accounts()
                .find(tenant, member, connection.id(), label)
                .map(account -> new Found(account, connection))
                .orElse(null);
    }

    /** The account's row with the contents that the glance has seen. */
    AccountRow account(AccountGlance glance, @Nullable Found found) {
        return found != null && found.account().sealNo() == glance.sealNo()
                ? found.account()
                : store.accounts().find(tenant, glance.id()).orElseThrow(Standing::notConnected);
    }

    /** The account's connection as the glance has seen it. */
    ConnectionRow connection(String id, AccountGlance glance, @Nullable ConnectionRow before) {
        if (before != null && before.id().equals(id) && before.revision() == glance.revision()) {
            return before;
        }
        ConnectionRow read = store.connections().find(tenant, id).orElseThrow(Standing::notConnected);
        recents.put(read);
        return read;
    }
}
