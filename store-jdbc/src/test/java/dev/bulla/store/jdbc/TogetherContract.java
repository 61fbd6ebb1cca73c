package dev.bulla.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.databases.MisfortunePool;
import dev.bulla.store.AccountRow;
import dev.bulla.store.AccountStore.Used;
import dev.bulla.store.EntityRow;
import dev.bulla.store.Store;
import dev.bulla.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What comes in numbers goes to the database together, and holds nobody up. */
abstract class TogetherContract {
    private final List<String> trips = new ArrayList<>();

    abstract DataSource database();

    private Store installed() {
        SchemaInstaller.install(database());
        return JdbcStore.of(database());
    }

    /** Its trips are written down. */
    private Store watched() {
        MisfortunePool pool = new MisfortunePool(database());
        pool.fate(step -> {
            trips.add(step.words());
            return step.take();
        });
        return JdbcStore.of(pool.dataSource());
    }

    @Test
    void aPageOfEntitiesIsWrittenTogether() {
        Sample sample = new Sample(installed());
        Store store = watched();
        List<EntityRow> seen = entities(sample, 0, 150);
        store.entities().put(sample.tenant, sample.connection.id(), seen);
        assertThat(trips).hasSize(4).last().isEqualTo("commit");

        trips.clear();
        List<EntityRow> later = entities(sample, 100, 300);
        store.entities().put(sample.tenant, sample.connection.id(), later);
        assertThat(trips).hasSize(4).last().isEqualTo("commit");
        assertThat(store.entities().counts(sample.tenant, sample.connection.id()))
                .containsEntry("note", 300L);
    }

    private static List<EntityRow> entities(Sample sample, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> new EntityRow(
                        sample.tenant, sample.connection.id(), "note", "n" + i, "N" + i, "n" + i, "", false, 0))
                .toList();
    }

    @Test
    void fullBucketsArePurgedTogether() {
        Sample sample = new Sample(installed());
        Store store = watched();
        for (int i = 0; i < 150; i++) {
            store.buckets().take(sample.tenant, "bucket " + i, 1, 0);
        }
        trips.clear();
        int purged = store.upkeep().purgeBuckets(10_000);
        assertThat(purged).isGreaterThanOrEqualTo(150);
        assertThat(trips).filteredOn(words -> words.startsWith("delete")).hasSize((purged + 99) / 100);
    }

    @Test
    void whoStandsStillWhileNotingUsesHoldsNobodyUp() {
        Store store = installed();
        Sample one = new Sample(store);
        Sample two = new Sample(store);
        List<Write> written = new ArrayList<>();
        MisfortunePool pool = new MisfortunePool(database());
        pool.fate(step -> {
            Object answer = step.take();
            if (step.words().contains("last_used_at = ?")) {
                for (Sample sample : List.of(one, two)) {
                    long version = store.accounts()
                            .find(sample.tenant, sample.account.id())
                            .orElseThrow()
                            .rowVersion();
                    written.add(store.accounts().mark(sample.tenant, sample.account.id(), version, "ACTIVE", "x"));
                }
            }
            return answer;
        });
        JdbcStore.of(pool.dataSource())
                .accounts()
                .touch(List.of(
                        new Used(one.tenant, one.account.id(), 1_000), new Used(two.tenant, two.account.id(), 1_000)));
        assertThat(written).hasSize(4).containsOnly(Write.DONE);
    }

    @Test
    void useIsNotedAgainWhereTheConnectionWasLost() {
        Store store = installed();
        Sample sample = new Sample(store);
        MisfortunePool pool = new MisfortunePool(database());
        pool.statements(1);
        JdbcStore.of(pool.dataSource()).accounts().touch(List.of(new Used(sample.tenant, sample.account.id(), 77)));

        assertThat(store.accounts()
                        .find(sample.tenant, sample.account.id())
                        .orElseThrow()
                        .lastUsedAt())
                .isEqualTo(77);
    }

    @Test
    void manyUsesOfOneMomentAreWrittenTogether() {
        Store store = installed();
        Sample sample = new Sample(store);
        List<Used> used = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            AccountRow row = sample.newAccount("label " + i);
            store.accounts().insert(row, 0);
            used.add(new Used(sample.tenant, row.id(), 7_000));
        }
        watched().accounts().touch(used);

        assertThat(trips).hasSize(3);
        assertThat(store.accounts().ofMember(sample.tenant, sample.member))
                .filteredOn(row -> row.label().startsWith("label"))
                .hasSize(120)
                .allSatisfy(row -> assertThat(row.lastUsedAt()).isEqualTo(7_000));
    }
}
