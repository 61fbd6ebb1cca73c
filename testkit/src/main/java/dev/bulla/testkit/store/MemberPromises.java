package dev.bulla.testkit.store;

import static dev.bulla.testkit.store.Bench.keyed;
import static dev.bulla.testkit.store.Bench.newKey;
import static dev.bulla.testkit.store.Bench.sealed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.store.FlowRow;
import dev.bulla.store.MemberRow;
import dev.bulla.store.MemberRow.KeyRow;
import dev.bulla.store.MemberStore;
import dev.bulla.store.Write;
import org.junit.jupiter.api.Test;

interface MemberPromises extends OnBench {
    private MemberStore members() {
        return bench().store.members();
    }

    @Test
    default void absentMemberIsEmpty() {
        assertThat(members().find(bench().tenant, "nobody")).isEmpty();
    }

    @Test
    default void findOrCreateMakesOneRow() {
        MemberRow made = members().findOrCreate(bench().tenant, "alice");
        assertThat(made.keyNo()).isZero();
        assertThat(made.key()).isNull();
        assertThat(made.offered()).isNull();
        assertThat(made.rowVersion()).isEqualTo(1);
        assertThat(members().findOrCreate(bench().tenant, "alice")).isEqualTo(made);
        assertThat(members().find(bench().tenant, "alice")).contains(made);
    }

    @Test
    default void keysAreKept() {
        MemberRow read = members().findOrCreate(bench().tenant, "alice");
        KeyRow key = new KeyRow(2, "public", "mac", 4, sealed(300, 5), 1_234);
        KeyRow offered = new KeyRow(3, "public 2", "mac 2", 6, null, 5_678);
        MemberRow next = keyed(read, 2, key, offered);

        assertThat(members().update(read, next)).isEqualTo(Write.DONE);

        MemberRow now = members().find(bench().tenant, "alice").orElseThrow();
        assertThat(now.keyNo()).isEqualTo(2);
        assertThat(now.key()).isEqualTo(key);
        assertThat(now.offered()).isEqualTo(offered);
        assertThat(now.attempt()).isEqualTo(next.attempt());
        assertThat(now.rowVersion()).isGreaterThan(read.rowVersion());

        assertThat(members().update(now, keyed(now, 2, null, null))).isEqualTo(Write.DONE);
        MemberRow reset = members().find(bench().tenant, "alice").orElseThrow();
        assertThat(reset.keyNo()).isEqualTo(2);
        assertThat(reset.key()).isNull();
        assertThat(reset.offered()).isNull();
    }

    @Test
    default void staleKeyNumberIsRefused() {
        String member = bench().member();
        MemberRow read = bench().memberRow(member);
        bench().nextKey(member);
        MemberRow moved = bench().memberRow(member);
        assertThat(members().update(read, keyed(read, 1, newKey(1), null))).isEqualTo(Write.MOVED);
        assertThat(bench().memberRow(member)).isEqualTo(moved);
    }

    @Test
    default void staleOfferIsRefused() {
        String member = bench().member();
        MemberRow read = bench().memberRow(member);
        MemberRow first = keyed(read, 0, null, newKey(1));
        assertThat(members().update(read, first)).isEqualTo(Write.DONE);
        assertThat(members().update(read, keyed(read, 0, null, newKey(1)))).isEqualTo(Write.MOVED);
        assertThat(bench().memberRow(member).offered()).isEqualTo(first.offered());
    }

    @Test
    default void replacedKeyOfSameNumberIsSeen() {
        String member = bench().member();
        bench().nextKey(member);
        MemberRow read = bench().memberRow(member);
        assertThat(members().update(read, keyed(read, 1, newKey(1), null))).isEqualTo(Write.DONE);
        assertThat(members().update(read, keyed(read, 2, newKey(2), null))).isEqualTo(Write.MOVED);
    }

    @Test
    default void sealingDoesNotDisturbAKeyUpdate() {
        String member = bench().member();
        MemberRow read = bench().memberRow(member);
        bench().account(member, bench().connection().id());
        assertThat(bench().memberRow(member).rowVersion()).isGreaterThan(read.rowVersion());
        assertThat(members().update(read, keyed(read, 0, null, newKey(1)))).isEqualTo(Write.DONE);
    }

    @Test
    default void updateOfMemberAgainIsDone() {
        String member = bench().member();
        MemberRow read = bench().memberRow(member);
        MemberRow next = keyed(read, 1, newKey(1), null);
        members().update(read, next);
        MemberRow once = bench().memberRow(member);
        assertThat(members().update(read, next)).isEqualTo(Write.DONE);
        assertThat(bench().memberRow(member)).isEqualTo(once);
    }

    @Test
    default void updateOfMemberAgainAfterSealingIsDone() {
        String member = bench().member();
        MemberRow read = bench().memberRow(member);
        MemberRow next = keyed(read, 1, newKey(1), null);
        members().update(read, next);
        bench().account(member, bench().connection().id());
        assertThat(members().update(read, next)).isEqualTo(Write.DONE);
    }

    @Test
    default void updateOfAbsentMemberIsRefused() {
        MemberRow read = members().findOrCreate(bench().tenant, "gone");
        members().remove(bench().tenant, "gone");
        assertThat(members().update(read, keyed(read, 1, newKey(1), null))).isEqualTo(Write.MOVED);
        assertThat(members().find(bench().tenant, "gone")).isEmpty();
    }

    @Test
    default void removeTakesAccountsAndFlows() {
        String leaver = bench().member();
        String stayer = bench().member();
        String connection = bench().connection().id();
        bench().account(leaver, connection);
        bench().account(leaver, bench().connection().id());
        bench().account(stayer, connection);
        FlowRow flow = bench().flow(leaver);
        FlowRow other = bench().flow(stayer);
        bench().store.flows().insert(flow, 60_000, 5);
        bench().store.flows().insert(other, 60_000, 5);

        assertThat(members().remove(bench().tenant, leaver)).isEqualTo(2);

        assertThat(members().find(bench().tenant, leaver)).isEmpty();
        assertThat(bench().accounts.ofMember(bench().tenant, leaver)).isEmpty();
        assertThat(bench().store.flows().peek(bench().tenant, flow.id())).isEmpty();
        assertThat(bench().accounts.ofMember(bench().tenant, stayer)).hasSize(1);
        assertThat(bench().store.flows().peek(bench().tenant, other.id())).isPresent();
        assertThat(members().remove(bench().tenant, leaver)).isZero();
    }
}
