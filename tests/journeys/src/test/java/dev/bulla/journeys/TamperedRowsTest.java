package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.HostKeyring;
import dev.bulla.key.MemberKey;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Landing;
import dev.bulla.model.SealedTo;
import dev.bulla.seal.MemberPublicKey;
import dev.bulla.seal.SealContext;
import dev.bulla.seal.Sealer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody writes the database without holding the host's keys. Whatever they put there is refused, never used. */
class TamperedRowsTest {
    private static final String KEY = """
            update bulla_member set (key_no, key_number, key_public, key_mac, key_mac_term, key_previous, key_previous_term,
                offered_number) = (?, ?, ?, ?, ?, ?, ?, null)
            where member = ?""";

    private final Ground ground = Ground.h2();
    private final World world = ground.world;
    private final Member alice = world.member("alice");
    private final Member bob = world.member("bob");
    private MemberKey key = MemberKey.generate();

    @BeforeEach
    void connect() {
        world.connection("notes");
        world.connection("other");
        key = Keys.first(alice);
        world.connect(alice, "notes", "anna");
        world.connect(alice, "other", "anna");
        world.connect(bob, "notes", "ben");
    }

    @AfterEach
    void close() {
        ground.close();
    }

    @Test
    void bytesOfAnotherAccountAreRefused() {
        copy(account(alice, "other"), account(alice, "notes"));
        refused(ErrorCode.RECORD_REFUSED, () -> use(alice.session(key), "notes"));
        use(alice.session(key), "other");
    }

    @Test
    void bytesOfAnotherMemberAreRefused() {
        copy(account(alice, "notes"), account(bob, "notes"));
        refused(ErrorCode.RECORD_REFUSED, () -> use(bob.session(), "notes"));
        MemberKey bobs = Keys.first(bob);
        refused(ErrorCode.RECORD_REFUSED, () -> use(bob.session(bobs), "notes"));
    }

    @Test
    void bytesThatTheHostOpensAreRefusedInAMembersRow() {
        copy(account(bob, "notes"), account(alice, "notes"));
        refused(ErrorCode.RECORD_REFUSED, () -> use(alice.session(key), "notes"));
        ground.write("update bulla_account set key_no = 1 where id = ?", account(bob, "notes"));
        refused(ErrorCode.KEY_ROW_REFUSED, () -> Keys.first(bob));
    }

    @Test
    void accountMovedToAnotherMemberIsRefused() {
        ground.write("delete from bulla_account where member = 'alice' and id <> ?", account(alice, "notes"));
        ground.write("delete from bulla_account where member = 'bob'");
        ground.write("update bulla_account set member = 'bob'");
        refused(ErrorCode.KEY_REQUIRED, () -> use(bob.session(), "notes"));
        refused(ErrorCode.KEY_ROW_REFUSED, () -> Keys.first(bob));
    }

    @Test
    void accountMovedToAnotherTenantIsRefused() {
        String stranger = account(bob, "notes");
        ground.write("update bulla_connection set tenant = 'globex'");
        ground.write("update bulla_app set tenant = 'globex'");
        ground.write("update bulla_policy set tenant = 'globex'");
        ground.write("update bulla_account set tenant = 'globex' where id = ?", stranger);
        Member moved = world.bulla.tenant("globex").member("bob");
        refused(ErrorCode.RECORD_REFUSED, () -> use(moved.session(), "notes"));
    }

    @Test
    void bytesOfAnotherPurposeAreRefused() {
        ground.write("""
                update bulla_account set (sealed, host_term) = (select sealed, host_term from bulla_app fetch first row only)
                where member = 'bob'""");
        refused(ErrorCode.RECORD_REFUSED, () -> use(bob.session(), "notes"));
        ground.write(
                "update bulla_app set sealed = (select sealed from bulla_account where id = ?)",
                account(alice, "notes"));
        refused(ErrorCode.RECORD_REFUSED, () -> world.connect(bob, "other", "ben"));
    }

    @Test
    void earlierBytesUnderALaterNumberAreRefused() {
        Object early = value("select sealed from bulla_account where id = ?", account(bob, "notes"));
        world.connect(bob, "notes", "ben");
        ground.write("update bulla_account set sealed = ? where id = ?", early, account(bob, "notes"));
        refused(ErrorCode.RECORD_REFUSED, () -> use(bob.session(), "notes"));
    }

    @Test
    void rowThatLiesAboutItsKeyIsRefused() {
        ground.write("update bulla_account set key_no = 0 where member = 'alice'");
        refused(ErrorCode.RECORD_REFUSED, () -> use(alice.session(), "notes"));
        refused(ErrorCode.RECORD_REFUSED, () -> use(alice.session(key), "notes"));
    }

    @Test
    void nothingWithoutAHeaderIsAValue() {
        byte[] sealed = (byte[]) value("select sealed from bulla_account where id = ?", account(bob, "notes"));
        List<byte[]> stripped = List.of(
                new byte[0],
                "{\"anchor\":\"\",\"sets\":{\"main\":{\"access\":\"forged\",\"extra\":{}}},\"form\":{}}"
                        .getBytes(StandardCharsets.UTF_8),
                Arrays.copyOfRange(sealed, 4, sealed.length),
                Arrays.copyOfRange(sealed, 41, sealed.length),
                Arrays.copyOf(sealed, 41),
                Arrays.copyOf(sealed, sealed.length + 1));
        for (byte[] bytes : stripped) {
            ground.write("update bulla_account set sealed = ? where member = 'bob'", (Object) bytes);
            refused(ErrorCode.RECORD_REFUSED, () -> use(bob.session(), "notes"));
        }
    }

    @Test
    void recordThatDoesNotOpenKeepsNoOtherFromTheFirstKey() {
        world.connect(bob, "other", "ben");
        ground.write("update bulla_account set sealed = ? where id = ?", new byte[200], account(bob, "notes"));
        MemberKey bobs = Keys.first(bob);
        assertThat(bob.account("other").sealedTo()).isEqualTo(SealedTo.MEMBER);
        use(bob.session(bobs), "other");
    }

    @Test
    void recordForgedToTheRealPublicKeyIsRefused() {
        List<@Nullable Object> row = ground.read(
                        "select id, connection_id, seal_no, sealed from bulla_account where id = ?",
                        account(alice, "notes"))
                .get(0);
        String known = (String) value("select key_public from bulla_member where member = 'alice'");
        byte[] forged = new Sealer(HostKeyring.ephemeral())
                .sealToMember(
                        new SealContext(
                                World.TENANT, "alice", "" + row.get(1), "" + row.get(0), "account", (Long) row.get(2)),
                        MemberPublicKey.parse(known),
                        1,
                        "{}".getBytes(StandardCharsets.UTF_8));
        ground.write("update bulla_account set sealed = ? where id = ?", forged, row.get(0));
        refused(ErrorCode.RECORD_REFUSED, () -> use(alice.session(key), "notes"));
    }

    @Test
    void publicKeyOfAnotherMemberIsNeverSealedTo() {
        MemberKey mallorys = Keys.first(world.member("mallory"));
        Trip underWay = world.trip("alice", "notes", "anna");
        ground.write("""
                update bulla_member set (key_public, key_mac, key_mac_term) =
                    (select key_public, key_mac, key_mac_term from bulla_member where member = 'mallory')
                where member = 'alice'""");

        refused(ErrorCode.KEY_ROW_REFUSED, () -> world.connect(alice, "notes", "anna"));
        assertThat(alice.complete(underWay.request()).outcome()).isInstanceOf(Landing.Failed.class);
        assertThat(ground.read("select seal_no from bulla_account where id = ?", account(alice, "notes")))
                .containsExactly(List.of(1L));
        refused(ErrorCode.KEY_ROW_REFUSED, () -> alice.session(key));
        refused(ErrorCode.KEY_ROW_REFUSED, () -> alice.session(mallorys));
        refused(ErrorCode.KEY_ROW_REFUSED, () -> alice.keys().status());
    }

    @Test
    void offeredKeyOfAnotherMemberIsNeverMadeActive() {
        alice.keys().rotate(key);
        MemberKey mallorys =
                MemberKey.parse(world.member("mallory").keys().issue().text());
        ground.write("""
                update bulla_member set (offered_public, offered_mac) =
                    (select offered_public, offered_mac from bulla_member where member = 'mallory')
                where member = 'alice'""");
        refused(ErrorCode.KEY_ROW_REFUSED, () -> alice.keys().confirm(mallorys));
        refused(ErrorCode.KEY_ROW_REFUSED, () -> alice.session(mallorys));
    }

    @Test
    void removedKeyIsAnAlarmAndNeverTheHost() {
        ground.write("delete from bulla_member where member = 'alice'");
        alarm();
    }

    @Test
    void emptiedKeyIsAnAlarmAndNeverTheHost() {
        ground.write("delete from bulla_account where member = 'alice'");
        ground.write("update bulla_member set key_public = null, key_number = null where member = 'alice'");
        alarm();
    }

    private void alarm() {
        refused(ErrorCode.KEY_ROW_REFUSED, () -> world.connect(alice, "other", "anna"));
        refused(ErrorCode.KEY_ROW_REFUSED, () -> alice.session(key));
        refused(ErrorCode.KEY_ROW_REFUSED, () -> alice.keys().issue());
        assertThat(alice.accounts()).extracting(ConnectedAccount::sealedTo).doesNotContain(SealedTo.HOST);

        alice.keys().reset();
        assertThat(alice.accounts()).extracting(ConnectedAccount::sealedTo).allMatch(SealedTo.NOBODY::equals);
        MemberKey next = Keys.first(alice);
        world.connect(alice, "other", "anna");
        use(alice.session(next), "other");
    }

    @Test
    void formerKeyRowPutBackIsRefused() {
        List<@Nullable Object> former = keyRow();
        MemberKey second = Keys.rotated(alice, key);
        Keys.await(() -> assertThat(ground.read("select id from bulla_account where key_no = 2"))
                .hasSize(2));
        putBack(former);
        refused(ErrorCode.KEY_ROW_REFUSED, () -> alice.session(key));
        refused(ErrorCode.KEY_ROW_REFUSED, () -> alice.session(second));
        refused(ErrorCode.KEY_ROW_REFUSED, () -> world.connect(alice, "notes", "anna"));
    }

    @Test
    void keyRowFromBeforeAResetIsRefused() {
        List<@Nullable Object> former = keyRow();
        alice.keys().reset();
        ground.write(
                "update bulla_member set key_number = 1, key_public = ?, key_mac = ? where member = 'alice'",
                former.get(2),
                former.get(3));
        refused(ErrorCode.KEY_ROW_REFUSED, () -> alice.session(key));
        refused(ErrorCode.KEY_ROW_REFUSED, () -> world.connect(alice, "notes", "anna"));
        ground.write("update bulla_member set key_number = 2 where member = 'alice'");
        refused(ErrorCode.KEY_ROW_REFUSED, () -> alice.session(key));
    }

    @Test
    void keyRowFromBeforeAResetIsRefusedOnceTheNextKeyIsUsed() {
        List<@Nullable Object> former = keyRow();
        alice.keys().reset();
        Keys.first(alice);
        world.connect(alice, "notes", "anna");
        putBack(former);
        refused(ErrorCode.KEY_ROW_REFUSED, () -> alice.session(key));
        refused(ErrorCode.KEY_ROW_REFUSED, () -> world.connect(alice, "other", "anna"));
    }

    private List<@Nullable Object> keyRow() {
        return ground.read("""
                        select key_no, key_number, key_public, key_mac, key_mac_term, key_previous, key_previous_term
                        from bulla_member where member = 'alice'""").get(0);
    }

    private void putBack(List<@Nullable Object> row) {
        Object[] values = Arrays.copyOf(row.toArray(), 8);
        values[7] = "alice";
        ground.write(KEY, values);
    }

    private void copy(String from, String to) {
        ground.write("""
                update bulla_account set (sealed, seal_no) = (select sealed, seal_no from bulla_account where id = ?)
                where id = ?""", from, to);
    }

    private static String account(Member member, String connection) {
        return member.account(connection).id();
    }

    private Object value(String sql, Object... values) {
        return Objects.requireNonNull(ground.read(sql, values).get(0).get(0));
    }

    private static void use(Session session, String connection) {
        try (session) {
            session.tokenForSdk(connection);
        }
    }

    private static void refused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BullaException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void removedKeyIsSeenThoughTheColumnsSayHost() {
        ground.write("update bulla_account set key_no = 0");
        ground.write("delete from bulla_member where member = 'alice'");

        assertThatThrownBy(() -> world.connect("alice", "other", "anna"))
                .isInstanceOfSatisfying(
                        BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.KEY_ROW_REFUSED));
    }
}
