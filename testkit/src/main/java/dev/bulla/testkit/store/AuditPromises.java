package dev.bulla.testkit.store;

import static dev.bulla.testkit.store.Bench.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.store.AuditRow;
import dev.bulla.store.AuditStore;
import dev.bulla.store.AuditStore.Search;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

interface AuditPromises extends OnBench {
    private AuditStore audits() {
        return bench().store.audits();
    }

    /** Unique throughout a store, and sorted by the number. */
    private static String auditId(int number) {
        return "%012x%s".formatted(number, id().replace("-", "").substring(0, 20));
    }

    private AuditRow auditRow(
            int number, String member, String connection, String tool, boolean allowed, String policies) {
        return new AuditRow(
                auditId(number),
                number,
                bench().tenant,
                member,
                connection,
                tool,
                connection.isEmpty() ? "" : "s-" + connection,
                member.isEmpty() ? "" : "g-" + member,
                tool.isEmpty() ? "KEY_ISSUED" : "TOOL",
                !tool.isEmpty(),
                allowed,
                policies,
                "{\"act\":{\"path\":\"/\u00fc/*\"}}");
    }

    private List<AuditRow> auditRows(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> auditRow(number, "m", "c", "c__t", true, ""))
                .toList();
    }

    private List<AuditRow> found(Search search) {
        return audits().find(bench().tenant, search);
    }

    private static Search everyAudit() {
        return new Search("", "", true, "", "", "", "", "", "", null, null, 500, 0);
    }

    @Test
    default void auditRowIsKept() {
        AuditRow row = auditRow(1, "m", "c", "c__t", true, "|p|");
        audits().insert(List.of(row));
        assertThat(found(everyAudit())).containsExactly(row);
    }

    @Test
    default void auditRowsOfOtherTenantsAreNotFound() {
        audits().insert(List.of(auditRow(1, "m", "c", "c__t", true, "|p|")));
        String tenant = bench().tenant;
        assertThat(audits().find(tenant + " ", everyAudit())).isEmpty();
        assertThat(audits().find(tenant.toUpperCase(Locale.ROOT), everyAudit())).isEmpty();
    }

    @Test
    default void auditRowsThatAreThereArePassedOver() {
        List<AuditRow> rows = auditRows(2);
        audits().insert(rows.subList(0, 1));
        audits().insert(rows);
        audits().insert(rows);
        audits().insert(List.of());
        assertThat(found(everyAudit())).containsExactly(rows.get(1), rows.get(0));
    }

    @Test
    default void auditRowsComeInTheirOrder() {
        List<AuditRow> rows = auditRows(7);
        audits().insert(List.of(rows.get(3), rows.get(6), rows.get(0), rows.get(1)));
        audits().insert(List.of(rows.get(2), rows.get(5), rows.get(4)));
        Search oldest = new Search("", "", false, "", "", "", "", "", "", null, null, 3, 2);
        assertThat(found(oldest)).containsExactlyElementsOf(rows.subList(2, 5));
        Search newest = new Search("", rows.get(5).id(), true, "", "", "", "", "", "", null, null, 2, 1);
        assertThat(found(newest)).containsExactly(rows.get(3), rows.get(2));
        Search range = new Search(rows.get(1).id(), rows.get(3).id(), false, "", "", "", "", "", "", null, null, 9, 0);
        assertThat(found(range)).containsExactlyElementsOf(rows.subList(1, 3));
    }

    @Test
    default void auditRowsAreFoundByWhatTheyHold() {
        AuditRow one = auditRow(1, "mia", "git", "git__Create_Issue", true, "|p1|p2|");
        AuditRow two = auditRow(2, "Mia", "Git", "git__list", false, "|p12|");
        AuditRow key = auditRow(3, "mia", "", "", true, "");
        audits().insert(List.of(one, two, key));
        assertThat(found(new Search("", "", true, "e_issue", "", "", "", "", "", null, null, 9, 0)))
                .containsExactly(one);
        assertThat(found(new Search("", "", true, "_", "", "", "", "", "", null, null, 9, 0)))
                .containsExactly(two, one);
        assertThat(found(new Search("", "", true, "%", "", "", "", "", "", null, null, 9, 0)))
                .isEmpty();
        assertThat(found(new Search("", "", true, "", "git", "", "", "", "", null, null, 9, 0)))
                .containsExactly(one);
        assertThat(found(new Search("", "", true, "", "", "mia", "", "", "", null, null, 9, 0)))
                .containsExactly(key, one);
        assertThat(found(new Search("", "", true, "", "", "", "p1", "", "", null, null, 9, 0)))
                .containsExactly(one);
        assertThat(found(new Search("", "", true, "", "", "", "p_", "", "", null, null, 9, 0)))
                .isEmpty();
        assertThat(found(new Search("", "", true, "", "", "", "", "", "", false, null, 9, 0)))
                .containsExactly(two);
        assertThat(found(new Search("", "", true, "", "", "", "", "", "", true, true, 9, 0)))
                .containsExactly(one);
        assertThat(found(new Search("", "", true, "", "", "", "", "", "", null, false, 9, 0)))
                .containsExactly(key);
        assertThat(found(new Search("", "", true, "", "", "", "", "s-git", "", null, null, 9, 0)))
                .containsExactly(one);
        assertThat(found(new Search("", "", true, "", "", "", "", "", "g-mia", null, null, 9, 0)))
                .containsExactly(key, one);
    }

    @Test
    default void manyAuditRowsGoAtOnce() {
        List<AuditRow> rows = auditRows(AuditStore.BATCH);
        audits().insert(rows);
        audits().insert(rows);
        assertThat(found(everyAudit())).hasSize(AuditStore.BATCH);
        List<AuditRow> more = Stream.concat(rows.stream(), rows.stream()).toList();
        assertThatThrownBy(() -> audits().insert(more)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    default void tooLongAuditRowIsRefusedAndTheOthersWithIt() {
        AuditRow good = auditRow(1, "m", "c", "c__t", true, "");
        AuditRow bad = auditRow(2, "m".repeat(256), "c", "c__t", true, "");
        assertThatThrownBy(() -> audits().insert(List.of(good, bad))).isInstanceOf(IllegalArgumentException.class);
        assertThat(found(everyAudit())).isEmpty();
    }

    /** With ids before those of other tests. */
    @Test
    default void oldAuditRowsAreDeleted() {
        String mark = "-" + id();
        List<AuditRow> rows = IntStream.range(0, 250)
                .mapToObj(number -> new AuditRow(
                        "!%03d".formatted(number) + mark,
                        0,
                        bench().tenant,
                        "",
                        "",
                        "",
                        "",
                        "",
                        "OTHER",
                        false,
                        true,
                        "",
                        "{}"))
                .toList();
        audits().insert(rows);
        assertThat(bench().store.upkeep().purgeAudit("!100" + mark, 30)).isEqualTo(30);
        assertThat(found(everyAudit())).hasSize(220);
        assertThat(bench().store.upkeep().purgeAudit("!200" + mark, 1000)).isEqualTo(170);
        assertThat(found(everyAudit())).hasSize(50).contains(rows.get(200)).doesNotContain(rows.get(199));
        assertThat(bench().store.upkeep().purgeAudit("!999", 1000)).isEqualTo(50);
    }
}
