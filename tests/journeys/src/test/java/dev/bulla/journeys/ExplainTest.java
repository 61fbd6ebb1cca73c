package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Bulla;
import dev.bulla.Session;
import dev.bulla.error.Actor;
import dev.bulla.error.ErrorCode;
import dev.bulla.error.Obstacle;
import dev.bulla.error.Place;
import dev.bulla.key.MemberKey;
import dev.bulla.model.ConnectError;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.Explanation;
import dev.bulla.model.Landing;
import dev.bulla.model.Reason;
import dev.bulla.model.Settings;
import dev.bulla.provider.TokenRefresher.ReuseRule;
import dev.bulla.testkit.service.Misfortune;
import dev.bulla.testkit.service.Rotation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Why it does not work: each situation is brought about, and told with who can put it right and where. */
class ExplainTest {
    private Stage stage = Stage.inMemory();

    @AfterEach
    void close() {
        stage.close();
    }

    private Explanation member() {
        return stage.alice().explain("notes");
    }

    private Explanation owner() {
        return stage.world.owner().explain("notes");
    }

    private void tells(String... codes) {
        assertThat(member().obstacles()).extracting(Obstacle::code).containsExactly(codes);
    }

    private Obstacle only() {
        assertThat(member().obstacles()).hasSize(1);
        return member().obstacles().get(0);
    }

    private void tells(Actor actor, Place place, boolean blocks) {
        assertThat(only())
                .returns(actor, Obstacle::actor)
                .returns(place, Obstacle::place)
                .returns(blocks, Obstacle::blocks);
        assertThat(member().works()).isEqualTo(!blocks);
    }

    /** What explains says first is what a call meets. */
    private void tellsWhatACallMeets() {
        assertThat(member().obstacles().stream().filter(Obstacle::blocks).findFirst())
                .get()
                .extracting(Obstacle::code, Obstacle::sentence, Obstacle::actor, Obstacle::place)
                .containsExactly(
                        advised(Obstacle::code),
                        advised(Obstacle::sentence),
                        advised(Obstacle::actor),
                        advised(Obstacle::place));
    }

    private <T> T advised(Function<Obstacle, T> part) {
        return part.apply(stage.failure().advice());
    }

    @Test
    void nothingStandsInTheWay() {
        stage.connected();
        assertThat(member().obstacles()).isEmpty();
        assertThat(member().works()).isTrue();
        assertThat(owner().obstacles()).isEmpty();
        assertThat(owner().accounts()).isEmpty();
    }

    @Test
    void unknownConnection() {
        tells("CONNECTION_UNKNOWN");
        tells(Actor.OWNER, Place.CONNECTIONS, true);
        assertThat(only().about()).containsExactly("notes");
        assertThat(owner().obstacles()).isEqualTo(member().obstacles());
        assertThat(owner().redirectUri()).isEmpty();
    }

    @Test
    void missingCredentialsByName() {
        stage.world.owner().create("notes", "demo");
        tells("NOT_CONFIGURED", "NOT_CONNECTED");
        assertThat(owner().obstacles()).singleElement().returns(Place.CONNECTION_FORM, Obstacle::place);
        assertThat(owner().first().orElseThrow().about()).containsExactly(Settings.CLIENT_ID, Settings.CLIENT_SECRET);
    }

    @Test
    void ownerIsToldTheRedirectUriWhateverElse() {
        stage.world.owner().create("notes", "demo");
        assertThat(owner().redirectUri())
                .contains(stage.world.owner().get("notes").redirectUri());
        stage.close();
        stage = Stage.inMemory().connected();
        assertThat(owner().redirectUri())
                .contains(stage.world.owner().get("notes").redirectUri());
        assertThat(member().redirectUri()).isEmpty();
    }

    @Test
    void switchedOff() {
        stage.connected();
        stage.world.owner().disable("notes");
        tells("NOT_ENABLED");
        tells(Actor.OWNER, Place.CONNECTIONS, true);
        tellsWhatACallMeets();
        assertThat(owner().obstacles()).isEqualTo(member().obstacles());
    }

    @Test
    void providerThatTheHostKnowsNoMore() {
        stage.connected();
        Bulla other = stage.node(stage.world.provider("other"));
        Explanation told = Stage.alice(other).explain("notes");
        assertThat(told.first().orElseThrow())
                .returns("SETUP", Obstacle::code)
                .returns(Actor.HOST, Obstacle::actor)
                .returns(List.of("demo"), Obstacle::about);
        assertThat(other.tenant(World.TENANT).connections().explain("notes").works())
                .isFalse();
    }

    @Test
    void notConnected() {
        stage.world.connection("notes");
        tells("NOT_CONNECTED");
        tells(Actor.MEMBER, Place.CONNECT, true);
        tellsWhatACallMeets();
    }

    @Test
    void keyIsAskedForFirst() {
        stage.world.connection("notes");
        stage.world.owner().save("notes", Settings.none().memberKeyFirst(true));
        tells("KEY_REQUIRED_FIRST", "NOT_CONNECTED");
        Keys.first(stage.alice());
        tells("NOT_CONNECTED");
    }

    @Test
    void sealedToTheMembersKey() {
        stage.connected();
        MemberKey key = stage.key();
        tells("KEY_REQUIRED");
        tells(Actor.MEMBER, Place.KEY, true);
        tellsWhatACallMeets();
        try (Session session = stage.alice().session(key)) {
            assertThat(session.explain("notes").obstacles()).isEmpty();
        }
        assertThat(owner().accounts()).containsEntry(ErrorCode.KEY_REQUIRED.advice(), 1);
    }

    @Test
    void missingScopesByName() {
        stage.world.connection("notes");
        stage.world.owner().save("notes", Settings.none().scopes("notes.read", "notes.write"));
        Trip trip = Trip.agreed(
                stage.world.server,
                (ConnectStep.Redirect) stage.alice().connect("notes", World.RETURN),
                "anna",
                "notes.read");
        stage.alice().complete(trip.request());
        tells("scopes_missing");
        tells(Actor.MEMBER, Place.CONNECT, false);
        assertThat(only().about()).containsExactly("notes.write");
    }

    @Test
    void choiceIsPending() {
        try (Pages pages = new Pages(stage.world, "a1", "a2")) {
            pages.connectable(pages.one());
            stage.world.connect("alice", "pages", "anna");
            assertThat(stage.alice().explain("pages").obstacles())
                    .containsExactly(ErrorCode.SELECTION_PENDING.advice());
            assertThat(Reason.SELECTION_PENDING.advice()).isEqualTo(ErrorCode.SELECTION_PENDING.advice());
        }
    }

    @Test
    void serviceIsAwayWhileTheTokenLivesAndAfterwards() {
        stage.connected().after(Stage.DUE).struckBy(Misfortune.busy(503, Duration.ofMinutes(5)));
        stage.callUntil(() ->
                stage.row().claim().until() == 0 && !stage.row().claim().by().isEmpty());
        tells("PROVIDER_UNAVAILABLE");
        tells(Actor.PROVIDER, Place.WAIT, false);
        assertThat(only().about()).containsExactly(nextTry());

        stage.after(Duration.ofMinutes(4));
        tells(Actor.PROVIDER, Place.WAIT, true);
        tellsWhatACallMeets();
        assertThat(owner().accounts()).containsKey(ErrorCode.PROVIDER_UNAVAILABLE.advice());
    }

    private String nextTry() {
        return Instant.ofEpochMilli(stage.row().refreshAt()).toString();
    }

    @Test
    void answerThatNeverCame() {
        stage.connected().after(Stage.ENDED).struckBy(Misfortune.lostAnswer());
        stage.failure();
        tells("OUTCOME_UNKNOWN");
        tells(Actor.PROVIDER, Place.WAIT, true);
    }

    @Test
    void appIsRefused() {
        stage.connected().after(Stage.ENDED).struckBy(Misfortune.refuses("invalid_client"));
        stage.failure();
        tells("APP_REFUSED");
        tells(Actor.OWNER, Place.CONNECTION_FORM, true);
        tellsWhatACallMeets();
        assertThat(owner().obstacles()).containsExactly(ErrorCode.APP_REFUSED.advice());
    }

    @Test
    void appIsGone() {
        stage.connected();
        assertThat(stage.rows().accounts().find(World.TENANT, stage.account().id()))
                .isPresent();
        String redirect = stage.world.owner().get("notes").redirectUri().toString();
        stage.world.server.registerClient("newer", "newer-secret", redirect);
        stage.world.owner().save("notes", Settings.clientId("newer").clientSecret("newer-secret"));
        tells();
        stage.world.owner().retireOldApps("notes");
        tells("app_retired");
        tells(Actor.MEMBER, Place.CONNECT, true);
        tellsWhatACallMeets();
    }

    @Test
    void grantIsRevokedAtTheService() {
        stage.connected().after(Stage.ENDED).struckBy(Misfortune.refuses("invalid_grant"));
        stage.failure();
        tells("grant_revoked");
        tells(Actor.MEMBER, Place.CONNECT, true);
        tellsWhatACallMeets();
        assertThat(owner().accounts()).containsEntry(Reason.GRANT_REVOKED.advice(), 1);
        assertThat(owner().works()).isTrue();
    }

    @Test
    void serviceThatGivesNoRefreshToken() {
        stage.world.server.service().dialect(Stage.dialect(false, true));
        stage.connected();
        tells("not_renewable");
        tells(Actor.MEMBER, Place.CONNECT, false);
        stage.after(Stage.ENDED);
        tells("grant_expired");
        tellsWhatACallMeets();
        tells("grant_expired");
    }

    @Test
    void disconnectedByWhom() {
        stage.connected();
        stage.alice().disconnect("notes");
        tells("disconnected_by_member");
        tells(Actor.MEMBER, Place.CONNECT, true);
        assertThat(owner().accounts()).containsEntry(Reason.DISCONNECTED_BY_MEMBER.advice(), 1);
    }

    @Test
    void refreshThatWasLostForGood() {
        stage.close();
        stage = Stage.inMemory(Rotation.STRICT, ReuseRule.afterExpiry());
        stage.connected().after(Stage.ENDED).struckBy(Misfortune.lostAnswer());
        stage.failure();
        stage.failure();
        tells("outcome_unknown");
        tellsWhatACallMeets();
    }

    @Test
    void failedConnectSaysWhatTheRedirectUriMustBe() {
        stage.world.connection("notes");
        stage.struckBy(Misfortune.refuses("redirect_uri_mismatch"));
        Landing.Failed failed =
                (Landing.Failed) stage.world.connect("alice", "notes", "anna").outcome();
        assertThat(failed.code()).isEqualTo(ConnectError.INVALID_CONFIG);
        assertThat(failed.advice())
                .returns("redirect_uri_mismatch", Obstacle::code)
                .returns(Actor.OWNER, Obstacle::actor)
                .returns(List.of(stage.world.owner().get("notes").redirectUri().toString()), Obstacle::about);
    }
}
