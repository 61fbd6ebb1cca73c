package dev.bulla.testkit.store;

import static dev.bulla.testkit.store.Bench.id;
import static dev.bulla.testkit.store.Bench.sealed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.store.FlowRow;
import dev.bulla.store.FlowStore;
import dev.bulla.store.FlowStore.Take;
import dev.bulla.store.FlowStore.Take.Outcome;
import org.junit.jupiter.api.Test;

interface FlowPromises extends OnBench {
    private FlowStore flows() {
        return bench().store.flows();
    }

    private Outcome take(FlowRow row) {
        return flows().take(row.tenant(), row.id(), row.kind(), id()).outcome();
    }

    @Test
    default void flowIsKept() {
        FlowRow row = new FlowRow(id(), bench().tenant, "alice", "connect", id(), "b", sealed(70_000, 3), 0, 0);
        long before = bench().store.now();
        assertThat(flows().insert(row, 900_000, 5)).isTrue();
        FlowRow read = flows().peek(row.tenant(), row.id()).orElseThrow();
        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("createdAt", "expiresAt")
                .isEqualTo(row);
        assertThat(read.createdAt()).isBetween(before, bench().store.now());
        assertThat(read.expiresAt()).isEqualTo(read.createdAt() + 900_000);
    }

    @Test
    default void flowIsTakenOnce() {
        FlowRow row = bench().flow("alice");
        flows().insert(row, 900_000, 5);
        FlowRow read = flows().peek(row.tenant(), row.id()).orElseThrow();
        Take first = flows().take(row.tenant(), row.id(), row.kind(), id());
        assertThat(first).isEqualTo(new Take(Outcome.TAKEN, java.util.Optional.of(read)));
        Take second = flows().take(row.tenant(), row.id(), row.kind(), id());
        assertThat(second.outcome()).isEqualTo(Outcome.USED);
        assertThat(second.row()).isEmpty();
        assertThat(flows().peek(row.tenant(), row.id())).contains(read);
    }

    @Test
    default void takeAgainIsTaken() {
        FlowRow row = bench().flow("alice");
        flows().insert(row, 900_000, 5);
        Take first = flows().take(row.tenant(), row.id(), row.kind(), "by me");
        bench().advance(900_000);
        assertThat(flows().take(row.tenant(), row.id(), row.kind(), "by me")).isEqualTo(first);
        assertThat(take(row)).isEqualTo(Outcome.USED);
    }

    @Test
    default void lateTakeIsExpired() {
        FlowRow row = bench().flow("alice");
        flows().insert(row, 900_000, 5);
        bench().advance(900_000);
        Take late = flows().take(row.tenant(), row.id(), row.kind(), id());
        assertThat(late.outcome()).isEqualTo(Outcome.EXPIRED);
        assertThat(late.row()).isEmpty();
        assertThat(flows().peek(row.tenant(), row.id())).isPresent();
    }

    @Test
    default void unknownFlowIsUnknown() {
        FlowRow row = bench().flow("alice");
        assertThat(take(row)).isEqualTo(Outcome.UNKNOWN);
        assertThat(flows().peek(row.tenant(), row.id())).isEmpty();
    }

    @Test
    default void flowOfAnotherKindIsUnknown() {
        FlowRow row = bench().flow("alice");
        flows().insert(row, 900_000, 5);
        assertThat(flows().take(row.tenant(), row.id(), "select", id()).outcome())
                .isEqualTo(Outcome.UNKNOWN);
        assertThat(take(row)).isEqualTo(Outcome.TAKEN);
    }

    @Test
    default void openFlowsAreCounted() {
        FlowRow first = bench().flow("alice");
        assertThat(flows().insert(first, 900_000, 2)).isTrue();
        assertThat(flows().insert(bench().flow("alice"), 900_000, 2)).isTrue();
        FlowRow third = bench().flow("alice");
        assertThat(flows().insert(third, 900_000, 2)).isFalse();
        assertThat(flows().peek(third.tenant(), third.id())).isEmpty();
        assertThat(flows().insert(bench().flow("bob"), 900_000, 2)).isTrue();
        take(first);
        assertThat(flows().insert(third, 900_000, 2)).isTrue();
    }

    @Test
    default void expiredFlowsAreNotOpen() {
        flows().insert(bench().flow("alice"), 900_000, 1);
        bench().advance(900_000);
        assertThat(flows().insert(bench().flow("alice"), 900_000, 1)).isTrue();
    }

    @Test
    default void flowsOfAnotherKindAreNotCounted() {
        flows().insert(bench().flow("alice"), 900_000, 1);
        FlowRow other = new FlowRow(id(), bench().tenant, "alice", "select", id(), "b", sealed("x"), 0, 0);
        assertThat(flows().insert(other, 900_000, 1)).isTrue();
    }

    @Test
    default void insertOfFlowAgainIsTrue() {
        FlowRow row = bench().flow("alice");
        flows().insert(row, 900_000, 1);
        assertThat(flows().insert(row, 900_000, 1)).isTrue();
    }
}
