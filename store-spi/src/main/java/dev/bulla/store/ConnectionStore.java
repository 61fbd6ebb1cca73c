package dev.bulla.store;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Connections and their app registrations. See {@link Store} for the rules of every verb. */
public interface ConnectionStore {
    Optional<ConnectionRow> find(String tenant, String id);

    Optional<ConnectionRow> findByName(String tenant, String name);

    /** All connections of a tenant, by name. */
    List<ConnectionRow> list(String tenant);

    Optional<AppRow> findApp(String tenant, String appId);

    /** All apps of a connection, oldest first. */
    List<AppRow> apps(String tenant, String connectionId);

    /**
     * Creates a connection. {@code createdAt}, {@code changedAt} are set by the store, {@code rowVersion} starts at 1.
     *
     * @param seeds its first policies, written in the same transaction, under the next number of its rules
     * @return MOVED where the name is taken within the tenant
     */
    Write insert(ConnectionRow row, List<PolicyRow> seeds);

    /** The same, without policies. */
    default Write insert(ConnectionRow row) {
        return insert(row, List.of());
    }

    /**
     * Replaces the row where its version is still {@code row.rowVersion()}, which then becomes one more; tenant, id, name, provider
     * and creation time stay. In the same transaction {@code app}, if given, is inserted, or replaced where its id exists.
     *
     * @param seeds its first policies, written in the same transaction, under the next number of its rules, unless the connection has or
     *     ever had one
     * @return MOVED also where the app belongs to another connection
     */
    Write update(ConnectionRow row, @Nullable AppRow app, List<PolicyRow> seeds);

    /** The same, without policies. */
    default Write update(ConnectionRow row, @Nullable AppRow app) {
        return update(row, app, List.of());
    }

    /**
     * Deletes the connection, its apps, its policies, its pending flows and its accounts, where the version is still {@code rowVersion}.
     *
     * <p>There is no attempt id: repeated after it was done, it answers MOVED, because the row is gone.
     *
     * @param evenWithAccounts false: MOVED, and nothing is deleted, while an account of it still has sealed bytes
     */
    Write delete(String tenant, String id, long rowVersion, boolean evenWithAccounts);
}
