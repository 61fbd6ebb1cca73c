package dev.bulla.journeys;

import static dev.bulla.journeys.Odd.body;
import static dev.bulla.journeys.Odd.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.ApiRequest;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.form.KeyCheck;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Attachment;
import dev.bulla.provider.ErrorReader;
import dev.bulla.provider.Field;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.Mode;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.UrlTemplate;
import dev.bulla.testkit.FakeService;
import dev.bulla.testkit.TestBulla;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Services that check a key, or place an account behind one, in ways of their own. */
class OddKeysTest {
    private static final Map<String, List<String>> SCOPES = Map.of("x-odd-scopes", List.of("repo, user"));

    @Test
    void keyIsCheckedByAQueryWhoseFailureStandsInAList() {
        ApiAccess api = ApiAccess.bearer("https://odd.example.com").attached(Attachment.scheme(""));
        KeyCheck check = KeyCheck.post(api, "key", "/graphql", "{\"query\":\"{viewer{id}}\"}")
                .errors(ErrorReader.byCode(
                        answer -> answer.list("errors").map(List::toString), Map.of("[dead]", Kind.TERMINAL)))
                .identity("data.viewer.id");
        FakeService service = keyed(api, check, "{\"data\":{\"viewer\":{\"id\":\"u-1\"}}}");
        try (TestBulla world = TestBulla.inMemory(service)) {
            assertThat(submitted(world).subject()).contains("u-1");
        }
        HttpCall asked = service.calls().get(0);
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.headers())
                .containsEntry("Authorization", "k-1")
                .containsEntry("Content-Type", "application/json");
        assertThat(body(asked)).isEqualTo("{\"query\":\"{viewer{id}}\"}");
        try (TestBulla world = TestBulla.inMemory(keyed(api, check, "{\"errors\":[\"dead\"]}"))) {
            assertThatThrownBy(() -> submitted(world)).isInstanceOf(BullaException.class);
        }
    }

    @Test
    void keyIsCheckedByAnAnswerThatIsAnArray() {
        ApiAccess api = ApiAccess.bearer("https://odd.example.com");
        KeyCheck check = KeyCheck.get(api, "key", "/organizations")
                .yes(
                        "an organization",
                        answer -> !answer.list("").orElse(List.of()).isEmpty());
        try (TestBulla world = TestBulla.inMemory(keyed(api, check, "[{\"id\":\"77\"}]"))) {
            assertThat(submitted(world).verified()).isTrue();
        }
        try (TestBulla world = TestBulla.inMemory(keyed(api, check, "[]"))) {
            assertThat(submitted(world).verified()).isFalse();
        }
    }

    private static FakeService keyed(ApiAccess api, KeyCheck check, String answer) {
        Provider provider = Provider.builder("odd", "Odd")
                .form(new KeyForm(List.of(Field.secret("key", "Key", "")), "key", check))
                .api(api)
                .build();
        return FakeService.speaking(provider).api(call -> FakeService.json(200, answer));
    }

    private static ConnectedAccount submitted(TestBulla world) {
        world.bulla().tenant("acme").connections().create("odd", "odd");
        return world.bulla().tenant("acme").member("alice").submit("odd", Map.of("key", "k-1"));
    }

    @Test
    void keyOfAnAccountIsCheckedThere() {
        ApiAccess api = ApiAccess.bearer("https://odd.example.com");
        Provider provider = Provider.builder("odd", "Odd")
                .form(new KeyForm(
                        List.of(
                                Field.secret("key", "Key", ""),
                                Field.text("account", "Account", "").optional()),
                        "key",
                        KeyCheck.get(api, "key", "/user/verify").atFilled("account", "/accounts/{account}/verify")))
                .api(api)
                .build();
        FakeService service = FakeService.speaking(provider);
        try (TestBulla world = TestBulla.inMemory(service)) {
            submitted(world);
            world.bulla().tenant("acme").member("alice").submit("odd", Map.of("key", "k-1", "account", "a/1"));
        }
        assertThat(service.calls())
                .extracting(call -> call.uri().getRawPath())
                .containsExactly("/user/verify", "/accounts/a%2F1/verify");
    }

    private static FakeService besideOAuth() {
        ApiAccess own = new ApiAccess(
                UrlTemplate.of("{apiBase}").orElse("https://odd.example.com"),
                List.of(),
                Attachment.bearer(),
                Map.of());
        KeyForm form = new KeyForm(
                List.of(
                        Field.secret("key", "Key", ""),
                        Field.text("apiBase", "Address", "").optional()),
                "key",
                KeyCheck.get(own, "key", "/user").scopesIn("X-Odd-Scopes"));
        OAuth2Spec spec = spec().build();
        return FakeService.speaking(Provider.builder("odd", "Odd")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), null)
                .api(ApiAccess.bearer("https://odd.example.com"))
                .form(form, own)
                .perAccount("apiBase")
                .build());
    }

    @Test
    void addressInAFormStandsForTheUsualOneAndRightsInAHeader() {
        FakeService service = besideOAuth();
        service.on(
                call -> call.uri().getPath().equals("/user"),
                call -> new HttpAnswer(200, SCOPES, "{}".getBytes(StandardCharsets.UTF_8)));
        try (TestBulla world = TestBulla.inMemory(service)) {
            world.bulla().tenant("acme").connections().create("odd", "odd", Mode.FORM);
            Member alice = world.bulla().tenant("acme").member("alice");
            assertThat(alice.submit("odd", Map.of("key", "k-1")).scopes()).containsExactly("repo", "user");
            alice.submit("odd", Map.of("key", "k-1", "apiBase", "https://odd.example.com/own/v3"));
            try (Session session = alice.session()) {
                session.call("odd", ApiRequest.get("/repos"));
            }
        }
        assertThat(service.calls())
                .extracting(call -> call.uri().toString())
                .endsWith("https://odd.example.com/own/v3/repos");
        assertThat(service.calls().get(0).uri()).hasToString("https://odd.example.com/user");
    }

    @Test
    void addressInAFormIsNoMatterOfAConsent() {
        try (TestBulla world = TestBulla.inMemory(besideOAuth())) {
            assertThat(world.connect("acme", "alice", "odd").ready()).isTrue();
        }
    }
}
