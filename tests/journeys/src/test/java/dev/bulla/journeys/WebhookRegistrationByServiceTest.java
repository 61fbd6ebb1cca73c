package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.Session;
import dev.bulla.Webhooks;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.provider.WebhookRegistration;
import dev.bulla.provider.WebhookRegistration.Step;
import dev.bulla.provider.WebhookScheme;
import dev.bulla.provider.WebhookScheme.Algorithm;
import dev.bulla.provider.WebhookScheme.Coding;
import dev.bulla.providers.standard.WebhookSchemes;
import dev.bulla.tool.ToolSet;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the services are asked to register an address, whose answers are those of their documentation, and what they sign then. */
class WebhookRegistrationByServiceTest {
    private final Registering host = new Registering(asked -> new SideService.Answer(200, "{}"));

    @AfterEach
    void stop() {
        host.close();
    }

    private Session olivia() {
        return host.world.member("olivia").session();
    }

    private Webhooks hooked(WebhookScheme scheme) {
        return host.hooked(scheme, ToolSet.of());
    }

    /** @param answers JSON by method and path */
    private void answering(Map<String, String> answers) {
        host.api.answering(asked -> {
            String answer = answers.get(asked.method() + " " + asked.uri().getPath());
            return new SideService.Answer(answer == null ? 404 : 200, answer == null ? "{}" : answer);
        });
    }

    private List<String> asked() {
        return host.api.asked().stream()
                .map(one -> one.method() + " " + one.uri().getPath())
                .toList();
    }

    private String now() {
        return Long.toString(host.world.time.instant().getEpochSecond());
    }

    private int receive(String body, String header, String signature) {
        return host.receive(host.world.bulla, body, Map.of(header, List.of(signature)));
    }

    @Test
    void calendlyIsToldAKey() {
        Webhooks webhooks = hooked(WebhookSchemes.calendly());
        answering(Map.of(
                "POST /webhook_subscriptions",
                "{\"resource\":{\"uri\":\"https://api.calendly.com/webhook_subscriptions/AAAAAAAAAAAAAAAA\",\"scope\":\"user\"}}",
                "DELETE /webhook_subscriptions/AAAAAAAAAAAAAAAA",
                "{}"));
        String organization = "https://api.calendly.com/organizations/AAAAAAAAAAAAAAAA";
        try (Session session = olivia()) {
            webhooks.register(
                    session,
                    "",
                    Map.of("scope", "organization", "organization", organization),
                    List.of("invitee.created"));
            assertThat(host.sent().names())
                    .containsExactlyInAnyOrder("url", "events", "scope", "organization", "signing_key");
            assertThat(host.sent().text("url")).contains(webhooks.open().toString());
            assertThat(host.sent().text("organization")).contains(organization);
            assertThat(host.sent().list("events")).contains(List.of("invitee.created"));
            String key = host.sent().text("signing_key").orElseThrow();
            assertThat(receive(
                            "{}",
                            "calendly-webhook-signature",
                            "t=" + now() + ",v1=" + HookHost.hex(key, now() + ".{}")))
                    .isEqualTo(200);
            webhooks.unregister(session, "");
        }
        assertThat(asked())
                .containsExactly("POST /webhook_subscriptions", "DELETE /webhook_subscriptions/AAAAAAAAAAAAAAAA");
    }

    @Test
    void typeformIsToldASecretUnderAName() {
        Webhooks webhooks = hooked(WebhookSchemes.typeform());
        host.api.answering(asked -> new SideService.Answer(200, "{\"id\":\"yRtagDm8AT\",\"form_id\":\"abc123\"}"));
        try (Session session = olivia()) {
            webhooks.register(session, "", Map.of("form", "abc123"), List.of());
            String secret = host.sent().text("secret").orElseThrow();
            assertThat(host.sent().flag("enabled")).contains(true);
            assertThat(receive(
                            "{}",
                            "typeform-signature",
                            "sha256="
                                    + Base64.getEncoder()
                                            .encodeToString(
                                                    HookHost.mac(secret, "{}".getBytes(StandardCharsets.UTF_8)))))
                    .isEqualTo(200);
            webhooks.unregister(session, "");
            assertThatThrownBy(() -> webhooks.register(session, "", Map.of("form", "abc123"), List.of("any")))
                    .isInstanceOfSatisfying(
                            BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
        }
        assertThat(asked()).hasSize(2);
        assertThat(asked().get(0)).matches("PUT /forms/abc123/webhooks/bulla-[A-Za-z0-9_-]{12}");
        assertThat(asked().get(1)).isEqualTo(asked().get(0).replace("PUT", "DELETE"));
    }

    @Test
    void airtableSaysItsSecretOnce() {
        Webhooks webhooks = hooked(WebhookSchemes.airtable());
        answering(Map.of(
                "POST /v0/bases/app1/webhooks",
                "{\"id\":\"ach00000000000001\",\"macSecretBase64\":\"c2VjcmV0LW9mLXRoZS1maXJzdA==\",\"expirationTime\":\"2023-01-20T00:00:00.000Z\"}",
                "POST /v0/bases/app2/webhooks",
                "{\"id\":\"ach00000000000002\",\"macSecretBase64\":\"c2VjcmV0LW9mLXRoZS1zZWNvbmQ=\"}",
                "POST /v0/bases/app3/webhooks",
                "{\"id\":\"ach00000000000003\"}"));
        try (Session session = olivia()) {
            webhooks.register(session, "", Map.of("base", "app1"), List.of());
            assertThat(host.sent().list("specification", "options", "filters", "dataTypes"))
                    .contains(List.of("tableData"));
            assertThatThrownBy(() -> webhooks.register(session, "", Map.of("base", "app3"), List.of()))
                    .as("an answer without a secret")
                    .isInstanceOfSatisfying(
                            BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ANSWER_REFUSED));
            webhooks.register(session, "", Map.of("base", "app2"), List.of());
            for (String secret : List.of("secret-of-the-first", "secret-of-the-second")) {
                String body = "{\"timestamp\":\"" + host.world.time.instant() + "\",\"of\":\"" + secret + "\"}";
                assertThat(receive(body, "x-airtable-content-mac", "hmac-sha256=" + HookHost.hex(secret, body)))
                        .as(secret)
                        .isEqualTo(200);
            }
            int asked = asked().size();
            assertThatThrownBy(() -> webhooks.register(session, "", Map.of("base", "app1"), List.of()))
                    .as("a third secret would end one that is in use")
                    .isInstanceOfSatisfying(
                            BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
            assertThat(asked()).hasSize(asked);
            webhooks.unregister(session, "");
            assertThat(asked().subList(asked, asked + 3))
                    .containsExactly(
                            "DELETE /v0/bases/app1/webhooks/ach00000000000001",
                            "DELETE /v0/bases/app3/webhooks/ach00000000000003",
                            "DELETE /v0/bases/app2/webhooks/ach00000000000002");
            assertThat(webhooks.view().registered()).isFalse();
        }
    }

    @Test
    void zendeskIsAskedForItsSecret() {
        Webhooks webhooks = hooked(WebhookSchemes.zendesk());
        answering(Map.of(
                "POST /api/v2/webhooks",
                "{\"webhook\":{\"id\":\"01GK8E6BKWMJZD2T8Y5AXJQMG5\",\"status\":\"active\"}}",
                "GET /api/v2/webhooks/01GK8E6BKWMJZD2T8Y5AXJQMG5/signing_secret",
                "{\"signing_secret\":{\"algorithm\":\"SHA256\",\"secret\":\"dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==\"}}",
                "DELETE /api/v2/webhooks/01GK8E6BKWMJZD2T8Y5AXJQMG5",
                ""));
        try (Session session = olivia()) {
            webhooks.register(session, "", Map.of(), List.of("zen:event-type:user.created"));
            assertThat(webhooks.view().ready()).isTrue();
            String time = Instant.ofEpochSecond(Long.parseLong(now())).toString();
            String signature = Base64.getEncoder()
                    .encodeToString(HookHost.mac(
                            "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==",
                            (time + "{}").getBytes(StandardCharsets.UTF_8)));
            assertThat(host.receive(
                            host.world.bulla,
                            "{}",
                            Map.of(
                                    "x-zendesk-webhook-signature",
                                    List.of(signature),
                                    "x-zendesk-webhook-signature-timestamp",
                                    List.of(time))))
                    .isEqualTo(200);
            webhooks.unregister(session, "");
        }
        assertThat(asked()).hasSize(3);
    }

    @Test
    void zendesksWebhookIsKnownAlsoWhereItsSecretIsNot() {
        Webhooks webhooks = hooked(WebhookSchemes.zendesk());
        answering(Map.of("POST /api/v2/webhooks", "{\"webhook\":{\"id\":\"01GK8\"}}"));
        try (Session session = olivia()) {
            assertThatThrownBy(() -> webhooks.register(session, "", Map.of(), List.of()))
                    .isInstanceOfSatisfying(
                            BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ANSWER_REFUSED));
            assertThat(webhooks.view().registered()).isTrue();
            webhooks.unregister(session, "");
        }
        assertThat(asked())
                .containsExactly(
                        "POST /api/v2/webhooks",
                        "GET /api/v2/webhooks/01GK8/signing_secret",
                        "DELETE /api/v2/webhooks/01GK8");
    }

    @Test
    void stripeIsAskedByAForm() {
        Webhooks webhooks = hooked(WebhookSchemes.stripe());
        answering(Map.of(
                "POST /v1/webhook_endpoints",
                "{\"id\":\"we_1M3fqHHTdYyGj2Y6LeGVaamQ\",\"secret\":\"whsec_9rMfZUGWM3gTTBtn0f8kPEfmiIJCmzQi\"}"));
        try (Session session = olivia()) {
            webhooks.register(session, "", Map.of(), List.of("charge.succeeded", "charge.failed"));
        }
        assertThat(host.api.last().header("Content-Type")).startsWith("application/x-www-form-urlencoded");
        assertThat(host.api.last().body().split("&"))
                .containsExactlyInAnyOrder(
                        "url=" + webhooks.open().toString().replace(":", "%3A").replace("/", "%2F"),
                        "enabled_events%5B%5D=charge.succeeded",
                        "enabled_events%5B%5D=charge.failed");
        assertThat(receive(
                        "{}",
                        "stripe-signature",
                        "t=" + now() + ",v1=" + HookHost.hex("whsec_9rMfZUGWM3gTTBtn0f8kPEfmiIJCmzQi", now() + ".{}")))
                .isEqualTo(200);
    }

    @Test
    void eachEventIsRegisteredByItselfAndRememberedAtOnce() {
        Step create = new Step("POST", "/graphql", Map.of("topic", "{event}", "to", "{address}"));
        WebhookScheme scheme = WebhookScheme.hmac(Algorithm.HMAC_SHA256, "X-Signature", "", Coding.BASE64)
                .source(WebhookScheme.Source.APP)
                .registration(WebhookRegistration.of(
                                create, List.of("id"), new Step("DELETE", "/subscriptions/{id}", Map.of()))
                        .events("one")
                        .eachEvent())
                .build();
        Webhooks webhooks = hooked(scheme);
        host.api.answering(asked -> asked.body().contains("three")
                ? new SideService.Answer(422, "{}")
                : new SideService.Answer(
                        200,
                        "{\"id\":\"gid://shop/Subscription/" + host.api.asked().size() + "\"}"));
        try (Session session = olivia()) {
            assertThatThrownBy(() -> webhooks.register(session, "", Map.of(), List.of("one", "two", "three")))
                    .isInstanceOfSatisfying(
                            BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ANSWER_REFUSED));
            webhooks.unregister(session, "");
        }
        assertThat(asked())
                .containsExactly(
                        "POST /graphql",
                        "POST /graphql",
                        "POST /graphql",
                        "DELETE /subscriptions/1",
                        "DELETE /subscriptions/2");
    }
}
