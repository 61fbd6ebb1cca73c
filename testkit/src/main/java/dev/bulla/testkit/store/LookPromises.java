package dev.bulla.testkit.store;

import static dev.bulla.testkit.store.Bench.id;
import static dev.bulla.testkit.store.Bench.sealed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.store.AccountRow;
import dev.bulla.store.AccountRow.Claim;
import dev.bulla.store.AccountStore.SealedWrite;
import dev.bulla.store.UpkeepStore;
import dev.bulla.store.UpkeepStore.Look;
import dev.bulla.store.Write;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When an account that ends by a date is looked at. */
interface LookPromises extends OnBench {
    private AccountRow until(long millisAhead) {
        return endingBy(bench().store.now() + millisAhead);
    }

    private AccountRow endingBy(@Nullable Long refreshBy) {
        return bench().inserted(Timed.account(
                bench(), bench().member(), bench().connection().id(), "", null, refreshBy, 0, sealed("x")));
    }

    private List<Look> looks() {
        return bench().store.upkeep().looks(100_000).stream()
                .filter(look -> look.tenant().equals(bench().tenant))
                .toList();
    }

    @Test
    default void refreshByDateIsLookedAtWhenTwoThirdsAreOver() {
        AccountRow second = until(6_000_000);
        AccountRow first = until(3_000_000);
        until(30_000_000);
        endingBy(null);
        bench().advance(1_990_000);
        assertThat(looks()).isEmpty();
        bench().advance(2_100_000);
        assertThat(looks()).extracting(Look::id).containsExactly(first.id(), second.id());
        assertThat(bench().store.upkeep().looks(1)).hasSize(1);
        assertThat(bench().store.upkeep().looks(0)).isEmpty();
    }

    @Test
    default void lookIsMovedByOneAndEnds() {
        UpkeepStore upkeep = bench().store.upkeep();
        AccountRow account = until(3_000);
        bench().advance(2_500);
        Look look = looks().get(0);
        assertThat(upkeep.lookAgain(new Look("another-" + look.tenant(), look.id(), look.at()), null))
                .isFalse();
        assertThat(upkeep.lookAgain(look, look.at() + 1)).isTrue();
        assertThat(upkeep.lookAgain(look, null)).isFalse();
        assertThat(looks()).containsExactly(new Look(look.tenant(), look.id(), look.at() + 1));
        assertThat(upkeep.lookAgain(looks().get(0), null)).isTrue();
        assertThat(looks()).isEmpty();
        AccountRow now = bench().read(account);
        assertThat(now.rowVersion()).isEqualTo(account.rowVersion());
        assertThat(now.changedAt()).isEqualTo(account.changedAt());
    }

    private AccountRow answered(AccountRow seen, @Nullable Long refreshBy) {
        SealedWrite answer = Bench.answer(seen);
        assertThat(bench().accounts
                        .store(
                                new SealedWrite(
                                        answer.tenant(),
                                        answer.member(),
                                        answer.id(),
                                        answer.attempt(),
                                        "",
                                        answer.sealed(),
                                        answer.sealNo(),
                                        answer.keyNo(),
                                        answer.status(),
                                        answer.reason(),
                                        answer.scopes(),
                                        answer.expiresAt(),
                                        null,
                                        refreshBy,
                                        false),
                                0))
                .isEqualTo(Write.DONE);
        return bench().read(seen);
    }

    @Test
    default void sameDateIsNotLookedAtTwice() {
        AccountRow account = until(30_000_000);
        long by = Objects.requireNonNull(account.refreshBy());
        bench().advance(20_010_000);
        assertThat(bench().store.upkeep().lookAgain(looks().get(0), null)).isTrue();
        account = answered(account, by);
        account = answered(account, by + 900_000);
        account = answered(account, by);
        bench().advance(9_000_000);
        assertThat(looks()).isEmpty();

        account = answered(account, by + 30_000_000);
        bench().advance(9_000_000);
        assertThat(looks()).isEmpty();
        bench().advance(12_000_000);
        assertThat(looks()).hasSize(1);
        answered(account, null);
        assertThat(looks()).isEmpty();
    }

    @Test
    default void dateOfARevivedAccountIsLookedAtAgain() {
        AccountRow account = until(30_000_000);
        long by = Objects.requireNonNull(account.refreshBy());
        bench().advance(20_010_000);
        bench().accounts.mark(account.tenant(), account.id(), account.rowVersion(), "RECONNECT_REQUIRED", "reason");
        assertThat(bench().store.upkeep().lookAgain(looks().get(0), null)).isTrue();
        answered(account, by);
        assertThat(looks()).isEmpty();
        bench().advance(7_000_000);
        assertThat(looks()).extracting(Look::id).containsExactly(account.id());
    }

    @Test
    default void dateThatCameNearerIsLookedAtSooner() {
        AccountRow account = until(300_000_000);
        long now = bench().store.now();
        account = answered(account, now + 3_000_000);
        bench().advance(2_010_000);
        assertThat(looks()).hasSize(1);
        bench().accounts.clear(account.tenant(), account.id(), account.sealNo(), id(), "DISCONNECTED", null);
        assertThat(looks()).isEmpty();
    }

    @Test
    default void reconnectIsLookedAtAnew() {
        AccountRow account = until(3_000_000);
        bench().advance(2_010_000);
        assertThat(bench().store.upkeep().lookAgain(looks().get(0), null)).isTrue();
        AccountRow next = Timed.account(
                bench(),
                account.member(),
                account.connectionId(),
                "",
                null,
                bench().store.now() + 1_000_000,
                0,
                sealed("y"));
        assertThat(bench().accounts.replace(withId(next, account.id()), 0)).isEqualTo(Write.DONE);
        assertThat(looks()).isEmpty();
        bench().advance(670_000);
        assertThat(looks()).hasSize(1);
    }

    private static AccountRow withId(AccountRow row, String id) {
        return new AccountRow(
                id,
                row.tenant(),
                row.member(),
                row.connectionId(),
                row.label(),
                row.appId(),
                row.status(),
                null,
                null,
                null,
                "",
                "{}",
                row.sealed(),
                2,
                0,
                Claim.NONE,
                null,
                null,
                row.refreshBy(),
                null,
                0,
                row.attempt(),
                0,
                0,
                0,
                0);
    }
}
