package dev.bulla.testkit.store;

import static dev.bulla.testkit.store.Bench.changed;
import static dev.bulla.testkit.store.Bench.id;
import static dev.bulla.testkit.store.Bench.newConnection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.store.ConnectionRow;
import dev.bulla.store.ConnectionStore;
import dev.bulla.store.PolicyRow;
import dev.bulla.store.PolicyStore;
import dev.bulla.store.PolicyStore.Rules;
import dev.bulla.store.Write;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

interface PolicyPromises extends OnBench {
    private ConnectionStore connections() {
        return bench().store.connections();
    }

    private PolicyStore policies() {
        return bench().store.policies();
    }

    private Rules rules(ConnectionRow connection) {
        return policies().rules(connection.tenant(), connection.id()).orElseThrow();
    }

    private static PolicyRow policy(ConnectionRow connection, String id, @Nullable String body) {
        return new PolicyRow(connection.tenant(), connection.id(), "", id, 0, body, "olivia", id(), 0);
    }

    private PolicyRow put(PolicyRow row, long rulesNo) {
        assertThat(policies().put(row, rulesNo)).isEqualTo(Write.DONE);
        return policies().versions(row.tenant(), row.connectionId(), row.id()).get(0);
    }

    @Test
    default void connectionBeginsWithoutPolicies() {
        assertThat(rules(bench().connection())).isEqualTo(new Rules(0, List.of()));
        assertThat(policies().rules(bench().tenant, "absent")).isEmpty();
    }

    @Test
    default void policyIsWrittenAndCounted() {
        ConnectionRow connection = bench().connection();
        long before = bench().store.now();
        PolicyRow row = policy(connection, id(), "{\"name\":\"ä\"}");

        PolicyRow read = put(row, 0);

        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("version", "at")
                .isEqualTo(row);
        assertThat(read.version()).isEqualTo(1);
        assertThat(read.at()).isGreaterThanOrEqualTo(before);
        assertThat(rules(connection)).isEqualTo(new Rules(1, List.of(read)));
        assertThat(connections().find(connection.tenant(), connection.id()).orElseThrow())
                .usingRecursiveComparison()
                .ignoringFields("rulesNo")
                .isEqualTo(connection);
    }

    @Test
    default void versionsStayAndTheLastOneCounts() {
        ConnectionRow connection = bench().connection();
        String first = id();
        PolicyRow one = put(policy(connection, first, "one"), 0);
        PolicyRow other = put(policy(connection, id(), "other"), 1);
        PolicyRow two = put(policy(connection, first, "two"), 2);

        assertThat(rules(connection).policies()).containsExactlyInAnyOrder(two, other);
        assertThat(policies().versions(connection.tenant(), connection.id(), first))
                .containsExactly(two, one);
        assertThat(policies().history(connection.tenant(), connection.id(), 9)).containsExactly(two, other, one);
        assertThat(policies().history(connection.tenant(), connection.id(), 2)).containsExactly(two, other);
    }

    @Test
    default void deletedPolicyStaysInItsVersions() {
        ConnectionRow connection = bench().connection();
        String id = id();
        PolicyRow there = put(policy(connection, id, "there"), 0);
        PolicyRow gone = put(policy(connection, id, null), 1);

        assertThat(rules(connection)).isEqualTo(new Rules(2, List.of()));
        assertThat(policies().versions(connection.tenant(), connection.id(), id))
                .containsExactly(gone, there);
        assertThat(gone.body()).isNull();
    }

    @Test
    default void writeOnAnotherNumberIsRefused() {
        ConnectionRow connection = bench().connection();
        put(policy(connection, id(), "first"), 0);
        PolicyRow late = policy(connection, id(), "late");

        assertThat(policies().put(late, 0)).isEqualTo(Write.MOVED);
        assertThat(policies().put(late, 2)).isEqualTo(Write.MOVED);

        assertThat(rules(connection).rulesNo()).isEqualTo(1);
        assertThat(policies().versions(late.tenant(), late.connectionId(), late.id()))
                .isEmpty();
    }

    @Test
    default void writeOfAPolicyAgainIsDone() {
        ConnectionRow connection = bench().connection();
        PolicyRow row = policy(connection, id(), "body");
        put(row, 0);

        assertThat(policies().put(row, 0)).isEqualTo(Write.DONE);

        assertThat(rules(connection).rulesNo()).isEqualTo(1);
        assertThat(policies().history(connection.tenant(), connection.id(), 9)).hasSize(1);
    }

    @Test
    default void policyOfAnotherTenantIsNotThere() {
        ConnectionRow connection = bench().connection();
        PolicyRow row = put(policy(connection, id(), "body"), 0);
        String other = "tenant-" + id();

        assertThat(policies().rules(other, connection.id())).isEmpty();
        assertThat(policies().versions(other, connection.id(), row.id())).isEmpty();
        assertThat(policies().history(other, connection.id(), 9)).isEmpty();
        assertThat(policies().put(new PolicyRow(other, connection.id(), "", id(), 0, "body", "", id(), 0), 1))
                .isEqualTo(Write.MOVED);
    }

    @Test
    default void changeOfAConnectionLeavesItsRules() {
        ConnectionRow connection = bench().connection();
        PolicyRow row = put(policy(connection, id(), "body"), 0);

        assertThat(connections().update(changed(connection, false, true), null)).isEqualTo(Write.DONE);

        assertThat(rules(connection)).isEqualTo(new Rules(1, List.of(row)));
    }

    @Test
    default void firstPoliciesComeWithTheConnection() {
        ConnectionRow row = newConnection(bench().tenant, "seeded");
        List<PolicyRow> seeds = List.of(policy(row, "a" + id(), "one"), policy(row, "b" + id(), "two"));

        assertThat(connections().insert(row, seeds)).isEqualTo(Write.DONE);
        assertThat(connections().insert(row, seeds)).isEqualTo(Write.DONE);

        assertThat(rules(row).rulesNo()).isEqualTo(1);
        assertThat(rules(row).policies()).extracting(PolicyRow::body).containsExactly("one", "two");
        assertThat(rules(row).policies()).extracting(PolicyRow::version).containsOnly(1L);
    }

    @Test
    default void firstPoliciesComeWithTheChangeOrNotAtAll() {
        ConnectionRow connection = bench().connection();
        List<PolicyRow> seeds = List.of(policy(connection, id(), "seed"));
        ConnectionRow next = changed(connection, true, true);

        assertThat(connections().update(next, null, seeds)).isEqualTo(Write.DONE);
        assertThat(connections().update(next, null, seeds)).isEqualTo(Write.DONE);
        assertThat(connections().update(changed(connection, true, true), null, seeds))
                .isEqualTo(Write.MOVED);

        assertThat(rules(connection).rulesNo()).isEqualTo(1);
        assertThat(rules(connection).policies()).extracting(PolicyRow::body).containsExactly("seed");
    }

    @Test
    default void firstPoliciesNeverComeAgain() {
        ConnectionRow connection = bench().connection();
        String id = id();
        put(policy(connection, id, "mine"), 0);
        put(policy(connection, id, null), 1);

        assertThat(connections()
                        .update(changed(connection, true, true), null, List.of(policy(connection, id(), "seed"))))
                .isEqualTo(Write.DONE);

        assertThat(rules(connection)).isEqualTo(new Rules(2, List.of()));
    }

    @Test
    default void policiesGoWithTheirConnection() {
        ConnectionRow connection = bench().connection();
        PolicyRow row = put(policy(connection, id(), "body"), 0);

        connections().delete(connection.tenant(), connection.id(), connection.rowVersion(), true);

        assertThat(policies().rules(connection.tenant(), connection.id())).isEmpty();
        assertThat(policies().history(connection.tenant(), connection.id(), 9)).isEmpty();
        assertThat(policies().put(row, 1)).isEqualTo(Write.MOVED);
    }

    @Test
    default void tooLongPolicyIsRefused() {
        ConnectionRow connection = bench().connection();
        PolicyRow row = policy(connection, "x".repeat(65), "body");
        assertThatThrownBy(() -> policies().put(row, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    default void ofWritesAtOnceOneWins() {
        ConnectionRow connection = bench().connection();
        List<Write> writes = Race.of(6, runner -> policies().put(policy(connection, id(), "body"), 0));
        assertThat(writes).containsOnlyOnce(Write.DONE);
        assertThat(rules(connection).rulesNo()).isEqualTo(1);
        assertThat(rules(connection).policies()).hasSize(1);
    }
}
