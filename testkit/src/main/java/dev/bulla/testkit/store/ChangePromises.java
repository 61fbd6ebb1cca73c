package dev.bulla.testkit.store;

import static dev.bulla.testkit.store.Bench.answer;
import static dev.bulla.testkit.store.Bench.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.store.AccountRow;
import dev.bulla.store.AccountStore.Used;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.UpkeepStore;
import dev.bulla.store.UpkeepStore.Change;
import dev.bulla.store.Write;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

interface ChangePromises extends OnBench {
    private UpkeepStore upkeep() {
        return bench().store.upkeep();
    }

    private void settle() {
        bench().advance(UpkeepStore.SETTLING_MILLIS + 1_000);
    }

    /** All changes of this tenant since a point, read in steps of one. */
    private List<Change> since(long millis, String id) {
        List<Change> all = new ArrayList<>();
        List<Change> next = upkeep().changes(millis, id, 1);
        while (!next.isEmpty()) {
            Change last = next.get(0);
            if (last.tenant().equals(bench().tenant)) {
                all.add(last);
            }
            next = upkeep().changes(last.changedAt(), last.id(), 1);
        }
        return all;
    }

    private long start() {
        return bench().store.now() - 1;
    }

    @Test
    default void changeIsToldOnceItIsSettled() {
        long before = start();
        ConnectionRow connection = bench().connection();
        AccountRow row = bench().account(bench().member(), connection.id());
        assertThat(since(before, "")).isEmpty();
        settle();
        assertThat(since(before, ""))
                .containsExactly(new Change(
                        row.tenant(),
                        row.id(),
                        row.member(),
                        connection.id(),
                        connection.name(),
                        connection.provider(),
                        row.label(),
                        row.status(),
                        null,
                        row.changedAt()));
    }

    @Test
    default void laterChangeTakesThePlaceOfTheEarlier() {
        long before = start();
        AccountRow first = bench().account();
        AccountRow second = bench().account();
        settle();
        assertThat(bench().accounts.mark(first.tenant(), first.id(), 1, "RECONNECT_REQUIRED", "owner_asked"))
                .isEqualTo(Write.DONE);
        assertThat(since(before, "")).extracting(Change::id).containsExactly(second.id());
        settle();
        assertThat(since(before, "")).extracting(Change::id).containsExactly(second.id(), first.id());
        assertThat(since(second.changedAt(), second.id())).singleElement().satisfies(change -> {
            assertThat(change.status()).isEqualTo("RECONNECT_REQUIRED");
            assertThat(change.reason()).isEqualTo("owner_asked");
        });
    }

    @Test
    default void changesOfOneMomentAreToldInStepsById() {
        long before = start();
        List<String> ids = new ArrayList<>();
        for (int count = 0; count < 20; count++) {
            ids.add(bench().account().id());
        }
        settle();
        List<Change> told = since(before, "");
        assertThat(told).extracting(Change::id).containsExactlyInAnyOrderElementsOf(ids);
        for (int next = 1; next < told.size(); next++) {
            Change one = told.get(next - 1);
            Change two = told.get(next);
            assertThat(one.changedAt() < two.changedAt()
                            || one.changedAt() == two.changedAt() && one.id().compareTo(two.id()) < 0)
                    .isTrue();
        }
    }

    @Test
    default void everyWriterOfAnAccountIsSeen() {
        AccountRow row = bench().account();
        settle();
        seen(row, () -> assertThat(bench().claim(row, id(), 0, null)).isTrue());
        seen(
                row,
                () -> assertThat(bench().accounts.store(answer(bench().read(row)), 0))
                        .isEqualTo(Write.DONE));
        seen(
                row,
                () -> assertThat(bench().accounts
                                .postpone(
                                        row.tenant(),
                                        row.id(),
                                        bench().read(row).rowVersion(),
                                        1))
                        .isEqualTo(Write.DONE));
        seen(
                row,
                () -> assertThat(bench().accounts
                                .clear(row.tenant(), row.id(), bench().read(row).sealNo(), id(), "DISCONNECTED", null))
                        .isEqualTo(Write.DONE));
    }

    private void seen(AccountRow row, Runnable write) {
        long last = bench().read(row).changedAt();
        bench().advance(1_000);
        write.run();
        settle();
        assertThat(since(last, row.id())).extracting(Change::id).contains(row.id());
    }

    @Test
    default void useIsNoChange() {
        AccountRow row = bench().account();
        settle();
        bench().accounts
                .touch(List.of(new Used(row.tenant(), row.id(), bench().store.now())));
        settle();
        assertThat(since(row.changedAt(), row.id())).extracting(Change::id).doesNotContain(row.id());
    }

    @Test
    default void rowThatIsDeletedIsToldNoMore() {
        long before = start();
        AccountRow row = bench().account();
        bench().store.members().remove(row.tenant(), row.member());
        settle();
        assertThat(since(before, "")).isEmpty();
    }
}
