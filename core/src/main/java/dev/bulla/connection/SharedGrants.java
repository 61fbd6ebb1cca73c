package dev.bulla.connection;

import dev.bulla.model.AccountStatus;
import dev.bulla.store.AccountRow;
import dev.bulla.store.AppRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who hangs on one grant. A service knows a grant by client id and person: it knows nothing of connections, nor of two providers here
 * that are one service there. Thread-safe.
 */
final class SharedGrants {
    private final Store store;
    private final Registrations registrations;

    SharedGrants(Store store, Registrations registrations) {
        this.store = store;
        this.registrations = registrations;
    }

    /**
     * Whether a live account, other than the one that gives up its tokens, may hang on the same grant: one of the same client id at the
     * same token endpoint's host, and of the same subject. Subjects of different providers can not be compared, nor one that is not
     * known: there any account of the member counts, or of the provider.
     */
    boolean hasAnother(ConnectionRow connection, String clientId, Revoking.Holder holder) {
        if (registrations.isManaged(holder.appId()) && isManagedElsewhere(holder)) {
            return true;
        }
        Optional<String> service = registrations.tokenHost(connection);
        return store.connections().list(connection.tenant()).stream()
                .filter(other -> mayBeSame(service, registrations.tokenHost(other)))
                .anyMatch(other -> {
                    Set<String> appIds = appIds(other, clientId);
                    return !appIds.isEmpty()
                            && candidates(connection, other, appIds, holder)
                                    .anyMatch(account -> isAlive(account)
                                            && appIds.contains(account.appId())
                                            && !account.id().equals(holder.accountId()));
                });
    }

    private boolean isManagedElsewhere(Revoking.Holder holder) {
        String subject = holder.subject();
        return subject == null || store.upkeep().sharing(holder.appId(), subject, holder.accountId()) > 0;
    }

    /** What can not be told may be the same: to leave a grant is better than to end another's. */
    private static boolean mayBeSame(Optional<String> one, Optional<String> other) {
        return one.isEmpty() || other.isEmpty() || one.equals(other);
    }

    private Set<String> appIds(ConnectionRow connection, String clientId) {
        return Stream.concat(
                        store.connections().apps(connection.tenant(), connection.id()).stream()
                                .filter(app -> app.clientId().equals(clientId))
                                .map(AppRow::id),
                        registrations.managedAppId(connection, clientId).stream())
                .collect(Collectors.toSet());
    }

    private Stream<AccountRow> candidates(
            ConnectionRow connection, ConnectionRow other, Set<String> appIds, Revoking.Holder holder) {
        String tenant = connection.tenant();
        String subject = holder.subject();
        if (!other.provider().equals(connection.provider())) {
            return store.accounts().ofMember(tenant, holder.member()).stream();
        }
        List<AccountRow> ofProvider = subject == null
                ? store.accounts().ofConnection(tenant, other.id())
                : appIds.stream()
                        .flatMap(appId -> store.accounts().sharing(tenant, appId, subject).stream())
                        .toList();
        return ofProvider.stream();
    }

    private static boolean isAlive(AccountRow account) {
        return account.sealed() != null
                && (account.status().equals(AccountStatus.ACTIVE.name())
                        || account.status().equals(AccountStatus.PENDING.name()));
    }
}
