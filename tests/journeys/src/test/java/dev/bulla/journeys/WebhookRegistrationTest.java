package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.Session;
import dev.bulla.Webhooks;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.http.StrictJson;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Json;
import dev.bulla.provider.WebhookScheme;
import dev.bulla.providers.github.GitHub;
import dev.bulla.providers.standard.Linear;
import dev.bulla.webhook.WebhookEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Addresses are registered by the services' APIs, as the member who may do it, and what they send then is taken. */
class WebhookRegistrationTest {
    private final World world = new World();
    private final SideService api = new SideService(asked -> new SideService.Answer(201, "{\"id\":4711}"));
    private final List<WebhookEvent> events = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        world.close();
        api.close();
    }

    private Webhooks hooked(WebhookScheme scheme) {
        world.beside(api);
        world.restart(
                setup -> setup.providers(world.provider("hooked", world.spec().build())
                                .api(ApiAccess.bearer(api.at("")))
                                .webhooks(scheme)
                                .build())
                        .onWebhook(events::add));
        world.connection("notes", "hooked");
        world.connect("olivia", "notes", "anna");
        return world.owner().webhooks("notes");
    }

    private Json sent() {
        return StrictJson.document(api.last().body().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void webhookOfARepositoryIsRegisteredAndEnded() {
        Webhooks webhooks = hooked(GitHub.create().webhooks().orElseThrow());
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
            String id = webhooks.open().getPath().replaceFirst(".*/", "");
            assertThat(world.bulla
                            .receive(new dev.bulla.webhook.WebhookDelivery(
                                    "POST",
                                    id,
                                    "",
                                    Map.of(),
                                    Map.of(
                                            "x-hub-signature-256",
                                            List.of("sha256=" + HookHost.hex(secret, "{}")),
                                            "x-github-event",
                                            List.of("ping")),
                                    java.util.Optional.of("{}".getBytes(StandardCharsets.UTF_8))))
                            .status())
                    .isEqualTo(200);
            webhooks.unregister(session, "");
            assertThat(api.last().method()).isEqualTo("DELETE");
            assertThat(api.last().uri().getPath()).isEqualTo("/repos/octo/hello-world/hooks/4711");
            assertThat(webhooks.view().registered()).isFalse();
        }
        world.bulla.close();
        assertThat(events).extracting(WebhookEvent::type).containsExactly("ping");
    }

    @Test
    void webhookOfAWorkspaceIsRegisteredByGraphQl() {
        Webhooks webhooks = hooked(Linear.create().webhooks().orElseThrow());
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
        Webhooks webhooks = hooked(Linear.create().webhooks().orElseThrow());
        try (Session session = world.member("olivia").session()) {
            api.answering(asked -> new SideService.Answer(200, "{\"errors\":[{\"message\":\"no\"}]}"));
            assertThatThrownBy(() -> webhooks.register(session, "", Map.of(), List.of()))
                    .isInstanceOfSatisfying(
                            BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ANSWER_REFUSED));
            api.answering(asked -> new SideService.Answer(422, "{}"));
            assertThatThrownBy(() -> webhooks.register(session, "", Map.of(), List.of()))
                    .isInstanceOfSatisfying(
                            BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ANSWER_REFUSED));
            assertThat(webhooks.view().registered()).isFalse();
        }
    }

    @Test
    void valuesAreNamesAndNoPaths() {
        Webhooks webhooks = hooked(GitHub.create().webhooks().orElseThrow());
        try (Session session = world.member("olivia").session()) {
            for (Map<String, String> values : List.of(
                    Map.of("owner", "octo"),
                    Map.of("owner", "octo", "repo", "../../user"),
                    Map.of("owner", "octo", "repo", ".."),
                    Map.of("owner", "octo", "repo", "a%2Fb"),
                    Map.of("owner", "octo", "repo", ""))) {
                assertThatThrownBy(() -> webhooks.register(session, "", values, List.of()))
                        .isInstanceOfSatisfying(
                                BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
            }
        }
        assertThat(api.asked()).isEmpty();
    }
}
