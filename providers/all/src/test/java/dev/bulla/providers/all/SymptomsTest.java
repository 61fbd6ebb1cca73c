package dev.bulla.providers.all;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bulla.ApiRequest;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.error.Actor;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.error.Obstacle;
import dev.bulla.error.Place;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.Explanation;
import dev.bulla.model.Landing;
import dev.bulla.model.Settings;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Sight;
import dev.bulla.provider.Symptom;
import dev.bulla.testkit.FakeService;
import dev.bulla.testkit.TestBulla;
import dev.bulla.testkit.service.Misfortune;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong at each service is data: readable, for somebody, and found again where it happens. */
class SymptomsTest {
    /** Services whose fakes can not say it: the callback is signed, or a field must be known first. */
    private static final Set<String> NOT_SAID = Set.of("shopify");

    /** Errors that this library says of what a service answered. */
    private static final Set<String> OURS = Set.of("answer_refused", "address_missing", "callback_refused");

    /** Services that say more than the code. */
    private static final String DESCRIBED =
            "{\"error\":\"invalid_redirect_uri\",\"error_description\":\"Unable to retrieve access token: appid or redirect uri does not"
                    + " match authorization code or authorization code expired\"}";

    private static Stream<Provider> providers() {
        return Stream.of(Catalogue.all());
    }

    @TestFactory
    Stream<DynamicTest> rowsAreReadAndSayWhoAndWhere() {
        return providers()
                .map(provider -> DynamicTest.dynamicTest(provider.id(), () -> {
                    List<Symptom> symptoms = provider.documentation().symptoms();
                    assertThat(symptoms).hasSizeGreaterThanOrEqualTo(3).allSatisfy(symptom -> {
                        assertThat(symptom.obstacle(provider).sentence())
                                .matches("[A-Z0-9].{10,}\\.")
                                .doesNotContain("`", "|");
                        assertThat(symptom.actor()).isIn(responsible(symptom.place()));
                    });
                    assertThat(provider.documentation().walkthrough().orElseThrow())
                            .doesNotContain("Told by");
                }));
    }

    private static List<Actor> responsible(Place place) {
        return switch (place) {
            case CONNECTIONS, CONNECTION_FORM, POLICIES -> List.of(Actor.OWNER);
            case CONNECT, CHOICE, KEY, MEMBER_FORM -> List.of(Actor.MEMBER);
            case SERVICE -> List.of(Actor.MEMBER, Actor.OWNER);
            case HOST -> List.of(Actor.HOST);
            case WAIT -> List.of(Actor.PROVIDER);
        };
    }

    /** Services show their own page then, so that nothing is to be seen here: the table must say it. */
    @TestFactory
    Stream<DynamicTest> everyOAuthServiceSaysWhatADifferingRedirectUriLooksLike() {
        return providers()
                .filter(provider -> provider.flow().isPresent())
                .map(provider -> DynamicTest.dynamicTest(
                        provider.id(),
                        () -> assertThat(provider.documentation().symptoms())
                                .extracting(Symptom::code)
                                .anyMatch(code -> code.startsWith("redirect_uri"))));
    }

    /** Every error that a service is known to send the member back with is told in the words of its row. */
    @TestFactory
    Stream<DynamicTest> errorOfTheCallbackIsToldInWords() {
        return each(Sight.Kind.CALLBACK)
                .filter(one -> one.provider()
                        .selection()
                        .map(choice -> !choice.none().equals(one.error()))
                        .orElse(true))
                .map(one -> one.test(() ->
                        one.advice(fake -> {}, (fake, location) -> callback(location, "error=" + one.error()))));
    }

    /** The same for errors of the token endpoint. */
    @TestFactory
    Stream<DynamicTest> errorOfTheTokenEndpointIsToldInWords() {
        return each(Sight.Kind.EXCHANGE)
                .filter(one -> !OURS.contains(one.error()))
                .map(one -> one.test(() -> one.advice(
                        fake -> fake.on(
                                call -> call.purpose() == HttpCall.Purpose.TOKEN,
                                call -> FakeService.json(
                                        400,
                                        one.error().equals("invalid_redirect_uri")
                                                ? DESCRIBED
                                                : "{\"error\":\"" + one.error() + "\"}")),
                        (fake, location) -> fake.consent(location, "alice"))));
    }

    @Test
    void serviceThatDoesNotSayWhereTheDataIs() {
        Said mailchimp = said("mailchimp", "no_data_centre");
        assertThat(mailchimp.advice(
                        fake -> fake.on(
                                call -> call.uri().getPath().contains("metadata"),
                                call -> FakeService.json(
                                        200, "{\"user_id\":1,\"login\":{\"email\":\"a@example.com\"}}")),
                        (fake, location) -> fake.consent(location, "alice")))
                .returns("mailchimp.no_data_centre", Obstacle::code);
    }

    /** What the service, or the form itself, says of what a member fills in. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "brevo | apiKey | xkeysib-short | 200 | {} | brevo.form_not_taken",
                "telegram | botToken | bot123:abc | 200 | {} | telegram.form_not_taken",
                "telegram | botToken | 123456789:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | 401 | {\"ok\":false} | telegram.token_revoked",
                "apollo | apiKey | 0123456789abcdefghij | 401 | Invalid access credentials. | apollo.key_refused",
                "lemlist | apiKey | 0123456789abcdefghij0123456789ab | 401 | - | lemlist.key_refused",
                "calendarific | apiKey | 0123456789abcdefghij0123456789ab | 401 | {\"meta\":{\"code\":401}} | calendarific.key_refused"
            })
    void refusedFormIsToldInWords(String id, String field, String key, int status, String body, String code) {
        FakeService fake = FakeService.speaking(Catalogue.provider(id)).api(call -> FakeService.json(status, body));
        try (TestBulla world = TestBulla.inMemory(fake)) {
            assertThatExceptionOfType(BullaException.class)
                    .isThrownBy(() -> world.connect("acme", "alice", id, Map.of(field, key)))
                    .returns(ErrorCode.FORM_REFUSED, BullaException::code)
                    .returns(code, refusal -> refusal.advice().code());
        }
    }

    @Test
    void keyThatTheServiceDoesNotConfirmIsToldWithWhatMayBeBehindIt() {
        FakeService fake = FakeService.speaking(Catalogue.provider("brevo")).api(call -> FakeService.json(403, "{}"));
        try (TestBulla world = TestBulla.inMemory(fake)) {
            world.connect(
                    "acme",
                    "alice",
                    "brevo",
                    Map.of("apiKey", "xkeysib-" + "0123456789abcdef".repeat(4) + "-" + "a".repeat(16)));
            assertThat(world.bulla()
                            .tenant("acme")
                            .member("alice")
                            .explain("brevo")
                            .obstacles())
                    .extracting(Obstacle::code)
                    .containsExactly("unverified", "brevo.address_unknown", "brevo.right_missing");
        }
    }

    @Test
    void reconnectIsToldWithWhatMayBeBehindIt() {
        FakeService fake = FakeService.speaking(Catalogue.provider("google"));
        try (TestBulla world = TestBulla.inMemory(fake)) {
            world.connect("acme", "alice", "google");
            Member alice = world.bulla().tenant("acme").member("alice");
            world.advance(Duration.ofDays(7));
            fake.misfortunes().next(Misfortune.refuses("invalid_grant"));
            try (Session session = alice.session()) {
                assertThatExceptionOfType(BullaException.class)
                        .isThrownBy(() -> session.call("google", ApiRequest.get("/")));
            }
            Explanation why = alice.explain("google");
            assertThat(why.obstacles())
                    .extracting(Obstacle::code)
                    .startsWith("grant_revoked", "google.project_in_testing")
                    .doesNotHaveDuplicates();
            assertThat(why.obstacles().stream().filter(Obstacle::blocks)).hasSize(1);
            assertThat(why.obstacles().get(1))
                    .returns(Actor.OWNER, Obstacle::actor)
                    .returns(Place.SERVICE, Obstacle::place)
                    .matches(obstacle -> obstacle.page().isPresent());
        }
    }

    private static Said said(String id, String code) {
        Provider provider = Catalogue.provider(id);
        return new Said(
                provider,
                provider.documentation().symptoms().stream()
                        .filter(symptom -> symptom.code().equals(code))
                        .findFirst()
                        .orElseThrow(),
                "");
    }

    private static URI callback(URI location, String query) {
        String redirect = parameter(location, "redirect_uri");
        return URI.create(redirect + "?" + query + "&state=" + parameter(location, "state"));
    }

    private static String parameter(URI location, String name) {
        return Stream.of(location.getRawQuery().split("&"))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Said> each(Sight.Kind kind) {
        return providers()
                .filter(provider -> !NOT_SAID.contains(provider.id()))
                .flatMap(provider -> provider.documentation().symptoms().stream()
                        .flatMap(symptom -> symptom.sights().stream()
                                .filter(sight -> sight.kind() == kind)
                                .flatMap(sight -> sight.words().stream())
                                .map(word -> new Said(provider, symptom, word))));
    }

    private interface Browser {
        URI comesBack(FakeService fake, URI location);
    }

    /** An error that a service says, and the row that knows it. */
    private record Said(Provider provider, Symptom symptom, String error) {
        DynamicTest test(Supplier<Obstacle> told) {
            return DynamicTest.dynamicTest(
                    provider.id() + " " + error,
                    () -> assertThat(told.get())
                            .returns(provider.id() + "." + symptom.code(), Obstacle::code)
                            .returns(symptom.actor(), Obstacle::actor));
        }

        Obstacle advice(Consumer<FakeService> prepared, Browser browser) {
            FakeService fake = FakeService.speaking(provider);
            prepared.accept(fake);
            try (TestBulla world = TestBulla.inMemory(fake)) {
                world.bulla().tenant("acme").connections().create("it", provider.id());
                world.bulla()
                        .tenant("acme")
                        .connections()
                        .save("it", Settings.clientId("1234567890").clientSecret("0123456789abcdef0123456789abcdef"));
                Member member = world.bulla().tenant("acme").member("alice");
                ConnectStep.Redirect step = (ConnectStep.Redirect) member.connect("it", TestBulla.RETURN_TO);
                Landing landing = world.callback(member, step, browser.comesBack(fake, step.location()));
                return ((Landing.Failed) landing.outcome()).advice();
            }
        }
    }
}
