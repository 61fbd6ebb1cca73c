package dev.bulla.journeys;

import static dev.bulla.journeys.Trip.assertConnected;
import static dev.bulla.journeys.Trip.assertFailed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Member;
import dev.bulla.key.MemberKey;
import dev.bulla.model.ConnectError;
import dev.bulla.model.Landing;
import dev.bulla.model.SealedTo;
import dev.bulla.model.Settings;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.provider.Identity;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.testkit.service.Misfortune;
import dev.bulla.testkit.store.InMemoryStore;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Something changes or breaks while a member is at the service. What was true at the start says how, what is true now says whether. */
class MidwayTest {
    private final Time storeTime = new Time(Instant.parse("2026-11-20T12:00:00Z"));
    private final FaultyStore faults =
            new FaultyStore(InMemoryStore.on(() -> storeTime.instant().toEpochMilli()));
    private final World world = new World(
            dev.bulla.testkit.service.Rotation.STRICT,
            dev.bulla.provider.TokenRefresher.ReuseRule.afterExpiry(),
            faults.store(),
            setup -> setup);

    @BeforeEach
    void connection() {
        world.connection("notes");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Member alice() {
        return world.member("alice");
    }

    private void nothingHappened() {
        assertThat(world.tokenRequests()).isZero();
        assertThat(alice().accounts()).isEmpty();
    }

    @Test
    void connectionSwitchedOffIsRefused() {
        Trip trip = world.trip("alice", "notes", "anna");
        world.owner().disable("notes");
        Landing landing = alice().complete(trip.request());
        assertFailed(landing, ConnectError.INVALID_CONFIG, "connection_off");
        assertThat(landing.location()).hasToString(World.RETURN + "?demo_error=invalid_config&connection=notes");
        nothingHappened();
    }

    @Test
    void deletedConnectionIsGone() {
        Trip trip = world.trip("alice", "notes", "anna");
        world.owner().delete("notes");
        Landing landing = alice().complete(trip.request());
        assertFailed(landing, ConnectError.USERAGENT_NOT_FOUND, "connection_gone");
        assertThat(landing.location()).hasToString("https://app.example.com/?bulla_error=useragent_not_found");
        nothingHappened();
    }

    @Test
    void removedMemberIsGone() {
        Trip trip = world.trip("alice", "notes", "anna");
        alice().remove();
        assertFailed(alice().complete(trip.request()), ConnectError.USERAGENT_NOT_FOUND, "member_gone");
        nothingHappened();
    }

    @Test
    void connectionDeletedDuringTheExchangeKeepsNothing() {
        Trip trip = world.trip("alice", "notes", "anna");
        faults.first("accounts.find", () -> world.owner().deleteWithAccounts("notes"));
        assertFailed(alice().complete(trip.request()), ConnectError.USERAGENT_NOT_FOUND, "connection_unknown");
        assertThat(world.server.grants("anna")).isEmpty();
        assertThat(alice().accounts()).isEmpty();
    }

    @Test
    void memberRemovedDuringTheExchangeKeepsNothing() {
        Trip trip = world.trip("alice", "notes", "anna");
        faults.first("accounts.insert", () -> alice().remove());
        assertFailed(alice().complete(trip.request()), ConnectError.USERAGENT_NOT_FOUND, "connection_unknown");
        assertThat(world.server.grants("anna")).isEmpty();
        assertThat(alice().accounts()).isEmpty();
    }

    @Test
    void keyThatTheOwnerAsksForMeanwhileIsNeeded() {
        Trip trip = world.trip("alice", "notes", "anna");
        world.owner().save("notes", Settings.none().memberKeyFirst(true));
        assertFailed(alice().complete(trip.request()), ConnectError.INVALID_CONFIG, "key_required_first");
        nothingHappened();
    }

    @Test
    void keyThatTheOwnerAsksForDuringTheExchangeIsNeededToo() {
        Trip trip = world.trip("alice", "notes", "anna");
        faults.first(
                "accounts.find",
                () -> world.owner().save("notes", Settings.none().memberKeyFirst(true)));
        faults.after("accounts.find", 1);
        assertFailed(alice().complete(trip.request()), ConnectError.INVALID_CONFIG, "key_required_first");
        assertThat(alice().accounts()).isEmpty();
        assertThat(world.server.grants("anna")).isEmpty();
    }

    @Test
    void keyThatTheMemberProvedMeanwhileSealsTheAccount() {
        Trip trip = world.trip("alice", "notes", "anna");
        MemberKey key = MemberKey.parse(alice().keys().issue().text());
        alice().keys().confirm(key);
        assertConnected(alice().complete(trip.request()));
        assertThat(alice().account("notes").sealedTo()).isEqualTo(SealedTo.MEMBER);
    }

    @Test
    void replacedClientIdLeavesTheFlowOnItsApp() {
        Trip trip = world.trip("alice", "notes", "anna");
        world.owner().save("notes", Settings.clientId("newer").clientSecret("newer-secret"));
        assertConnected(alice().complete(trip.request()));
        assertThat(world.server.journal().tokenRequests().get(0).clientId()).isEqualTo("client-notes");
    }

    @Test
    void retiredAppEndsTheFlow() {
        Trip trip = world.trip("alice", "notes", "anna");
        world.owner().save("notes", Settings.clientId("newer").clientSecret("newer-secret"));
        world.owner().retireOldApps("notes");
        assertFailed(alice().complete(trip.request()), ConnectError.INVALID_CONFIG, "app_gone");
        nothingHappened();
    }

    @Test
    void databaseAwayAtTheCallbackStillAnswersAPlace() {
        for (String verb : new String[] {"flows.take", "connections.find", "members.find", "now"}) {
            Trip trip = world.trip("alice", "notes", "anna");
            faults.before(verb, 1000);
            Landing landing = alice().complete(trip.request());
            faults.before(verb, 0);
            assertFailed(landing, ConnectError.INTERNAL_ERROR, "store_unavailable");
        }
        nothingHappened();
    }

    @Test
    void takenFlowIsNotLostWithTheAnswerOfTheDatabase() {
        Trip trip = world.trip("alice", "notes", "anna");
        faults.after("flows.take", 1);
        assertConnected(alice().complete(trip.request()));
    }

    @Test
    void accountIsStoredOnceThroughLostAnswersOfTheDatabase() {
        Trip trip = world.trip("alice", "notes", "anna");
        faults.after("accounts.insert", 1);
        assertConnected(alice().complete(trip.request()));
        assertThat(alice().accounts()).hasSize(1);
        Trip again = world.trip("alice", "notes", "anna");
        faults.after("accounts.replace", 1);
        assertConnected(alice().complete(again.request()));
        assertThat(world.server.journal().revocations()).isEmpty();
    }

    @Test
    void errorOfAProvidersOwnCodeLosesNoTokenSilently() {
        OAuth2Spec spec = world.spec().build();
        world.restart(setup ->
                setup.providers(world.provider("odd", spec, AuthorizationCodeFlow.of(spec, (tokens, call) -> {
                            throw new IllegalStateException(
                                    tokens.main().accessToken().reveal());
                        }))
                        .build()));
        world.connection("odd", "odd");
        Landing landing = world.member("alice")
                .complete(world.trip("alice", "odd", "anna").request());
        assertFailed(landing, ConnectError.INTERNAL_ERROR, "unexpected");
        assertThat(world.server.grants("anna")).isEmpty();
    }

    @Test
    void failedReconnectNeverEndsTheGrantOfTheLivingAccount() {
        OAuth2Spec wide = world.spec()
                .revocation(RevocationCall.rfc7009(
                        world.server.at("/revoke").toString(), OAuth2Spec.ClientAuthentication.BASIC, Reach.GRANT))
                .build();
        boolean[] broken = {false};
        world.server.service().revocationEndsGrant(true);
        world.restart(setup ->
                setup.providers(world.provider("wide", wide, AuthorizationCodeFlow.of(wide, (tokens, call) -> {
                            if (broken[0]) {
                                throw new IllegalStateException("no identity");
                            }
                            return Identity.of("anna", "Anna");
                        }))
                        .build()));
        world.connection("wide", "wide");
        world.connect("alice", "wide", "anna");
        broken[0] = true;
        assertFailed(world.connect("alice", "wide", "anna"), ConnectError.INTERNAL_ERROR, "unexpected");
        assertThat(world.server.journal().revocations()).isEmpty();
        assertThat(alice().account("wide").ready()).isTrue();
        try (var session = alice().session()) {
            assertThat(session.call("wide", dev.bulla.ApiRequest.get("/api/me")).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void serviceThatDoesNotAnswerIsToldAndNothingIsStored() {
        for (Misfortune trouble : new Misfortune[] {
            Misfortune.lostAnswer(), Misfortune.failsAfter(500), Misfortune.cutBody(), Misfortune.answers("[]")
        }) {
            Trip trip = world.trip("alice", "notes", "anna");
            world.server.misfortunes().next(trouble);
            Landing landing = alice().complete(trip.request());
            assertThat(landing.location())
                    .hasToString(World.RETURN + "?demo_error=token_exchange_failed&connection=notes");
            assertThat(alice().accounts()).isEmpty();
        }
        assertThat(world.tokenRequests()).isEqualTo(4);
    }

    @Test
    void refusedAppIsTheOwnersToMend() {
        Trip trip = world.trip("alice", "notes", "anna");
        world.owner().save("notes", Settings.none().clientSecret("mistyped"));
        assertFailed(alice().complete(trip.request()), ConnectError.INVALID_CONFIG, "invalid_client");
    }

    @Test
    void accountIsStoredThoughItsCallerLeaves() throws Exception {
        Trip trip = world.trip("alice", "notes", "anna");
        CountDownLatch storing = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(1);
        faults.first("accounts.insert", () -> {
            storing.countDown();
            Crowd.pass(left);
        });
        AtomicReference<Landing> landing = new AtomicReference<>();
        Thread caller = new Thread(() -> landing.set(alice().complete(trip.request())));
        caller.start();
        Crowd.pass(storing);
        caller.interrupt();
        caller.join();
        left.countDown();
        assertThat(landing.get().outcome()).isEqualTo(new Landing.Failed(ConnectError.INTERNAL_ERROR, "CLOSED"));
        world.restart(setup -> setup);
        assertThat(alice().account("notes").ready()).isTrue();
    }
}
