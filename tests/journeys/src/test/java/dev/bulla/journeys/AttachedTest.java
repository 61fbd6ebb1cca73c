package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.ApiRequest;
import dev.bulla.Bulla;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.HostKeyring;
import dev.bulla.policy.Baseline;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Attachment;
import dev.bulla.provider.Field;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.Identity;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.KeyForm.Verification;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Secret;
import dev.bulla.testing.TestTransport;
import dev.bulla.testkit.store.InMemoryStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A key goes where its service wants it, and is to be seen nowhere. */
class AttachedTest {
    private static final String KEY = "4839:canary/key+1";
    private static final Field FIELD = Field.secret("key", "Key", "");

    private final List<HttpCall> sent = new ArrayList<>();

    private static Provider provider(ApiAccess api, Field... more) {
        List<Field> fields = new ArrayList<>(List.of(FIELD));
        fields.addAll(List.of(more));
        return Provider.builder("keyed", "Keyed")
                .form(new KeyForm(
                        fields, "key", (values, call) -> new Verification(true, Identity.of("1", "one"), List.of())))
                .api(api)
                .perAccount(api.base().parts().toArray(String[]::new))
                .build();
    }

    private HttpCall sent(Provider provider, Map<String, String> further, ApiRequest request) {
        try (Bulla bulla = Bulla.builder()
                .store(InMemoryStore.create())
                .baseline(Baseline.open())
                .hostKeys(HostKeyring.ephemeral())
                .baseUri("https://app.example.com/bulla")
                .returnTo("https://app.example.com/")
                .providers(provider)
                .transport(new TestTransport(call -> {
                    sent.add(call);
                    return new HttpAnswer(200, Map.of(), new byte[0]);
                }))
                .build()) {
            bulla.tenant("acme").connections().create("keyed", "keyed");
            Map<String, String> form = new LinkedHashMap<>(Map.of("key", KEY));
            form.putAll(further);
            bulla.tenant("acme").member("alice").submit("keyed", form);
            try (Session session = bulla.tenant("acme").member("alice").session()) {
                session.call("keyed", request);
            }
            assertThat(sent).hasSize(1);
            assertThat(sent.get(0).toString()).doesNotContain("canary").doesNotContain("4839");
            return sent.get(0);
        }
    }

    private HttpCall sent(Attachment attachment, String target) {
        return sent(
                provider(ApiAccess.bearer("https://api.example.com").attached(attachment)),
                Map.of(),
                ApiRequest.get(target));
    }

    private static String basic(HttpCall call) {
        String header = call.headers().get("Authorization");
        assertThat(header).startsWith("Basic ");
        return new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8);
    }

    @Test
    void inAHeader() {
        assertThat(sent(Attachment.bearer(), "/a").headers()).containsEntry("Authorization", "Bearer " + KEY);
        sent.clear();
        assertThat(sent(Attachment.scheme(""), "/a").headers()).containsEntry("Authorization", KEY);
        sent.clear();
        assertThat(sent(Attachment.header("api-key"), "/a").headers()).containsEntry("api-key", KEY);
    }

    @Test
    void asAPassword() {
        assertThat(basic(sent(Attachment.basic(""), "/a"))).isEqualTo(":" + KEY);
    }

    @Test
    void asAPasswordOfTheUserInTheForm() {
        Provider site = provider(
                ApiAccess.bearer("{site}/wp-json").attached(Attachment.basicOf("user")),
                Field.text("site", "Site", ""),
                Field.text("user", "User", ""));
        HttpCall call = sent(
                site, Map.of("site", "https://blog.example.com/news", "user", "Ann"), ApiRequest.get("/wp/v2/posts"));
        assertThat(basic(call)).isEqualTo("Ann:" + KEY);
        assertThat(call.uri()).hasToString("https://blog.example.com/news/wp-json/wp/v2/posts");
    }

    @Test
    void addressInAFormIsOneThatAKeyMayBeSentTo() {
        ApiAccess listed = ApiAccess.bearer("{site}/api", "*.example.com");
        Provider site = provider(listed, Field.text("site", "Site", ""));

        assertThat(sent(site, Map.of("site", "https://north.example.com"), ApiRequest.get("/a"))
                        .uri())
                .hasToString("https://north.example.com/api/a");
        sent.clear();
        fails(ErrorCode.HOST_NOT_ALLOWED, site, Map.of("site", "https://evil.example"), ApiRequest.get("/a"));
        fails(ErrorCode.FORM_REFUSED, site, Map.of("site", "http://north.example.com"), ApiRequest.get("/a"));
        fails(ErrorCode.FORM_REFUSED, site, Map.of("site", "https://a@north.example.com"), ApiRequest.get("/a"));
    }

    @Test
    void inTheQuery() {
        assertThat(sent(Attachment.query("api_key"), "/a?b=%20c").uri())
                .hasToString("https://api.example.com/a?b=%20c&api_key=4839%3Acanary%2Fkey%2B1");
        sent.clear();
        assertThat(sent(Attachment.query("api_key"), "/a").uri().getRawQuery()).startsWith("api_key=");
    }

    @Test
    void inThePath() {
        Attachment bot = Attachment.path("bot", "/file");
        assertThat(sent(bot, "/getMe?x=1").uri())
                .hasToString("https://api.example.com/bot4839:canary%2Fkey%2B1/getMe?x=1");
        sent.clear();
        assertThat(sent(bot, "/file/photo.jpg").uri())
                .hasToString("https://api.example.com/file/bot4839:canary%2Fkey%2B1/photo.jpg");
        sent.clear();
        assertThat(sent(bot, "/files/photo.jpg").uri().getPath()).startsWith("/bot4839");
    }

    @Test
    void oneOfSeveralKeysByWhatIsAskedFor() {
        Provider several = provider(
                ApiAccess.bearer("https://api.example.com")
                        .attached(Attachment.header("x-api-key")
                                .choosing((method, path) -> path.startsWith("/search") ? "master" : "key")),
                Field.secret("master", "Master key", "").optional());
        Map<String, String> both = Map.of("master", "m-1");
        assertThat(sent(several, both, ApiRequest.get("/search")).headers()).containsEntry("x-api-key", "m-1");
        sent.clear();
        assertThat(sent(several, both, ApiRequest.get("/people")).headers()).containsEntry("x-api-key", KEY);
        sent.clear();
        assertThat(sent(several, Map.of(), ApiRequest.get("/search")).headers()).containsEntry("x-api-key", KEY);
    }

    @Test
    void proofOfEachRequest() {
        Attachment signing = Attachment.bearer()
                .signing(credential ->
                        Secret.of(credential.form().get("key").reveal().length() + "@" + (credential.now() != null)));
        assertThat(sent(signing, "/a").headers()).containsEntry("Authorization", "Bearer 17@true");
    }

    @Test
    void stumblingProviderTellsNothingOfTheKey() {
        for (RuntimeException stumble : List.of(new IllegalArgumentException(KEY), new IllegalStateException(KEY))) {
            Attachment signing = Attachment.bearer().signing(credential -> {
                throw stumble;
            });
            assertThatThrownBy(() -> sent(signing, "/a"))
                    .isInstanceOfSatisfying(
                            BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SETUP))
                    .hasMessageNotContaining("canary")
                    .hasNoCause();
        }
    }

    @Test
    void versionOfTheApiGoesAlongUnlessTheCallerSaysAnother() {
        ApiAccess dated = ApiAccess.bearer("https://api.example.com").header("Api-Version", "2026-01");
        assertThat(sent(provider(dated), Map.of(), ApiRequest.get("/a")).headers())
                .containsEntry("Api-Version", "2026-01");
        sent.clear();
        ApiRequest older = ApiRequest.get("/a").header("api-version", "2025-01");
        assertThat(sent(provider(dated), Map.of(), older).headers())
                .containsEntry("api-version", "2025-01")
                .doesNotContainKey("Api-Version");
    }

    @Test
    void callerDoesNotSetWhatTheSessionAttaches() {
        refused(Attachment.bearer(), ApiRequest.get("/a").header("authorization", "Bearer x"));
        refused(Attachment.basic(""), ApiRequest.get("/a").header("AUTHORIZATION", "Basic x"));
        refused(Attachment.query("api_key"), ApiRequest.get("/a?b=1&api_key=2"));
    }

    private void refused(Attachment attachment, ApiRequest request) {
        Provider provider = provider(ApiAccess.bearer("https://api.example.com").attached(attachment));
        fails(ErrorCode.INVALID_ARGUMENT, provider, Map.of(), request);
    }

    private void fails(ErrorCode code, Provider provider, Map<String, String> form, ApiRequest request) {
        assertThatThrownBy(() -> sent(provider, form, request))
                .isInstanceOfSatisfying(
                        BullaException.class, e -> assertThat(e.code()).isEqualTo(code));
        assertThat(sent).isEmpty();
    }
}
