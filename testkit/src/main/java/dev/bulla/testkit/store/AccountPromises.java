package dev.bulla.testkit.store;

import static dev.bulla.testkit.store.Bench.changed;
import static dev.bulla.testkit.store.Bench.id;
import static dev.bulla.testkit.store.Bench.newAccount;
import static dev.bulla.testkit.store.Bench.reseal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.store.AccountGlance;
import dev.bulla.store.AccountRow;
import dev.bulla.store.AccountStore.Used;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Write;
import java.util.List;
import org.junit.jupiter.api.Test;

interface AccountPromises extends OnBench {
    @Test
    default void absentAccountIsEmpty() {
        assertThat(bench().accounts.find(bench().tenant, id())).isEmpty();
        assertThat(bench().accounts.find(bench().tenant, "nobody", id(), "")).isEmpty();
        assertThat(bench().accounts.glance(bench().tenant, id())).isEmpty();
    }

    @Test
    default void secondLabelIsAnotherAccount() {
        String member = bench().member();
        String connection = bench().connection().id();
        AccountRow usual = bench().account(member, connection);
        AccountRow work = bench().inserted(newAccount(bench().tenant, member, connection, "work"));
        assertThat(bench().accounts.find(bench().tenant, member, connection, ""))
                .get()
                .extracting(AccountRow::id)
                .isEqualTo(usual.id());
        assertThat(bench().accounts.find(bench().tenant, member, connection, "work"))
                .get()
                .extracting(AccountRow::id)
                .isEqualTo(work.id());
    }

    @Test
    default void takenLabelIsRefused() {
        AccountRow first = bench().account();
        AccountRow second = newAccount(first.tenant(), first.member(), first.connectionId(), first.label());
        assertThat(bench().accounts.insert(second, 0)).isEqualTo(Write.MOVED);
        assertThat(bench().accounts.find(second.tenant(), second.id())).isEmpty();
        assertThat(bench().read(first))
                .usingRecursiveComparison()
                .ignoringFields("now")
                .isEqualTo(first);
    }

    @Test
    default void insertOfAccountAgainIsDone() {
        AccountRow row = newAccount(
                bench().tenant, bench().member(), bench().connection().id(), "");
        bench().inserted(row);
        assertThat(bench().accounts.insert(row, 0)).isEqualTo(Write.DONE);
        assertThat(bench().read(row).rowVersion()).isEqualTo(1);
    }

    @Test
    default void accountsAreListedByCreation() {
        String member = bench().member();
        String connection = bench().connection().id();
        List<String> labels = List.of("c", "a", "b");
        for (String label : labels) {
            bench().inserted(newAccount(bench().tenant, member, connection, label));
            bench().advance(10);
        }
        assertThat(bench().accounts.ofMember(bench().tenant, member))
                .extracting(AccountRow::label)
                .containsExactlyElementsOf(labels);
        assertThat(bench().accounts.ofConnection(bench().tenant, connection))
                .extracting(AccountRow::label)
                .containsExactlyElementsOf(labels);
    }

    @Test
    default void newestKeyNumberIsThatOfTheMember() {
        AccountRow row = bench().account();
        assertThat(bench().accounts.newestKeyNo(row.tenant(), row.member())).isZero();

        bench().claim(row, "first", 25_000, null);
        bench().accounts.store(reseal(bench().read(row), 7), 0);
        bench().account(row.member(), bench().connection().id());

        assertThat(bench().accounts.newestKeyNo(row.tenant(), row.member())).isEqualTo(7);
        assertThat(bench().accounts.newestKeyNo(row.tenant(), bench().member())).isZero();
        assertThat(bench().accounts.newestKeyNo(id(), row.member())).isZero();
    }

    @Test
    default void onlySealedAccountsShareASubject() {
        String subject = "subject-" + id();
        AccountRow one = bench().inserted(withSubject(subject));
        AccountRow two = bench().inserted(withSubject(subject));
        bench().inserted(withSubject("other"));
        AccountRow gone = bench().inserted(withSubject(subject));
        bench().accounts.clear(gone.tenant(), gone.id(), gone.sealNo(), id(), "DISCONNECTED", null);

        assertThat(bench().accounts.sharing(bench().tenant, "app-1", subject))
                .extracting(AccountRow::id)
                .containsExactlyInAnyOrder(one.id(), two.id());
        assertThat(bench().accounts.sharing(bench().tenant, "app-2", subject)).isEmpty();
    }

    private AccountRow withSubject(String subject) {
        AccountRow row = newAccount(
                bench().tenant, bench().member(), bench().connection().id(), "");
        return new AccountRow(
                row.id(),
                row.tenant(),
                row.member(),
                row.connectionId(),
                row.label(),
                row.appId(),
                row.status(),
                row.reason(),
                subject,
                row.displayName(),
                row.scopes(),
                row.attributes(),
                row.sealed(),
                row.sealNo(),
                row.keyNo(),
                row.claim(),
                row.expiresAt(),
                row.refreshAt(),
                row.refreshBy(),
                row.lastUsedAt(),
                0,
                row.attempt(),
                row.connectedAt(),
                0,
                0,
                0);
    }

    @Test
    default void glanceSeesWhatDecides() {
        ConnectionRow connection = bench().connection();
        AccountRow account = bench().account(bench().member(), connection.id());
        bench().claim(account, "attempt", 10_000, "intent");
        bench().nextKey(account.member());

        AccountGlance glance =
                bench().accounts.glance(account.tenant(), account.id()).orElseThrow();

        AccountRow read = bench().read(account);
        assertThat(glance)
                .isEqualTo(new AccountGlance(
                        read.id(),
                        read.status(),
                        read.reason(),
                        read.sealNo(),
                        read.keyNo(),
                        1,
                        read.expiresAt(),
                        read.refreshAt(),
                        true,
                        connection.revision(),
                        connection.rulesNo(),
                        glance.now()));
        assertThat(glance.now()).isBetween(account.now(), read.now());
    }

    @Test
    default void glanceSeesADisabledConnection() {
        assertThat(glanceOf(true, true).enabled()).isTrue();
        assertThat(glanceOf(false, true).enabled()).isFalse();
        assertThat(glanceOf(true, false).enabled()).isFalse();
        assertThat(glanceOf(true, false).revision()).isEqualTo(2);
    }

    private AccountGlance glanceOf(boolean enabled, boolean complete) {
        ConnectionRow connection = bench().connection();
        AccountRow account = bench().account(bench().member(), connection.id());
        bench().store.connections().update(changed(connection, enabled, complete), null);
        return bench().accounts.glance(account.tenant(), account.id()).orElseThrow();
    }

    @Test
    default void glanceSeesAResetKey() {
        AccountRow account = bench().account();
        bench().nextKey(account.member());
        var read = bench().memberRow(account.member());
        bench().store.members().update(read, Bench.keyed(read, 1, null, null));
        assertThat(memberKeyNo(account)).isZero();
    }

    @Test
    default void glanceSeesTheKeyOfItsMemberAlone() {
        AccountRow before = bench().account();
        AccountRow foreign = bench().account();
        bench().nextKey(before.member());
        AccountRow after = bench().account(before.member(), bench().connection().id());
        assertThat(memberKeyNo(before)).isEqualTo(1);
        assertThat(memberKeyNo(after)).isEqualTo(1);
        bench().nextKey(before.member());
        assertThat(memberKeyNo(before)).isEqualTo(2);
        assertThat(memberKeyNo(after)).isEqualTo(2);
        assertThat(memberKeyNo(foreign)).isZero();
    }

    private int memberKeyNo(AccountRow account) {
        return bench().accounts
                .glance(account.tenant(), account.id())
                .orElseThrow()
                .memberKeyNo();
    }

    @Test
    default void laterUseWins() {
        AccountRow one = bench().account();
        AccountRow two = bench().account();
        bench().accounts
                .touch(List.of(
                        new Used(one.tenant(), one.id(), 500),
                        new Used(two.tenant(), two.id(), 700),
                        new Used(one.tenant(), id(), 900)));
        bench().accounts.touch(List.of(new Used(one.tenant(), one.id(), 400), new Used(two.tenant(), two.id(), 800)));
        assertThat(bench().read(one).lastUsedAt()).isEqualTo(500);
        assertThat(bench().read(two).lastUsedAt()).isEqualTo(800);
    }

    @Test
    default void useDoesNotCountAsAChange() {
        AccountRow row = bench().account();
        bench().advance(1_000);
        bench().accounts.touch(List.of(new Used(row.tenant(), row.id(), row.now())));
        assertThat(bench().read(row).rowVersion()).isEqualTo(row.rowVersion());
        assertThat(bench().read(row).changedAt()).isEqualTo(row.changedAt());
    }

    @Test
    default void touchOfNothingIsFine() {
        bench().accounts.touch(List.of());
    }
}
