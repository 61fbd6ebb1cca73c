package dev.bulla.providers.all;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Entities;
import dev.bulla.Session;
import dev.bulla.Webhooks;
import dev.bulla.model.Entity;
import dev.bulla.policy.Baseline;
import dev.bulla.policy.Policy;
import dev.bulla.policy.ResourceCondition;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Secret;
import dev.bulla.providers.slack.Slack;
import dev.bulla.providers.standard.Linear;
import dev.bulla.providers.standard.Notion;
import dev.bulla.testkit.FakeService;
import dev.bulla.testkit.TestBulla;
import dev.bulla.webhook.WebhookDelivery;
import dev.bulla.webhook.WebhookEvent;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What services' own events say of channels, projects and pages. Their bodies are as the pages of these services have them. */
class NewsTest {
    private static final String SECRET = "a-secret-of-webhooks-of-32-letters";
    private static final String ONE = "153104cd-477e-809d-8dc4-ff2d96ae3090";
    private static final String TWO = "253104cd-477e-809d-8dc4-ff2d96ae3091";

    private final BlockingQueue<WebhookEvent> heard = new LinkedBlockingQueue<>();
    private TestBulla world;
    private String connection = "";

    @AfterEach
    void close() {
        world.close();
    }

    private void start(Provider provider, Function<HttpCall, HttpAnswer> api) {
        FakeService service = FakeService.speaking(provider).api(api::apply);
        service.on(NewsTest::lists, api::apply); // Linear has one address for everything
        world = TestBulla.inMemory(setup -> setup.baseline(Baseline.open()).onWebhook(heard::add), service);
        connection = provider.id();
        world.connect("acme", "mia", connection);
        try (Session session = world.bulla().tenant("acme").member("mia").session()) {
            assertThat(session.harvest(connection).failed()).isEmpty();
        }
        Webhooks webhooks = webhooks();
        webhooks.open();
        webhooks.save(Secret.of(SECRET));
    }

    private static boolean lists(HttpCall call) {
        byte[] body = call.body();
        return body != null && new String(body, StandardCharsets.UTF_8).contains("$first: Int");
    }

    private Webhooks webhooks() {
        return world.bulla().tenant("acme").connections().webhooks(connection);
    }

    private Entities entities() {
        return world.bulla().tenant("acme").connections().entities(connection);
    }

    private List<String> names(String kind) {
        return entities().list(kind).entities().stream().map(Entity::name).toList();
    }

    private static String hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void deliver(String body, Map<String, List<String>> headers) {
        String id = webhooks().open().getPath().replaceFirst(".*/", "");
        Optional<byte[]> raw = Optional.of(body.getBytes(StandardCharsets.UTF_8));
        assertThat(world.bulla()
                        .receive(new WebhookDelivery("POST", id, "", Map.of(), headers, raw))
                        .status())
                .isBetween(200, 299);
        try {
            assertThat(heard.poll(30, TimeUnit.SECONDS)).as(body).isNotNull();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void slack(String number, String event) {
        long now = world.clock().instant().getEpochSecond();
        String body = """
                {"token": "x", "team_id": "T123ABC456", "api_app_id": "A123ABC456", "event": %s, "type": "event_callback",
                 "event_id": "Ev%s", "event_time": %d}""".formatted(event, number, now);
        deliver(
                body,
                Map.of(
                        "content-type", List.of("application/json"),
                        "x-slack-request-timestamp", List.of(Long.toString(now)),
                        "x-slack-signature", List.of("v0=" + hmac("v0:" + now + ":" + body))));
    }

    private static HttpAnswer channels(HttpCall call) {
        if (call.uri().getPath().endsWith("/conversations.info")) {
            return FakeService.json(200, """
                    {"ok": true, "channel": {"id": "C024BE91L", "name": "fun", "is_private": false, "is_archived": false, "is_shared": false}}""");
        }
        return FakeService.json(200, """
                {"ok": true, "channels": [
                 {"id": "C012AB3CD", "name": "general", "is_private": false, "is_archived": false, "is_shared": false},
                 {"id": "C02ELGNBH", "name": "old_name", "is_private": false, "is_archived": false, "is_shared": false}],
                 "response_metadata": {"next_cursor": ""}}""");
    }

    @Test
    void slackTellsOfChannels() {
        start(Slack.create(), NewsTest::channels);
        assertThat(names("channel")).containsExactly("general", "old_name");

        slack("1", """
                {"type": "channel_created", "channel": {"id": "C024BE91L", "name": "fun", "created": 1360782804, "creator": "U024BE7LH"}}""");
        slack("2", """
                {"type": "channel_rename", "channel": {"id": "C02ELGNBH", "name": "new_name", "created": 1360782804}}""");
        assertThat(names("channel")).containsExactly("fun", "general", "new_name");
        assertThat(known("channel", "C024BE91L")).isEmpty();

        slack("3", "{\"type\": \"channel_archive\", \"channel\": \"C012AB3CD\", \"user\": \"U123ABC456\"}");
        assertThat(known("channel", "C012AB3CD")).isEmpty();
        slack("4", "{\"type\": \"channel_deleted\", \"channel\": \"C012AB3CD\"}");
        assertThat(names("channel")).containsExactly("fun", "new_name");
        slack(
                "6",
                "{\"type\": \"channel_id_changed\", \"old_channel_id\": \"C024BE91L\", \"new_channel_id\": \"C012Z\"}");
        assertThat(names("channel")).containsExactly("new_name");
    }

    /** The event names it, and does not say whether it is private: that is asked for. */
    @Test
    void whatAnEventLeavesOutIsAskedFor() {
        start(Slack.create(), NewsTest::channels);
        world.bulla()
                .tenant("acme")
                .connections()
                .policies(connection)
                .create(Policy.forbid("Private")
                        .resources(ResourceCondition.all("channel").with("private", "true"))
                        .build());
        slack("5", """
                {"type": "channel_created", "channel": {"id": "C024BE91L", "name": "fun", "created": 1360782804, "creator": "U024BE7LH"}}""");
        try (Session session = world.bulla().tenant("acme").member("mia").session()) {
            assertThat(session.callTool("slack__read_channel", "{\"channel\": \"C024BE91L\"}")
                            .status())
                    .isEqualTo(200);
        }
        assertThat(known("channel", "C024BE91L")).containsKey("private");
    }

    private Map<String, ?> known(String kind, String id) {
        return entities().get(kind, id).orElseThrow().attributes();
    }

    private void linear(String action, String id) {
        String body = """
                {"action": "%s", "type": "Project", "createdAt": "2026-01-23T12:53:18.084Z", "organizationId": "%s",
                 "data": {"id": "%s", "name": "Renamed", "teamIds": ["%s"]}, "webhookTimestamp": %d, "webhookId": "%s"}""".formatted(action, TWO, id, TWO, world.clock().millis(), TWO);
        deliver(
                body,
                Map.of(
                        "content-type", List.of("application/json; charset=utf-8"),
                        "linear-delivery", List.of(action + id),
                        "linear-event", List.of("Project"),
                        "linear-signature", List.of(hmac(body))));
    }

    private static HttpAnswer linear(HttpCall call) {
        boolean teams = new String(call.body(), StandardCharsets.UTF_8).contains("teams(");
        return FakeService.json(
                200,
                teams
                        ? "{\"data\": {\"teams\": {\"nodes\": [], \"pageInfo\": {\"hasNextPage\": false}}}}"
                        : """
                          {"data": {"projects": {"nodes": [{"id": "%s", "name": "Roof", "status": {"type": "started"}},
                           {"id": "%s", "name": "Wall", "status": {"type": "started"}}], "pageInfo": {"hasNextPage": false}}}}""".formatted(ONE, TWO));
    }

    @Test
    void linearTellsOfProjects() {
        start(Linear.create(), NewsTest::linear);
        assertThat(known("project", ONE)).isNotEmpty();

        linear("update", ONE);
        assertThat(known("project", ONE)).isEmpty();
        assertThat(known("project", TWO)).isNotEmpty();
        linear("remove", TWO);
        assertThat(names("project")).containsExactly("Roof");
    }

    private void notion(String type, String entity, String id) {
        String body = """
                {"id": "%s", "timestamp": "2026-12-05T23:55:34.285Z", "workspace_id": "%s", "workspace_name": "Acme",
                 "subscription_id": "%s", "integration_id": "%s", "type": "%s", "authors": [{"id": "%s", "type": "person"}],
                 "accessible_by": [{"id": "%s", "type": "person"}], "attempt_number": 1, "api_version": "2025-09-03",
                 "entity": {"id": "%s", "type": "%s"}, "data": {"parent": {"id": "%s", "type": "space"}}}""".formatted(type + id, TWO, TWO, TWO, type, TWO, TWO, id, entity, TWO);
        deliver(
                body,
                Map.of(
                        "content-type", List.of("application/json"),
                        "x-notion-signature", List.of("sha256=" + hmac(body))));
    }

    private static HttpAnswer notion(HttpCall call) {
        boolean pages = new String(call.body(), StandardCharsets.UTF_8).contains("\"page\"");
        String name = pages
                ? "\"properties\": {\"title\": {\"title\": [{\"plain_text\": \"Plan\"}]}}"
                : "\"title\": [{\"plain_text\": \"Tasks\"}]";
        return FakeService.json(200, """
                {"results": [{"object": "x", "id": "%s", %s, "in_trash": false, "is_locked": false,
                 "parent": {"type": "workspace", "workspace": true}}], "has_more": false, "next_cursor": null}""".formatted(pages ? ONE : TWO, name));
    }

    @Test
    void notionTellsThatPagesAndDataSourcesHaveChanged() {
        start(Notion.create(), NewsTest::notion);
        assertThat(names("page")).containsExactly("Plan");
        assertThat(known("page", ONE)).isNotEmpty();
        assertThat(known("data_source", TWO)).isNotEmpty();

        notion("page.locked", "page", ONE);
        assertThat(known("page", ONE)).isEmpty();
        notion("data_source.schema_updated", "data_source", TWO);
        assertThat(known("data_source", TWO)).isEmpty();
        notion("page.deleted", "page", ONE);
        assertThat(names("page")).isEmpty();
        assertThat(names("data_source")).containsExactly("Tasks");
    }
}
