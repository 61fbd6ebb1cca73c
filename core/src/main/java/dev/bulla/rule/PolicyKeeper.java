package dev.bulla.rule;

import dev.bulla.connection.ConnectionKeeper;
import dev.bulla.connection.Ids;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.notice.Notices;
import dev.bulla.policy.Flaw;
import dev.bulla.policy.Policy;
import dev.bulla.policy.PolicyRefused;
import dev.bulla.policy.PolicySet;
import dev.bulla.policy.PolicyVersion;
import dev.bulla.policy.PolicyVersion.State;
import dev.bulla.policy.Vocabulary;
import dev.bulla.rack.Racks;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.PolicyRow;
import dev.bulla.store.PolicyStore.Rules;
import dev.bulla.store.Store;
import dev.bulla.store.Write;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The owner's verbs on policies. Every write is one compare-and-set on the connection's rules, repeated when it loses. Thread-safe. */
public final class PolicyKeeper {
    /** A connection has no more than this, in all sets together. */
    private static final int MOST = 2_000;

    private static final int HISTORY = 500;
    private static final int ROUNDS = 50;

    private final Store store;
    private final ConnectionKeeper connections;
    private final Racks racks;
    private final Notices notices;

    public PolicyKeeper(Store store, ConnectionKeeper connections, Racks racks, Notices notices) {
        this.store = store;
        this.connections = connections;
        this.racks = racks;
        this.notices = notices;
    }

    /** Which policies: those of one set of a connection, and who asks. */
    public record Desk(String tenant, String connection, String set, String author) {}

    /** By name. */
    public List<PolicyVersion> list(Desk desk) {
        return rules(connections.require(desk.tenant(), desk.connection())).policies().stream()
                .filter(row -> row.set().equals(desk.set()))
                .map(PolicyKeeper::version)
                .sorted(Comparator.comparing((PolicyVersion version) ->
                                version.policy().map(Policy::name).orElse(""))
                        .thenComparing(PolicyVersion::id))
                .toList();
    }

    /** As calls are decided by them now. */
    public PolicySet inForce(Desk desk) {
        ConnectionRow connection = connections.require(desk.tenant(), desk.connection());
        return PolicyRows.of(rules(connection).policies()).set(desk.set());
    }

    /** Names of the sets that have policies. */
    public List<String> sets(Desk desk) {
        return List.copyOf(rules(connections.require(desk.tenant(), desk.connection())).policies().stream()
                .map(PolicyRow::set)
                .collect(java.util.stream.Collectors.toCollection(TreeSet::new)));
    }

    /** What the connection's policies can speak of. */
    public Vocabulary words(Desk desk) {
        ConnectionRow connection = connections.require(desk.tenant(), desk.connection());
        return words(connection, connection.rulesNo());
    }

    private Vocabulary words(ConnectionRow connection, long rulesNo) {
        return new Vocabulary(racks.of(connection, rulesNo).tools(), racks.attributes(connection));
    }

    public String connectionId(Desk desk) {
        return connections.require(desk.tenant(), desk.connection()).id();
    }

    public PolicyVersion create(Desk desk, Policy policy) {
        String id = Ids.id();
        return write(desk, id, false, (connection, before) -> policy);
    }

    /** @param seen the version that the change was made from, or null where that does not matter */
    public PolicyVersion replace(Desk desk, String id, @Nullable Long seen, Policy policy) {
        return write(desk, id, false, (connection, before) -> {
            if (seen != null && require(before).version() != seen) {
                throw new PolicyRefused(List.of(new Flaw("version", "the policy was changed meanwhile")));
            }
            require(before);
            return policy;
        });
    }

    public PolicyVersion enable(Desk desk, String id, boolean enabled) {
        return write(
                desk, id, true, (connection, before) -> policy(require(before)).enabled(enabled));
    }

    /** As it was at a version; a policy that was deleted is there again. */
    public PolicyVersion rollBack(Desk desk, String id, long version) {
        return write(
                desk,
                id,
                false,
                (connection, before) -> policy(rows(connection, id).stream()
                        .filter(row -> row.version() == version && row.set().equals(desk.set()))
                        .findFirst()
                        .orElseThrow(PolicyKeeper::unknown)));
    }

    public void delete(Desk desk, String id) {
        write(desk, id, false, (connection, before) -> {
            require(before);
            return null;
        });
    }

    /** The newest first. */
    public List<PolicyVersion> versions(Desk desk, String id) {
        ConnectionRow connection = connections.require(desk.tenant(), desk.connection());
        List<PolicyVersion> versions = rows(connection, id).stream()
                .filter(row -> row.set().equals(desk.set()))
                .map(PolicyKeeper::version)
                .toList();
        if (versions.isEmpty()) {
            throw unknown();
        }
        return versions;
    }

    /** Every version of a policy; of what is no id, none. */
    private List<PolicyRow> rows(ConnectionRow connection, String id) {
        return Ids.isId(id) ? store.policies().versions(connection.tenant(), connection.id(), id) : List.of();
    }

    /** The newest versions of all policies of the set, those of deleted ones too. */
    public List<PolicyVersion> history(Desk desk) {
        ConnectionRow connection = connections.require(desk.tenant(), desk.connection());
        return store.policies().history(desk.tenant(), connection.id(), HISTORY).stream()
                .filter(row -> row.set().equals(desk.set()))
                .map(PolicyKeeper::version)
                .toList();
    }

    private interface Edit {
        /** @param before the last version, or null; answers null for a deletion */
        @Nullable
        Policy of(ConnectionRow connection, @Nullable PolicyRow before);
    }

    /** @param asItIs a policy that no longer fits is let through: it is only switched */
    private PolicyVersion write(Desk desk, String id, boolean asItIs, Edit edit) {
        for (int round = 0; round < ROUNDS; round++) {
            ConnectionRow connection = connections.require(desk.tenant(), desk.connection());
            Rules rules = rules(connection);
            Optional<PolicyRow> before = rules.policies().stream()
                    .filter(row -> row.id().equals(id) && row.set().equals(desk.set()))
                    .findFirst();
            Policy wanted = edit.of(connection, before.orElse(null));
            if (wanted != null && before.isEmpty() && rules.policies().size() >= MOST) {
                throw new PolicyRefused(List.of(new Flaw("policy", "a connection has at most " + MOST)));
            }
            Policy policy = wanted == null || asItIs ? wanted : wanted.fitted(words(connection, rules.rulesNo()));
            PolicyRow row = new PolicyRow(
                    desk.tenant(),
                    connection.id(),
                    desk.set(),
                    id,
                    rules.rulesNo() + 1,
                    policy == null ? null : policy.toJson(),
                    desk.author(),
                    Ids.id(),
                    store.now());
            if (store.policies().put(row, rules.rulesNo()) == Write.DONE) {
                Policy named = policy == null ? before.flatMap(PolicyRows::read).orElse(null) : policy;
                notices.policyChanged(connection, row, named == null ? "" : named.name());
                return version(row);
            }
        }
        throw new BullaException(ErrorCode.STORE_UNAVAILABLE, "the policies are being changed by many at once");
    }

    private Rules rules(ConnectionRow connection) {
        return store.policies()
                .rules(connection.tenant(), connection.id())
                .orElseThrow(() -> new BullaException(ErrorCode.CONNECTION_UNKNOWN, "no connection of this name"));
    }

    private static PolicyRow require(@Nullable PolicyRow row) {
        if (row == null) {
            throw unknown();
        }
        return row;
    }

    private static Policy policy(PolicyRow row) {
        return PolicyRows.read(row)
                .orElseThrow(() -> new PolicyRefused(List.of(new Flaw("version", "there is no policy to be read"))));
    }

    private static BullaException unknown() {
        return new PolicyRefused(List.of(new Flaw("id", "there is no such policy")));
    }

    private static PolicyVersion version(PolicyRow row) {
        Optional<Policy> policy = PolicyRows.read(row);
        State state = row.body() == null ? State.DELETED : policy.isPresent() ? State.WRITTEN : State.UNREADABLE;
        return new PolicyVersion(
                row.id(), row.version(), row.set(), state, policy, row.author(), Instant.ofEpochMilli(row.at()));
    }
}
