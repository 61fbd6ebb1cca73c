package dev.bulla.testkit.store;

import static dev.bulla.testkit.store.Bench.id;
import static dev.bulla.testkit.store.Bench.keyed;
import static dev.bulla.testkit.store.Bench.newKey;
import static dev.bulla.testkit.store.Bench.sealed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bulla.store.GrantRow;
import dev.bulla.store.GrantStore;
import dev.bulla.store.GrantStore.Glance;
import dev.bulla.store.MemberRow;
import dev.bulla.store.MemberRow.KeyRow;
import dev.bulla.store.Write;
import org.junit.jupiter.api.Test;

interface GrantPromises extends OnBench {
    private GrantStore grants() {
        return bench().store.grants();
    }

    /** A member with a first key. */
    private String keyedMember() {
        String member = bench().member();
        bench().nextKey(member);
        return member;
    }

    private GrantRow granted(String member) {
        GrantRow row = bench().grant(member);
        assertThat(grants().insert(row)).isEqualTo(Write.DONE);
        return grants().find(row.tenant(), row.id()).orElseThrow();
    }

    @Test
    default void grantIsKept() {
        GrantRow row = bench().grant(keyedMember(), 1, sealed(70_000, 3));
        long before = bench().store.now();
        assertThat(grants().insert(row)).isEqualTo(Write.DONE);
        GrantRow read = grants().find(row.tenant(), row.id()).orElseThrow();
        assertThat(read).usingRecursiveComparison().ignoringFields("createdAt").isEqualTo(row);
        assertThat(read.createdAt()).isBetween(before, bench().store.now());
        assertThat(grants().find("another-" + id(), row.id())).isEmpty();
        assertThat(grants().find(row.tenant(), id())).isEmpty();
    }

    @Test
    default void grantInsertedAgainIsDone() {
        GrantRow row = granted(keyedMember());
        assertThat(grants().insert(row)).isEqualTo(Write.DONE);
        assertThat(grants().ofMember(row.tenant(), row.member())).containsExactly(row);
    }

    @Test
    default void grantIdOfAnotherMemberIsRefused() {
        GrantRow row = granted(keyedMember());
        String other = keyedMember();
        GrantRow taken = new GrantRow(row.id(), row.tenant(), other, 1, "", "", row.sealed(), 0, row.expiresAt(), null);
        assertThatIllegalArgumentException().isThrownBy(() -> grants().insert(taken));
        assertThat(grants().find(row.tenant(), row.id())).contains(row);
    }

    @Test
    default void grantOfAReplacedKeyIsRefused() {
        String member = keyedMember();
        GrantRow row = bench().grant(member);
        bench().nextKey(member);
        assertThat(grants().insert(row)).isEqualTo(Write.KEY_MOVED);
        assertThat(grants().find(row.tenant(), row.id())).isEmpty();
    }

    @Test
    default void grantWithoutAKeyOrAMemberIsRefused() {
        assertThat(grants().insert(bench().grant(bench().member()))).isEqualTo(Write.KEY_MOVED);
        assertThat(grants().insert(bench().grant("nobody", 1, sealed("grant")))).isEqualTo(Write.KEY_MOVED);
        assertThat(bench().store.members().find(bench().tenant, "nobody")).isEmpty();
    }

    @Test
    default void grantsEndWithTheirKey() {
        GrantRow row = granted(keyedMember());
        GrantRow other = granted(keyedMember());
        assertThat(grants().glance(row.tenant(), row.id())).isPresent();
        bench().nextKey(row.member());
        assertThat(grants().glance(row.tenant(), row.id())).isEmpty();
        assertThat(grants().find(row.tenant(), row.id())).isEmpty();
        assertThat(grants().glance(other.tenant(), other.id())).isPresent();
    }

    @Test
    default void grantsOutliveAnOfferedKey() {
        GrantRow row = granted(keyedMember());
        MemberRow read = bench().memberRow(row.member());
        KeyRow offered = newKey(read.keyNo() + 1);
        bench().store.members().update(read, keyed(read, read.keyNo(), read.key(), offered));
        assertThat(grants().glance(row.tenant(), row.id())).isPresent();
        assertThat(grants().find(row.tenant(), row.id())).contains(row);
    }

    @Test
    default void glanceTellsEndUseAndTime() {
        GrantRow row = granted(keyedMember());
        Glance first = grants().glance(row.tenant(), row.id()).orElseThrow();
        assertThat(first.expiresAt()).isEqualTo(row.expiresAt());
        assertThat(first.lastUsedAt()).isNull();
        assertThat(first.now()).isGreaterThanOrEqualTo(row.createdAt());

        bench().advance(5_000);
        grants().used(row.tenant(), row.id());

        Glance used = grants().glance(row.tenant(), row.id()).orElseThrow();
        assertThat(used.lastUsedAt()).isBetween(first.now() + 5_000, used.now());
        assertThat(grants().glance("another-" + id(), row.id())).isEmpty();
        grants().used(row.tenant(), id());
    }

    @Test
    default void grantsOfAMemberAreListedByTheirMaking() {
        String member = keyedMember();
        GrantRow first = granted(member);
        bench().advance(1_000);
        GrantRow second = granted(member);
        granted(keyedMember());
        assertThat(grants().ofMember(bench().tenant, member)).containsExactly(first, second);
        assertThat(grants().ofMember("another-" + id(), member)).isEmpty();
    }

    @Test
    default void removedGrantIsGone() {
        GrantRow row = granted(keyedMember());
        assertThat(grants().remove(row.tenant(), keyedMember(), row.id())).isFalse();
        assertThat(grants().remove("another-" + id(), row.member(), row.id())).isFalse();
        assertThat(grants().glance(row.tenant(), row.id())).isPresent();
        assertThat(grants().remove(row.tenant(), row.member(), row.id())).isTrue();
        assertThat(grants().glance(row.tenant(), row.id())).isEmpty();
        assertThat(grants().remove(row.tenant(), row.member(), row.id())).isFalse();
    }

    @Test
    default void grantsGoWithTheirMember() {
        GrantRow row = granted(keyedMember());
        GrantRow other = granted(keyedMember());
        bench().store.members().remove(row.tenant(), row.member());
        assertThat(grants().find(row.tenant(), row.id())).isEmpty();
        assertThat(grants().find(other.tenant(), other.id())).isPresent();
    }

    @Test
    default void grantsThatEndedLongAgoArePurged() {
        GrantRow row = granted(keyedMember());
        bench().advance(3_600_000);
        assertThat(bench().store.upkeep().purgeGrants(60_000, 0)).isZero();
        bench().store.upkeep().purgeGrants(60_000, 100_000);
        assertThat(grants().find(row.tenant(), row.id())).isPresent();
        bench().advance(61_000);
        assertThat(bench().store.upkeep().purgeGrants(60_000, 100_000)).isPositive();
        assertThat(grants().find(row.tenant(), row.id())).isEmpty();
    }

    @Test
    default void memberIsFoundByThePublicHalf() {
        String member = keyedMember();
        MemberRow row = bench().memberRow(member);
        String active = java.util.Objects.requireNonNull(row.key()).publicKey();
        KeyRow offered = newKey(2);
        bench().store.members().update(row, keyed(row, 1, row.key(), offered));

        assertThat(bench().store.members().findByKey(row.tenant(), active)).contains(bench().memberRow(member));
        assertThat(bench().store.members().findByKey(row.tenant(), offered.publicKey()))
                .contains(bench().memberRow(member));
        assertThat(bench().store.members().findByKey("another-" + id(), active)).isEmpty();
        assertThat(bench().store.members().findByKey(row.tenant(), active.toUpperCase(java.util.Locale.ROOT)))
                .isEmpty();

        bench().nextKey(member);
        assertThat(bench().store.members().findByKey(row.tenant(), active)).isEmpty();
    }
}
