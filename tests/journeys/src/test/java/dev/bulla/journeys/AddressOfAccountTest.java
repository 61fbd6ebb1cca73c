package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.ApiRequest;
import dev.bulla.Member;
import dev.bulla.MemberForms;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.ConnectError;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.Landing;
import dev.bulla.model.Settings;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Field;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.Identity;
import dev.bulla.provider.IdentityCall;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.KeyForm.Verification;
import dev.bulla.provider.Mode;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.provider.UrlTemplate;
import dev.bulla.testkit.FakeService;
import dev.bulla.testkit.TestBulla;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The address of the API belongs to the account: the service names it with the identity, or it stands in a key. */
class AddressOfAccountTest {
    private final List<HttpCall> called = new ArrayList<>();

    private FakeService service() {
        OAuth2Spec spec = OAuth2Spec.builder("https://login.example.com/authorize", "https://login.example.com/token")
                .identity(new IdentityCall(
                        "GET",
                        UrlTemplate.of("https://login.example.com/metadata"),
                        List.of("id"),
                        List.of(List.of("name")),
                        Map.of("dc", List.of("dc"))))
                .build();
        Field key = Field.secret("key", "Key", "");
        KeyForm form = new KeyForm(
                        List.of(key),
                        "key",
                        (values, call) -> new Verification(true, Identity.of("1", "one"), List.of()))
                .reading("dc", "key", ".*-(us[0-9]+)");
        return FakeService.speaking(Provider.builder("mail", "Mail")
                        .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), null)
                        .api(ApiAccess.bearer("https://{dc}.api.example.com"))
                        .form(form)
                        .perAccount("dc")
                        .build())
                .api(call -> {
                    called.add(call);
                    return FakeService.json(200, "{}");
                });
    }

    private static FakeService naming(FakeService service, String dc) {
        return service.on(
                call -> call.uri().getPath().equals("/metadata"),
                call -> FakeService.json(200, "{\"id\":\"7\",\"name\":\"Anna\",\"dc\":\"" + dc + "\"}"));
    }

    private static void use(TestBulla world) {
        try (Session session = world.bulla().tenant("acme").member("alice").session()) {
            session.call("mail", ApiRequest.get("/lists"));
        }
    }

    @Test
    void comesWithTheIdentityAndOutlivesRefreshes() {
        FakeService service = naming(service(), "us9");
        try (TestBulla world = TestBulla.inMemory(service)) {
            assertThat(world.connect("acme", "alice", "mail").attributes()).containsEntry("dc", "us9");
            use(world);
            world.advance(Duration.ofHours(2));
            use(world);
        }
        assertThat(called)
                .hasSize(2)
                .allSatisfy(call -> assertThat(call.uri()).hasToString("https://us9.api.example.com/lists"));
        assertThat(called.get(0).headers().get("Authorization"))
                .isNotEqualTo(called.get(1).headers().get("Authorization"));
    }

    @Test
    void isMissing() {
        connectsNobody(service()
                .on(call -> call.uri().getPath().equals("/metadata"), call -> FakeService.json(200, "{\"id\":\"7\"}")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example/", "us9.evil", "US9", ""})
    void isNone(String dc) {
        connectsNobody(naming(service(), dc));
    }

    private static void connectsNobody(FakeService service) {
        try (TestBulla world = TestBulla.inMemory(service)) {
            world.bulla().tenant("acme").connections().create("mail", "mail");
            world.bulla()
                    .tenant("acme")
                    .connections()
                    .save("mail", Settings.clientId("id").clientSecret("secret"));
            Member alice = world.bulla().tenant("acme").member("alice");
            ConnectStep.Redirect step = (ConnectStep.Redirect) alice.connect("mail", TestBulla.RETURN_TO);
            Landing landing = world.callback(alice, step, "alice");

            assertThat(((Landing.Failed) landing.outcome()).code()).isEqualTo(ConnectError.TOKEN_EXCHANGE_FAILED);
            assertThat(alice.accounts()).isEmpty();
        }
    }

    @Test
    void standsInAKey() {
        try (TestBulla world = TestBulla.inMemory(service())) {
            byKey(world, "secret-us17");
            use(world);
        }
        assertThat(called.get(0).uri()).hasToString("https://us17.api.example.com/lists");
        assertThat(called.get(0).headers()).containsEntry("Authorization", "Bearer secret-us17");
    }

    @Test
    void keyWithoutItIsRefused() {
        try (TestBulla world = TestBulla.inMemory(service())) {
            assertThatThrownBy(() -> byKey(world, "secret-canary"))
                    .isInstanceOfSatisfying(BullaException.class, failure -> {
                        assertThat(failure.code()).isEqualTo(ErrorCode.FORM_REFUSED);
                        assertThat(failure).hasMessageContaining("[key]").hasMessageNotContaining("canary");
                    });
        }
    }

    @Test
    void followsAKeyThatIsFilledInByParts() {
        try (TestBulla world = TestBulla.inMemory(service())) {
            world.bulla().tenant("acme").connections().create("mail", "mail", Mode.FORM);
            MemberForms forms = world.bulla().tenant("acme").member("alice").forms();
            forms.fill("mail", Map.of("key", "first-us1"));
            use(world);
            assertThat(forms.fill("mail", Map.of()).changed()).isEmpty();
            forms.fill("mail", Map.of("key", "second-us2"));
            use(world);
            assertThat(forms.fill("mail", Map.of("key", "third")).refused()).containsExactly("key");
            use(world);
        }
        assertThat(called)
                .extracting(call -> call.uri().getHost() + " " + call.headers().get("Authorization"))
                .containsExactly(
                        "us1.api.example.com Bearer first-us1",
                        "us2.api.example.com Bearer second-us2",
                        "us2.api.example.com Bearer second-us2");
    }

    private static void byKey(TestBulla world, String key) {
        world.bulla().tenant("acme").connections().create("mail", "mail", Mode.FORM);
        world.bulla().tenant("acme").member("alice").submit("mail", Map.of("key", key));
    }
}
