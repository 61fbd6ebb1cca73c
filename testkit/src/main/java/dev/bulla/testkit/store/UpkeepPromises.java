package dev.bulla.testkit.store;

import static dev.bulla.testkit.store.Bench.changed;
import static dev.bulla.testkit.store.Bench.id;
import static dev.bulla.testkit.store.Bench.keyed;
import static dev.bulla.testkit.store.Bench.newAccount;
import static dev.bulla.testkit.store.Bench.sealed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.store.AccountRow;
import dev.bulla.store.AccountRow.Claim;
import dev.bulla.store.AccountStore.SealedWrite;
import dev.bulla.store.AppRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.FlowRow;
import dev.bulla.store.MemberRow;
import dev.bulla.store.MemberRow.KeyRow;
import dev.bulla.store.Sealed;
import dev.bulla.store.UpkeepStore;
import dev.bulla.store.UpkeepStore.AccountRef;
import dev.bulla.store.UpkeepStore.Look;
import dev.bulla.store.Write;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

interface UpkeepPromises extends OnBench {
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
        for (int i = 0; i < 1_100; i++) {
            bench().inserted(due(bench().member(), off.id(), now - 5_000, 0, sealed("x")));
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
        return bench().inserted(due(bench().member(), bench().connection().id(), refreshAt, keyNo, sealed));
    }

    private AccountRow due(
            String member, String connectionId, @Nullable Long refreshAt, int keyNo, @Nullable Sealed sealed) {
        return timed(member, connectionId, refreshAt, null, keyNo, sealed);
    }

    private AccountRow timed(
            String member,
            String connectionId,
            @Nullable Long refreshAt,
            @Nullable Long refreshBy,
            int keyNo,
            @Nullable Sealed sealed) {
        AccountRow row = newAccount(bench().tenant, member, connectionId, "");
        return new AccountRow(
                row.id(),
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
                sealed,
                1,
                keyNo,
                Claim.NONE,
                null,
                refreshAt,
                refreshBy,
                null,
                0,
                row.attempt(),
                0,
                0,
                0,
                0);
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

    private AccountRow until(long millisAhead) {
        long now = bench().store.now();
        return bench().inserted(
                        timed(bench().member(), bench().connection().id(), null, now + millisAhead, 0, sealed("x")));
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
        due(null, 0, sealed("x"));
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
        AccountRow next = timed(
                account.member(), account.connectionId(), null, bench().store.now() + 1_000_000, 0, sealed("y"));
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
        due(null, 0, sealed(10, term + 2));
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
        AccountRow row = due(null, 0, sealed(10, term));
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
}
