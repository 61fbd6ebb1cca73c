package dev.bulla.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.bulla.error.BullaException;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.Scope;
import dev.bulla.provider.Secret;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.provider.Tokens;
import dev.bulla.testkit.FakeService;
import dev.bulla.testkit.provider.Transcript.Answer;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every provider promises. A provider's test extends this class, names the provider, and lays transcripts into the folder {@code
 * transcripts/<id>} of its test resources; whatever the provider sends goes over real HTTP to a server that answers as documented.
 *
 * <p>A transcript is one JSON file: {@code provider}, {@code name}, {@code step} ({@code authorize}, {@code exchange}, {@code refresh},
 * {@code identity}, {@code revoke}, {@code verify} or {@code api}), {@code says} (the fact in one sentence), {@code sources} (pages with
 * the date they were read), {@code request}, {@code response} and {@code expect}. In texts, <code>{client_id}</code>, <code>{client_secret}
 * </code>, <code>{redirect_uri}</code>, <code>{state}</code>, <code>{nonce}</code>, <code>{code}</code>, <code>{code_challenge}</code>,
 * <code>{code_verifier}</code>, <code>{access_token}</code>, <code>{refresh_token}</code>, <code>{new_access_token}</code>, <code>
 * {new_refresh_token}</code>, <code>{id_token}</code> and the names of form fields stand for values. {@code expect} names tokens, lifetimes
 * in seconds, {@code scopes}, {@code subject}, {@code displayName}, {@code verified}, {@code error} and {@code class} (the kind of failure
 * in lower case); {@code tokenSets} repeats some of it for each named set.
 */
public abstract class ProviderContract {
    private static final List<String> GARBAGE = List.of(
            "",
            "null",
            "[]",
            "{",
            "<html>sign in</html>",
            "{}",
            "{\"access_token\":\"\"}",
            "{\"access_token\":null}",
            "{\"access_token\":17}",
            "{\"access_token\":\"a b\"}",
            "{\"access_token\":\"a\\r\\nX: y\"}",
            "{\"access_token\":\"one\",\"access_token\":\"two\"}",
            "{\"access_token\":{\"a\":1}}");

    /** The provider under test, as a host makes it. */
    protected abstract Provider provider();

    /** Folder of the transcripts on the class path. */
    protected String transcripts() {
        return "transcripts/" + provider().id();
    }

    /** Transcripts that this provider does not follow, by name, each with the reason. */
    protected Map<String, String> leftOut() {
        return Map.of();
    }

    /** Values of the instance's parts. */
    protected Map<String, String> instance() {
        return Stage.sampleInstance(provider());
    }

    /** A filled-in form, for a provider that is connected by one. */
    protected Map<String, String> form() {
        return Map.of();
    }

    /** The token set that a transcript speaks of where its expectations name none. */
    protected String set(String transcript) {
        return Tokens.MAIN;
    }

    /** How an owner names a scope that the service calls {@code wire} in this token set. */
    protected String scope(String set, String wire) {
        return wire;
    }

    private Stage stage() {
        return Stage.of(provider(), instance(), form());
    }

    private List<Transcript> all(Stage stage) {
        return Transcript.in(transcripts(), getClass().getClassLoader(), stage.values());
    }

    private Stream<Transcript> followed(Stage stage, String step) {
        return all(stage).stream()
                .filter(one -> !leftOut().containsKey(one.name()))
                .filter(one -> one.step().equals(step));
    }

    @Test
    void factsHaveSources() {
        Assumptions.assumeFalse(provider().custom(), "the host knows where its facts come from");
        assertThat(provider().documentation().sources())
                .isNotEmpty()
                .allSatisfy(source -> assertThat(source.url()).hasScheme("https"));
    }

    @TestFactory
    Stream<DynamicTest> conversationRunsAsDocumented() {
        Stage stage = stage();
        return all(stage).stream()
                .filter(one -> !leftOut().containsKey(one.name()))
                .map(one -> DynamicTest.dynamicTest(
                        one.name(), () -> new Rehearsal(stage, one, set(one.name()), this::scope).run()));
    }

    @Test
    void everyTranscriptNamesItsSources() {
        List<Transcript> all = all(stage());
        assertThat(all).isNotEmpty().allMatch(Transcript::hasSources);
        assertThat(all).extracting(Transcript::name).containsAll(leftOut().keySet());
    }

    @Test
    void idIsStableAndLowerCase() {
        assertThat(provider().id())
                .matches("[a-z][a-z0-9-]*")
                .isEqualTo(provider().id());
        assertThat(provider().trustAnchor(instance())).startsWith(provider().id() + "|https://");
        assertThat(provider().displayName()).isNotBlank();
        assertThat(provider().modes()).isNotEmpty();
    }

    @Test
    void scopeCatalogueIsConsistent() {
        List<Scope> scopes = provider().scopes();
        assertThat(scopes).extracting(Scope::name).doesNotHaveDuplicates();
        assertThat(scopes).allSatisfy(scope -> {
            assertThat(scope.name()).matches("[!-~]+").doesNotContain(",");
            assertThat(scope.label()).isNotBlank();
            assertThat(scope.byDefault() || !scope.required())
                    .as("what is required is also the default: " + scope.name())
                    .isTrue();
        });
    }

    @Test
    void credentialsGoToHttpsHostsOfTheServiceOnly() {
        URI base = provider().api().base().expand(instance());
        assertThat(base.getScheme()).isEqualTo("https");
        assertThat(allowed(base.toString() + "/x")).isTrue();
        assertThat(allowed("http://" + base.getHost() + "/x")).isFalse();
        assertThat(allowed("https://" + base.getHost() + ":8443/x")).isFalse();
        assertThat(allowed("https://user@" + base.getHost() + "/x")).isFalse();
        assertThat(allowed("https://" + base.getHost() + ".evil.example/x")).isFalse();
        assertThat(allowed("https://evil-" + base.getHost().replace('.', '-') + ".example/x"))
                .isFalse();
        assertThat(provider().api().hosts())
                .doesNotContain("*")
                .allMatch(host -> host.equals(host.toLowerCase(Locale.ROOT)));
    }

    private boolean allowed(String uri) {
        return provider().api().allows(URI.create(uri), instance());
    }

    @Test
    void authorizationUrlCarriesStateRedirectUriAndPkce() {
        if (provider().flow().isEmpty()) {
            return;
        }
        URI uri = stage().authorizationUri(defaults(), false);
        Map<String, String> query = RequestCheck.pairs(uri.getRawQuery());
        assertThat(uri.getScheme()).isEqualTo("https");
        assertThat(query)
                .containsEntry("response_type", "code")
                .containsEntry("redirect_uri", Values.REDIRECT)
                .containsEntry("state", Values.STATE);
        assertThat(query).containsValue(Values.CLIENT_ID);
        if (spec().pkce() == OAuth2Spec.Pkce.S256) {
            assertThat(query)
                    .containsEntry("code_challenge", Values.CHALLENGE)
                    .containsEntry("code_challenge_method", "S256");
        } else {
            assertThat(query).doesNotContainKeys("code_challenge", "code_challenge_method");
        }
        if (spec().jwksUrl().isPresent()) {
            assertThat(query).containsEntry("nonce", Values.NONCE);
        }
        Values.canaries().forEach(secret -> assertThat(uri.toString()).doesNotContain(secret));
    }

    @Test
    void textFormsShowNoSecret() {
        Provider managed = provider().flow().isPresent() && !provider().custom()
                ? provider().managedBy(new Provider.ManagedApp("m1", Values.CLIENT_ID, Secret.of(Values.CLIENT_SECRET)))
                : provider();
        assertThat(managed.toString() + managed.managed() + managed.form())
                .doesNotContain(Values.CLIENT_SECRET)
                .contains(provider().id());
    }

    @Test
    void revokerSaysWhatItEnds() {
        provider().revoker().ifPresent(revoker -> assertThat(revoker.reach()).isIn((Object[]) Reach.values()));
    }

    @Test
    void unknownFieldsAreTolerated() {
        Stage stage = stage();
        followed(stage, "exchange").filter(one -> one.answer().isSuccess()).forEach(one -> {
            String more = one.answer().body().replaceFirst("\\{", "{\"unheard_of\":{\"a\":[1,null,true]},");
            new Rehearsal(stage, one, set(one.name()), this::scope)
                    .run(one.answer().withBody(more));
        });
    }

    @Test
    void refreshAnswerWithoutRefreshTokenKeepsTheOldOne() {
        Stage stage = stage();
        followed(stage, "refresh").filter(one -> !one.expected().isFailure()).forEach(one -> {
            String less = one.answer().body().replaceAll(",? *\"refresh_token\": *\"[^\"]*\"", "");
            Tokens old = Stage.tokens(set(one.name()), true, List.of());
            try (Vendor vendor = stage.vendor(one.answer().withBody(less))) {
                Tokens fresh = stage.refresh(old, vendor).orFrom(old);
                assertThat(Optional.ofNullable(fresh.main().refreshToken()).map(Secret::reveal))
                        .as(one.name())
                        .contains(Values.REFRESH);
                assertThat(fresh.main().accessToken().reveal()).isEqualTo(Values.NEW_ACCESS);
            }
        });
    }

    @Test
    void garbageGivesTypedErrors() {
        Stage stage = stage();
        if (provider().flow().isPresent()) {
            for (String body : GARBAGE) {
                Answer answer = new Answer(200, Map.of(), body);
                assertUnknown(answer, vendor -> stage.complete(defaults(), vendor));
                if (provider().refresher().isPresent()) {
                    Tokens old = Stage.tokens(set(""), true, null);
                    assertUnknown(answer, vendor -> stage.refresh(old, vendor));
                }
            }
        }
        provider().form().ifPresent(form -> assertTyped(new Answer(200, Map.of(), "<html>"), stage::verify));
    }

    /** Whoever sent something and got no sense back does not know what has become of it: the grant is not declared dead. */
    private void assertUnknown(Answer answer, Consumer<Vendor> step) {
        Throwable thrown = assertTyped(answer, step);
        assertThat(((ProviderException) thrown).kind()).as(answer.body()).isEqualTo(Kind.OUTCOME_UNKNOWN);
    }

    private Throwable assertTyped(Answer answer, Consumer<Vendor> step) {
        try (Vendor vendor = stage().vendor(answer)) {
            Throwable thrown = catchThrowable(() -> step.accept(vendor));
            assertThat(thrown).as(answer.status() + " " + answer.body()).isInstanceOf(ProviderException.class);
            Values.canaries().forEach(secret -> assertThat(thrown).hasMessageNotContaining(secret));
            return thrown;
        }
    }

    @Test
    void troubleOfTheServiceEndsNoGrant() {
        Stage stage = stage();
        for (int status : List.of(429, 500, 502, 503, 504)) {
            Answer answer = new Answer(status, Map.of("Retry-After", "7"), "<html>" + Values.ACCESS + "</html>");
            if (provider().flow().isPresent() && provider().refresher().isPresent()) {
                Tokens old = Stage.tokens(set(""), true, null);
                assertAlive(assertTyped(answer, vendor -> stage.refresh(old, vendor)));
            }
            if (provider().form().isPresent()) {
                assertAlive(assertTyped(answer, stage::verify));
            }
        }
    }

    private static void assertAlive(Throwable thrown) {
        assertThat(((ProviderException) thrown).kind()).isIn(Kind.TRANSIENT, Kind.OUTCOME_UNKNOWN);
        assertThat(((BullaException) thrown).getMessage()).doesNotContain("<html>");
    }

    @Test
    void fakeServiceSpeaksIt() {
        if (provider().flow().isEmpty()) {
            return;
        }
        Stage stage = stage();
        FakeService fake = FakeService.speaking(provider()).clock(Clock.fixed(Stage.NOW, ZoneOffset.UTC));
        URI callback = fake.consent(stage.authorizationUri(defaults(), false), "alice");
        String code = RequestCheck.pairs(callback.getRawQuery()).getOrDefault("code", "none");
        Tokens tokens = stage.complete(Secret.of(code), defaults(), fake);
        assertThat(stage.flow().identify(tokens, stage.call(fake)).displayName())
                .isEqualTo("alice");
        boolean refreshable = tokens.main().refreshToken() != null;
        Tokens fresh = refreshable ? stage.refresh(tokens, fake).orFrom(tokens) : tokens;
        assertThat(fake.grants("alice")).hasSize(1);
        if (provider().revoker().isPresent()) {
            stage.revoke(fresh, fake);
            assertThat(fake.journal().revocations()).isNotEmpty();
        }
    }

    private OAuth2Spec spec() {
        return provider().oauth2().orElseThrow();
    }

    private List<String> defaults() {
        return provider().scopes().stream()
                .filter(Scope::byDefault)
                .map(Scope::name)
                .toList();
    }
}
