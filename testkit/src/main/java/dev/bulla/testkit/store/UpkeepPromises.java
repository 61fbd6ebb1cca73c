package dev.bulla.testkit.store;

import static dev.bulla.testkit.store.Bench.changed;
import static dev.bulla.testkit.store.Bench.id;
import static dev.bulla.testkit.store.Bench.keyed;
import static dev.bulla.testkit.store.Bench.newAccount;
import static dev.bulla.testkit.store.Bench.sealed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.store.AccountRow;
import dev.bulla.store.AccountRow.Claim;
import dev.bulla.store.AppRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.FlowRow;
import dev.bulla.store.MemberRow;
import dev.bulla.store.MemberRow.KeyRow;
import dev.bulla.store.UpkeepStore;
import dev.bulla.store.Write;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** What is counted over all tenants, and what is deleted when it is over. */
interface UpkeepPromises extends OnBench {
    @Test
    default void sharedSubjectIsCountedAcrossTenants() {
        String app = "managed-" + id();
        AccountRow one = sharing(bench().tenant, app, "anna");
        AccountRow two = sharing(bench().tenant + "-2", app, "anna");
        sharing(bench().tenant, app, "ben");
        sharing(bench().tenant, app + "-2", "anna");
        UpkeepStore upkeep = bench().store.upkeep();
        assertThat(upkeep.sharing(app, "anna", "")).isEqualTo(2);
        assertThat(upkeep.sharing(app, "anna", one.id())).isEqualTo(1);
        bench().accounts.clear(two.tenant(), two.id(), 1, id(), "DISCONNECTED", null);
        assertThat(upkeep.sharing(app, "anna", one.id())).isZero();
    }

    private AccountRow sharing(String tenant, String appId, String subject) {
        String connection = bench().connection(tenant, "connection-" + id()).id();
        AccountRow row = newAccount(tenant, "member-" + id(), connection, "");
        bench().store.members().findOrCreate(tenant, row.member());
        AccountRow full = new AccountRow(
                row.id(),
                tenant,
                row.member(),
                connection,
                "",
                appId,
                row.status(),
                null,
                subject,
                null,
                "",
                "{}",
                sealed("x"),
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
        assertThat(bench().accounts.insert(full, 0)).isEqualTo(Write.DONE);
        return full;
    }

    @Test
    default void termsOfEveryTableAreInUse() {
        int term = ThreadLocalRandom.current().nextInt(1_000, Integer.MAX_VALUE - 10);
        ConnectionRow connection = bench().connection();
        ConnectionRow next = changed(connection, true, true);
        bench().store
                .connections()
                .update(
                        new ConnectionRow(
                                next.id(),
                                next.tenant(),
                                next.name(),
                                next.provider(),
                                next.mode(),
                                true,
                                true,
                                true,
                                2,
                                null,
                                "",
                                "{}",
                                sealed(10, term),
                                1,
                                next.rowVersion(),
                                next.attempt(),
                                0,
                                0,
                                0),
                        new AppRow(id(), next.tenant(), next.id(), "client", sealed(10, term + 1), 1, false, 0));
        bench().inserted(withTerm(term + 2));
        FlowRow flow = new FlowRow(id(), bench().tenant, "alice", "connect", id(), "b", sealed(10, term + 3), 0, 0);
        bench().store.flows().insert(flow, 1_000, 5);
        String member = bench().member();
        MemberRow read = bench().memberRow(member);
        KeyRow key = new KeyRow(1, "public", "mac", term + 4, sealed(10, term + 5), 0);
        KeyRow offered = new KeyRow(2, "public", "mac", term + 6, sealed(10, term + 7), 0);
        bench().store.members().update(read, keyed(read, 1, key, offered));

        bench().store.grants().insert(bench().grant(member, 1, sealed(10, term + 8)));

        assertThat(bench().store.upkeep().hostTermsInUse())
                .contains(term, term + 1, term + 2, term + 3, term + 4, term + 5, term + 6, term + 7, term + 8)
                .doesNotContain(term + 9);
    }

    @Test
    default void clearedRecordFreesItsTerm() {
        int term = ThreadLocalRandom.current().nextInt(1_000, Integer.MAX_VALUE);
        AccountRow row = bench().inserted(withTerm(term));
        assertThat(bench().store.upkeep().hostTermsInUse()).contains(term);
        bench().accounts.clear(row.tenant(), row.id(), 1, id(), "DISCONNECTED", null);
        assertThat(bench().store.upkeep().hostTermsInUse()).doesNotContain(term);
    }

    @Test
    default void flowsThatEndedLongAgoArePurged() {
        var flows = bench().store.flows();
        bench().store.upkeep().purgeFlows(0, 100_000);
        FlowRow expired = bench().flow("alice");
        FlowRow used = bench().flow("alice");
        FlowRow open = bench().flow("alice");
        flows.insert(expired, 1_000, 5);
        flows.insert(used, 10_000_000, 5);
        flows.insert(open, 10_000_000, 5);
        flows.take(used.tenant(), used.id(), used.kind(), id());
        bench().advance(61_500);

        assertThat(bench().store.upkeep().purgeFlows(61_000, 100_000)).isPositive();
        assertThat(flows.peek(used.tenant(), used.id())).isEmpty();
        assertThat(flows.peek(expired.tenant(), expired.id())).isPresent();

        bench().advance(3_600_000);
        assertThat(bench().store.upkeep().purgeFlows(61_000, 100_000)).isPositive();
        assertThat(flows.peek(expired.tenant(), expired.id())).isEmpty();
        assertThat(flows.peek(open.tenant(), open.id())).isPresent();
    }

    @Test
    default void purgeIsLimited() {
        for (int i = 0; i < 3; i++) {
            bench().store.flows().insert(bench().flow("alice"), 1_000, 5);
        }
        bench().advance(2_000);
        assertThat(bench().store.upkeep().purgeFlows(0, 2)).isEqualTo(2);
        assertThat(bench().store.upkeep().purgeFlows(0, 0)).isZero();
        assertThat(bench().store.upkeep().purgeFlows(0, 100_000)).isGreaterThanOrEqualTo(1);
    }

    private AccountRow withTerm(int term) {
        return Timed.account(bench(), bench().member(), bench().connection().id(), "", null, null, 0, sealed(10, term));
    }
}
