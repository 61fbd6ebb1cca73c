package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.MemberKey;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Reason;
import dev.bulla.model.SealedTo;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A process dies before or after each of its writes while a member's key changes. Whatever it leaves, the member knows exactly one
 * key that works, or none is needed; every account opens; and the next process ends what was begun.
 */
class KeyCrashTest {
    private static final List<String> CONNECTIONS = List.of("notes", "other");

    private final World world = new World();
    private int members;

    @BeforeEach
    void connections() {
        CONNECTIONS.forEach(world::connection);
    }

    @AfterEach
    void close() {
        world.close();
    }

    /** Tells a story to ever new members, with the process dying one step later each time, until it does not die. */
    private void atEveryStep(Trial trial) {
        for (boolean before : new boolean[] {true, false}) {
            int step = 1;
            while (trial.survives(newcomer(), new Crash(step, before), step)) {
                step++;
            }
            assertThat(step).as("steps").isGreaterThan(3);
        }
    }

    private interface Trial {
        boolean survives(String member, Crash crash, int step);
    }

    private String newcomer() {
        String member = "member-" + ++members;
        CONNECTIONS.forEach(connection -> world.connect(member, connection, "anna"));
        return member;
    }

    @Test
    void firstKeyIsWholeOrAbsent() {
        atEveryStep((id, crash, step) -> {
            List<MemberKey> shown = new ArrayList<>();
            boolean struck = crash.strikes(world, world.store, bulla -> {
                Member member = bulla.tenant(World.TENANT).member(id);
                shown.add(MemberKey.parse(member.keys().issue().text()));
                member.keys().confirm(shown.get(0));
            });

            Member member = world.member(id);
            if (member.keys().status().isEmpty()) {
                opens(member.session());
            } else {
                opens(member.session(shown.get(0)));
            }
            MemberKey key =
                    shown.isEmpty() ? MemberKey.parse(member.keys().issue().text()) : shown.get(0);
            member.keys().confirm(key);
            opensWithNothingElse(member, key);
            return struck;
        });
    }

    @Test
    void rotationLeavesOneKeyThatOpensEverything() {
        atEveryStep((id, crash, step) -> {
            Member member = world.member(id);
            MemberKey old = settled(id);
            List<MemberKey> shown = new ArrayList<>();
            boolean struck = crash.strikes(world, world.store, bulla -> {
                Member same = bulla.tenant(World.TENANT).member(id);
                shown.add(MemberKey.parse(same.keys().rotate(old).text()));
                same.keys().confirm(shown.get(0));
            });

            if (member.keys().status().orElseThrow().number() == 1) {
                opens(member.session(old));
            } else {
                refused(member, old);
                opens(member.session(shown.get(0)));
            }
            MemberKey key =
                    shown.isEmpty() ? MemberKey.parse(member.keys().rotate(old).text()) : shown.get(0);
            member.keys().confirm(key);
            refused(member, old);
            opensWithNothingElse(member, key);
            return struck;
        });
    }

    @Test
    void oldSeedsChainThroughRotationsThatDied() {
        String id = newcomer();
        Member member = world.member(id);
        MemberKey key = settled(id);
        for (int rotation = 0; rotation < 4; rotation++) {
            List<MemberKey> shown = new ArrayList<>();
            MemberKey last = key;
            // offered, made active, and dead before any account is sealed again
            new Crash(2, false).strikes(world, world.store, bulla -> {
                Member same = bulla.tenant(World.TENANT).member(id);
                shown.add(MemberKey.parse(same.keys().rotate(last).text()));
                same.keys().confirm(shown.get(0));
            });
            key = shown.get(0);
        }
        assertThat(member.keys().status().orElseThrow().number()).isEqualTo(5);
        assertThat(world.store.accounts().ofMember(World.TENANT, id))
                .allSatisfy(row -> assertThat(row.keyNo()).isEqualTo(1));

        opensWithNothingElse(member, key);
    }

    @Test
    void resetEndsTheKeyOrLeavesItWhole() {
        atEveryStep((id, crash, step) -> {
            Member member = world.member(id);
            MemberKey lost = settled(id);
            boolean struck = crash.strikes(
                    world,
                    world.store,
                    bulla -> bulla.tenant(World.TENANT).member(id).keys().reset());

            if (member.keys().status().isPresent()) {
                opens(member.session(lost));
            } else {
                refused(member, lost);
            }
            // a reset that died is ended by another one, or else by the next key
            if (step % 2 == 0 || member.keys().status().isPresent()) {
                member.keys().reset();
            }
            MemberKey key = Keys.first(member);
            refused(member, lost);
            assertThat(member.accounts()).extracting(ConnectedAccount::sealedTo).containsOnly(SealedTo.NOBODY);
            assertThat(member.accounts())
                    .allSatisfy(account -> assertThat(account.reason()).contains(Reason.KEY_RESET));
            CONNECTIONS.forEach(connection -> world.connect(id, connection, "anna"));
            opensWithNothingElse(member, key);
            return struck;
        });
    }

    /** A first key, and everything done that follows: sealed again, and replaced upstream. */
    private MemberKey settled(String id) {
        MemberKey key = Keys.first(world.member(id));
        Keys.await(() -> assertThat(world.store.accounts().ofMember(World.TENANT, id))
                .allSatisfy(row -> assertThat(row.sealNo()).isEqualTo(3)));
        return key;
    }

    private void opens(Session session) {
        try (session) {
            CONNECTIONS.forEach(session::tokenForSdk);
        }
    }

    private void opensWithNothingElse(Member member, MemberKey key) {
        opens(member.session(key));
        Keys.awaitSealed(member);
        opens(member.session(key));
        try (Session without = member.session()) {
            assertThatThrownBy(() -> without.tokenForSdk("notes"))
                    .isInstanceOfSatisfying(
                            BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.KEY_REQUIRED));
        }
    }

    private static void refused(Member member, MemberKey key) {
        assertThatThrownBy(() -> member.session(key))
                .isInstanceOfSatisfying(
                        BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.KEY_WRONG));
    }
}
