package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bulla.ApiRequest;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.MemberKey;
import dev.bulla.model.Refreshed;
import dev.bulla.model.Settings;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Field;
import dev.bulla.provider.Identity;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.KeyForm.Verification;
import dev.bulla.provider.Provider;
import dev.bulla.testkit.service.Misfortune;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person asks for a refresh, due or not, and is told how it went. */
class ForcedRefreshTest {
    private final World world = new World();
    private final Member alice = world.member("alice");

    @BeforeEach
    void connected() {
        world.connection("notes");
        world.connect("alice", "notes", "anna");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static void refused(ErrorCode code, Callable<?> call) {
        assertThatExceptionOfType(BullaException.class).isThrownBy(call::call).returns(code, BullaException::code);
    }

    @Test
    void tokensAreReplacedOnceBeforeTheirTime() {
        int before = world.tokenRequests();
        try (Session session = alice.session()) {
            String first = session.tokenForSdk("notes").reveal();
            assertThat(session.refresh("notes")).isEqualTo(Refreshed.REFRESHED);
            assertThat(session.tokenForSdk("notes").reveal()).isNotEqualTo(first);
        }
        assertThat(world.tokenRequests()).isEqualTo(before + 1);
        assertThat(world.server.journal().maxRedemptions()).isEqualTo(1);
    }

    @Test
    void manyAtOnceSendOneRequest() {
        int before = world.tokenRequests();
        world.server.misfortunes().next(Misfortune.slow(Duration.ofMillis(300)));
        try (Session one = alice.session();
                Session two = alice.session()) {
            Future<Refreshed> first = Crowd.one(() -> one.refresh("notes"));
            Crowd.until(() -> world.tokenRequests() > before);
            assertThat(two.refresh("notes")).isEqualTo(Refreshed.REFRESHED);
            assertThat(Crowd.get(first)).isEqualTo(Refreshed.REFRESHED);
        }
        assertThat(world.tokenRequests()).isEqualTo(before + 1);
    }

    @Test
    void failureIsToldAndThePresentTokenUsedOn() {
        try (Session session = alice.session()) {
            world.server.misfortunes().next(Misfortune.busy(503, Duration.ofSeconds(60)));
            refused(ErrorCode.PROVIDER_UNAVAILABLE, () -> session.refresh("notes"));
            assertThat(session.call("notes", ApiRequest.get("/api/me")).status())
                    .isEqualTo(200);
            int before = world.tokenRequests();
            assertThat(session.refresh("notes")).isEqualTo(Refreshed.KEPT);
            assertThat(world.tokenRequests()).as("the service asked to wait").isEqualTo(before);
        }
    }

    @Test
    void endedGrantIsTold() {
        try (Session session = alice.session()) {
            world.server.misfortunes().next(Misfortune.refuses("invalid_grant"));
            refused(ErrorCode.RECONNECT_REQUIRED, () -> session.refresh("notes"));
        }
    }

    @Test
    void whatCanNotBeUsedIsNotRefreshed() {
        MemberKey key = Keys.first(alice);
        Keys.awaitSealed(alice);
        try (Session without = alice.session();
                Session with = alice.session(key)) {
            refused(ErrorCode.KEY_REQUIRED, () -> without.refresh("notes"));
            assertThat(with.refresh("notes")).isEqualTo(Refreshed.REFRESHED);
            refused(ErrorCode.CONNECTION_UNKNOWN, () -> with.refresh("nowhere"));
            refused(ErrorCode.NOT_CONNECTED, () -> with.refresh("notes", "second"));
            world.owner().disable("notes");
            refused(ErrorCode.NOT_ENABLED, () -> with.refresh("notes"));
        }
        try (Session closed = alice.session()) {
            closed.close();
            refused(ErrorCode.SESSION_CLOSED, () -> closed.refresh("notes"));
        }
    }

    @Test
    void credentialsThatDoNotEndHaveNothingToRefresh() {
        world.restartKnowing(Provider.builder("keys", "Keys")
                .form(new KeyForm(
                        List.of(Field.secret("apiKey", "API key", "in your settings")),
                        "apiKey",
                        (values, call) -> new Verification(true, Identity.of("key", "Somebody"), List.of())))
                .hostCredential()
                .api(ApiAccess.bearer(world.server.issuer().toString()))
                .build());
        world.owner().create("keys", "keys");
        world.owner().create("shared", "keys", dev.bulla.provider.Mode.HOST_CREDENTIAL);
        world.owner().save("shared", Settings.none().withSecret("apiKey", "for-everybody"));
        world.member("alice").submit("keys", Map.of("apiKey", "own"));
        try (Session session = world.member("alice").session()) {
            assertThat(session.refresh("keys")).isEqualTo(Refreshed.NOT_OFFERED);
            assertThat(session.refresh("shared")).isEqualTo(Refreshed.NOT_OFFERED);
        }
    }
}
