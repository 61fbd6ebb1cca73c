package dev.bulla.providers.all;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.Moshi;
import dev.bulla.ApiRequest;
import dev.bulla.Session;
import dev.bulla.error.Obstacle;
import dev.bulla.policy.Baseline;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Symptom;
import dev.bulla.testkit.FakeService;
import dev.bulla.testkit.TestBulla;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the services' known answers mean to people: each one is given by a fake of its service to a connected member's call. */
class AnswersTest {
    /** Accounts that a fake can not make up by itself: they need a file, a region, or a choice. What their answers say is looked up. */
    private static final Set<String> LOOKED_UP = Set.of(
            "app-store-connect",
            "atlassian",
            "facebook-page",
            "firebase",
            "github-app",
            "google-ads",
            "google-drive",
            "google-play",
            "meta-ads",
            "openai",
            "sendgrid",
            "shopify");

    /** Keys of the form that their services make. */
    private static final Map<String, Map<String, String>> KEYS = Map.of(
            "brevo", Map.of("apiKey", "xkeysib-" + "0123456789abcdef".repeat(4) + "-" + "a".repeat(16)),
            "lemlist", Map.of("apiKey", "a".repeat(32)),
            "telegram", Map.of("botToken", "123456789:" + "a".repeat(35)),
            "wordpress",
                    Map.of(
                            "url",
                            "https://blog.example.com",
                            "user",
                            "alice",
                            "appPassword",
                            "abcd EFGH ijkl MNOP qrst UVWX"));

    @TestFactory
    Stream<DynamicTest> answerSaysWhatItMeans() throws IOException {
        Map<String, String> meanings = new TreeMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(AnswersTest.class.getResourceAsStream("answers.txt")),
                StandardCharsets.UTF_8))) {
            lines.lines().map(line -> line.split(": ")).forEach(parts -> meanings.put(parts[0], parts[1]));
        }
        Map<String, Map<String, HttpAnswer>> failures = failures();
        assertThat(failures).hasSizeGreaterThan(30);
        return failures.entrySet().stream()
                .map(service -> DynamicTest.dynamicTest(
                        service.getKey(),
                        () -> assertThat(told(service.getKey(), service.getValue()))
                                .isEqualTo(new TreeMap<>(meanings.entrySet().stream()
                                        .filter(meaning -> meaning.getKey().startsWith(service.getKey() + " "))
                                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))))));
    }

    /** What each answer means, by the name of its transcript; "-" where nobody but the caller knows. */
    private static Map<String, String> told(String service, Map<String, HttpAnswer> answers) {
        Provider provider = Catalogue.provider(service);
        FakeService fake = FakeService.speaking(provider);
        Map<String, String> told = new TreeMap<>();
        try (TestBulla world = TestBulla.inMemory(setup -> setup.baseline(Baseline.open()), fake)) {
            if (!LOOKED_UP.contains(service)) {
                connect(world, fake, service);
            }
            answers.forEach((name, answer) -> {
                Optional<String> code = LOOKED_UP.contains(service)
                        ? Symptom.in(provider, answer)
                                .map(symptom -> symptom.obstacle(provider).code())
                        : called(world, fake, service, answer);
                if (answer.header("Retry-After").isPresent()) {
                    world.advance(PAUSE);
                }
                told.put(service + " " + name, code.orElse("-"));
            });
        }
        return told;
    }

    private static void connect(TestBulla world, FakeService fake, String service) {
        if (KEYS.containsKey(service)) {
            // what is not to be understood leaves a key unverified
            fake.api(call -> FakeService.json(418, "{}"));
            world.connect("acme", "alice", service, KEYS.get(service));
        } else {
            world.connect("acme", "alice", service);
        }
    }

    /** Longer than a service's answer keeps its account from being used. */
    private static final Duration PAUSE = Duration.ofMinutes(61);

    private static Optional<String> called(TestBulla world, FakeService fake, String service, HttpAnswer answer) {
        fake.api(call -> answer);
        try (Session session = world.bulla().tenant("acme").member("alice").session()) {
            return session.call(service, ApiRequest.get("/meaning")).advice().map(Obstacle::code);
        }
    }

    /** By service, then by name: transcripts of calls that fail, with what is answered. */
    private static Map<String, Map<String, HttpAnswer>> failures() throws IOException {
        Map<String, Map<String, HttpAnswer>> failures = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            for (Path file : files.filter(AnswersTest::isOfApi).toList()) {
                Map<?, ?> transcript = Objects.requireNonNull((Map<?, ?>)
                        new Moshi.Builder().build().adapter(Object.class).fromJson(Files.readString(file)));
                HttpAnswer answer = answer(Objects.requireNonNull((Map<?, ?>) transcript.get("response")));
                String text = new String(answer.body(), StandardCharsets.UTF_8);
                if (answer.status() / 100 != 2 || text.contains("error") || text.contains("\"code\"")) {
                    String service = String.valueOf(file.getParent().getFileName());
                    String name = file.getFileName().toString();
                    failures.computeIfAbsent(service.replace("github-token", "github"), id -> new TreeMap<>())
                            .put(name.substring("api-".length(), name.length() - ".json".length()), answer);
                }
            }
        }
        return failures;
    }

    private static boolean isOfApi(Path file) {
        String path = file.toString().replace('\\', '/');
        return path.contains("/src/test/resources/transcripts/")
                && file.getFileName().toString().matches("api-.*\\.json");
    }

    private static HttpAnswer answer(Map<?, ?> response) {
        Map<String, List<String>> headers = new HashMap<>();
        if (response.get("headers") instanceof Map<?, ?> said) {
            said.forEach((name, value) ->
                    headers.put(String.valueOf(name).toLowerCase(Locale.ROOT), List.of(String.valueOf(value))));
        }
        Object body = response.get("body");
        int status = ((Number) Objects.requireNonNull(response.get("status"))).intValue();
        return new HttpAnswer(
                status, headers, (body == null ? "" : String.valueOf(body)).getBytes(StandardCharsets.UTF_8));
    }
}
