package dev.bulla.testkit.provider;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.form.KeyCheck;
import dev.bulla.http.StrictJson;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.oauth2.SignedJwt;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.ErrorReader;
import dev.bulla.provider.ErrorReader.Failure;
import dev.bulla.provider.Exchange;
import dev.bulla.provider.Field;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.HttpCall.Purpose;
import dev.bulla.provider.Json;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.Secret;
import dev.bulla.provider.Selection;
import dev.bulla.provider.Selection.Chosen;
import dev.bulla.provider.Selection.Option;
import dev.bulla.provider.Selection.Page;
import dev.bulla.provider.Selection.Step;
import dev.bulla.provider.TokenRefresher;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import dev.bulla.provider.UrlTemplate;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The steps beyond tokens: a faithful provider passes each, and each deviation is noticed. */
class FurtherStepsTest {
    private static final ApiAccess API =
            ApiAccess.bearer("https://id.example.com").header("X-Version", "7");
    private static final Field KEY = Field.secret("apiKey", "Key", "").matching("key-.*");
    private static final ErrorReader ERRORS =
            (status, answer) -> status == 403 ? new Failure(Kind.TERMINAL, "key_refused") : null;
    private static final Predicate<Json> USABLE = page -> !page.flag("archived").orElse(false);

    private static Provider keys(Field field, UnaryOperator<KeyCheck> change) {
        KeyCheck check = KeyCheck.get(API, "apiKey", "/me").errors(ERRORS).identity("id", "name");
        return Provider.builder("sample", "Sample")
                .form(new KeyForm(List.of(field), "apiKey", change.apply(check)))
                .api(API)
                .build();
    }

    private static Provider oauth(UnaryOperator<OAuth2Spec.Builder> change, UnaryOperator<Provider.Builder> more) {
        OAuth2Spec spec = change.apply(
                        OAuth2Spec.builder("https://id.example.com/authorize", "https://id.example.com/token")
                                .identity("https://id.example.com/me", "id", "name"))
                .build();
        return more.apply(Provider.builder("sample", "Sample")
                        .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), null)
                        .api(API))
                .build();
    }

    private static void assertFaithful(String name, Provider provider) {
        assertThatCode(() -> RehearsalTest.rehearse(name, provider)).doesNotThrowAnyException();
    }

    private static void assertNoticed(String name, Provider provider) {
        assertThatThrownBy(() -> RehearsalTest.rehearse(name, provider)).isInstanceOf(AssertionError.class);
    }

    @Test
    void formIsComparedByWhatItTakesAndKeeps() {
        assertFaithful("form", keys(KEY, check -> check));
        assertNoticed("form", keys(Field.secret("apiKey", "Key", ""), check -> check));
        assertNoticed("form", keys(KEY.optional(), check -> check));
        assertNoticed("form", keys(KEY.matching("key-xyz"), check -> check));
        assertNoticed("form", keys(KEY.normalised(typed -> typed.strip() + "!"), check -> check));
    }

    @Test
    void verificationIsComparedByItsMeaning() {
        assertFaithful("verify", keys(KEY, check -> check));
        assertFaithful("verify-refused", keys(KEY, check -> check));
        assertFaithful("verify-short-of-rights", keys(KEY, check -> check));
        assertNoticed("verify", keys(KEY, check -> check.identity("name", "name")));
        assertNoticed("verify", keys(KEY, check -> check.yes("never", answer -> false)));
        assertNoticed("verify-refused", keys(KEY, check -> check.errors((status, answer) -> null)));
        assertNoticed(
                "verify-refused",
                keys(KEY, check -> check.errors((status, answer) -> new Failure(Kind.TRANSIENT, "x"))));
        assertNoticed(
                "verify-short-of-rights",
                keys(KEY, check -> check.errors((status, answer) -> new Failure(Kind.TERMINAL, "x"))));
    }

    private static Provider minting(String issuer, long life) {
        TokenRefresher minter = new TokenRefresher() {
            @Override
            public Style style() {
                return Style.REMINT;
            }

            @Override
            public Tokens refresh(Tokens old, ProviderCall call) {
                long now = call.clock().instant().getEpochSecond();
                Map<String, Object> claims =
                        Map.of("iss", issuer, "aud", "https://id.example.com/token", "iat", now, "exp", now + life);
                String body = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion="
                        + SignedJwt.of(old.main().accessToken(), null, claims).reveal();
                HttpCall request = HttpCall.of(
                                Purpose.TOKEN,
                                "POST",
                                URI.create("https://id.example.com/token"),
                                body.getBytes(StandardCharsets.UTF_8))
                        .header("Content-Type", "application/x-www-form-urlencoded");
                Json answer = StrictJson.document(call.http().send(request));
                return Tokens.of(new TokenSet(
                        Secret.of(answer.text("access_token").orElseThrow()),
                        null,
                        call.clock().instant().plusSeconds(3600),
                        null,
                        null,
                        Map.of()));
            }
        };
        Field key = Field.secret("privateKey", "Key", "");
        KeyForm form = new KeyForm(List.of(key), "privateKey", KeyCheck.get(API, "privateKey", "/me"), minter);
        return Provider.builder("sample", "Sample").form(form).api(API).build();
    }

    @Test
    void mintedTokensAreComparedByTheSignedClaims() {
        assertFaithful("mint", minting("robot", 3600));
        assertNoticed("mint", minting("person", 3600));
        assertNoticed("mint", minting("robot", 7200));
    }

    private static HttpAnswer get(String path, Tokens tokens, ProviderCall call) {
        HttpCall request = HttpCall.of(Purpose.API, "GET", URI.create("https://id.example.com" + path), null)
                .header("Authorization", "Bearer " + tokens.main().accessToken().reveal());
        return call.http().send(request);
    }

    private static Provider choosing(Predicate<Json> usable, boolean pages, String attribute) {
        Selection.Source source = (query, tokens, call) -> {
            String page = query.page() == null ? "" : "&page=" + query.page();
            Json answer = StrictJson.document(get("/pages?in=" + query.parent() + page, tokens, call));
            List<Option> options = answer.objects("pages").stream()
                    .filter(usable)
                    .map(one -> Option.of(
                            one.id("id").orElseThrow(), one.text("name").orElseThrow()))
                    .toList();
            return new Page(options, pages ? answer.text("next").orElse(null) : null);
        };
        Selection.Chooser chooser = (chosen, tokens, call) -> {
            HttpAnswer answer = get("/pages/" + chosen.get("page").get(0).id(), tokens, call);
            if (answer.status() != 200) {
                throw Selection.unknown();
            }
            Json page = StrictJson.document(answer);
            return new Chosen(
                    tokens,
                    Map.of(attribute, page.id("id").orElseThrow()),
                    page.text("name").orElse(null));
        };
        Selection selection = new Selection(List.of(Step.one("page", "Page")), source, chooser, "no_pages");
        return oauth(spec -> spec, builder -> builder.selection(selection));
    }

    @Test
    void whatThereIsToChooseIsComparedOverAllPages() {
        assertFaithful("list", choosing(USABLE, true, "page_id"));
        assertNoticed("list", choosing(page -> true, true, "page_id"));
        assertNoticed("list", choosing(USABLE, false, "page_id"));
    }

    @Test
    void choiceIsComparedByWhatIsKept() {
        assertFaithful("choose", choosing(USABLE, true, "page_id"));
        assertFaithful("choose-unknown", choosing(USABLE, true, "page_id"));
        assertNoticed("choose", choosing(USABLE, true, "manager_id"));
        Selection.Chooser gullible = (chosen, tokens, call) -> {
            get("/pages/9", tokens, call);
            return new Chosen(tokens, Map.of(), null);
        };
        Selection selection = new Selection(
                List.of(Step.one("page", "Page")),
                (query, tokens, call) -> new Page(List.of(), null),
                gullible,
                "none");
        assertNoticed("choose-unknown", oauth(spec -> spec, builder -> builder.selection(selection)));
    }

    @Test
    void callbackIsHeldAgainstItsSign() {
        Provider careful = oauth(
                spec -> spec.callbackCheck(
                        (query, call) -> ("of " + call.app().clientSecret().reveal()).equals(query.get("sign"))),
                builder -> builder);
        assertFaithful("callback-signed", careful);
        assertFaithful("callback-unsigned", careful);
        assertNoticed("callback-unsigned", oauth(spec -> spec, builder -> builder));
        assertNoticed("callback-signed", oauth(spec -> spec.callbackCheck((query, call) -> false), builder -> builder));
    }

    private static Exchange longer(String parameter) {
        return new Exchange(
                "GET",
                UrlTemplate.of("https://id.example.com/longer"),
                "longer",
                parameter,
                ClientAuthentication.ANONYMOUS);
    }

    @Test
    void upgradeIsComparedBehindTheExchange() {
        assertFaithful("upgrade", oauth(spec -> spec.upgrade(longer("short")), builder -> builder));
        assertNoticed("upgrade", oauth(spec -> spec.upgrade(longer("token")), builder -> builder));
        assertNoticed("upgrade", oauth(spec -> spec, builder -> builder));
    }

    @Test
    void callOfTheHostIsComparedAsItLeaves() {
        assertFaithful("api", oauth(spec -> spec, builder -> builder));
        assertNoticed("api", oauth(spec -> spec, builder -> builder.api(ApiAccess.bearer("https://id.example.com"))));
        assertNoticed(
                "api",
                oauth(
                        spec -> spec,
                        builder -> builder.api(
                                ApiAccess.bearer("https://api.example.com").header("X-Version", "7"))));
    }
}
