package dev.bulla.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.provider.EntitySource;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Scope;
import dev.bulla.provider.Secret;
import dev.bulla.provider.Selection.Choice;
import dev.bulla.provider.Selection.Query;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.provider.Tokens;
import dev.bulla.testkit.FakeService;
import dev.bulla.testkit.provider.Transcript.Answer;
import dev.bulla.tool.Tier;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolSet;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every provider promises. A provider's test extends this class, names the provider, and lays transcripts into the folder {@code
 * transcripts/<id>} of its test resources; whatever the provider sends goes over real HTTP to a server that answers as documented.
 *
 * <p>A transcript is one JSON file with {@code provider}, {@code name}, {@code step}, {@code says} (the fact in one sentence) and {@code
 * sources} (pages with the date they were read), and what the step is made of:
 *
 * <ul>
 *   <li>{@code request}: {@code method}, {@code url}, {@code headers}, {@code query}, {@code form}, {@code json} (flat) or {@code body} (as it
 *       stands there; JSON is compared as JSON), {@code basicAuth}, {@code absent} (names of parameters, headers and claims that must not be
 *       there) and {@code jwt} ({@code in}: {@code form:assertion} or {@code header:Authorization}, {@code header}, {@code claims} with times
 *       such as {@code now+3600}); {@code response}: {@code status}, {@code headers}, {@code body}.
 *   <li>{@code then}: further requests of the step, each with its response. Every documented request must be sent, once.
 *   <li>{@code input}: values that this transcript goes by, such as those of form fields or {@code now} (epoch seconds); {@code requested}
 *       (scopes), {@code parent}, {@code search}, {@code page} and {@code option} are what somebody asks for.
 *   <li>{@code expect}: what comes of it, see the steps. {@code class} is the kind of a failure in lower case.
 * </ul>
 *
 * <p>The steps: {@code authorize} compares an address. {@code callback} has the query that a browser comes back with: {@code verified} says
 * whether its code may be redeemed. {@code exchange}, {@code upgrade} (behind an exchange that is not looked at), {@code refresh} and {@code
 * mint} expect tokens, lifetimes in seconds, {@code scopes} and {@code extra} (kept fields), {@code tokenSets} repeats some of it for each
 * named set; with a failure {@code error} and {@code retryAfter} too. {@code identity} expects {@code subject}, {@code displayName} and {@code
 * extra} (attributes). {@code revoke} expects success or a {@code class}. {@code verify} expects {@code verified}, {@code scopes} and the
 * identity, or a {@code class}: {@code misconfigured} leaves a key unverified. {@code form} has {@code fields}, {@code cases} ({@code typed}
 * becomes {@code kept}, or fields are {@code refused}) and {@code texts} (long values by name). {@code list} expects {@code options} of all
 * pages, {@code choose} what is {@code chosen} and the {@code accessToken} from then on. {@code api} compares what a call of the host becomes.
 * {@code tools} has {@code calls} of tools ({@code tool}, {@code arguments}, {@code tier}, {@code touches}, {@code request} with the whole
 * query and the whole JSON {@code body}), and {@code raw} calls ({@code method}, {@code target}) with the {@code tool} that they are (or
 * {@code none}, or {@code any}), {@code tier} and {@code touches}: kind and id, {@code nothing} or {@code unclear}. {@code things} has
 * {@code answers} of the service ({@code answer}, to the request in which {@code to} stands), and the {@code things} ({@code kind}, {@code
 * id}, {@code name}, {@code attributes}) that are known after a harvest, by name.
 *
 * <p>In texts, names in braces stand for values: <code>{client_id} {client_secret} {redirect_uri} {state} {nonce} {code} {code_challenge}
 * {code_verifier} {access_token} {refresh_token} {new_access_token} {new_refresh_token} {id_token}</code>, names of form fields, parts of the
 * address, owner's fields and the input. <code>base64(...)</code> is applied last. Keys are made by the test run: <code>{private_key}</code> (RSA) and its
 * kin inside JSON, <code>{p8}</code> (P-256) and its kin by themselves.
 */
public abstract class ProviderContract {
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

    /** Folder of the transcripts that hold the tools: another one where two providers share their tools. */
    protected String toolTranscripts() {
        return transcripts();
    }

    /** Values of the instance's parts, and of owner's fields; one that the owner left empty is the empty text. */
    protected Map<String, String> instance() {
        return Stage.sampleInstance(provider());
    }

    /** A filled-in form; where it is empty, the first one that the transcript of the form takes. Placeholders may stand in it. */
    protected Map<String, String> form() {
        return Map.of();
    }

    /** What is asked for in a {@code list} transcript: by default the first step, with what stands in the input. */
    protected Query query(String transcript, Query usual) {
        return usual;
    }

    /** What is chosen in a {@code choose} transcript: by default the option of its input, or the last segment of its address, in the last step. */
    protected Map<String, List<Choice>> choice(String transcript, Map<String, List<Choice>> usual) {
        return usual;
    }

    /** The answer to a code that comes before an {@code upgrade}, where it takes more than the short-lived token. */
    protected Optional<String> shortLived() {
        return Optional.empty();
    }

    /** The token set that a transcript speaks of where its expectations name none. */
    protected String set(String transcript) {
        return Tokens.MAIN;
    }

    /** What was kept of the token answer, where the question about the identity in this transcript goes by it. */
    protected Map<String, String> kept(String transcript) {
        return Map.of();
    }

    /** How an owner names a scope that the service calls {@code wire} in this token set. */
    protected String scope(String set, String wire) {
        return wire;
    }

    private Stage stage() {
        List<Transcript> raw = Transcript.in(transcripts(), getClass().getClassLoader());
        Map<String, String> texts = new LinkedHashMap<>();
        raw.forEach(one -> texts.putAll(one.texts()));
        Map<String, String> filled = form();
        if (filled.isEmpty()) {
            filled = raw.stream()
                    .flatMap(one -> one.cases().stream())
                    .filter(one -> one.refused().isEmpty())
                    .map(Transcript.Case::kept)
                    .findFirst()
                    .orElse(Map.of());
        }
        return Stage.of(provider(), instance(), filled).knowing(texts);
    }

    private List<Transcript> all() {
        return Transcript.in(transcripts(), getClass().getClassLoader());
    }

    private Stream<Rehearsal> followed(Stage stage, String step) {
        return all().stream()
                .filter(one -> !leftOut().containsKey(one.name()))
                .filter(one -> one.step().equals(step))
                .map(one -> new Rehearsal(stage, one, this));
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
        return all().stream()
                .filter(one -> !leftOut().containsKey(one.name()))
                .map(one -> DynamicTest.dynamicTest(one.name(), () -> new Rehearsal(stage, one, this).run()));
    }

    @Test
    void everyTranscriptNamesItsSources() {
        List<Transcript> all = all();
        assertThat(all).isNotEmpty().allMatch(Transcript::hasSources);
        assertThat(all).extracting(Transcript::name).containsAll(leftOut().keySet());
    }

    @Test
    void everyToolIsHeldByATranscript() {
        List<String> held = Transcript.in(toolTranscripts(), getClass().getClassLoader()).stream()
                .flatMap(one -> one.objects("calls").stream())
                .flatMap(call -> call.text("tool").stream())
                .distinct()
                .toList();
        assertThat(provider().tools().tools()).extracting(Tool::name).hasSameElementsAs(held);
    }

    @Test
    void everyKindThatIsListedIsHeldByATranscript() {
        List<String> held = Transcript.in(toolTranscripts(), getClass().getClassLoader()).stream()
                .flatMap(one -> one.objects("things").stream())
                .flatMap(thing -> thing.text("kind").stream())
                .distinct()
                .toList();
        assertThat(provider().entities().stream().map(EntitySource::kind).distinct())
                .hasSameElementsAs(held);
    }

    @Test
    void whatIsListedIsListedByATool() {
        ToolSet tools = provider().tools();
        assertThat(provider().entities()).allSatisfy(source -> {
            assertThat(tools.kind(source.kind())).as(source.kind()).isPresent();
            Tool tool = tools.tool(source.tool()).orElseThrow();
            assertThat(tool.tier()).isEqualTo(Tier.READ);
            assertThat(tool.arguments(source.arguments())).isNotNull();
            source.paging().ifPresent(paging -> assertThat(tool.inputSchema()).contains('"' + paging.argument() + '"'));
            source.lookup().ifPresent(lookup -> {
                Tool asked = tools.tool(lookup.tool()).orElseThrow();
                assertThat(asked.tier()).isEqualTo(Tier.READ);
                assertThat(lookup.arguments())
                        .allSatisfy(name -> assertThat(asked.inputSchema()).contains('"' + name + '"'));
            });
        });
    }

    @Test
    void idIsStableAndLowerCase() {
        assertThat(provider().id())
                .matches("[a-z][a-z0-9-]*")
                .isEqualTo(provider().id());
        boolean byAccount =
                provider().api().base().isOrigin() && provider().flow().isEmpty();
        assertThat(provider().trustAnchor(instance())).startsWith(provider().id() + (byAccount ? "|{" : "|https://"));
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
        followed(stage, "exchange").filter(one -> !one.expected().isFailure()).forEach(one -> {
            Answer answer = one.transcript().answer();
            one.run(answer.withBody(answer.body().replaceFirst("\\{", "{\"unheard_of\":{\"a\":[1,null,true]},")));
        });
    }

    @Test
    void refreshAnswerWithoutRefreshTokenKeepsTheOldOne() {
        Stage stage = stage();
        if (!stage.redeems()) {
            return;
        }
        followed(stage, "refresh").filter(one -> !one.expected().isFailure()).forEach(one -> {
            Answer answer = one.transcript().answer();
            String less = answer.body().replaceAll(",? *\"refresh_token\": *\"[^\"]*\"", "");
            Tokens old = Stage.tokens(one.set(), true, List.of());
            try (Vendor vendor = one.stage().vendor(answer.withBody(less))) {
                Tokens fresh = one.stage().refresh(old, vendor).orFrom(old);
                assertThat(Optional.ofNullable(fresh.main().refreshToken()).map(Secret::reveal))
                        .as(one.transcript().name())
                        .contains(Values.REFRESH);
                assertThat(fresh.main().accessToken().reveal()).isNotBlank();
            }
        });
    }

    @Test
    void garbageGivesTypedErrors() {
        new Misfortune(stage(), set(""), defaults()).garbage();
    }

    @Test
    void valuesThatNobodyIsAskedAboutAreNeitherSentNorVerified() {
        new Misfortune(stage(), set(""), defaults()).silence();
    }

    @Test
    void troubleOfTheServiceEndsNoGrant() {
        new Misfortune(stage(), set(""), defaults()).trouble();
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
