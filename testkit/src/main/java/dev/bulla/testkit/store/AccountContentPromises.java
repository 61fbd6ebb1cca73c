package dev.bulla.testkit.store;

import static dev.bulla.testkit.store.Bench.id;
import static dev.bulla.testkit.store.Bench.newAccount;
import static dev.bulla.testkit.store.Bench.reconnected;
import static dev.bulla.testkit.store.Bench.sealed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.store.AccountRow;
import dev.bulla.store.AccountRow.Claim;
import dev.bulla.store.AccountStore.Used;
import dev.bulla.store.Sealed;
import dev.bulla.store.Write;
import java.util.List;
import org.junit.jupiter.api.Test;

interface AccountContentPromises extends OnBench {
    private static String[] setByStore() {
        return new String[] {"claim", "rowVersion", "createdAt", "changedAt", "now"};
    }

    @Test
    default void insertedAccountIsFound() {
        AccountRow row = newAccount(
                bench().tenant, bench().member(), bench().connection().id(), "work");
        long before = bench().store.now();

        AccountRow read = bench().inserted(row);

        assertThat(read).usingRecursiveComparison().ignoringFields(setByStore()).isEqualTo(row);
        assertThat(read.claim()).isEqualTo(Claim.NONE);
        assertThat(read.rowVersion()).isEqualTo(1);
        assertThat(read.createdAt()).isEqualTo(read.changedAt()).isBetween(before, read.now());
        assertThat(bench().accounts.find(row.tenant(), row.member(), row.connectionId(), "work"))
                .get()
                .usingRecursiveComparison()
                .ignoringFields("now")
                .isEqualTo(read);
    }

    @Test
    default void unknownValuesStayUnknown() {
        AccountRow row = new AccountRow(
                id(),
                bench().tenant,
                bench().member(),
                bench().connection().id(),
                "",
                "",
                "PENDING",
                null,
                null,
                null,
                "",
                "{}",
                null,
                0,
                0,
                Claim.NONE,
                null,
                null,
                null,
                null,
                0,
                id(),
                0,
                0,
                0,
                0);
        assertThat(bench().inserted(row))
                .usingRecursiveComparison()
                .ignoringFields(setByStore())
                .isEqualTo(row);
    }

    @Test
    default void valuesOfEveryKindAreKept() {
        AccountRow row = new AccountRow(
                id(),
                bench().tenant,
                bench().member(),
                bench().connection().id(),
                " läbel 🏺 ",
                "app",
                "ACTIVE",
                "reason_code",
                "subject\t'; drop table x; --",
                "Ünïcode \u6f22\u5b57 🏺 \"quoted\" \\ %_",
                "a b",
                "{\"name\":\"🏺\"}",
                sealed(64, 7),
                12,
                0,
                Claim.NONE,
                4_000_000_000_000L,
                0L,
                -1L,
                5L,
                0,
                id(),
                77,
                0,
                0,
                0);
        assertThat(bench().inserted(row))
                .usingRecursiveComparison()
                .ignoringFields(setByStore())
                .isEqualTo(row);
        assertThat(bench().accounts.find(row.tenant(), row.member(), row.connectionId(), row.label()))
                .isPresent();
        assertThat(bench().accounts.find(row.tenant(), row.member(), row.connectionId(), " läbel 🏺"))
                .isEmpty();
    }

    @Test
    default void longNamesAreKept() {
        String tenant = "ü".repeat(190 - 36) + id();
        String member = "漢".repeat(255);
        String label = "🏺".repeat(95);
        bench().store.members().findOrCreate(tenant, member);
        String connection = bench().connection(tenant, "é".repeat(255)).id();
        AccountRow row = newAccount(tenant, member, connection, label);

        assertThat(bench().accounts.insert(row, 0)).isEqualTo(Write.DONE);
        assertThat(bench().accounts.find(tenant, member, connection, label)).isPresent();
        assertThat(bench().store.connections().findByName(tenant, "é".repeat(255)))
                .isPresent();
    }

    @Test
    default void largeContentsAreKept() {
        Sealed large = sealed(200_000, 1);
        AccountRow row = newAccount(
                bench().tenant, bench().member(), bench().connection().id(), "");
        AccountRow big = new AccountRow(
                row.id(),
                row.tenant(),
                row.member(),
                row.connectionId(),
                row.label(),
                row.appId(),
                row.status(),
                null,
                row.subject(),
                "n".repeat(512),
                "scope ".repeat(4_000),
                "{\"a\":\"" + "x".repeat(70_000) + "\"}",
                large,
                1,
                0,
                Claim.NONE,
                null,
                null,
                null,
                null,
                0,
                row.attempt(),
                0,
                0,
                0,
                0);
        assertThat(bench().inserted(big))
                .usingRecursiveComparison()
                .ignoringFields(setByStore())
                .isEqualTo(big);
    }

    @Test
    default void replaceKeepsIdentityOfTheRow() {
        AccountRow first = bench().account();
        bench().accounts.touch(List.of(new Used(first.tenant(), first.id(), 500)));
        bench().claim(first, "holder", 60_000, "intent");
        bench().advance(1_000);
        AccountRow next = reconnected(first);

        assertThat(bench().accounts.replace(next, 0)).isEqualTo(Write.DONE);

        AccountRow read = bench().read(first);
        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields(setByStore())
                .ignoringFields("lastUsedAt")
                .isEqualTo(next);
        assertThat(read.claim()).isEqualTo(Claim.NONE);
        assertThat(read.lastUsedAt()).isEqualTo(500);
        assertThat(read.createdAt()).isEqualTo(first.createdAt());
        assertThat(read.changedAt()).isGreaterThanOrEqualTo(first.changedAt() + 1_000);
    }

    @Test
    default void staleReplaceIsRefused() {
        AccountRow first = bench().account();
        AccountRow won = reconnected(first);
        bench().accounts.replace(won, 0);
        assertThat(bench().accounts.replace(reconnected(first), 0)).isEqualTo(Write.MOVED);
        assertThat(bench().read(first).attempt()).isEqualTo(won.attempt());
        assertThat(bench().accounts.replace(newAccount(bench().tenant, bench().member(), id(), ""), 0))
                .isEqualTo(Write.MOVED);
    }

    @Test
    default void replaceAgainIsDone() {
        AccountRow first = bench().account();
        AccountRow next = reconnected(first);
        bench().accounts.replace(next, 0);
        AccountRow once = bench().read(first);
        assertThat(bench().accounts.replace(next, 0)).isEqualTo(Write.DONE);
        assertThat(bench().read(first).rowVersion()).isEqualTo(once.rowVersion());
    }

    @Test
    default void markChangesStatusAndEndsWhatIsDue() {
        AccountRow first = bench().account();
        bench().advance(1_000);
        assertThat(bench().accounts.mark(first.tenant(), first.id(), first.rowVersion(), "GONE", "why"))
                .isEqualTo(Write.DONE);
        AccountRow read = bench().read(first);
        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("status", "reason", "refreshAt", "rowVersion", "changedAt", "now")
                .isEqualTo(first);
        assertThat(read.refreshAt()).isNull();
        assertThat(read.status()).isEqualTo("GONE");
        assertThat(read.reason()).isEqualTo("why");
        assertThat(read.rowVersion()).isEqualTo(first.rowVersion() + 1);
        assertThat(read.changedAt()).isGreaterThanOrEqualTo(first.changedAt() + 1_000);
    }

    @Test
    default void staleVersionIsRefused() {
        AccountRow first = bench().account();
        bench().accounts.mark(first.tenant(), first.id(), first.rowVersion(), "ONE", null);
        assertThat(bench().accounts.mark(first.tenant(), first.id(), first.rowVersion(), "TWO", null))
                .isEqualTo(Write.MOVED);
        assertThat(bench().read(first).status()).isEqualTo("ONE");
        assertThat(bench().accounts.mark(first.tenant(), id(), 1, "TWO", null)).isEqualTo(Write.MOVED);
    }

    @Test
    default void postponeMovesWhatIsDueAndNothingElse() {
        AccountRow first = bench().account();
        assertThat(bench().accounts.postpone(first.tenant(), first.id(), first.rowVersion(), 777))
                .isEqualTo(Write.DONE);
        AccountRow read = bench().read(first);
        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("refreshAt", "rowVersion", "changedAt", "now")
                .isEqualTo(first);
        assertThat(read.refreshAt()).isEqualTo(777);
        assertThat(read.rowVersion()).isEqualTo(first.rowVersion() + 1);
        assertThat(bench().accounts.postpone(first.tenant(), first.id(), first.rowVersion(), 888))
                .isEqualTo(Write.MOVED);
        assertThat(bench().accounts.postpone(first.tenant(), id(), 1, 888)).isEqualTo(Write.MOVED);
        assertThat(bench().read(first).refreshAt()).isEqualTo(777);
    }

    @Test
    default void noteReplacesTheAttributesAndNothingElse() {
        AccountRow first = bench().account();
        assertThat(bench().accounts.note(first.tenant(), first.id(), first.rowVersion(), "{\"a\":\"b\"}"))
                .isEqualTo(Write.DONE);
        AccountRow read = bench().read(first);
        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("attributes", "rowVersion", "changedAt", "now")
                .isEqualTo(first);
        assertThat(read.attributes()).isEqualTo("{\"a\":\"b\"}");
        assertThat(read.rowVersion()).isEqualTo(first.rowVersion() + 1);
        assertThat(bench().accounts.note(first.tenant(), first.id(), first.rowVersion(), "{}"))
                .isEqualTo(Write.MOVED);
        assertThat(bench().accounts.note(first.tenant(), id(), 1, "{}")).isEqualTo(Write.MOVED);
        assertThat(bench().read(first).attributes()).isEqualTo("{\"a\":\"b\"}");
    }
}
