package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.MemberKey;
import dev.bulla.store.MemberRow;
import dev.bulla.store.MemberRow.KeyRow;
import dev.bulla.store.Write;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A key that was shown and never proven is nobody's key, whoever can write the database. */
class OfferedKeyTest {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void offeredKeyInTheActivePlaceIsRefused() {
        world.connection("notes");
        MemberKey first = proven(world.member("alice").keys().issue().text());
        MemberKey superseded =
                MemberKey.parse(world.member("alice").keys().rotate(first).text());
        KeyRow offered = row().offered();
        MemberKey second = proven(world.member("alice").keys().rotate(first).text());
        assertThat(world.member("alice").keys().isOffered()).isFalse();

        MemberRow row = row();
        MemberRow tampered = new MemberRow(
                row.tenant(), row.member(), row.keyNo(), offered, null, row.rowVersion(), "tampered", row.changedAt());
        assertThat(world.store.members().update(row, tampered)).isEqualTo(Write.DONE);

        refused(() -> world.member("alice").session(superseded));
        refused(() -> world.member("alice").session(second));
        refused(() -> world.connect("alice", "notes", "anna"));
    }

    @Test
    void supersededOfferIsNotTheMembersKey() {
        MemberKey first = MemberKey.parse(world.member("alice").keys().issue().text());
        MemberKey second = MemberKey.parse(world.member("alice").keys().issue().text());
        assertThat(world.member("alice").keys().isOffered()).isTrue();

        assertThatThrownBy(() -> world.member("alice").keys().confirm(first))
                .isInstanceOfSatisfying(
                        BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.KEY_WRONG));
        try (Session session = world.member("alice").session(second)) {
            assertThat(session.accounts()).isEmpty();
        }
    }

    private MemberKey proven(String text) {
        MemberKey key = MemberKey.parse(text);
        world.member("alice").keys().confirm(key);
        return key;
    }

    private MemberRow row() {
        return world.store.members().find(World.TENANT, "alice").orElseThrow();
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.KEY_ROW_REFUSED));
    }
}
