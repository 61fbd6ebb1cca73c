package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bulla.ApiRequest;
import dev.bulla.Bulla;
import dev.bulla.Session;
import dev.bulla.Tenant;
import dev.bulla.Webhooks;
import dev.bulla.audit.Action;
import dev.bulla.audit.AuditEntry;
import dev.bulla.audit.AuditQuery;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.http.StrictJson;
import dev.bulla.key.Grant;
import dev.bulla.key.MemberKey;
import dev.bulla.model.Origin;
import dev.bulla.policy.Policy;
import dev.bulla.policy.PolicyVersion;
import dev.bulla.policy.ResourceCondition;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Json;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Secret;
import dev.bulla.providers.github.GitHub;
import dev.bulla.providers.standard.Linear;
import dev.bulla.tool.Tier;
import dev.bulla.webhook.WebhookEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Addresses are registered by the services' APIs, as the member who may do it, and what they send then is taken. */
class WebhookRegistrationTest {
    private final Registering host = new Registering(asked -> new SideService.Answer(201, "{\"id\":4711}"));
    private final World world = host.world;
    private final SideService api = host.api;

    @AfterEach
    void stop() {
        host.close();
    }

    private Webhooks hooked(Provider like) {
        return host.hooked(like.webhooks().orElseThrow(), like.tools());
    }

    private static ErrorCode refusal(ThrowingCallable work) {
        BullaException thrown = catchThrowableOfType(BullaException.class, work);
        assertThat(thrown).isNotNull();
        return thrown.code();
    }

    /** Whether a delivery that GitHub signed with this secret is taken. */
    private boolean isTaken(Bulla bulla, String secret, String body) {
        return host.receive(
                        bulla,
                        body,
                        Map.of(
                                "x-hub-signature-256",
                                List.of("sha256=" + HookHost.hex(secret, body)),
                                "x-github-event",
                                List.of("ping")))
                == 200;
    }

    private Json sent() {
        return host.sent();
    }

    @Test
    void webhookOfARepositoryIsRegisteredAndEnded() {
        Webhooks webhooks = hooked(GitHub.create());
        try (Session session = world.member("olivia").session()) {
            webhooks.register(session, "", Map.of("owner", "octo", "repo", "hello-world"), List.of("push"));
            assertThat(api.last().method()).isEqualTo("POST");
            assertThat(api.last().uri().getPath()).isEqualTo("/repos/octo/hello-world/hooks");
            assertThat(sent().text("config", "url")).contains(webhooks.open().toString());
            assertThat(sent().text("config", "content_type")).contains("json");
            assertThat(sent().list("events")).contains(List.of("push"));
            assertThat(sent().flag("active")).contains(true);
            assertThat(webhooks.view().registered()).isTrue();
            String secret = sent().text("config", "secret").orElseThrow();
            assertThat(isTaken(world.bulla, secret, "{}")).isTrue();
            webhooks.unregister(session, "");
            assertThat(api.last().method()).isEqualTo("DELETE");
            assertThat(api.last().uri().getPath()).isEqualTo("/repos/octo/hello-world/hooks/4711");
            assertThat(webhooks.view().registered()).isFalse();
        }
        world.bulla.close();
        assertThat(host.events).extracting(WebhookEvent::type).containsExactly("ping");
    }

    /** What is kept of them stays small. */
    @Test
    void registrationsAreAHundredAtMost() {
        Webhooks webhooks = hooked(GitHub.create());
        Map<String, String> values = Map.of("owner", "octo", "repo", "hello-world");
        try (Session session = world.member("olivia").session()) {
            for (int i = 0; i < 100; i++) {
                int id = i;
                api.answering(asked -> new SideService.Answer(201, "{\"id\":" + id + "}"));
                webhooks.register(session, "", values, List.of());
            }
            api.answering(asked -> new SideService.Answer(201, "{\"id\":100}"));
            assertThat(refusal(() -> webhooks.register(session, "", values, List.of())))
                    .isEqualTo(ErrorCode.INVALID_ARGUMENT);
            webhooks.unregister(session, "");
            assertThat(webhooks.view().registered()).isFalse();
        }
    }

    @Test
    void webhookOfAWorkspaceIsRegisteredByGraphQl() {
        Webhooks webhooks = hooked(Linear.create());
        api.answering(asked -> new SideService.Answer(
                200, "{\"data\":{\"webhookCreate\":{\"success\":true,\"webhook\":{\"id\":\"w-1\"}}}}"));
        try (Session session = world.member("olivia").session()) {
            webhooks.register(session, "", Map.of(), List.of());
            assertThat(api.last().uri().getPath()).isEqualTo("/graphql");
            assertThat(sent().text("variables", "input", "url"))
                    .contains(webhooks.open().toString());
            assertThat(sent().text("variables", "input", "secret")).isPresent();
            assertThat(sent().list("variables", "input", "resourceTypes"))
                    .contains(List.of("Issue", "Comment", "Project"));
            webhooks.unregister(session, "");
            assertThat(sent().text("variables", "id")).contains("w-1");
            assertThat(sent().text("query").orElseThrow()).contains("webhookDelete");
        }
    }

    @Test
    void whatTheServiceRefusesIsNotRegistered() {
        Webhooks webhooks = hooked(Linear.create());
        try (Session session = world.member("olivia").session()) {
            for (SideService.Answer answer : List.of(
                    new SideService.Answer(200, "{\"errors\":[{\"message\":\"no\"}]}"),
                    new SideService.Answer(200, "{\"data\":{\"webhookCreate\":null}}"),
                    new SideService.Answer(422, "{}"))) {
                api.answering(asked -> answer);
                assertThat(refusal(() -> webhooks.register(session, "", Map.of(), List.of())))
                        .isEqualTo(ErrorCode.ANSWER_REFUSED);
            }
            assertThat(webhooks.view().registered()).isFalse();
        }
    }

    @Test
    void whoeverRefusesTheSecretInUseStaysGood() {
        Webhooks webhooks = hooked(GitHub.create());
        webhooks.save(Secret.of("the-former"));
        webhooks.save(Secret.of("in-use"));
        Map<String, String> values = Map.of("owner", "octo", "repo", "hello-world");
        try (Session session = world.member("olivia").session()) {
            PolicyVersion freeze = world.owner()
                    .policies("notes")
                    .create(Policy.forbid("No changes").tiers(Tier.WRITE).build());
            assertThat(refusal(() -> webhooks.register(session, "", values, List.of())))
                    .isEqualTo(ErrorCode.POLICY_DENIED);
            assertThat(api.asked()).isEmpty();
            world.owner().policies("notes").delete(freeze.id());
            api.answering(asked -> new SideService.Answer(422, "{}"));
            for (int i = 0; i < 3; i++) {
                assertThat(refusal(() -> webhooks.register(session, "", values, List.of())))
                        .isEqualTo(ErrorCode.ANSWER_REFUSED);
            }
        }
        assertThat(isTaken(world.bulla, "in-use", "1")).isTrue();
        assertThat(isTaken(world.bulla, "the-former", "2")).isTrue();
    }

    @Test
    void serviceThatKnowsTheSecretIsHeardWhoeverDiesMeanwhile() {
        Webhooks webhooks = hooked(GitHub.create());
        Map<String, String> values = Map.of("owner", "octo", "repo", "hello-world");
        List<String> told = new CopyOnWriteArrayList<>();
        List<Boolean> taken = new CopyOnWriteArrayList<>();
        api.answering(asked -> {
            Json body = StrictJson.document(asked.body().getBytes(StandardCharsets.UTF_8));
            told.add(body.text("config", "secret").orElseThrow());
            taken.add(isTaken(world.bulla, told.get(0), "before the answer"));
            throw new IllegalStateException("the line is cut");
        });
        try (Session session = world.member("olivia").session()) {
            assertThat(refusal(() -> webhooks.register(session, "", values, List.of())))
                    .isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        }
        assertThat(taken).containsExactly(true);
        world.restart(
                setup -> setup.providers(world.provider("hooked", world.spec().build())
                        .api(ApiAccess.bearer(api.at("")))
                        .webhooks(GitHub.create().webhooks().orElseThrow())
                        .build()));
        assertThat(isTaken(world.bulla, told.get(0), "after the next start")).isTrue();
        api.answering(asked -> new SideService.Answer(201, "{\"id\":4712}"));
        try (Session session = world.member("olivia").session()) {
            world.owner().webhooks("notes").register(session, "", values, List.of());
        }
        assertThat(sent().text("config", "secret")).contains(told.get(0));
    }

    @Test
    void registrationsShareASecretAndEndTogether() {
        Webhooks webhooks = hooked(GitHub.create());
        List<String> secrets = new CopyOnWriteArrayList<>();
        try (Session session = world.member("olivia").session()) {
            for (String repository : List.of("one", "two", "three")) {
                webhooks.register(session, "", Map.of("owner", "octo", "repo", repository), List.of());
                secrets.add(sent().text("config", "secret").orElseThrow());
            }
            assertThat(secrets.stream().distinct()).hasSize(1);
            String newer = webhooks.generate().reveal();
            webhooks.register(session, "", Map.of("owner", "octo", "repo", "one"), List.of());
            assertThat(sent().text("config", "secret")).contains(newer);
            assertThat(isTaken(world.bulla, secrets.get(0), "1")).isTrue();
            api.answering(asked -> new SideService.Answer(asked.uri().getPath().contains("/two/") ? 500 : 404, "{}"));
            assertThat(refusal(() -> webhooks.unregister(session, ""))).isEqualTo(ErrorCode.ANSWER_REFUSED);
            assertThat(webhooks.view().registered()).isTrue();
            int asked = api.asked().size();
            api.answering(any -> new SideService.Answer(200, "{}"));
            webhooks.unregister(session, "");
            assertThat(api.asked().subList(asked, api.asked().size()))
                    .extracting(each -> each.uri().getPath())
                    .containsExactly(
                            "/repos/octo/two/hooks/4711", "/repos/octo/three/hooks/4711", "/repos/octo/one/hooks/4711");
            assertThat(webhooks.view().registered()).isFalse();
        }
    }

    @Test
    void registeringOpensNothingToOtherCalls() {
        Webhooks webhooks = hooked(Linear.create());
        api.answering(
                asked -> new SideService.Answer(200, "{\"data\":{\"webhookCreate\":{\"webhook\":{\"id\":\"w\"}}}}"));
        ApiRequest raw = ApiRequest.post("/graphql", "{\"query\":\"mutation { webhookDelete(id: 1) { success } }\"}");
        try (Session session = world.member("olivia").session()) {
            assertThat(refusal(() -> session.call("notes", raw))).isEqualTo(ErrorCode.POLICY_DENIED);
            webhooks.register(session, "", Map.of(), List.of());
            assertThat(refusal(() -> session.call("notes", raw))).isEqualTo(ErrorCode.POLICY_DENIED);
            world.owner()
                    .policies("notes")
                    .create(Policy.forbid("One team is closed")
                            .resources(ResourceCondition.of("team", "9cfb482a-81e3-4154-b5b9-2c805e70a02d"))
                            .build());
            assertThat(refusal(() -> webhooks.register(session, "", Map.of(), List.of())))
                    .isEqualTo(ErrorCode.POLICY_DENIED);
        }
    }

    @Test
    void grantRegistersNothingAndWhoDidStandsInTheAudit() {
        Webhooks webhooks = hooked(GitHub.create());
        Map<String, String> values = Map.of("owner", "octo", "repo", "hello");
        MemberKey key = Keys.first(world.member("olivia"));
        world.connect("olivia", "notes", "anna");
        Tenant tenant = world.bulla.tenant(World.TENANT);
        try (Session session = world.member("olivia").session(key)) {
            String bearer = session.grant(Grant.everything()).text();
            try (Session granted = tenant.open(bearer, Origin.UNKNOWN)) {
                assertThat(refusal(() -> webhooks.register(granted, "", values, List.of())))
                        .isEqualTo(ErrorCode.BEYOND_GRANT);
            }
            assertThat(api.asked()).isEmpty();
            webhooks.register(session, "", values, List.of());
        }
        List<AuditEntry> entries = tenant.audit().query(AuditQuery.all()).entries();
        assertThat(entries)
                .anySatisfy(entry -> {
                    assertThat(entry.act().action()).isEqualTo(Action.CALL);
                    assertThat(entry.act().tier()).isEqualTo("WRITE");
                    assertThat(entry.act().resourceId()).isEqualTo("octo/hello");
                })
                .anySatisfy(entry -> assertThat(entry.act().arguments()).contains("registered"));
    }

    @Test
    void repositoryThatIsClosedGetsNoWebhooks() {
        Webhooks webhooks = hooked(GitHub.create());
        world.owner()
                .policies("notes")
                .create(Policy.forbid("Closed")
                        .resources(ResourceCondition.of("repository", "octo/closed"))
                        .build());
        try (Session session = world.member("olivia").session()) {
            assertThat(refusal(
                            () -> webhooks.register(session, "", Map.of("owner", "octo", "repo", "closed"), List.of())))
                    .isEqualTo(ErrorCode.POLICY_DENIED);
            webhooks.register(session, "", Map.of("owner", "octo", "repo", "open"), List.of());
        }
    }

    @Test
    void valuesAreNamesAndNoPaths() {
        Webhooks webhooks = hooked(GitHub.create());
        try (Session session = world.member("olivia").session()) {
            for (Map<String, String> values : List.of(
                    Map.of("owner", "octo"),
                    Map.of("owner", "octo", "repo", "hello", "address", "https://elsewhere.example"),
                    Map.of("owner", "octo", "repo", "../../user"),
                    Map.of("owner", "octo", "repo", ".."),
                    Map.of("owner", "octo", "repo", "a%2Fb"),
                    Map.of("owner", "octo", "repo", ""))) {
                assertThat(refusal(() -> webhooks.register(session, "", values, List.of())))
                        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
            }
        }
        assertThat(api.asked()).isEmpty();
    }
}
