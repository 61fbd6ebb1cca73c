package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.journeys.Thief.Booty;
import dev.bulla.key.HostKeyring;
import dev.bulla.key.MemberKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How far somebody comes with a copy of the database, and how far with the host's keys as well. */
class AttackTest {
    private static final int HOST_SEALED = 2;
    private static final int MEMBER_SEALED = 3;

    private final Ground ground = Ground.h2();
    private final World world = ground.world;
    private final List<String> membersTokens = new ArrayList<>();
    private final List<String> hostsTokens = new ArrayList<>();
    private MemberKey key = MemberKey.generate();

    /** One member has no key; the other has a second one, with one account not sealed to it yet. */
    @BeforeEach
    void connect() {
        List.of("one", "two", "three").forEach(world::connection);
        Member bob = world.member("bob");
        world.connect(bob, "one", "ben");
        world.connect(bob, "two", "ben");
        Member alice = world.member("alice");
        MemberKey first = Keys.first(alice);
        List.of("one", "two").forEach(connection -> world.connect(alice, connection, "anna"));
        new Crash(2, false).strikes(world, world.store, bulla -> {
            Member same = bulla.tenant(World.TENANT).member("alice");
            key = MemberKey.parse(same.keys().rotate(first).text());
            same.keys().confirm(key);
        });
        world.connect(alice, "three", "anna");
        alice.connect("one", World.RETURN);
        try (Session session = bob.session()) {
            List.of("one", "two").forEach(name -> hostsTokens.add(token(session, name)));
        }
        List<List<@Nullable Object>> sealedTo = ground.read("select key_no from bulla_account where member = 'alice'");
        assertThat(sealedTo).extracting(row -> row.get(0)).contains(1, 2);
    }

    private static String token(Session session, String connection) {
        return session.tokenForSdk(connection).reveal();
    }

    private void readAsAlice() {
        try (Session session = world.member("alice").session(key)) {
            List.of("one", "two", "three").forEach(name -> membersTokens.add(token(session, name)));
        }
    }

    @AfterEach
    void close() {
        ground.close();
    }

    @Test
    void copyAndHostKeysOpenWhatIsSealedToTheHostAndNothingElse() {
        List<Booty> booty = new Thief(ground.dump(), world.ring).rob();
        readAsAlice();

        assertThat(booty).allMatch(Booty::outerOpened);
        assertThat(opened(booty, hostsTokens)).isEqualTo(HOST_SEALED);
        assertThat(membersTokens).hasSize(MEMBER_SEALED);
        assertThat(opened(booty, membersTokens)).isZero();
        assertThat(accounts(booty, "bob"))
                .hasSize(HOST_SEALED)
                .allMatch(one -> one.plain().isPresent());
        assertThat(accounts(booty, "alice"))
                .hasSize(MEMBER_SEALED)
                .noneMatch(one -> one.plain().isPresent());
        assertThat(booty)
                .filteredOn(one -> one.context.purpose().equals("previous-keys"))
                .hasSize(1)
                .noneMatch(one -> one.plain().isPresent());
    }

    @Test
    void copyAloneOpensNothing() {
        List<Booty> booty = new Thief(ground.dump(), null).rob();

        assertThat(booty).hasSizeGreaterThan(HOST_SEALED + MEMBER_SEALED).noneMatch(Booty::outerOpened);
    }

    @Test
    void otherHostKeysOpenNothing() {
        assertThat(new Thief(ground.dump(), HostKeyring.ephemeral()).rob()).noneMatch(Booty::outerOpened);
    }

    /** The thief would find it. */
    @Test
    void seedThatLiesInTheDatabaseWouldBeFound() {
        ground.write(
                "update bulla_account set display_name = ? where member = 'bob'",
                "seed: " + Base64.getEncoder().encodeToString(key.revealSeed()));
        List<Booty> booty = new Thief(ground.dump(), world.ring).rob();

        assertThat(accounts(booty, "alice"))
                .filteredOn(one -> one.plain().isPresent())
                .hasSize(1);
        assertThat(booty)
                .filteredOn(one -> one.context.purpose().equals("previous-keys"))
                .allMatch(one -> one.plain().isPresent());
    }

    private static List<Booty> accounts(List<Booty> booty, String member) {
        return booty.stream()
                .filter(one -> one.context.purpose().equals("account")
                        && one.context.member().equals(member))
                .toList();
    }

    private static long opened(List<Booty> booty, List<String> tokens) {
        return tokens.stream()
                .filter(token ->
                        booty.stream().anyMatch(one -> one.plain().orElse("").contains(token)))
                .count();
    }
}
