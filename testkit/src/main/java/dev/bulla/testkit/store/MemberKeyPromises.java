package dev.bulla.testkit.store;

import static dev.bulla.testkit.store.Bench.answer;
import static dev.bulla.testkit.store.Bench.newAccount;
import static dev.bulla.testkit.store.Bench.reconnected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.store.AccountRow;
import dev.bulla.store.AccountStore.SealedWrite;
import dev.bulla.store.MemberRow;
import dev.bulla.store.Write;
import org.junit.jupiter.api.Test;

/** Nothing is written that was sealed under a key number which is no longer the member's. */
interface MemberKeyPromises extends OnBench {
    @Test
    default void insertUnderAReplacedKeyIsRefused() {
        String member = bench().member();
        bench().nextKey(member);
        AccountRow row = newAccount(bench().tenant, member, bench().connection().id(), "");
        assertThat(bench().accounts.insert(row, 0)).isEqualTo(Write.KEY_MOVED);
        assertThat(bench().accounts.find(row.tenant(), row.id())).isEmpty();
        assertThat(bench().accounts.insert(row, 1)).isEqualTo(Write.DONE);
    }

    @Test
    default void replaceUnderAReplacedKeyIsRefused() {
        AccountRow row = bench().account();
        bench().nextKey(row.member());
        assertThat(bench().accounts.replace(reconnected(row), 0)).isEqualTo(Write.KEY_MOVED);
        assertThat(bench().read(row))
                .usingRecursiveComparison()
                .ignoringFields("now")
                .isEqualTo(row);
    }

    @Test
    default void storeUnderAReplacedKeyIsRefused() {
        AccountRow row = bench().account();
        bench().nextKey(row.member());
        assertThat(bench().accounts.store(answer(row), 0)).isEqualTo(Write.KEY_MOVED);
        assertThat(bench().read(row))
                .usingRecursiveComparison()
                .ignoringFields("now")
                .isEqualTo(row);
        assertThat(bench().accounts.store(answer(row), 1)).isEqualTo(Write.DONE);
    }

    @Test
    default void insertForAnAbsentMemberIsRefused() {
        AccountRow row =
                newAccount(bench().tenant, "nobody", bench().connection().id(), "");
        assertThat(bench().accounts.insert(row, 0)).isEqualTo(Write.KEY_MOVED);
        assertThat(bench().store.members().find(bench().tenant, "nobody")).isEmpty();
    }

    @Test
    default void everySealingWriteBumpsTheMember() {
        String member = bench().member();
        MemberRow before = bench().memberRow(member);
        AccountRow row = bench().account(member, bench().connection().id());
        MemberRow inserted = bench().memberRow(member);
        bench().accounts.store(answer(row), 0);
        MemberRow stored = bench().memberRow(member);
        bench().accounts.replace(reconnected(bench().read(row)), 0);
        MemberRow replaced = bench().memberRow(member);
        assertThat(inserted.rowVersion()).isGreaterThan(before.rowVersion());
        assertThat(stored.rowVersion()).isGreaterThan(inserted.rowVersion());
        assertThat(replaced.rowVersion()).isGreaterThan(stored.rowVersion());
        assertThat(replaced.attempt()).isEqualTo(before.attempt());
    }

    @Test
    default void refusedWriteLeavesTheMemberAlone() {
        AccountRow row = bench().account();
        bench().accounts.store(answer(row), 0);
        MemberRow before = bench().memberRow(row.member());
        bench().accounts.store(answer(row), 0);
        bench().accounts.replace(reconnected(row), 0);
        bench().accounts.insert(newAccount(row.tenant(), row.member(), row.connectionId(), row.label()), 0);
        assertThat(bench().memberRow(row.member())).isEqualTo(before);
    }

    @Test
    default void doneStaysDoneAfterAKeyChange() {
        AccountRow row = bench().account();
        SealedWrite write = answer(row);
        bench().accounts.store(write, 0);
        bench().nextKey(row.member());
        assertThat(bench().accounts.store(write, 0)).isEqualTo(Write.DONE);
    }

    @Test
    default void movedRowCountsBeforeAMovedKey() {
        AccountRow row = bench().account();
        bench().accounts.store(answer(row), 0);
        bench().nextKey(row.member());
        assertThat(bench().accounts.store(answer(row), 0)).isEqualTo(Write.MOVED);
        assertThat(bench().accounts.replace(reconnected(row), 0)).isEqualTo(Write.MOVED);
        AccountRow second = newAccount(row.tenant(), row.member(), row.connectionId(), row.label());
        assertThat(bench().accounts.insert(second, 0)).isEqualTo(Write.MOVED);
    }
}
