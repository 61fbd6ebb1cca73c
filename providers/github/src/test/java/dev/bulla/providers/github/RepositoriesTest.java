package dev.bulla.providers.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.ApiRequest;
import dev.bulla.Connections;
import dev.bulla.Entities;
import dev.bulla.Session;
import dev.bulla.Webhooks;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.Entity;
import dev.bulla.model.EntityPage;
import dev.bulla.model.Harvested;
import dev.bulla.policy.Baseline;
import dev.bulla.policy.Policy;
import dev.bulla.policy.ResourceCondition;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.Mode;
import dev.bulla.provider.Secret;
import dev.bulla.testkit.FakeService;
import dev.bulla.testkit.TestBulla;
import dev.bulla.webhook.WebhookDelivery;
import dev.bulla.webhook.WebhookEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is known of repositories, and what policies make of it. */
class RepositoriesTest {
    private final Map<String, String> repositories = new LinkedHashMap<>();
    private final FakeService github = FakeService.speaking(GitHub.create()).api(this::answer);
    private TestBulla test = TestBulla.inMemory(github);

    @AfterEach
    void close() {
        test.close();
    }

    private static String repository(String name, String visibility) {
        return "{\"full_name\":\"" + name + "\",\"visibility\":\"" + visibility
                + "\",\"archived\":false,\"fork\":false,\"topics\":[\"java\",\"oauth\"],\"description\":\"secret plans\"}";
    }

    private HttpAnswer answer(HttpCall call) {
        String path = call.uri().getPath();
        if (path.equals("/user/repos")) {
            List<String> all = new ArrayList<>(repositories.values());
            int page = call.uri().getQuery().contains("page=2") ? 1 : 0;
            List<String> some = all.subList(Math.min(100 * page, all.size()), Math.min(100 * page + 100, all.size()));
            return FakeService.json(200, some.stream().collect(Collectors.joining(",", "[", "]")));
        }
        String known = repositories.get(path.replaceFirst("^/repos/", "").toLowerCase(java.util.Locale.ROOT));
        return known == null ? FakeService.json(404, "{\"message\":\"Not Found\"}") : FakeService.json(200, known);
    }

    private void there(String name, String visibility) {
        repositories.put(name.toLowerCase(java.util.Locale.ROOT), repository(name, visibility));
    }

    private Session session() {
        test.connect("acme", "mia", "github");
        return test.bulla().tenant("acme").member("mia").session();
    }

    private Entities entities() {
        return test.bulla().tenant("acme").connections().entities("github");
    }

    private long asked(String path) {
        return github.calls().stream()
                .filter(call -> call.uri().getPath().equals(path))
                .count();
    }

    @Test
    void harvestKeepsNamesAndAttributesAndNothingElse() {
        there("Octo/Hello", "private");
        there("octo/world", "public");

        Harvested harvested = session().harvest("github");

        assertThat(harvested.seen()).containsExactly(Map.entry("repository", 2));
        assertThat(harvested.failed()).isEmpty();
        assertThat(harvested.next()).isNull();
        assertThat(entities().kinds()).containsExactly(new Entities.Kind("repository", "Repositories", 2));
        Entity hello = entities().get("repository", "octo/hello").orElseThrow();
        assertThat(hello.name()).isEqualTo("Octo/Hello");
        assertThat(hello.seenAt()).isEqualTo(test.clock().instant());
        assertThat(hello.attributes())
                .isEqualTo(Map.of(
                        "visibility", Set.of("private"),
                        "archived", Set.of("false"),
                        "fork", Set.of("false"),
                        "topics", Set.of("java", "oauth")));
    }

    @Test
    void harvestTurnsEveryPageAndOwnersSearchIt() {
        for (int i = 0; i < 130; i++) {
            there("octo/repo" + i, "public");
        }
        assertThat(session().harvest("github").seen()).containsEntry("repository", 130);

        EntityPage first = entities().list("repository", "", null, 100);
        EntityPage second = entities().list("repository", "", first.next(), 100);
        assertThat(first.entities()).hasSize(100);
        assertThat(second.entities()).hasSize(30).doesNotContainAnyElementsOf(first.entities());
        assertThat(second.next()).isNull();
        assertThat(entities().list("repository", "REPO12", null, 100).entities())
                .extracting(Entity::name)
                .containsExactly(
                        "octo/repo12",
                        "octo/repo120",
                        "octo/repo121",
                        "octo/repo122",
                        "octo/repo123",
                        "octo/repo124",
                        "octo/repo125",
                        "octo/repo126",
                        "octo/repo127",
                        "octo/repo128",
                        "octo/repo129");
    }

    @Test
    void ownersForgetWhatIsKnown() {
        there("octo/hello", "private");
        session().harvest("github");

        assertThat(entities().forget("repository")).isEqualTo(1);
        assertThat(entities().list("repository").entities()).isEmpty();
        assertThat(test.bulla().tenant("acme ").connections().list()).isEmpty();
    }

    @Test
    void harvestIsJudgedAsACallOfTheMember() {
        there("octo/hello", "private");
        Session session = under(
                Policy.permit("Everything").build(),
                Policy.forbid("No lists").tools("list_repositories").build());

        assertThat(session.harvest("github").failed()).containsEntry("repository", ErrorCode.POLICY_DENIED);
        assertThat(asked("/user/repos")).isZero();
        assertThat(entities().list("repository").entities()).isEmpty();
    }

    @Test
    void policyAsksOnceForWhatIsNotKnown() {
        there("octo/hello", "public");
        there("octo/plans", "private");
        Session session = publicOnly();

        for (int i = 0; i < 3; i++) {
            assertThat(session.call("github", ApiRequest.get("/repos/Octo/Hello"))
                            .status())
                    .isEqualTo(200);
            for (String closed : List.of("/repos/octo/plans", "/repos/octo/nowhere")) {
                assertThatThrownBy(() -> session.call("github", ApiRequest.get(closed)))
                        .isInstanceOfSatisfying(
                                BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.POLICY_DENIED));
            }
        }
        assertThat(asked("/repos/octo/nowhere"))
                .as("what is not there is asked for once too")
                .isEqualTo(1);
        assertThat(asked("/repos/octo/plans"))
                .as("asked for its visibility, never for the member")
                .isEqualTo(1);
        assertThat(asked("/repos/octo/hello")).as("its visibility").isEqualTo(1);
        assertThat(asked("/repos/Octo/Hello")).as("the member's calls").isEqualTo(3);
        assertThat(entities().get("repository", "octo/plans")).isPresent();
    }

    @Test
    void whatIsOldIsAskedForAgainAndWhatCanNotBeAskedIsNotKnown() {
        there("octo/hello", "public");
        Session session = publicOnly();
        session.harvest("github");
        session.call("github", ApiRequest.get("/repos/octo/hello/issues"));
        assertThat(asked("/repos/octo/hello")).isZero();

        there("octo/hello", "private");
        test.advance(Duration.ofHours(25));
        Session later = test.bulla().tenant("acme").member("mia").session();
        assertThatThrownBy(() -> later.call("github", ApiRequest.get("/repos/octo/hello/issues")))
                .isInstanceOf(BullaException.class);
        repositories.clear();
        test.advance(Duration.ofHours(25));
        Session last = test.bulla().tenant("acme").member("mia").session();
        assertThatThrownBy(() -> last.call("github", ApiRequest.get("/repos/octo/hello/issues")))
                .isInstanceOf(BullaException.class);
        assertThat(asked("/repos/octo/hello")).isEqualTo(2);
        assertThat(asked("/repos/octo/hello/issues")).isEqualTo(1);
    }

    @Test
    void webhooksSayWhatHasChanged() throws Exception {
        BlockingQueue<WebhookEvent> heard = new LinkedBlockingQueue<>();
        test.close();
        test = TestBulla.inMemory(setup -> setup.baseline(Baseline.open()).onWebhook(heard::add), github);
        there("octo/hello", "public");
        there("octo/old", "public");
        session().harvest("github");

        tell(
                heard,
                "renamed",
                repository("octo/new", "public"),
                ",\"changes\":{\"repository\":{\"name\":{\"from\":\"old\"}}}");
        tell(heard, "privatized", repository("octo/hello", "private"), "");
        tell(heard, "created", repository("Octo/Fresh", "internal"), "");

        assertThat(entities().list("repository").entities())
                .extracting(Entity::id)
                .containsExactly("octo/fresh", "octo/hello", "octo/new");
        assertThat(entities().get("repository", "octo/old")).isEmpty();
        assertThat(entities().get("repository", "octo/hello").orElseThrow().attributes())
                .containsEntry("visibility", Set.of("private"));

        tell(heard, "deleted", repository("octo/hello", "private"), "");
        assertThat(entities().get("repository", "octo/hello")).isEmpty();
    }

    private void tell(BlockingQueue<WebhookEvent> heard, String action, String repository, String more)
            throws Exception {
        Webhooks webhooks = test.bulla().tenant("acme").connections().webhooks("github");
        String id = webhooks.open().getPath().replaceFirst(".*/", "");
        webhooks.save(Secret.of("webhook-secret"));
        String owned = repository.replaceFirst("\\{", "{\"name\":\"x\",\"owner\":{\"login\":\"octo\"},");
        byte[] body = ("{\"action\":\"" + action + "\",\"repository\":" + owned + more + "}")
                .getBytes(StandardCharsets.UTF_8);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("webhook-secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        Map<String, List<String>> headers = Map.of(
                "content-type", List.of("application/json"),
                "x-github-event", List.of("repository"),
                "x-github-delivery", List.of("d-" + action),
                "x-hub-signature-256", List.of("sha256=" + HexFormat.of().formatHex(mac.doFinal(body))));
        assertThat(test.bulla()
                        .receive(new WebhookDelivery("POST", id, "", Map.of(), headers, Optional.of(body)))
                        .status())
                .isBetween(200, 299);
        assertThat(heard.poll(30, TimeUnit.SECONDS)).as(action).isNotNull();
    }

    @Test
    void addressOfTheMembersOwnTellsNothing() {
        test.close();
        test = TestBulla.inMemory(setup -> setup.baseline(Baseline.open()), github);
        there("octo/hello", "public");
        Connections connections = test.bulla().tenant("acme").connections();
        github.on(
                call -> call.headers().containsValue("Bearer ghp_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
                call -> call.uri().getPath().endsWith("/user")
                        ? FakeService.json(200, "{\"id\":1,\"login\":\"mia\"}")
                        : answer(call));
        connections.create("github", GitHub.ID, Mode.FORM);
        connections.enable("github");
        String token = "ghp_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
        test.connect("acme", "mia", "github", Map.of(GitHub.TOKEN, token));
        test.connect(
                "acme", "eve", "github", Map.of(GitHub.TOKEN, token, GitHub.API_BASE, "https://api.github.com/api/v3"));

        assertThat(test.bulla()
                        .tenant("acme")
                        .member("eve")
                        .session()
                        .harvest("github")
                        .failed())
                .containsEntry("repository", ErrorCode.HOST_NOT_ALLOWED);
        assertThat(entities().list("repository").entities()).isEmpty();
        assertThat(test.bulla()
                        .tenant("acme")
                        .member("mia")
                        .session()
                        .harvest("github")
                        .seen())
                .containsEntry("repository", 1);
    }

    /** Everything is permitted in public repositories, and everywhere the tool that lists them. */
    private Session publicOnly() {
        return under(
                Policy.permit("Public ones")
                        .resources(ResourceCondition.all("repository").with("visibility", "public"))
                        .build(),
                Policy.permit("Lists").tools("list_repositories").build());
    }

    private Session under(Policy... policies) {
        test.close();
        test = TestBulla.inMemory(setup -> setup.baseline(Baseline.none()), github);
        Session session = session();
        for (Policy policy : policies) {
            test.bulla().tenant("acme").connections().policies("github").create(policy);
        }
        return session;
    }
}
