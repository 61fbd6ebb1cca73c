package dev.bulla.testkit.store;

import static dev.bulla.testkit.store.Bench.answer;
import static dev.bulla.testkit.store.Bench.id;
import static dev.bulla.testkit.store.Bench.keyed;
import static dev.bulla.testkit.store.Bench.newAccount;
import static dev.bulla.testkit.store.Bench.newConnection;
import static dev.bulla.testkit.store.Bench.newKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.store.AccountRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.FlowRow;
import dev.bulla.store.FlowStore.Take;
import dev.bulla.store.FlowStore.Take.Outcome;
import dev.bulla.store.MemberRow;
import dev.bulla.store.Write;
import java.util.List;
import org.junit.jupiter.api.Test;

interface RacePromises extends OnBench {
    @Test
    default void oneClaimWins() {
        for (int round = 0; round < 20; round++) {
            AccountRow row = bench().account();
            List<Boolean> won = Race.of(8, i -> bench().claim(row, "racer-" + i, 25_000, "hash"));
            assertThat(won).containsOnlyOnce(true);
            assertThat(bench().read(row).claim().by()).isEqualTo("racer-" + won.indexOf(true));
            assertThat(bench().read(row).claim().attempts()).isEqualTo(1);
        }
    }

    @Test
    default void oneTakeWins() {
        FlowRow row = bench().flow("alice");
        bench().store.flows().insert(row, 900_000, 5);
        List<Take> takes = Race.of(64, i -> bench().store.flows().take(row.tenant(), row.id(), row.kind(), "by" + i));
        assertThat(takes).filteredOn(t -> t.outcome() == Outcome.TAKEN).hasSize(1);
        assertThat(takes).filteredOn(t -> t.outcome() == Outcome.USED).hasSize(63);
        assertThat(takes).filteredOn(t -> t.row().isPresent()).hasSize(1);
    }

    @Test
    default void openFlowsAreCountedUnderLoad() {
        List<Boolean> opened = Race.of(8, i -> bench().store.flows().insert(bench().flow("alice"), 900_000, 3));
        assertThat(opened).filteredOn(won -> won).hasSize(3);
    }

    @Test
    default void oneMemberRowIsMade() {
        for (int round = 0; round < 5; round++) {
            String member = "member-" + id();
            List<MemberRow> made = Race.of(8, i -> bench().store.members().findOrCreate(bench().tenant, member));
            assertThat(made).containsOnly(bench().memberRow(member));
        }
    }

    @Test
    default void oneConnectionGetsTheName() {
        List<Write> writes = Race.of(8, i -> bench().store.connections().insert(newConnection(bench().tenant, "one")));
        assertThat(writes).containsOnlyOnce(Write.DONE);
        assertThat(bench().store.connections().list(bench().tenant)).hasSize(1);
    }

    @Test
    default void oneAccountGetsTheLabel() {
        String member = bench().member();
        String connection = bench().connection().id();
        List<Write> writes =
                Race.of(8, i -> bench().accounts.insert(newAccount(bench().tenant, member, connection, ""), 0));
        assertThat(writes).containsOnlyOnce(Write.DONE);
        assertThat(bench().accounts.ofMember(bench().tenant, member)).hasSize(1);
    }

    @Test
    default void oneAnswerIsStored() {
        AccountRow row = bench().account();
        List<Write> writes = Race.of(8, i -> bench().accounts.store(answer(row, "attempt-" + i), 0));
        assertThat(writes).containsOnlyOnce(Write.DONE);
        assertThat(bench().read(row).attempt()).isEqualTo("attempt-" + writes.indexOf(Write.DONE));
        assertThat(bench().read(row).sealNo()).isEqualTo(2);
    }

    @Test
    default void answersOfOneMemberAreAllStored() {
        String member = bench().member();
        List<AccountRow> rows = java.util.stream.IntStream.range(0, 8)
                .mapToObj(i -> bench().account(member, bench().connection().id()))
                .toList();
        assertThat(Race.of(8, i -> bench().accounts.store(answer(rows.get(i)), 0)))
                .containsOnly(Write.DONE);
    }

    @Test
    default void oneKeyUpdateWins() {
        String member = bench().member();
        MemberRow read = bench().memberRow(member);
        List<Write> writes = Race.of(8, i -> bench().store.members().update(read, keyed(read, 1, newKey(1), null)));
        assertThat(writes).containsOnlyOnce(Write.DONE);
        assertThat(writes).filteredOn(w -> w == Write.MOVED).hasSize(7);
    }

    /** Either the account is there before the key is, and then whoever issues the key sees it; or it is refused. */
    @Test
    default void noAccountIsLeftBehindByAKeyChange() {
        for (int round = 0; round < 10; round++) {
            String member = bench().member();
            String connection = bench().connection().id();
            MemberRow read = bench().memberRow(member);
            List<Object> results = Race.of(4, i -> {
                if (i > 0) {
                    return bench().accounts.insert(newAccount(bench().tenant, member, connection, "label" + i), 0);
                }
                Write issued = bench().store.members().update(read, keyed(read, 1, newKey(1), null));
                assertThat(issued).isEqualTo(Write.DONE);
                return bench().accounts.ofMember(bench().tenant, member).size();
            });
            assertThat(results.subList(1, 4)).isSubsetOf(Write.DONE, Write.KEY_MOVED);
            int seenByIssuer = (Integer) results.get(0);
            assertThat(bench().accounts.ofMember(bench().tenant, member)).hasSize(seenByIssuer);
        }
    }

    @Test
    default void answerAndTakeoverDoNotLoseTheAnswer() {
        for (int round = 0; round < 10; round++) {
            AccountRow row = bench().account();
            bench().claim(row, "first", 25_000, "hash");
            bench().advance(25_000);
            AccountRow over = bench().read(row);
            List<Object> results = Race.of(
                    2,
                    i -> i == 0
                            ? bench().accounts.store(answer(row, "late"), 0)
                            : (Object) bench().claim(over, "second", 25_000, "hash"));
            assertThat(results.get(0)).isEqualTo(Write.DONE);
            assertThat(bench().read(row).attempt()).isEqualTo("late");
            assertThat(bench().read(row).claim().by()).isEmpty();
        }
    }

    @Test
    default void noAccountOutlivesItsConnection() {
        for (int round = 0; round < 10; round++) {
            ConnectionRow connection = bench().connection();
            String member = bench().member();
            List<Write> writes = Race.of(
                    2,
                    i -> i == 0
                            ? bench().store
                                    .connections()
                                    .delete(connection.tenant(), connection.id(), connection.rowVersion(), false)
                            : bench().accounts.insert(newAccount(bench().tenant, member, connection.id(), ""), 0));
            assertThat(writes).containsExactlyInAnyOrder(Write.DONE, Write.MOVED);
            boolean there = bench().store
                    .connections()
                    .find(connection.tenant(), connection.id())
                    .isPresent();
            assertThat(bench().accounts.ofConnection(connection.tenant(), connection.id()))
                    .hasSize(there ? 1 : 0);
        }
    }
}
