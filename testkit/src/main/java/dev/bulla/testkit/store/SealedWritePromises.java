package dev.bulla.testkit.store;

import static dev.bulla.testkit.store.Bench.answer;
import static dev.bulla.testkit.store.Bench.id;
import static dev.bulla.testkit.store.Bench.reconnected;
import static dev.bulla.testkit.store.Bench.reseal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.store.AccountRow;
import dev.bulla.store.AccountRow.Claim;
import dev.bulla.store.AccountStore.SealedWrite;
import dev.bulla.store.Write;
import org.junit.jupiter.api.Test;

interface SealedWritePromises extends OnBench {
    @Test
    default void answerIsStored() {
        AccountRow row = bench().account();
        bench().claim(row, "first", 25_000, "hash");
        bench().advance(1_000);
        SealedWrite write = answer(row);

        assertThat(bench().accounts.store(write, 0)).isEqualTo(Write.DONE);

        AccountRow read = bench().read(row);
        AccountRow expected = new AccountRow(
                row.id(),
                row.tenant(),
                row.member(),
                row.connectionId(),
                row.label(),
                row.appId(),
                "ACTIVE",
                null,
                row.subject(),
                row.displayName(),
                "repo gist",
                row.attributes(),
                write.sealed(),
                2,
                0,
                Claim.NONE,
                50_000L,
                40_000L,
                90_000L,
                row.lastUsedAt(),
                3,
                write.attempt(),
                row.connectedAt(),
                row.createdAt(),
                read.changedAt(),
                read.now());
        assertThat(read).isEqualTo(expected);
        assertThat(read.changedAt()).isGreaterThanOrEqualTo(row.changedAt() + 1_000);
    }

    @Test
    default void resealKeepsStatusTimesScopesAndIntent() {
        AccountRow row = bench().account();
        bench().claim(row, "first", 25_000, "hash");
        Claim held = bench().read(row).claim();
        bench().accounts.mark(row.tenant(), row.id(), bench().read(row).rowVersion(), "MEANWHILE", "reason");
        AccountRow marked = bench().read(row);

        assertThat(bench().accounts.store(reseal(marked), 0)).isEqualTo(Write.DONE);

        AccountRow read = bench().read(row);
        assertThat(read.status()).isEqualTo("MEANWHILE");
        assertThat(read.reason()).isEqualTo("reason");
        assertThat(read.expiresAt()).isEqualTo(marked.expiresAt());
        assertThat(read.refreshAt()).isEqualTo(marked.refreshAt());
        assertThat(read.refreshBy()).isEqualTo(marked.refreshBy());
        assertThat(read.scopes()).isEqualTo(marked.scopes());
        assertThat(read.claim()).isEqualTo(new Claim("", 0, "hash", held.intentAt(), 1));
        assertThat(read.sealNo()).isEqualTo(2);
    }

    @Test
    default void resealRemembersATryThatFailed() {
        AccountRow row = bench().account();
        bench().claim(row, "failed", 25_000, "hash");
        AccountRow tried = bench().read(row);
        assertThat(bench().accounts
                        .settle(
                                row.tenant(),
                                row.id(),
                                1,
                                "failed",
                                tried.rowVersion(),
                                "ACTIVE",
                                null,
                                99_000L,
                                false))
                .isTrue();
        bench().claim(bench().read(row), "reseal", 5_000, null);
        SealedWrite write = reseal(bench().read(row), 0, "failed");

        assertThat(bench().accounts.store(write, 0)).isEqualTo(Write.DONE);
        assertThat(bench().accounts.store(write, 0)).isEqualTo(Write.DONE);
        assertThat(bench().read(row).claim()).isEqualTo(new Claim("failed", 0, null, null, 0));
        assertThat(bench().read(row).refreshAt()).isEqualTo(99_000L);
    }

    @Test
    default void answerKeepsTheTryThatFailedBesideIt() {
        AccountRow row = bench().account();
        bench().claim(row, "sender", 25_000, "hash");
        SealedWrite write = answer(bench().read(row), "beside", "failed");

        assertThat(bench().accounts.store(write, 0)).isEqualTo(Write.DONE);
        assertThat(bench().read(row).claim()).isEqualTo(new Claim("failed", 0, null, null, 0));
    }

    @Test
    default void lateResealLeavesTheClaimOfAnother() {
        AccountRow row = bench().account();
        bench().claim(row, "reseal", 5_000, null);
        AccountRow held = bench().read(row);
        bench().advance(5_000);
        assertThat(bench().claim(held, "sender", 25_000, "hash")).isTrue();
        AccountRow taken = bench().read(row);

        assertThat(bench().accounts.store(reseal(held), 0)).isEqualTo(Write.MOVED);
        assertThat(bench().accounts.store(reseal(held), 9)).isEqualTo(Write.MOVED);
        assertThat(bench().read(row))
                .usingRecursiveComparison()
                .ignoringFields("now")
                .isEqualTo(taken);
    }

    @Test
    default void lateResealIsStoredWhereNobodyTookItsClaim() {
        AccountRow row = bench().account();
        bench().claim(row, "reseal", 5_000, null);
        SealedWrite write = reseal(bench().read(row));
        bench().advance(6_000);
        assertThat(bench().accounts.store(write, 0)).isEqualTo(Write.DONE);
        assertThat(bench().accounts.store(write, 0)).isEqualTo(Write.DONE);
        assertThat(bench().read(row).sealNo()).isEqualTo(2);
    }

    @Test
    default void staleSealNumberIsRefused() {
        AccountRow row = bench().account();
        SealedWrite won = answer(row);
        bench().accounts.store(won, 0);
        AccountRow stored = bench().read(row);
        assertThat(bench().accounts.store(answer(row), 0)).isEqualTo(Write.MOVED);
        assertThat(bench().read(row))
                .usingRecursiveComparison()
                .ignoringFields("now")
                .isEqualTo(stored);
    }

    @Test
    default void storeAgainIsDone() {
        AccountRow row = bench().account();
        SealedWrite write = answer(row);
        bench().accounts.store(write, 0);
        long version = bench().read(row).rowVersion();
        assertThat(bench().accounts.store(write, 0)).isEqualTo(Write.DONE);
        assertThat(bench().read(row).rowVersion()).isEqualTo(version);
        assertThat(bench().read(row).sealNo()).isEqualTo(2);
    }

    @Test
    default void unrelatedChangesDoNotHoldAnAnswer() {
        AccountRow row = bench().account();
        bench().accounts.mark(row.tenant(), row.id(), row.rowVersion(), "ODD", "odd");
        assertThat(bench().accounts.store(answer(row), 0)).isEqualTo(Write.DONE);
        assertThat(bench().read(row).status()).isEqualTo("ACTIVE");
    }

    @Test
    default void lateAnswerRevivesASettledAccount() {
        AccountRow row = bench().account();
        bench().claim(row, "first", 25_000, "hash");
        bench().advance(25_000);
        bench().claim(bench().read(row), "second", 25_000, null);
        bench().accounts
                .settle(row.tenant(), row.id(), 1, "second", 3, "RECONNECT_REQUIRED", "outcome_unknown", null, true);

        assertThat(bench().accounts.store(answer(row), 0)).isEqualTo(Write.DONE);

        AccountRow read = bench().read(row);
        assertThat(read.status()).isEqualTo("ACTIVE");
        assertThat(read.reason()).isNull();
        assertThat(read.claim()).isEqualTo(Claim.NONE);
    }

    @Test
    default void sealNumberDecidesAfterATakeover() {
        AccountRow row = bench().account();
        bench().claim(row, "first", 25_000, "hash");
        bench().advance(25_000);
        assertThat(bench().claim(bench().read(row), "second", 25_000, "hash")).isTrue();

        SealedWrite late = answer(row);
        assertThat(bench().accounts.store(late, 0)).isEqualTo(Write.DONE);

        assertThat(bench().accounts.store(answer(row), 0)).isEqualTo(Write.MOVED);
        assertThat(bench().accounts
                        .settle(row.tenant(), row.id(), 1, "second", 3, "RECONNECT_REQUIRED", "x", null, true))
                .isFalse();
        assertThat(bench().read(row).attempt()).isEqualTo(late.attempt());
        assertThat(bench().read(row).status()).isEqualTo("ACTIVE");
    }

    @Test
    default void clearedAccountTakesNoAnswer() {
        AccountRow row = bench().account();
        bench().claim(row, "first", 25_000, "hash");
        bench().accounts.clear(row.tenant(), row.id(), 1, id(), "DISCONNECTED", null);
        assertThat(bench().accounts.store(answer(row), 0)).isEqualTo(Write.MOVED);
        assertThat(bench().read(row).sealed()).isNull();
        assertThat(bench().read(row).status()).isEqualTo("DISCONNECTED");
    }

    @Test
    default void reconnectedAccountTakesNoAnswer() {
        AccountRow row = bench().account();
        bench().claim(row, "first", 25_000, "hash");
        AccountRow next = reconnected(row);
        bench().accounts.replace(next, 0);
        assertThat(bench().accounts.store(answer(row), 0)).isEqualTo(Write.MOVED);
        assertThat(bench().read(row).sealed()).isEqualTo(next.sealed());
    }

    @Test
    default void removedAccountTakesNoAnswer() {
        AccountRow row = bench().account();
        bench().store.members().remove(row.tenant(), row.member());
        assertThat(bench().accounts.store(answer(row), 0)).isEqualTo(Write.MOVED);
        assertThat(bench().store.members().find(row.tenant(), row.member())).isEmpty();
    }
}
