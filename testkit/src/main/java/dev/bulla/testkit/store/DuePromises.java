package dev.bulla.testkit.store;

import static dev.bulla.testkit.store.Bench.changed;
import static dev.bulla.testkit.store.Bench.sealed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.store.AccountRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Sealed;
import dev.bulla.store.UpkeepStore.AccountRef;
import dev.bulla.store.Write;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which accounts are due, and which are not. */
interface DuePromises extends OnBench {
    @Test
    default void dueAccountsComeSoonestFirst() {
        long now = bench().store.now();
        AccountRow second = due(now - 1_000, 0, sealed("x"));
        AccountRow first = due(now - 2_000, 0, sealed("x"));
        AccountRow third = due(now, 0, sealed("x"));
        due(now + 3_600_000, 0, sealed("x"));
        due(null, 0, sealed("x"));
        assertThat(dueOfThisTenant()).containsExactly(first.id(), second.id(), third.id());
        bench().advance(3_600_000);
        assertThat(dueOfThisTenant()).hasSize(4);
    }

    @Test
    default void onlyHostSealedAccountsAreDue() {
        long now = bench().store.now();
        AccountRow host = due(now - 1_000, 0, sealed("x"));
        due(now - 1_000, 1, sealed("x"));
        due(now - 1_000, 0, null);
        assertThat(dueOfThisTenant()).containsExactly(host.id());
    }

    @Test
    default void accountsOfAConnectionThatIsOffAreNotDue() {
        AccountRow account = due(bench().store.now() - 1_000, 0, sealed("x"));
        ConnectionRow connection = connectionOf(account);
        switchTo(connection, false, true);
        assertThat(dueOfThisTenant()).isEmpty();
        switchTo(again(connection), true, false);
        assertThat(dueOfThisTenant()).isEmpty();
        switchTo(again(connection), true, true);
        assertThat(dueOfThisTenant()).containsExactly(account.id());
    }

    private ConnectionRow connectionOf(AccountRow account) {
        return bench().store
                .connections()
                .find(bench().tenant, account.connectionId())
                .orElseThrow();
    }

    private ConnectionRow again(ConnectionRow connection) {
        return bench().store
                .connections()
                .find(connection.tenant(), connection.id())
                .orElseThrow();
    }

    private void switchTo(ConnectionRow read, boolean enabled, boolean complete) {
        assertThat(bench().store.connections().update(changed(read, enabled, complete), null))
                .isEqualTo(Write.DONE);
    }

    @Test
    default void dueAccountsSayWhatTheyHangOn() {
        AccountRow account = due(bench().store.now() - 1_000, 0, sealed("x"));
        ConnectionRow connection = connectionOf(account);
        assertThat(bench().store.upkeep().due(0, 100_000))
                .contains(new AccountRef(account.tenant(), account.id(), connection.id(), connection.provider()));
    }

    @Test
    default void whatWillBeDueIsToldBeforehand() {
        long now = bench().store.now();
        AccountRow due = due(now - 1_000, 0, sealed("x"));
        AccountRow soon = due(now + 500_000, 0, sealed("x"));
        due(now + 2_000_000, 0, sealed("x"));
        assertThat(dueOfThisTenant(1_000_000)).containsExactly(due.id(), soon.id());
        assertThat(dueOfThisTenant()).containsExactly(due.id());
    }

    @Test
    default void manyAccountsOfConnectionsThatAreOffHideNobody() {
        long now = bench().store.now();
        ConnectionRow off = bench().connection();
        String member = bench().member();
        for (int i = 0; i < 1_100; i++) {
            AccountRow account =
                    Timed.account(bench(), member, off.id(), "label " + i, now - 5_000, null, 0, sealed("x"));
            assertThat(bench().accounts.insert(account, 0)).isEqualTo(Write.DONE);
        }
        switchTo(off, false, true);
        AccountRow other = due(now - 1_000, 0, sealed("x"));
        assertThat(dueOfThisTenant(0)).containsExactly(other.id());
        assertThat(bench().store.upkeep().due(0, 5).stream().map(AccountRef::connectionId))
                .doesNotContain(off.id());
        AccountRow hidden = bench().read(bench().store
                .accounts()
                .ofConnection(bench().tenant, off.id())
                .get(0));
        assertThat(hidden.rowVersion()).isEqualTo(1);
        assertThat(hidden.refreshAt()).isEqualTo(now - 5_000);

        switchTo(again(off), true, true);
        assertThat(dueOfThisTenant()).hasSize(1_101);
        switchTo(again(off), false, true);
        assertThat(dueOfThisTenant()).containsExactly(other.id());
    }

    @Test
    default void dueAccountsAreLimited() {
        long now = bench().store.now();
        due(now - 2_000, 0, sealed("x"));
        due(now - 1_000, 0, sealed("x"));
        assertThat(bench().store.upkeep().due(0, 1)).hasSize(1);
        assertThat(bench().store.upkeep().due(0, 0)).isEmpty();
    }

    private AccountRow due(@Nullable Long refreshAt, int keyNo, @Nullable Sealed sealed) {
        return bench().inserted(Timed.account(
                bench(), bench().member(), bench().connection().id(), "", refreshAt, null, keyNo, sealed));
    }

    private List<String> dueOfThisTenant() {
        return dueOfThisTenant(0);
    }

    private List<String> dueOfThisTenant(long ahead) {
        return bench().store.upkeep().due(ahead, 100_000).stream()
                .filter(ref -> ref.tenant().equals(bench().tenant))
                .map(AccountRef::id)
                .toList();
    }
}
