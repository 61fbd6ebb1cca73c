package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Bulla;
import dev.bulla.BullaBuilder;
import dev.bulla.Session;
import dev.bulla.SweepSettings;
import dev.bulla.Sweeper;
import dev.bulla.event.AccountEvent.RefreshByAhead;
import dev.bulla.event.BullaEvent;
import dev.bulla.key.MemberKey;
import dev.bulla.provider.Provider;
import dev.bulla.provider.TokenRefresher.ReuseRule;
import dev.bulla.testkit.service.Misfortune;
import dev.bulla.testkit.service.Rotation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service that ends refresh tokens after thirty idle days and consents after a hundred, and says neither. */
class RefreshByTest {
    private static final Duration IDLE = Duration.ofDays(30);
    private static final Duration CONSENT = Duration.ofDays(100);
    private static final Duration WEEK = Duration.ofDays(7);

    private final World world = new World(Rotation.STRICT, ReuseRule.afterExpiry());
    private final Heard heard = new Heard();
    private Instant connected;

    @BeforeEach
    void connect() {
        world.server.service().refreshLifetime(Duration.ofDays(365));
        world.restart(setup -> node(setup).listener(event -> {
            if (event instanceof RefreshByAhead) {
                heard.on(event);
            }
        }));
        world.connection("notes", "idle");
        connected = world.time.instant();
        world.connect("alice", "notes", "anna");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private BullaBuilder node(BullaBuilder setup) {
        Provider idle = world.provider(
                        "idle",
                        world.spec()
                                .lifetimes(null, IDLE)
                                .grantLifetime(CONSENT)
                                .build())
                .custom()
                .build();
        return setup.providers(idle);
    }

    private Instant refreshBy() {
        return world.member("alice").account("notes").refreshBy().orElseThrow();
    }

    private int tell() {
        return world.bulla.maintenance().tellRefreshBy(WEEK, 100);
    }

    private void to(Duration afterConsent) {
        world.time.advance(Duration.between(world.time.instant(), connected.plus(afterConsent)));
    }

    private void use(MemberKey key) {
        try (Session session = world.member("alice").session(key)) {
            assertThat(session.call("notes", Stage.ME).status()).isEqualTo(200);
        }
    }

    /** From now on only Alice can open her account. */
    private MemberKey sealed() {
        MemberKey key = MemberKey.parse(world.member("alice").keys().issue().text());
        String id = world.member("alice").account("notes").id();
        // on a node of its own, whose end is the end of all that follows a key
        try (Bulla elsewhere = world.start(world.store, this::node)) {
            elsewhere.tenant(World.TENANT).member("alice").keys().confirm(key);
            Crowd.until(() ->
                    world.store.accounts().find(World.TENANT, id).orElseThrow().sealNo() == 3);
        }
        return key;
    }

    @Test
    void refreshByIsTheEarlierOfIdleAndConsent() {
        isAbout(IDLE);
        to(Duration.ofDays(20));
        world.bulla.maintenance().refreshDue(10);
        isAbout(Duration.ofDays(50));
        for (int days = 40; days <= 80; days += 20) {
            to(Duration.ofDays(days));
            world.bulla.maintenance().refreshDue(10);
        }
        assertThat(refreshBy()).isEqualTo(connected.plus(CONSENT));
        world.connect("alice", "notes", "anna");
        isAbout(Duration.ofDays(110));
    }

    /** A lifetime counts from sending, by real time. */
    private void isAbout(Duration afterConsent) {
        assertThat(Duration.between(connected.plus(afterConsent), refreshBy()).abs())
                .isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void awayMemberIsToldOfOnce() {
        sealed();
        Instant by = refreshBy();
        to(Duration.ofDays(22));
        assertThat(tell()).isZero();
        to(Duration.ofDays(24));
        Bulla other = world.start(world.store, this::node);
        assertThat(other.maintenance().tellRefreshBy(WEEK, 100)).isZero();
        assertThat(tell()).isEqualTo(1);
        assertThat(tell()).isZero();
        other.close();

        RefreshByAhead told = (RefreshByAhead) heard.next(1).get(0);
        assertThat(told.refreshBy()).isEqualTo(by);
        assertThat(told.account().member()).isEqualTo("alice");
        assertThat(told.account().connection()).isEqualTo("notes");
        assertThat(told.at()).isEqualTo(world.time.instant());
        assertThat(heard.rest(world.bulla)).isEmpty();
    }

    @Test
    void dateThatMovedIsToldAnew() {
        MemberKey key = sealed();
        to(Duration.ofDays(24));
        assertThat(tell()).isEqualTo(1);
        use(key);
        to(Duration.ofDays(40));
        assertThat(tell()).isZero();
        to(Duration.ofDays(48));
        assertThat(tell()).isEqualTo(1);
    }

    @Test
    void whatTheHostRefreshesInTimeIsNotTold() {
        for (int day = 1; day < 90; day++) {
            to(Duration.ofDays(day));
            assertThat(tell()).isZero();
            world.bulla.maintenance().refreshDue(10);
        }
        assertThat(refreshBy()).isEqualTo(connected.plus(CONSENT));
        to(Duration.ofDays(94));
        assertThat(tell()).isEqualTo(1);
        world.bulla.maintenance().refreshDue(10);
        world.time.advance(Duration.ofHours(2));
        world.bulla.maintenance().refreshDue(10);
        assertThat(tell()).isZero();
    }

    @Test
    void whatTheHostCanNotRefreshIsTold() {
        world.server.misfortunes().always(Misfortune.failsBefore(503));
        to(Duration.ofDays(24));
        world.bulla.maintenance().refreshDue(10);
        assertThat(tell()).isEqualTo(1);
    }

    @Test
    void endedAccountsAndPastDatesAreNotTold() {
        sealed();
        to(Duration.ofDays(24));
        world.member("alice").disconnect("notes");
        assertThat(tell()).isZero();
        world.connect("ben", "notes", "ben");
        to(Duration.ofDays(60));
        assertThat(tell()).isZero();
    }

    @Test
    void sweeperTells() {
        sealed();
        to(Duration.ofDays(24));
        Sweeper sweeper = world.bulla.maintenance().start(SweepSettings.standard());
        Crowd.until(() -> sweeper.progress().rounds() == 1);
        assertThat(sweeper.progress().last().orElseThrow().told()).isEqualTo(1);
        List<BullaEvent> told = heard.next(1);
        assertThat(told.get(0)).isInstanceOf(RefreshByAhead.class);
    }
}
