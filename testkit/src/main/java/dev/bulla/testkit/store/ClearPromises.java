package dev.bulla.testkit.store;

import static dev.bulla.testkit.store.Bench.id;
import static dev.bulla.testkit.store.Bench.reconnected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.store.AccountRow;
import dev.bulla.store.AccountRow.Claim;
import dev.bulla.store.Write;
import org.junit.jupiter.api.Test;

/** What is left of an account whose grant is gone. */
interface ClearPromises extends OnBench {
    @Test
    default void clearDropsWhatBelongsToTheGrant() {
        AccountRow first = bench().account();
        bench().claim(first, "holder", 60_000, "intent");

        assertThat(bench().accounts.clear(first.tenant(), first.id(), 1, "attempt", "DISCONNECTED", "asked"))
                .isEqualTo(Write.DONE);

        AccountRow read = bench().read(first);
        AccountRow expected = new AccountRow(
                first.id(),
                first.tenant(),
                first.member(),
                first.connectionId(),
                first.label(),
                first.appId(),
                "DISCONNECTED",
                "asked",
                null,
                null,
                "",
                "{}",
                null,
                2,
                0,
                Claim.NONE,
                null,
                null,
                null,
                first.lastUsedAt(),
                3,
                "attempt",
                first.connectedAt(),
                first.createdAt(),
                read.changedAt(),
                read.now());
        assertThat(read).isEqualTo(expected);
    }

    @Test
    default void clearCanKeepTheIdentity() {
        AccountRow one = bench().account();
        AccountRow other = bench().account();
        bench().accounts.clear(one.tenant(), one.id(), 1, "attempt", "GONE", "why");

        assertThat(bench().accounts.clearKeepingIdentity(other.tenant(), other.id(), 1, "attempt", "GONE", "why"))
                .isEqualTo(Write.DONE);
        assertThat(bench().accounts.clearKeepingIdentity(other.tenant(), other.id(), 1, "attempt", "GONE", "why"))
                .isEqualTo(Write.DONE);

        AccountRow kept = bench().read(other);
        assertThat(kept.subject()).isNotNull().isEqualTo(other.subject());
        assertThat(kept.displayName()).isNotNull().isEqualTo(other.displayName());
        assertThat(kept)
                .usingRecursiveComparison()
                .ignoringFields(
                        "id",
                        "member",
                        "connectionId",
                        "subject",
                        "displayName",
                        "connectedAt",
                        "createdAt",
                        "changedAt",
                        "now")
                .isEqualTo(bench().read(one));
    }

    @Test
    default void staleClearIsRefused() {
        AccountRow first = bench().account();
        bench().accounts.replace(reconnected(first), 0);
        assertThat(bench().accounts.clear(first.tenant(), first.id(), 1, id(), "DISCONNECTED", null))
                .isEqualTo(Write.MOVED);
        assertThat(bench().read(first).sealed()).isNotNull();
    }

    @Test
    default void clearAgainIsDone() {
        AccountRow first = bench().account();
        bench().accounts.clear(first.tenant(), first.id(), 1, "attempt", "DISCONNECTED", null);
        assertThat(bench().accounts.clear(first.tenant(), first.id(), 1, "attempt", "DISCONNECTED", null))
                .isEqualTo(Write.DONE);
        assertThat(bench().accounts.clear(first.tenant(), first.id(), 1, "other", "DISCONNECTED", null))
                .isEqualTo(Write.MOVED);
        assertThat(bench().read(first).sealNo()).isEqualTo(2);
    }
}
