package dev.bulla.explain;

import dev.bulla.connection.ConnectionKeeper;
import dev.bulla.connection.Registrations;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.error.Obstacle;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.Admission;
import dev.bulla.model.Connection;
import dev.bulla.model.Explanation;
import dev.bulla.model.Reason;
import dev.bulla.provider.Mode;
import dev.bulla.store.AccountRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import dev.bulla.vault.KeyRows;
import dev.bulla.vault.Lock;
import dev.bulla.vault.Views;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Why something does not work, in the order in which it is to be dealt with. It says what is known here, and asks no service. No token
 * is opened. Thread-safe.
 */
public final class Explaining {
    private final Store store;
    private final ConnectionKeeper connections;
    private final Registrations registrations;
    private final KeyRows keys;
    private final Admission admission;

    public Explaining(
            Store store, ConnectionKeeper connections, Registrations registrations, KeyRows keys, Admission admission) {
        this.admission = admission;
        this.store = store;
        this.connections = connections;
        this.registrations = registrations;
        this.keys = keys;
    }

    /** For one member. @param withKey whether the member's key is at hand */
    public Explanation member(String tenant, String member, String name, String label, boolean withKey) {
        List<Obstacle> found = new ArrayList<>(admitted(tenant, member));
        row(tenant, name, found).ifPresent(connection -> {
            found.addAll(ofConnection(connection));
            if (Mode.valueOf(connection.mode()) != Mode.HOST_CREDENTIAL) {
                found.addAll(ofMember(connection, member, label, withKey));
            }
        });
        return new Explanation(found, Optional.empty(), Map.of());
    }

    private List<Obstacle> admitted(String tenant, String member) {
        Admission.Word word;
        try {
            word = Objects.requireNonNull(admission.of(tenant, member));
        } catch (RuntimeException e) { // of the host's code
            return List.of(ErrorCode.SETUP.advice());
        }
        return switch (word) {
            case ADMITTED -> List.of();
            case MEMBER_NOT_APPROVED -> List.of(ErrorCode.MEMBER_NOT_APPROVED.advice());
            case TENANT_DISABLED -> List.of(ErrorCode.TENANT_DISABLED.advice());
        };
    }

    /** For the owner of a connection. */
    public Explanation owner(String tenant, String name) {
        List<Obstacle> found = new ArrayList<>();
        Optional<ConnectionRow> row = row(tenant, name, found);
        if (row.isEmpty()) {
            return new Explanation(found, Optional.empty(), Map.of());
        }
        ConnectionRow connection = row.get();
        found.addAll(ofConnection(connection));
        Map<Obstacle, Integer> accounts = new LinkedHashMap<>();
        for (AccountRow account : store.accounts().ofConnection(tenant, connection.id())) {
            Set<Obstacle> kinds = new LinkedHashSet<>();
            ofAccount(connection, account, false).forEach(obstacle -> kinds.add(obstacle.about(List.of())));
            kinds.forEach(kind -> accounts.merge(kind, 1, Integer::sum));
        }
        if (accounts.keySet().stream().anyMatch(kind -> kind.code().equals(ErrorCode.APP_REFUSED.name()))) {
            found.add(Reason.APP_REFUSED.advice());
        }
        return new Explanation(found, redirectUri(connection), accounts);
    }

    private Optional<ConnectionRow> row(String tenant, String name, List<Obstacle> found) {
        try {
            return Optional.of(connections.current(tenant, name));
        } catch (BullaException e) {
            found.add(e.advice().about(List.of(name)));
            return Optional.empty();
        }
    }

    private Optional<URI> redirectUri(ConnectionRow connection) {
        return registrations.find(connection).flatMap(known -> registrations.redirectUri(connection));
    }

    private List<Obstacle> ofConnection(ConnectionRow row) {
        List<Obstacle> found = new ArrayList<>();
        if (registrations.find(row).isEmpty()) {
            found.add(ErrorCode.SETUP.advice().about(List.of(row.provider())));
        }
        if (!row.enabled()) {
            found.add(ErrorCode.NOT_ENABLED.advice());
        }
        if (found.isEmpty() || registrations.find(row).isPresent()) {
            try {
                Connection view = connections.view(row);
                if (!view.missing().isEmpty()) {
                    found.add(ErrorCode.NOT_CONFIGURED.advice().about(view.missing()));
                }
            } catch (BullaException e) { // its secrets do not open
                found.add(e.advice());
            }
        }
        return found;
    }

    private List<Obstacle> ofMember(ConnectionRow connection, String member, String label, boolean withKey) {
        Optional<AccountRow> account = store.accounts().find(connection.tenant(), member, connection.id(), label);
        List<Obstacle> found = new ArrayList<>();
        if (account.filter(row -> Views.status(row.status()) == AccountStatus.ACTIVE)
                .isEmpty()) {
            keyFirst(connection, member).ifPresent(found::add);
        }
        if (account.isEmpty()) {
            found.add(ErrorCode.NOT_CONNECTED.advice());
        } else {
            found.addAll(ofAccount(connection, account.get(), withKey));
        }
        return found;
    }

    private Optional<Obstacle> keyFirst(ConnectionRow connection, String member) {
        try {
            boolean missing = ConnectionKeeper.keyFirst(connection)
                    && keys.lockIfThere(connection.tenant(), member)
                            .map(Lock::key)
                            .isEmpty();
            return missing ? Optional.of(ErrorCode.KEY_REQUIRED_FIRST.advice()) : Optional.empty();
        } catch (BullaException e) { // the member's key is not as it must be
            return Optional.of(e.advice());
        }
    }

    private List<Obstacle> ofAccount(ConnectionRow connection, AccountRow account, boolean withKey) {
        try {
            return new AccountObstacles(registrations, connection, account).all(withKey);
        } catch (BullaException e) { // the app's secret does not open
            return List.of(e.advice());
        }
    }
}
