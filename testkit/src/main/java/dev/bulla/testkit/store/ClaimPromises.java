package dev.bulla.testkit.store;

import static dev.bulla.testkit.store.Bench.id;
import static dev.bulla.testkit.store.Bench.reconnected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.store.AccountRow;
import dev.bulla.store.AccountRow.Claim;
import org.junit.jupiter.api.Test;

interface ClaimPromises extends OnBench {
    @Test
    default void claimCarriesItsIntent() {
        AccountRow row = bench().account();
        assertThat(bench().claim(row, "first", 25_000, "hash")).isTrue();
        AccountRow read = bench().read(row);
        Claim claim = read.claim();
        assertThat(claim.by()).isEqualTo("first");
        assertThat(claim.intent()).isEqualTo("hash");
        assertThat(claim.attempts()).isEqualTo(1);
        assertThat(claim.intentAt()).isBetween(row.now(), read.now());
        assertThat(claim.until()).isBetween(row.now() + 25_000, read.now() + 25_000);
        assertThat(read.sealNo()).isEqualTo(row.sealNo());
        assertThat(read.rowVersion()).isEqualTo(row.rowVersion() + 1);
    }

    @Test
    default void heldClaimIsRefused() {
        AccountRow row = bench().account();
        bench().claim(row, "first", 25_000, "hash");
        AccountRow held = bench().read(row);
        bench().advance(10_000);
        assertThat(bench().claim(held, "second", 25_000, "hash")).isFalse();
        assertThat(bench().claim(row, "second", 25_000, "hash")).isFalse();
        assertThat(bench().read(row).claim()).isEqualTo(held.claim());
    }

    @Test
    default void expiredClaimIsTakenOver() {
        AccountRow row = bench().account();
        bench().claim(row, "first", 25_000, "hash");
        AccountRow held = bench().read(row);
        bench().advance(25_000);
        assertThat(bench().claim(held, "second", 25_000, "hash")).isTrue();
        assertThat(bench().read(row).claim().by()).isEqualTo("second");
        assertThat(bench().read(row).claim().attempts()).isEqualTo(2);
    }

    @Test
    default void expiredClaimThatWasNotSeenIsRefused() {
        AccountRow row = bench().account();
        bench().claim(row, "first", 25_000, "hash");
        bench().advance(25_000);
        assertThat(bench().claim(row, "second", 25_000, "hash")).isFalse();
    }

    @Test
    default void settledClaimThatWasNotSeenIsRefused() {
        AccountRow row = bench().account();
        bench().claim(row, "first", 25_000, "hash");
        settle(row, "first", 2, "ACTIVE", true);
        assertThat(bench().claim(row, "second", 25_000, "hash")).isFalse();
        assertThat(bench().claim(bench().read(row), "second", 25_000, "hash")).isTrue();
    }

    @Test
    default void claimOfAnotherSealNumberIsRefused() {
        AccountRow row = bench().account();
        bench().accounts.replace(reconnected(row), 0);
        assertThat(bench().claim(row, "first", 25_000, "hash")).isFalse();
    }

    @Test
    default void claimAgainIsStillHeld() {
        AccountRow row = bench().account();
        bench().claim(row, "first", 25_000, "hash");
        AccountRow held = bench().read(row);
        assertThat(bench().claim(row, "first", 25_000, "hash")).isTrue();
        assertThat(bench().read(row).claim()).isEqualTo(held.claim());
    }

    @Test
    default void claimOfAbsentAccountIsRefused() {
        AccountRow row = bench().account();
        bench().store.members().remove(row.tenant(), row.member());
        assertThat(bench().claim(row, "first", 25_000, "hash")).isFalse();
    }

    @Test
    default void claimWithoutIntentKeepsTheOneThatStands() {
        AccountRow row = bench().account();
        bench().claim(row, "first", 25_000, "hash");
        Claim before = bench().read(row).claim();
        bench().advance(25_000);
        assertThat(bench().claim(bench().read(row), "second", 25_000, null)).isTrue();
        Claim after = bench().read(row).claim();
        assertThat(after.by()).isEqualTo("second");
        assertThat(after.intent()).isEqualTo("hash");
        assertThat(after.intentAt()).isEqualTo(before.intentAt());
        assertThat(after.attempts()).isEqualTo(1);
    }

    @Test
    default void settleEndsTheClaim() {
        AccountRow row = bench().account();
        bench().claim(row, "first", 25_000, "hash");
        bench().advance(1_000);

        assertThat(bench().accounts.settle(row.tenant(), row.id(), 1, "first", 2, "ACTIVE", "slow", 777L, false))
                .isTrue();

        AccountRow read = bench().read(row);
        assertThat(read.status()).isEqualTo("ACTIVE");
        assertThat(read.reason()).isEqualTo("slow");
        assertThat(read.refreshAt()).isEqualTo(777);
        assertThat(read.expiresAt()).isEqualTo(row.expiresAt());
        assertThat(read.sealed()).isEqualTo(row.sealed());
        assertThat(read.claim().intent()).isNull();
        assertThat(read.claim().intentAt()).isNull();
        assertThat(read.claim().attempts()).isZero();
        assertThat(read.claim().until()).isLessThanOrEqualTo(read.now());
        assertThat(read.changedAt()).isGreaterThanOrEqualTo(row.changedAt() + 1_000);
        assertThat(bench().claim(read, "second", 25_000, "hash")).isTrue();
    }

    @Test
    default void unknownOutcomeKeepsTheIntent() {
        AccountRow row = bench().account();
        bench().claim(row, "first", 25_000, "hash");
        Claim held = bench().read(row).claim();
        assertThat(settle(row, "first", 2, "ACTIVE", true)).isTrue();
        Claim settled = bench().read(row).claim();
        assertThat(settled.intent()).isEqualTo("hash");
        assertThat(settled.intentAt()).isEqualTo(held.intentAt());
        assertThat(settled.attempts()).isEqualTo(1);
        assertThat(bench().read(row).refreshAt()).isNull();
    }

    @Test
    default void settleTakesBackOneAttemptAlone() {
        AccountRow row = bench().account();
        bench().claim(row, "first", 25_000, "hash");
        settle(row, "first", 2, "ACTIVE", true);
        Claim unknown = bench().read(row).claim();
        bench().advance(1_000);
        bench().claim(bench().read(row), "second", 25_000, "hash");
        assertThat(bench().read(row).claim().intentAt()).isEqualTo(unknown.intentAt());

        assertThat(settle(row, "second", 4, "ACTIVE", false)).isTrue();
        assertThat(settle(row, "second", 4, "ACTIVE", false)).isTrue();

        Claim left = bench().read(row).claim();
        assertThat(left.intent()).isEqualTo("hash");
        assertThat(left.intentAt()).isEqualTo(unknown.intentAt());
        assertThat(left.attempts()).isEqualTo(1);
    }

    @Test
    default void settleAgainIsTrue() {
        AccountRow row = bench().account();
        bench().claim(row, "first", 25_000, "hash");
        settle(row, "first", 2, "ACTIVE", true);
        assertThat(settle(row, "first", 2, "ACTIVE", true)).isTrue();
    }

    @Test
    default void settleLeavesWhatWasDecidedMeanwhile() {
        for (boolean keepIntent : new boolean[] {true, false}) {
            AccountRow row = bench().account();
            bench().claim(row, "first", 25_000, "hash");
            bench().accounts.mark(row.tenant(), row.id(), 2, "RECONNECT_REQUIRED", "app_retired");

            assertThat(bench().accounts.settle(row.tenant(), row.id(), 1, "first", 2, "ACTIVE", null, 777L, keepIntent))
                    .isFalse();

            AccountRow read = bench().read(row);
            assertThat(read.status()).isEqualTo("RECONNECT_REQUIRED");
            assertThat(read.reason()).isEqualTo("app_retired");
            assertThat(read.refreshAt()).isNull();
            assertThat(read.claim().until()).isZero();
            assertThat(read.claim().attempts()).isEqualTo(keepIntent ? 1 : 0);
            assertThat(read.claim().intent()).isEqualTo(keepIntent ? "hash" : null);
            assertThat(bench().accounts.settle(row.tenant(), row.id(), 1, "first", 2, "ACTIVE", null, 777L, keepIntent))
                    .isFalse();
            assertThat(bench().read(row).rowVersion()).isEqualTo(read.rowVersion());
        }
    }

    @Test
    default void settleOfALostClaimIsRefused() {
        AccountRow row = bench().account();
        bench().claim(row, "first", 25_000, "hash");
        bench().advance(25_000);
        bench().claim(bench().read(row), "second", 25_000, "hash");
        AccountRow held = bench().read(row);
        assertThat(settle(row, "first", 2, "RECONNECT_REQUIRED", false)).isFalse();
        assertThat(bench().read(row))
                .usingRecursiveComparison()
                .ignoringFields("now")
                .isEqualTo(held);
    }

    @Test
    default void settleOfAnotherSealNumberIsRefused() {
        AccountRow row = bench().account();
        bench().claim(row, "first", 25_000, "hash");
        bench().accounts.replace(reconnected(row), 0);
        assertThat(settle(row, "first", 2, "RECONNECT_REQUIRED", false)).isFalse();
        assertThat(bench().read(row).status()).isEqualTo("PENDING");
        assertThat(bench().accounts.settle(row.tenant(), id(), 1, "first", 2, "X", null, null, false))
                .isFalse();
    }

    private boolean settle(AccountRow row, String by, long rowVersion, String status, boolean keepIntent) {
        return bench().accounts
                .settle(row.tenant(), row.id(), row.sealNo(), by, rowVersion, status, null, null, keepIntent);
    }
}
