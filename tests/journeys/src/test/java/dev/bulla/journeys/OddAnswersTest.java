package dev.bulla.journeys;

import static dev.bulla.journeys.Odd.REVOCATION;
import static dev.bulla.journeys.Odd.body;
import static dev.bulla.journeys.Odd.service;
import static dev.bulla.journeys.Odd.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.ApiRequest;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.ConnectError;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Disconnected;
import dev.bulla.model.Landing;
import dev.bulla.model.Settings;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.provider.AnswerIdentity;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.IdentityCall;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.Provider;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.RevocationCall.Place;
import dev.bulla.provider.RevocationCall.Which;
import dev.bulla.provider.Scope;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.provider.UrlTemplate;
import dev.bulla.testkit.FakeService;
import dev.bulla.testkit.TestBulla;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services that tell or take in ways of their own what the standard has too. */
class OddAnswersTest {
    private static final String INTROSPECTION = "https://odd.example.com/introspect";

    private static List<HttpCall> at(FakeService service, String path) {
        return service.calls().stream()
                .filter(call -> call.uri().getPath().equals(path))
                .toList();
    }

    private static FakeService introspected() {
        return service(spec().identity(new IdentityCall(
                        "POST", UrlTemplate.of(INTROSPECTION), List.of("hub"), List.of(List.of("domain")), Map.of())
                .introspecting()));
    }

    @Test
    void accountIsAskedForByIntrospection() {
        FakeService service = introspected();
        try (TestBulla world = TestBulla.inMemory(service)) {
            assertThat(world.connect("acme", "alice", "odd").displayName()).contains("alice");
        }
        HttpCall asked = at(service, "/introspect").get(0);
        assertThat(asked.headers()).doesNotContainKey("Authorization");
        assertThat(body(asked))
                .contains("token=", "token_type_hint=access_token", "client_id=client-of-odd", "client_secret=secret");
    }

    @Test
    void tokenThatIsNotActiveConnectsNobody() {
        FakeService service = introspected();
        service.on(
                call -> call.uri().getPath().equals("/introspect"),
                call -> FakeService.json(200, "{\"active\":false,\"hub\":\"1\"}"));
        try (TestBulla world = TestBulla.inMemory(service)) {
            Member alice = world.bulla().tenant("acme").member("alice");
            assertThat(failure(world, alice)).isEqualTo(ConnectError.TOKEN_EXCHANGE_FAILED);
            assertThat(alice.accounts()).isEmpty();
        }
    }

    private static ConnectError failure(TestBulla world, Member member) {
        world.bulla().tenant("acme").connections().create("odd", "odd");
        world.bulla()
                .tenant("acme")
                .connections()
                .save("odd", Settings.clientId("id").clientSecret("secret"));
        ConnectStep.Redirect step = (ConnectStep.Redirect) member.connect("odd", TestBulla.RETURN_TO);
        Landing landing = world.callback(member, step, "alice");
        return ((Landing.Failed) landing.outcome()).code();
    }

    @Test
    void grantedScopesComeAsAnArrayUnderAnotherName() {
        FakeService service = service(
                        spec().scopes("scopes", " ").scopes(all -> Map.of("scope", String.join(" ", all))))
                .answering(answer -> {
                    answer.remove("scope");
                    answer.put("scopes", List.of("read"));
                    return answer;
                });
        try (TestBulla world = TestBulla.inMemory(service)) {
            ConnectedAccount account = world.connect("acme", "alice", "odd");
            assertThat(account.scopes()).containsExactly("read");
        }
    }

    @Test
    void refreshTokenAloneIsRevokedWithAHint() {
        FakeService service = service(spec().revocation(REVOCATION.withHint().ofRefreshTokens()));
        disconnected(service);

        assertThat(at(service, "/revoke")).hasSize(1);
        assertThat(body(at(service, "/revoke").get(0))).contains("token_type_hint=refresh_token");
        assertThat(service.grants("alice")).isEmpty();
    }

    @Test
    void eachTokenIsRevokedWithItsHint() {
        FakeService service = service(spec().revocation(REVOCATION.withHint()));
        disconnected(service);

        assertThat(at(service, "/revoke"))
                .extracting(Odd::body)
                .satisfiesExactly(
                        first -> assertThat(first).contains("token_type_hint=refresh_token"),
                        second -> assertThat(second).contains("token_type_hint=access_token"));
    }

    @Test
    void tokenIsRevokedInAHeaderOfTheService() {
        FakeService service = service(spec().revocation(new RevocationCall(
                "DELETE",
                UrlTemplate.of("https://odd.example.com/installation"),
                ClientAuthentication.ANONYMOUS,
                Place.HEADER,
                "X-Odd-Token",
                Reach.GRANT,
                Which.access())));
        disconnected(service);

        HttpCall call = at(service, "/installation").get(0);
        assertThat(call.method()).isEqualTo("DELETE");
        assertThat(call.headers()).containsKey("X-Odd-Token").doesNotContainKey("Authorization");
        assertThat(service.grants("alice")).isEmpty();
    }

    private static FakeService namingInAnswers() {
        OAuth2Spec spec = OAuth2Spec.builder("https://odd.example.com/authorize", "https://odd.example.com/token")
                .identity(new AnswerIdentity(
                        "user.id", List.of("user.nick", "user.name"), Map.of("team", "organization_id")))
                .build();
        return FakeService.speaking(Provider.builder("odd", "Odd")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), null)
                .api(ApiAccess.bearer("https://odd.example.com"))
                .build());
    }

    @Test
    void accountIsNamedInTheTokenAnswer() {
        FakeService service = namingInAnswers().answering(answer -> {
            answer.put("user", Map.of("id", 17, "name", "Ann"));
            answer.put("organization_id", "o-1");
            return answer;
        });
        try (TestBulla world = TestBulla.inMemory(service)) {
            ConnectedAccount account = world.connect("acme", "alice", "odd");
            assertThat(account.subject()).contains("17");
            assertThat(account.displayName()).contains("Ann");
            assertThat(account.attributes()).containsEntry("team", "o-1");
        }
        assertThat(service.calls()).hasSize(1);
    }

    @Test
    void answerThatNamesNobodyConnectsNobody() {
        FakeService service = namingInAnswers().answering(answer -> {
            answer.remove("user");
            return answer;
        });
        try (TestBulla world = TestBulla.inMemory(service)) {
            Member alice = world.bulla().tenant("acme").member("alice");
            assertThat(failure(world, alice)).isEqualTo(ConnectError.TOKEN_EXCHANGE_FAILED);
        }
    }

    @Test
    void accountOfOneWorkspaceIsNotThatOfAnother() {
        FakeService service = service(spec().identity(new IdentityCall(
                        "GET",
                        UrlTemplate.of("https://odd.example.com/me"),
                        List.of("id"),
                        List.of(List.of("name")),
                        Map.of())
                .within("team", "id")));
        service.on(
                call -> call.uri().getPath().equals("/me"),
                call -> FakeService.json(200, "{\"id\":7,\"name\":\"Ann\",\"team\":{\"id\":\"T1\"}}"));
        try (TestBulla world = TestBulla.inMemory(service)) {
            assertThat(world.connect("acme", "alice", "odd").subject()).contains("T1.7");
        }
    }

    @Test
    void statusAloneSaysThatTheTokenIsGone() {
        assertThat(revocationAnswered(REVOCATION.goneBy(400))).isEqualTo(Disconnected.Revocation.REVOKED);
        assertThat(revocationAnswered(REVOCATION)).isEqualTo(Disconnected.Revocation.FAILED);
    }

    private static Disconnected.Revocation revocationAnswered(RevocationCall revocation) {
        FakeService service = service(spec().revocation(revocation));
        service.on(call -> call.uri().getPath().equals("/revoke"), call -> FakeService.json(400, ""));
        try (TestBulla world = TestBulla.inMemory(service)) {
            world.connect("acme", "alice", "odd");
            return world.bulla()
                    .tenant("acme")
                    .member("alice")
                    .disconnect("odd")
                    .revocation();
        }
    }

    private static void disconnected(FakeService service) {
        try (TestBulla world = TestBulla.inMemory(service)) {
            world.connect("acme", "alice", "odd");
            world.bulla().tenant("acme").member("alice").disconnect("odd");
        }
    }

    @Test
    void whatGoesAlongWithACodeStaysOutOfRefreshes() {
        FakeService service = service(spec().redeemParameter("expiring", "1"));
        try (TestBulla world = TestBulla.inMemory(service)) {
            world.connect("acme", "alice", "odd");
            refreshed(world);
        }
        List<String> requests = at(service, "/token").stream().map(Odd::body).toList();
        assertThat(requests).hasSize(2);
        assertThat(requests.get(0)).contains("expiring=1");
        assertThat(requests.get(1)).contains("grant_type=refresh_token").doesNotContain("expiring");
    }

    @Test
    void scopeThatCoversAnotherLeavesNothingMissing() {
        OAuth2Spec spec = spec().build();
        FakeService service = FakeService.speaking(Provider.builder("odd", "Odd")
                        .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), null)
                        .scopes(
                                Scope.of("read", "Read").preset(),
                                Scope.of("write", "Write").preset().covering("read"))
                        .api(ApiAccess.bearer("https://odd.example.com"))
                        .build())
                .answering(answer -> {
                    answer.put("scope", "write");
                    return answer;
                });
        try (TestBulla world = TestBulla.inMemory(service)) {
            assertThat(world.connect("acme", "alice", "odd").missingScopes()).isEmpty();
            refreshed(world);
            ConnectedAccount account =
                    world.bulla().tenant("acme").member("alice").accounts().get(0);
            assertThat(account.missingScopes()).isEmpty();
            assertThat(account.reason()).isEmpty();
        }
    }

    private static void refreshed(TestBulla world) {
        world.advance(Duration.ofHours(2));
        try (Session session = world.bulla().tenant("acme").member("alice").session()) {
            session.call("odd", ApiRequest.get("/x"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://login.example.com,true",
        "https://acme.my.example.com,true",
        "https://example.com,true",
        "https://evil.example,false",
        "https://example.com.evil.example,false",
        "https://evilexample.com,false",
        "https://login.example.com:8443,false",
        "http://login.example.com,false"
    })
    void addressOfAnOwnerIsOneOfTheService(String address, boolean taken) {
        OAuth2Spec spec = OAuth2Spec.builder("{login@example.com}/authorize", "{login@example.com}/token")
                .identity("{login@example.com}/me", "id", "name")
                .build();
        FakeService service = FakeService.speaking(Provider.builder("odd", "Odd")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), null)
                .api(ApiAccess.bearer("https://api.example.com"))
                .build());
        try (TestBulla world = TestBulla.inMemory(service)) {
            world.bulla().tenant("acme").connections().create("odd", "odd");
            Settings settings = Settings.clientId("id").clientSecret("secret").with("login", address);
            if (taken) {
                world.bulla().tenant("acme").connections().save("odd", settings);
                assertThat(world.connect("acme", "alice", "odd").displayName()).contains("alice");
                assertThat(at(service, "/token").get(0).uri()).hasToString(address + "/token");
            } else {
                assertThatThrownBy(
                                () -> world.bulla().tenant("acme").connections().save("odd", settings))
                        .isInstanceOfSatisfying(
                                BullaException.class,
                                failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_SETTING));
            }
        }
    }
}
