package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.ApiRequest;
import dev.bulla.Bulla;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.event.AccountEvent;
import dev.bulla.event.AccountEvent.Account;
import dev.bulla.event.BullaEvent;
import dev.bulla.event.ConnectionEvent;
import dev.bulla.event.MemberEvent;
import dev.bulla.event.SetupRequiredChanged;
import dev.bulla.key.MemberKey;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.Disconnected.Revocation;
import dev.bulla.model.Reason;
import dev.bulla.model.Settings;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.TokenRefresher.ReuseRule;
import dev.bulla.testkit.service.Misfortune;
import dev.bulla.testkit.service.Rotation;
import dev.bulla.testkit.store.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a host is told, in which order, and by whom. */
class EventsTest {
    private static final Duration ENDED = Duration.ofMinutes(61);

    private final Heard heard = new Heard();
    private final Time storeTime = new Time(Instant.parse("2026-11-20T12:00:00Z"));
    private final FaultyStore faults =
            new FaultyStore(InMemoryStore.on(() -> storeTime.instant().toEpochMilli()));
    private final World world =
            new World(Rotation.STRICT, ReuseRule.afterExpiry(), faults.store(), setup -> setup.listener(heard));

    @BeforeEach
    void connected() {
        world.connection("notes");
        heard.next(2);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void advance(Duration by) {
        world.time.advance(by);
        storeTime.advance(by);
    }

    private Account connect() {
        world.connect("alice", "notes", "anna");
        return ((AccountEvent) heard.next(2).get(0)).account();
    }

    private void use() {
        try (Session session = world.member("alice").session()) {
            session.call("notes", ApiRequest.get("/api/me"));
        }
    }

    private Instant now() {
        return storeTime.instant();
    }

    @Test
    void accountIsConnectedAgainAndDisconnected() {
        world.connect("alice", "notes", "anna");
        List<BullaEvent> first = heard.next(2);
        Account account = ((AccountEvent) first.get(0)).account();
        String id = world.member("alice").account("notes").id();
        assertThat(account)
                .isEqualTo(new Account(
                        id, "acme", "alice", "notes", world.owner().get("notes").id(), "demo", ""));
        assertThat(first)
                .containsExactly(
                        new AccountEvent.Connected(account, now(), false),
                        new AccountEvent.StatusChanged(
                                account, now(), Optional.empty(), AccountStatus.ACTIVE, Optional.empty()));

        advance(Duration.ofMinutes(1));
        world.connect("alice", "notes", "anna");
        assertThat(heard.next(1)).containsExactly(new AccountEvent.Connected(account, now(), true));

        world.member("alice").disconnect("notes");
        assertThat(heard.next(2))
                .containsExactly(
                        new AccountEvent.Disconnected(
                                account, now(), Reason.DISCONNECTED_BY_MEMBER, Revocation.REVOKED),
                        new AccountEvent.StatusChanged(
                                account,
                                now(),
                                Optional.of(AccountStatus.ACTIVE),
                                AccountStatus.DISCONNECTED,
                                Optional.of(Reason.DISCONNECTED_BY_MEMBER)));
        assertThat(heard.rest(world.bulla)).isEmpty();
    }

    @Test
    void refreshIsTold() {
        Account account = connect();
        advance(ENDED);
        use();

        assertThat(heard.next(1)).singleElement().isInstanceOfSatisfying(AccountEvent.Refreshed.class, event -> {
            assertThat(event.account()).isEqualTo(account);
            assertThat(event.expiresAt())
                    .isEqualTo(world.member("alice").account("notes").expiresAt());
        });
        assertThat(heard.rest(world.bulla)).isEmpty();
    }

    @Test
    void failureThatLeavesTheAccountActiveIsNoChangeOfStatus() {
        Account account = connect();
        advance(ENDED);
        world.server.misfortunes().next(Misfortune.busy(503, Duration.ofSeconds(30)));
        assertThatThrownBy(this::use).isInstanceOf(BullaException.class);

        assertThat(heard.next(1)).singleElement().isInstanceOfSatisfying(AccountEvent.RefreshFailed.class, event -> {
            assertThat(event.account()).isEqualTo(account);
            assertThat(event.kind()).isEqualTo(Kind.TRANSIENT);
            assertThat(event.retryable()).isTrue();
            assertThat(event.nextTry())
                    .hasValueSatisfying(
                            next -> assertThat(next).isAfterOrEqualTo(event.at().plusSeconds(30)));
        });
        assertThat(heard.rest(world.bulla)).isEmpty();
    }

    @Test
    void failureThatEndsTheGrantIsFollowedByTheChangeOfStatus() {
        Account account = connect();
        advance(ENDED);
        world.server.misfortunes().next(Misfortune.refuses("invalid_grant"));
        assertThatThrownBy(this::use).isInstanceOf(BullaException.class);

        List<BullaEvent> told = heard.next(3);
        Instant at = told.get(0).at();
        assertThat(told)
                .containsExactly(
                        new AccountEvent.RefreshFailed(account, at, Kind.TERMINAL, false, Optional.empty()),
                        new AccountEvent.StatusChanged(
                                account,
                                at,
                                Optional.of(AccountStatus.ACTIVE),
                                AccountStatus.RECONNECT_REQUIRED,
                                Optional.of(Reason.GRANT_REVOKED)),
                        new AccountEvent.ReconnectRequired(account, at, Reason.GRANT_REVOKED));

        world.connect("alice", "notes", "anna");
        assertThat(heard.next(2).get(1))
                .isEqualTo(new AccountEvent.StatusChanged(
                        account,
                        now(),
                        Optional.of(AccountStatus.RECONNECT_REQUIRED),
                        AccountStatus.ACTIVE,
                        Optional.empty()));
        assertThat(heard.rest(world.bulla)).isEmpty();
    }

    @Test
    void ownersWritesAreTold() {
        ConnectionEvent.Ref ref =
                new ConnectionEvent.Ref(world.owner().get("notes").id(), "acme", "notes", "demo");
        world.owner().save("notes", Settings.none().required(true));
        world.owner().disable("notes");
        world.owner().enable("notes");
        String id = world.owner().create("more", "demo").id();
        world.owner().save("more", Settings.none().required(true));
        world.owner().disable("notes");
        world.owner().delete("more");
        world.owner().delete("notes");

        ConnectionEvent.Ref more = new ConnectionEvent.Ref(id, "acme", "more", "demo");
        assertThat(heard.rest(world.bulla))
                .containsExactly(
                        new ConnectionEvent.Configured(ref, now(), 3, true),
                        new ConnectionEvent.Disabled(ref, now()),
                        new SetupRequiredChanged("acme", now(), true),
                        new ConnectionEvent.Enabled(ref, now()),
                        new SetupRequiredChanged("acme", now(), false),
                        new ConnectionEvent.Configured(more, now(), 1, false),
                        new ConnectionEvent.Configured(more, now(), 2, false),
                        new SetupRequiredChanged("acme", now(), true),
                        new ConnectionEvent.Disabled(ref, now()),
                        new ConnectionEvent.Deleted(more, now()),
                        new ConnectionEvent.Deleted(ref, now()),
                        new SetupRequiredChanged("acme", now(), false));
    }

    @Test
    void keysAreToldWhenTheyAreProven() {
        Account account = connect();
        Member alice = world.member("alice");
        MemberKey first = MemberKey.parse(alice.keys().issue().text());
        alice.keys().confirm(first);
        alice.keys().confirm(first);
        // the tokens that the host could read are replaced at the service
        assertThat(heard.next(2)).satisfies(told -> {
            assertThat(told.get(0)).isEqualTo(new MemberEvent.KeyIssued("acme", "alice", now(), 1));
            assertThat(told.get(1)).isInstanceOf(AccountEvent.Refreshed.class);
        });
        alice.keys().confirm(MemberKey.parse(alice.keys().rotate(first).text()));
        alice.keys().reset();
        alice.keys().reset();
        alice.keys().confirm(MemberKey.parse(alice.keys().issue().text()));
        alice.remove();

        assertThat(heard.rest(world.bulla))
                .containsExactly(
                        new MemberEvent.KeyRotated("acme", "alice", now(), 2),
                        new MemberEvent.KeyReset("acme", "alice", now(), 3),
                        new AccountEvent.StatusChanged(
                                account,
                                now(),
                                Optional.of(AccountStatus.ACTIVE),
                                AccountStatus.RECONNECT_REQUIRED,
                                Optional.of(Reason.KEY_RESET)),
                        new AccountEvent.ReconnectRequired(account, now(), Reason.KEY_RESET),
                        new MemberEvent.KeyIssued("acme", "alice", now(), 4),
                        new AccountEvent.Disconnected(
                                account, now(), Reason.DISCONNECTED_BY_MEMBER, Revocation.NOT_OFFERED),
                        new AccountEvent.StatusChanged(
                                account,
                                now(),
                                Optional.of(AccountStatus.RECONNECT_REQUIRED),
                                AccountStatus.DISCONNECTED,
                                Optional.of(Reason.DISCONNECTED_BY_MEMBER)),
                        new MemberEvent.Removed("acme", "alice", now(), 1));
    }

    @Test
    void retiredAppsAreTold() {
        Account account = connect();
        world.owner().save("notes", Settings.clientId("another").clientSecret("secret-of-another"));
        world.owner().retireOldApps("notes");

        assertThat(heard.rest(world.bulla))
                .last()
                .isEqualTo(new AccountEvent.ReconnectRequired(account, now(), Reason.APP_RETIRED));
    }

    @Test
    void onlyTheWriterTells() {
        Heard elsewhere = new Heard();
        Bulla other = world.start(faults.store(), setup -> setup.listener(elsewhere));
        connect();
        List<Boolean> ended = Crowd.of(8, number -> {
            try {
                (number % 2 == 0 ? world.bulla : other)
                        .tenant(World.TENANT)
                        .member("alice")
                        .disconnect("notes");
                return true;
            } catch (BullaException e) {
                return false;
            }
        });

        assertThat(ended).containsOnlyOnce(true);
        List<BullaEvent> all = heard.rest(world.bulla);
        all.addAll(elsewhere.rest(other));
        assertThat(all).hasSize(2).first().isInstanceOf(AccountEvent.Disconnected.class);
    }

    @Test
    void writeThatDidNotHappenIsNotTold() {
        assertThatThrownBy(() -> world.owner().create("notes", "demo")).isInstanceOf(BullaException.class);
        faults.before("connections.update", 1);
        assertThatThrownBy(() -> world.owner().disable("notes")).isInstanceOf(BullaException.class);
        faults.before("accounts.insert", 1_000);
        faults.first("accounts.insert", () -> world.owner().deleteWithAccounts("notes"));
        world.connect("alice", "notes", "anna");

        assertThat(heard.rest(world.bulla))
                .hasSize(2)
                .hasOnlyElementsOfTypes(ConnectionEvent.Disabled.class, ConnectionEvent.Deleted.class);
    }

    @Test
    void writeWhoseAnswerWasLostIsToldOnce() {
        faults.after("accounts.insert", 1);
        Account account = connect();
        advance(ENDED);
        faults.after("accounts.store", 1);
        use();

        assertThat(heard.rest(world.bulla))
                .singleElement()
                .isInstanceOfSatisfying(
                        AccountEvent.Refreshed.class,
                        event -> assertThat(event.account()).isEqualTo(account));
    }

    @Test
    void listenerThatThrowsKeepsNothingFromTheOthers() {
        Heard last = new Heard();
        world.restart(setup -> setup.listener(event -> {
                    throw new IllegalStateException("no");
                })
                .listener(event -> {
                    throw new AssertionError("neither");
                })
                .listener(last));
        world.owner().disable("notes");
        world.owner().enable("notes");

        assertThat(last.next(2))
                .extracting(Object::getClass)
                .containsExactly(ConnectionEvent.Disabled.class, ConnectionEvent.Enabled.class);
    }

    @Test
    void slowListenerHoldsNothingUp() {
        CountDownLatch released = new CountDownLatch(1);
        Heard slow = new Heard();
        world.restart(setup -> setup.listener(event -> {
            try {
                released.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            slow.on(event);
        }));
        for (int time = 0; time < 6_000; time++) {
            world.owner().disable("notes");
            world.owner().enable("notes");
        }
        released.countDown();

        slow.next(10_000);
        assertThat(slow.rest(world.bulla)).hasSizeLessThan(2);
    }

    @Test
    void closingToldEverything() {
        for (int time = 0; time < 100; time++) {
            world.owner().disable("notes");
            world.owner().enable("notes");
        }

        assertThat(heard.rest(world.bulla)).hasSize(200);
    }
}
