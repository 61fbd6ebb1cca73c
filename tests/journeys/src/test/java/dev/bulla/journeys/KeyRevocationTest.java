package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bulla.Bulla;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.event.AccountEvent;
import dev.bulla.event.BullaEvent;
import dev.bulla.event.MemberEvent;
import dev.bulla.key.MemberKey;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Disconnected;
import dev.bulla.model.Disconnected.Revocation;
import dev.bulla.model.SealedTo;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A member ends the key and wants no other: nothing that was sealed to it lives on, here or at the service. */
class KeyRevocationTest {
    private final World world = new World();
    private final FaultyStore faults = new FaultyStore(world.store);
    private final Member alice = world.member("alice");

    @BeforeEach
    void connection() {
        world.connection("notes");
        world.connection("other");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static void refused(ErrorCode code, ThrowingCallable call) {
        assertThatExceptionOfType(BullaException.class).isThrownBy(call).returns(code, BullaException::code);
    }

    @Test
    void everythingThatIsSealedToTheKeyEnds() {
        MemberKey key = Keys.first(alice);
        world.connect("alice", "notes", "anna");
        world.connect("alice", "other", "anna");
        world.connect("bob", "notes", "ben");
        Session open = alice.session(key);
        alice.keys().rotate(key);

        Map<ConnectedAccount, Disconnected> ended = alice.keys().revoke(key);

        assertThat(ended.values()).extracting(Disconnected::revocation).containsOnly(Revocation.REVOKED);
        assertThat(ended.keySet()).extracting(ConnectedAccount::connection).containsOnly("notes", "other");
        assertThat(world.server.grants("anna")).isEmpty();
        assertThat(alice.accounts())
                .extracting(ConnectedAccount::status, ConnectedAccount::sealedTo)
                .containsOnly(org.assertj.core.groups.Tuple.tuple(AccountStatus.DISCONNECTED, SealedTo.NOBODY));
        assertThat(alice.keys().status()).isEmpty();
        assertThat(alice.keys().isOffered()).isFalse();
        refused(ErrorCode.SESSION_CLOSED, () -> open.tokenForSdk("notes"));
        refused(ErrorCode.KEY_WRONG, () -> alice.session(key));
        refused(ErrorCode.KEY_WRONG, () -> alice.keys().revoke(key));
        assertThat(world.member("bob").account("notes").ready()).isTrue();

        world.connect("alice", "notes", "anna");
        assertThat(alice.account("notes").sealedTo()).isEqualTo(SealedTo.HOST);
        try (Session next = alice.session(Keys.first(alice))) {
            next.tokenForSdk("notes");
        }
    }

    @Test
    void endIsTold() {
        List<BullaEvent> told = new CopyOnWriteArrayList<>();
        world.restart(setup -> setup.listener(told::add));
        Member same = world.member("alice");
        MemberKey key = Keys.first(same);
        world.connect("alice", "notes", "anna");
        same.keys().revoke(key);
        world.bulla.close();
        assertThat(told)
                .endsWith(new MemberEvent.KeyRevoked(World.TENANT, "alice", world.time.instant(), 2))
                .hasAtLeastOneElementOfType(AccountEvent.Disconnected.class);
    }

    @Test
    void anotherKeyEndsNothing() {
        MemberKey key = Keys.first(alice);
        world.connect("alice", "notes", "anna");
        refused(ErrorCode.KEY_WRONG, () -> alice.keys().revoke(MemberKey.generate()));
        refused(ErrorCode.KEY_WRONG, () -> world.member("bob").keys().revoke(key));
        try (Session session = alice.session(key)) {
            session.tokenForSdk("notes");
        }
    }

    @Test
    void whatACallbackStoresMeanwhileEndsToo() {
        MemberKey key = Keys.first(alice);
        world.connect("alice", "notes", "anna");
        faults.first("members.update", () -> world.connect("alice", "other", "anna"));
        try (Bulla node = world.start(faults.store())) {
            assertThat(node.tenant(World.TENANT)
                            .member("alice")
                            .keys()
                            .revoke(key)
                            .keySet())
                    .extracting(ConnectedAccount::connection)
                    .containsExactly("notes", "other");
        }
        assertThat(world.server.grants("anna")).isEmpty();
    }

    @Test
    void keyThatReplacedItMeanwhileStays() {
        MemberKey key = Keys.first(alice);
        MemberKey next = MemberKey.parse(alice.keys().rotate(key).text());
        faults.first("members.update", () -> alice.keys().confirm(next));
        try (Bulla node = world.start(faults.store())) {
            refused(
                    ErrorCode.KEY_WRONG,
                    () -> node.tenant(World.TENANT).member("alice").keys().revoke(key));
        }
        alice.session(next).close();
    }

    @Test
    void twoAtOnceAreOne() {
        MemberKey key = Keys.first(alice);
        world.connect("alice", "notes", "anna");
        faults.first("members.update", () -> alice.keys().revoke(key));
        try (Bulla node = world.start(faults.store())) {
            assertThat(node.tenant(World.TENANT).member("alice").keys().revoke(key))
                    .hasSize(1);
        }
        assertThat(alice.keys().status()).isEmpty();
    }

    @Test
    void stoppedAnywhereItIsEndedByAnotherCall() {
        for (boolean before : new boolean[] {true, false}) {
            int step = 1;
            while (survives("member-" + before + step, new Crash(step, before))) {
                step++;
            }
            assertThat(step).as("steps").isGreaterThan(2);
        }
    }

    private boolean survives(String id, Crash crash) {
        Member member = world.member(id);
        MemberKey key = Keys.first(member);
        world.connect(id, "notes", "anna");
        world.connect(id, "other", "anna");
        boolean struck = crash.strikes(
                world,
                world.store,
                bulla -> bulla.tenant(World.TENANT).member(id).keys().revoke(key));
        if (member.keys().status().isPresent()) {
            member.keys().revoke(key);
        }
        assertThat(member.accounts()).extracting(ConnectedAccount::sealedTo).containsOnly(SealedTo.NOBODY);
        assertThat(world.server.grants("anna")).isEmpty();
        refused(ErrorCode.KEY_WRONG, () -> member.session(key));
        return struck;
    }
}
